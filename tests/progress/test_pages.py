"""The pages of progress: list, timeline, forms, sums, catalogue, and who may open them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.factories.exemplars import Stage
from tests.factories.organisations import SeatFactory
from tests.factories.progress import SPRING, accepted, indicator, plan, report, terms
from tests.factories.visits import photo_bytes

from kheo.audit.models import Entry
from kheo.notices.models import Notice
from kheo.organisations.enums import Role
from kheo.progress.actions import report_done, stop_registration
from kheo.progress.models import Course, Figure, Indicator, Milestone, Result, Update

PNG = photo_bytes(900, 600)
LONG = "Vận động " + "nhân dân hiến đất làm đường " * 7


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def stage(cast):
    return Stage(cast)


@pytest.fixture
def model(stage):
    return accepted(stage)


@pytest.fixture
def enter(client):
    def sign_in(seat):
        client.force_login(seat.user)
        return client

    return sign_in


def text_of(answer):
    return answer.content.decode()


def measure(code, unit=""):
    one = indicator(code)
    return f"{one.pk}:{unit or one.unit}"


def test_a_clerk_writes_news_with_a_decimal_comma_and_a_photo(cast, model, enter):
    clerk = enter(cast.clerk)
    address = reverse("progress:new", args=[model.pk])
    assert "Ảnh và tệp minh chứng" in text_of(clerk.get(address))
    typed = {
        "version": "0",
        "text": "Đã bê tông hóa đoạn đầu.",
        "happened_on": "2024-04-01",
        "measure_0": measure("money-people"),
        "amount_0": "241.653,5",
        "measure_1": measure("roads-built", "km"),
        "amount_1": "0,8",
        "photos": SimpleUploadedFile("Đường.png", PNG),
        "deed": "news",
    }
    answer = clerk.post(address, typed)
    assert answer.status_code == 302
    achieved = dict(Result.objects.values_list("indicator__code", "achieved"))
    assert achieved == {"money-people": Decimal("241653.5"), "roads-built": 800}
    page = text_of(clerk.get(answer["Location"]))
    assert "241.653,5 triệu đồng" in page
    photo = Update.objects.get().files.get()
    assert f'href="/progress/files/{photo.pk}"' in page
    assert f'src="/progress/files/{photo.pk}/small"' in page
    given = clerk.get(reverse("progress:file", args=[photo.pk]))
    assert b"".join(given.streaming_content) == PNG
    assert (given["Content-Type"], given["X-Content-Type-Options"]) == ("image/png", "nosniff")
    small = clerk.get(reverse("progress:photo-small", args=[photo.pk]))
    assert (small["Content-Type"], small.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert "private" in small["Cache-Control"]
    # the same form sent again says so, and keeps what was typed
    again = clerk.post(address, typed)
    assert again.status_code == 422
    assert "Người khác" in text_of(again)
    assert "Đã bê tông hóa đoạn đầu." in text_of(again)
    assert 'name="version" value="1"' in text_of(again)


def test_wrong_figures_and_files_are_explained(cast, model, enter):
    clerk = enter(cast.clerk)
    address = reverse("progress:new", args=[model.pk])
    for typed, words in (
        ({"amount_0": "1.5", "measure_0": measure("work-days")}, "không phải là số viết đúng"),
        ({"amount_0": "-3", "measure_0": measure("work-days")}, "không nhỏ hơn 0"),
        ({"amount_0": "3"}, "Hãy chọn chỉ tiêu"),
        ({"photos": SimpleUploadedFile("a.exe", b"MZ program")}, "Không nhận loại tệp"),
        ({}, "Nêu việc đã làm"),
    ):
        answer = clerk.post(address, {"version": "0", "deed": "news"} | typed)
        assert (answer.status_code, words in text_of(answer)) == (422, True), words
    assert not Update.objects.exists()


def test_the_plan_is_typed_and_shown_against_what_was_achieved(cast, model, enter):
    clerk = enter(cast.clerk)
    address = reverse("progress:plan", args=[model.pk])
    typed = {"version": "0", "measure_0": measure("work-days"), "amount_0": "1.000"}
    assert clerk.post(address, typed).status_code == 302
    assert 'value="1.000"' in text_of(clerk.get(address))
    report(model, cast.clerk, terms("work-days", 250))
    page = text_of(clerk.get(reverse("progress:detail", args=[model.pk])))
    assert "25,0%" in page
    stale = clerk.post(address, typed)
    assert (stale.status_code, "Người khác" in text_of(stale)) == (422, True)


def test_deeds_are_done_on_their_pages(cast, model, enter):
    clerk = enter(cast.clerk)

    def post(name, **typed):
        version = Course.objects.get().version if Course.objects.exists() else 0
        address = reverse(f"progress:{name}", args=[model.pk])
        assert clerk.get(address).status_code == 200
        return clerk.post(address, {"version": version} | typed)

    assert post("stop", reason=" ").status_code == 422
    assert post("stop", reason="Thiếu kinh phí.").status_code == 302
    page = text_of(clerk.get(reverse("progress:detail", args=[model.pk])))
    assert "Thiếu kinh phí." in page
    assert post("resume", reason="Đã có kinh phí.").status_code == 302
    assert post("new", text="Xong.", deed="done").status_code == 302
    assert Course.objects.get().state == "done"
    assert post("take-back", reason="Còn 200 m.").status_code == 302
    assert Course.objects.get().state == "underway"


def test_milestones_and_figures_are_changed_from_the_page(cast, model, enter):
    clerk = enter(cast.clerk)
    here = reverse("progress:detail", args=[model.pk])
    address = reverse("progress:milestone-new", args=[model.pk])
    clerk.post(address, {"title": "Họp dân", "due_on": "2024-06-30"})
    assert "Hãy ghi tên mốc" in text_of(clerk.post(address, {"title": ""}, follow=True))
    step = Milestone.objects.get()
    for deed in ("reach", "reopen", "remove"):
        answer = clerk.post(reverse(f"progress:milestone-{deed}", args=[step.pk]))
        assert answer["Location"] == here
    assert not Milestone.objects.exists()
    report(model, cast.clerk, terms("work-days", 900))
    strike = reverse("progress:strike", args=[Figure.objects.get().pk])
    version = Course.objects.get().version
    assert "900 ngày công" in text_of(clerk.get(strike))
    assert clerk.post(strike, {"reason": "", "version": version}).status_code == 422
    clerk.post(strike, {"reason": "Gõ nhầm", "version": version})
    assert "<del>Ngày công đóng góp: 900 ngày công</del>" in text_of(clerk.get(here))
    assert clerk.get(strike).status_code == 404


def test_strangers_find_nothing_and_readers_change_nothing(cast, model, enter):
    pages = [reverse(f"progress:{name}", args=[model.pk]) for name in ("detail", "new", "stop")]
    stranger = enter(cast.stranger)
    assert {stranger.get(page).status_code for page in pages} == {404}
    assert Entry.objects.filter(verb="access.refused").count() == 3
    leader = enter(cast.leader)
    assert [leader.get(page).status_code for page in pages] == [200, 403, 403]
    officer = enter(cast.officer)
    assert [officer.get(page).status_code for page in pages] == [200, 403, 200]
    assert "Chỉ người soạn" in text_of(officer.get(pages[1]))


def test_the_officer_asks_ticked_models_for_news(cast, stage, enter):
    rows = [accepted(stage, unit, name=f"Mô hình {unit.pk}") for unit in cast.communes[:2]]
    officer = enter(cast.officer)
    address = f"{reverse('progress:list')}?silent=on&days=10"
    page = text_of(officer.get(address))
    assert all(row.name in page for row in rows)
    typed = {"model": [row.pk for row in rows], "text": "Gửi trước thứ Sáu.", "next": address}
    answer = officer.post(reverse("progress:ask"), typed)
    assert answer["Location"] == address
    notice = Notice.objects.get(user=cast.clerk.user, subject__startswith="Đề nghị báo cáo")
    assert (notice.body, notice.link) == ("Gửi trước thứ Sáu.", f"/progress/{rows[0].pk}")
    elsewhere = officer.post(reverse("progress:ask"), {"next": "//evil.example/"}, follow=True)
    assert elsewhere.request["PATH_INFO"] == reverse("progress:list")
    assert "Chưa đánh dấu mô hình nào" in text_of(elsewhere)


def test_the_list_is_narrowed_by_state_field_words_silence_and_missed_milestones(
    cast, stage, enter
):
    one, two, three = (
        accepted(stage, unit, name=name, field=field)
        for unit, name, field in zip(
            cast.communes,
            (LONG, "Tổ tự quản an ninh", "Đường hoa phụ nữ"),
            ("economy", "defence_security", "culture_society"),
            strict=True,
        )
    )
    heads = [stage.head_of(unit) for unit in cast.communes]
    report(one, heads[0], at=timezone.now())
    stop_registration(registration=two, reason="Hết vốn.", by=heads[1], at=SPRING)
    Milestone.objects.create(registration=three, title="Trồng hoa", due_on=SPRING.date())
    officer = enter(cast.officer)

    def found(query):
        page = text_of(officer.get(f"{reverse('progress:list')}?{query}"))
        return {row for row in (one, two, three) if f'/progress/{row.pk}"' in page}

    assert found("") == {one, two, three}
    assert found("state=stopped") == {two}
    assert found("state=underway") == {one, three}
    assert found("field=culture_society") == {three}
    assert found("q=tu+quan") == {two}
    assert found("silent=on") == {three}
    assert found("late=on") == {three}
    assert found("year=1999&days=x&state=y") == {one, two, three}


@pytest.mark.parametrize("name", ["list", "results"])
def test_lists_take_as_many_statements_for_three_as_for_one(
    cast, stage, enter, name, django_assert_num_queries, django_assert_max_num_queries
):
    officer = enter(cast.officer)

    def add(unit):
        row = accepted(stage, unit, name=f"Mô hình {unit.pk}")
        head = stage.head_of(unit)
        plan(row, head, terms("work-days", 10), terms("cameras", 4))
        report(row, head, terms("work-days", 5))
        Milestone.objects.create(registration=row, title="Mốc", due_on=SPRING.date())

    add(cast.communes[0])
    officer.get(reverse(f"progress:{name}"))
    with django_assert_max_num_queries(30) as counted:
        officer.get(reverse(f"progress:{name}"))
    for unit in cast.communes[1:]:
        add(unit)
    with django_assert_num_queries(len(counted)):
        officer.get(reverse(f"progress:{name}"))


def test_sums_open_the_list_behind_them_and_download(cast, stage, enter):
    for unit, days in zip(cast.communes, (100, 20, 3), strict=True):
        row = accepted(stage, unit, name=f"Mô hình {unit.pk}")
        report(row, stage.head_of(unit), terms("work-days", days))
    officer = enter(cast.officer)
    page = text_of(officer.get(f"{reverse('progress:results')}?year=2024"))
    assert ">123<" in page
    assert "results/work-days?year=2024" in page
    behind = text_of(officer.get(f"{reverse('progress:behind', args=['work-days'])}?year=2024"))
    assert all(f"Mô hình {unit.pk}" in behind for unit in cast.communes)
    one = cast.communes[1].pk
    assert ">20<" in text_of(officer.get(f"{reverse('progress:results')}?unit={one}"))
    assert officer.get(f"{reverse('progress:results')}?unit={cast.elsewhere.pk}").status_code == 404
    for address in ("/progress/results.xlsx", "/progress/results/work-days.xlsx?year=2024"):
        sheet = officer.get(address)
        assert b"".join(sheet.streaming_content)[:2] == b"PK"
    assert officer.get("/progress/results.doc").status_code == 404
    assert officer.get("/progress/results/none").status_code == 404


def test_an_administrator_adds_to_the_catalogue(cast, model, enter):
    administrator = enter(cast.administrator)
    address = reverse("progress:indicator-new")
    typed = {
        "name": "Thửa ruộng dồn đổi",
        "group": "land",
        "unit": "thửa",
        "units": "trăm thửa = 100",
        "adding": "sum",
    }
    wrong = administrator.post(address, typed | {"units": "trăm thửa 100"})
    assert (wrong.status_code, "Không hiểu" in text_of(wrong)) == (422, True)
    assert administrator.post(address, typed).status_code == 302
    one = Indicator.objects.get(owner=cast.district)
    assert one.units == {"thửa": "1", "trăm thửa": "100"}
    twice = administrator.post(address, typed)
    assert (twice.status_code, "Đã có chỉ tiêu" in text_of(twice)) == (422, True)
    report(model, cast.clerk, *[terms(one.code, 2, "trăm thửa")])
    edit = reverse("progress:indicator-edit", args=[one.pk])
    changed = typed | {"version": one.version, "units": ""}
    assert "giữ nguyên" in text_of(administrator.post(edit, changed))
    named = typed | {"version": one.version, "name": "Thửa ruộng đã dồn đổi"}
    assert administrator.post(edit, named).status_code == 302
    stale = administrator.post(edit, named)
    assert (stale.status_code, "Người khác" in text_of(stale)) == (422, True)
    retire = reverse("progress:indicator-retire", args=[one.pk])
    administrator.post(retire, {"version": 2})
    page = text_of(administrator.get(reverse("progress:indicators")))
    assert ("Thửa ruộng đã dồn đổi" in page, "ngừng dùng" in page) == (True, True)
    shipped = reverse("progress:indicator-edit", args=[indicator("cameras").pk])
    assert administrator.get(shipped).status_code == 403
    assert enter(cast.clerk).get(address).status_code == 403
    assert enter(cast.stranger).get(edit).status_code == 404


def test_the_registration_leads_to_its_progress_once_accepted(cast, stage, enter):
    waiting = stage.registration("submitted", name="Mô hình còn chờ")
    model = accepted(stage, name="Mô hình đã duyệt")
    clerk = enter(cast.clerk)
    page = text_of(clerk.get(reverse("exemplars:detail", args=[model.pk])))
    assert f'href="/progress/{model.pk}"' in page
    assert (
        "/progress/"
        not in text_of(clerk.get(reverse("exemplars:detail", args=[waiting.pk]))).split("<main")[1]
    )
    neighbour = SeatFactory(organisation=cast.communes[1], role=Role.HEAD)
    assert enter(neighbour).get(f"/progress/{waiting.pk}").status_code == 404
    done = report_done(registration=model, text="", by=cast.head, at=SPRING + timedelta(days=1))
    assert done.state == "done"
