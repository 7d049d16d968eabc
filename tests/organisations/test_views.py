"""The pages of the room: what is seen, what is hidden, what is refused."""

import re
from datetime import date

import pytest
from tests.factories.accounts import START, UserFactory
from tests.factories.organisations import Cast, OrganisationFactory, SeatFactory
from tests.organisations.conftest import Enter

from kheo.audit.models import Entry
from kheo.organisations.actions import move_organisation, rename_organisation
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation


def text(answer) -> str:
    return answer.content.decode()


def test_the_tree_begins_at_ones_own_top(cast: Cast, enter: Enter) -> None:
    page = text(enter(cast.officer).get("/organisations/"))
    assert "Huyện ủy Tân Yên" in page
    assert "Đảng ủy xã An Dương" in page
    assert "Huyện ủy Hiệp Hòa" not in page


def test_the_tree_of_a_past_day_shows_names_and_places_of_then(cast: Cast, enter: Enter) -> None:
    town = cast.communes[2]
    rename_organisation(
        organisation=town, name="Đảng ủy xã Nhã Nam", on=date(2023, 6, 1), by=None, at=START
    )
    move_organisation(
        organisation=cast.communes[0],
        parent=cast.elsewhere,
        on=date(2023, 6, 1),
        by=None,
        at=START,
    )
    client = enter(cast.officer)
    then = text(client.get("/organisations/?on=2023-05-31"))
    now = text(client.get("/organisations/"))
    assert "Đảng ủy thị trấn Nhã Nam" in then
    assert "Đảng ủy xã An Dương" in then
    assert "Cơ cấu tổ chức tại ngày 31/05/2023" in then
    assert "Đảng ủy xã Nhã Nam" in now
    assert "Đảng ủy xã An Dương" not in now


@pytest.mark.parametrize("query", ["on=2020-13-45", "at=abc", "on=", "line=xyz", "at=", "q=%00"])
def test_strange_questions_get_the_tree_of_today(cast: Cast, enter: Enter, query: str) -> None:
    assert "Đảng ủy xã An Dương" in text(enter(cast.officer).get(f"/organisations/?{query}"))


def test_the_search_needs_no_tone_marks_and_stays_in_reach(cast: Cast, enter: Enter) -> None:
    page = text(enter(cast.officer).get("/organisations/?q=uy+duong"))
    assert "Đảng ủy xã An Dương" in page
    assert "Đảng ủy xã Cao Xá" not in page
    assert "Không tìm thấy" in text(enter(cast.officer).get("/organisations/?q=hiep+hoa"))


def test_a_branch_opens_by_itself_for_htmx(cast: Cast, enter: Enter) -> None:
    part = text(enter(cast.officer).get(f"/organisations/{cast.district.pk}/branch"))
    assert "<html" not in part
    assert "Phòng Nông nghiệp huyện" in part


@pytest.mark.parametrize("address", ["{}", "{}/branch", "{}/rename", "{}/move", "{}/dissolve"])
def test_a_guessed_address_outside_reach_is_not_there_and_leaves_a_trace(
    cast: Cast, enter: Enter, address: str
) -> None:
    path = f"/organisations/{address.format(cast.elsewhere.pk)}"
    assert enter(cast.administrator).get(path).status_code == 404
    trace = Entry.objects.get(verb="access.refused")
    assert trace.after["path"] == path
    assert trace.seat_id == cast.administrator.pk


def test_an_address_of_nothing_leaves_no_trace(cast: Cast, enter: Enter) -> None:
    assert enter(cast.administrator).get("/organisations/999999").status_code == 404
    assert not Entry.objects.filter(verb="access.refused").exists()


def test_what_once_stood_in_reach_can_still_be_looked_at(cast: Cast, enter: Enter) -> None:
    move_organisation(
        organisation=cast.communes[0],
        parent=cast.elsewhere,
        on=date(2023, 6, 1),
        by=None,
        at=START,
    )
    answer = enter(cast.officer).get(f"/organisations/{cast.communes[0].pk}")
    assert answer.status_code == 200


def test_a_forbidden_change_says_why(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.officer).get(f"/organisations/{cast.communes[0].pk}/rename")
    assert answer.status_code == 403
    assert "Chỉ quản trị viên được thay đổi dữ liệu tổ chức" in text(answer)


def test_renaming_on_screen_keeps_the_old_name_for_the_past(cast: Cast, enter: Enter) -> None:
    client = enter(cast.administrator)
    address = f"/organisations/{cast.communes[2].pk}/rename"
    form = client.get(address).context["form"]
    data = {
        "name": "Đảng ủy xã <Nhã Nam>",
        "short_name": "",
        "on": "2023-06-01",
        "basis": "Nghị quyết số 1",
        "seen": form["seen"].value(),
    }
    answer = client.post(address, data, follow=True)
    page = text(answer)
    assert answer.status_code == 200
    assert "Đảng ủy xã &lt;Nhã Nam&gt;" in page
    assert "<Nhã Nam>" not in page
    assert "Đảng ủy thị trấn Nhã Nam" in page
    assert "Nghị quyết số 1" in page


def test_two_windows_on_one_organisation_do_not_overwrite(cast: Cast, enter: Enter) -> None:
    client = enter(cast.administrator)
    address = f"/organisations/{cast.communes[2].pk}/rename"
    seen = client.get(address).context["form"]["seen"].value()
    data = {"short_name": "", "on": "2023-06-01", "seen": seen}
    assert client.post(address, data | {"name": "Thứ nhất"}).status_code == 302
    second = client.post(address, data | {"name": "Thứ hai"})
    assert second.status_code == 422
    assert "người khác đã thay đổi" in text(second)
    assert "Thứ hai" in text(second)
    assert Organisation.objects.get(pk=cast.communes[2].pk).name == "Thứ nhất"


@pytest.mark.parametrize("typed", ["HH", "HH – Huyện ủy Hiệp Hòa", "Huyện ủy Hiệp Hòa", "không có"])
def test_a_superior_outside_reach_cannot_be_chosen(cast: Cast, enter: Enter, typed: str) -> None:
    client = enter(cast.administrator)
    address = f"/organisations/{cast.communes[0].pk}/move"
    answer = client.post(address, {"parent": typed, "on": "2023-06-01"})
    assert "không có đơn vị nào" in text(answer)


def test_moving_founding_and_dissolving_on_screen(cast: Cast, enter: Enter) -> None:
    client = enter(cast.administrator)
    founded = client.post(
        "/organisations/new",
        {
            "parent": "TY",
            "name": "Trung tâm Y tế huyện",
            "kind": cast.agency.kind_id,
            "level": cast.agency.level_id,
            "code": "TY-YT",
            "on": "2020-01-01",
        },
    )
    centre = Organisation.objects.get(code="TY-YT")
    assert founded.url == f"/organisations/{centre.pk}"
    client.post(f"/organisations/{centre.pk}/move", {"parent": "TY-PNN", "on": "2021-01-01"})
    centre.refresh_from_db()
    assert centre.parent == cast.agency
    refused = client.post(f"/organisations/{cast.agency.pk}/dissolve", {"on": "2022-01-01"})
    assert "Vẫn còn “Trung tâm Y tế huyện”" in text(refused)
    client.post(f"/organisations/{centre.pk}/dissolve", {"on": "2022-01-01"})
    centre.refresh_from_db()
    assert centre.dissolved_on == date(2022, 1, 1)
    assert "Giải thể ngày 01/01/2022" in text(client.get(f"/organisations/{centre.pk}"))


def test_units_are_proposed_from_ones_reach(cast: Cast, enter: Enter) -> None:
    client = enter(cast.officer)
    assert "TY-02 – Đảng ủy xã Cao Xá" in text(client.get("/organisations/options?parent=cao"))
    assert text(client.get("/organisations/options?parent=hiep")).strip() == ""


def test_people_outside_reach_are_never_listed(cast: Cast, enter: Enter) -> None:
    everybody = text(enter(cast.officer).get("/organisations/people"))
    own = text(enter(cast.head).get("/organisations/people"))
    assert "Giáp Văn Lâm" in everybody
    assert "Hoàng Thị Xa" not in everybody
    assert "Ngọ Thị Mai" in own
    assert "Dương Văn Toàn" not in own


def test_people_are_found_by_name_role_and_unit(cast: Cast, enter: Enter) -> None:
    client = enter(cast.officer)
    found = text(client.get("/organisations/people?q=giap+lam"))
    assert "Giáp Văn Lâm" in found
    assert "Dương Văn Toàn" not in found
    assert "Dương Văn Toàn" in text(client.get("/organisations/people?role=leader"))
    assert "Không tìm thấy ai" in text(client.get("/organisations/people?role=council"))
    unit = text(client.get(f"/organisations/people?unit={cast.communes[0].pk}"))
    assert set(re.findall(r"Ngọ Thị Mai|Giáp Văn Lâm|Lê Quốc Việt", unit)) == {
        "Ngọ Thị Mai",
        "Giáp Văn Lâm",
    }


def test_ending_and_standing_in_on_screen(cast: Cast, enter: Enter) -> None:
    client = enter(cast.administrator)
    UserFactory(username="thay.the")
    seat = f"/organisations/seats/{cast.head.pk}"
    data = {"username": "Thay.The", "starts_on": "2026-01-01", "ends_on": "2099-01-31"}
    assert client.post(f"{seat}/stand-in", data).url == seat
    assert "Người làm thay" in text(client.get(seat))
    unknown = client.post(f"{seat}/stand-in", data | {"username": "ai"})
    assert "Không có ai dùng tên đăng nhập này" in text(unknown)
    client.post(f"{seat}/end", {"on": "2026-02-01", "reason": "nghỉ hưu"})
    cast.head.refresh_from_db()
    assert cast.head.ends_on == date(2026, 2, 1)
    assert enter(cast.clerk).get(f"{seat}/end").status_code == 403
    assert enter(cast.stranger).get(seat).status_code == 404


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/organisations/people", 9),
        ("/organisations/", 10),
        ("/organisations/{}", 16),
    ],
)
@pytest.mark.parametrize("more", [1, 3])
def test_pages_cost_the_same_for_one_row_and_for_three(
    cast: Cast, enter: Enter, django_assert_max_num_queries, path: str, queries: int, more: int
) -> None:
    for _number in range(more):
        unit = OrganisationFactory(parent=cast.district)
        OrganisationFactory(parent=unit)
        SeatFactory(organisation=cast.district, role=Role.LEADER)
    client = enter(cast.officer)
    with django_assert_max_num_queries(queries):
        assert client.get(path.format(cast.district.pk)).status_code == 200


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/organisations/switch-seat", "get"),
        ("/organisations/import/apply", "get"),
        ("/organisations/import/places", "get"),
        ("/organisations/", "post"),
        ("/organisations/people", "post"),
    ],
)
def test_pages_answer_only_their_methods(cast: Cast, enter: Enter, path: str, method: str) -> None:
    assert getattr(enter(cast.administrator), method)(path).status_code == 405
