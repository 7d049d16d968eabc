"""The board is right at every step, and shows nobody more than they may see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories.organisations import Cast, OrganisationFactory, SeatFactory, make_cast
from tests.reporting.world import DUE, NOW, counted, make_round, make_unit

from kheo.notices.models import Message
from kheo.organisations.enums import Role
from kheo.organisations.models import Level
from kheo.reporting.queries.areas import Area
from kheo.reporting.queries.board import (
    BoardFilter,
    board_rows,
    board_totals,
    columns_of,
    count_units,
    quota_words,
    units_of,
    visible_round,
)
from kheo.rounds.enums import RoundState, UnitState
from kheo.rounds.models import Round

pytestmark = pytest.mark.django_db
AFTER = DUE + timedelta(days=3)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def round(cast: Cast) -> Round:
    """Two communes and an agency: one accepted in time, one late, one not started."""
    made = make_round(cast.district)
    province, district = (str(Level.objects.get(code=code).pk) for code in ("province", "district"))
    make_unit(
        made,
        cast.communes[0],
        UnitState.ACCEPTED,
        counts={province: [1, 1], district: [4, 4]},
        registered=5,
        accepted=5,
        is_short=False,
    )
    make_unit(made, cast.communes[1])
    make_unit(
        made,
        cast.agency,
        UnitState.SUBMITTED,
        counts={district: [6, 0]},
        registered=6,
        first_submitted_at=NOW + timedelta(days=10),
        submitted_late=True,
        due_on=DUE,
        original_due_on=DUE - timedelta(days=7),
        extension_reason="Mưa lũ",
    )
    return counted(made)


def whole(round: Round, **chosen: object) -> BoardFilter:
    area = Area(round.organiser_id, round.organiser.name, round.organiser_path)
    return BoardFilter(area=area, **chosen)


def names(round: Round, today: date = AFTER, **chosen: object) -> list[str]:
    units = units_of(round, whole(round, **chosen), today)
    found = [row.unit for row in board_rows(units, columns_of(round), today)]
    assert count_units(round, whole(round, **chosen), today) == len(found)
    return found


def test_rows_set_what_is_registered_beside_what_is_asked(round: Round) -> None:
    columns = columns_of(round)
    assert [level.name for level in columns.levels] == ["tỉnh", "huyện"]
    rows = {
        row.unit: row for row in board_rows(units_of(round, whole(round), AFTER), columns, AFTER)
    }
    done = rows["Đảng ủy xã An Dương"].standings
    assert [(cell.registered, cell.asked, cell.kind) for cell in done] == [
        (1, "1–2", "success"),
        (4, "4–5", "success"),
    ]
    over = rows["Phòng Nông nghiệp huyện"].standings
    assert [(cell.registered, cell.kind) for cell in over] == [(0, "warning"), (6, "danger")]


def test_rows_say_how_many_days_late_and_what_was_extended(round: Round) -> None:
    rows = {
        row.unit: row
        for row in board_rows(units_of(round, whole(round), AFTER), columns_of(round), AFTER)
    }
    assert rows["Đảng ủy xã An Dương"].late_days == 0
    assert rows["Đảng ủy xã Cao Xá"].late_days == 3
    agency = rows["Phòng Nông nghiệp huyện"]
    assert agency.late_days == 3
    assert agency.extended_from == DUE - timedelta(days=7)
    assert agency.extension_reason == "Mưa lũ"


def test_filters_narrow_the_rows_and_their_number_from_the_tallies(
    round: Round, cast: Cast
) -> None:
    assert len(names(round)) == 3
    assert names(round, state="accepted") == ["Đảng ủy xã An Dương"]
    assert names(round, late=True) == ["Đảng ủy xã Cao Xá", "Phòng Nông nghiệp huyện"]
    assert names(round, today=DUE, late=True) == ["Phòng Nông nghiệp huyện"]
    assert names(round, short=True, state="not_started") == ["Đảng ủy xã Cao Xá"]
    assert names(round, text="cao xa") == ["Đảng ủy xã Cao Xá"]
    assert names(round, text="phong NONG nghiệp") == ["Phòng Nông nghiệp huyện"]
    assert names(round, audience=round.audiences.get().pk, text="khong co") == []


def test_order_follows_the_alphabet_or_what_is_asked_for(round: Round) -> None:
    assert names(round, sort="-name")[0] == "Phòng Nông nghiệp huyện"
    assert names(round, sort="-registered")[0] == "Phòng Nông nghiệp huyện"
    assert names(round, sort="touched", state="accepted") == ["Đảng ủy xã An Dương"]


def test_totals_come_from_the_tallies_of_each_part(round: Round, cast: Cast) -> None:
    totals = board_totals(round, [cast.district.pk, cast.communes[1].pk, cast.elsewhere.pk], AFTER)
    district = totals[cast.district.pk]
    assert (district.asked, district.submitted, district.late, district.short) == (3, 2, 2, 2)
    assert district.percent == 66.7
    assert district.states["accepted"] == 1
    assert sum(count for _state, _label, count in district.by_state) == 3
    assert totals[cast.communes[1].pk].asked == 1
    assert cast.elsewhere.pk not in totals


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(1, 2, "1–2"), (4, 4, "4"), (1, None, "≥ 1"), (None, 5, "≤ 5"), (None, None, "")],
)
def test_quotas_are_written_short(least: int | None, most: int | None, words: str) -> None:
    assert quota_words(least, most) == words


def test_the_page_shows_shares_states_and_units(round: Round, cast: Cast, client: Client) -> None:
    client.force_login(cast.officer.user)
    page = client.get(reverse("reporting:board", args=[round.pk])).text
    assert "2/3 đơn vị đã đăng ký, 66,7%" in page
    assert "Đảng ủy xã Cao Xá" in page
    assert "gia hạn từ 20/02/2024" in page
    assert "Mưa lũ" in page


def test_htmx_gets_the_board_without_the_frame(round: Round, cast: Cast, client: Client) -> None:
    client.force_login(cast.officer.user)
    address = reverse("reporting:board", args=[round.pk])
    part = client.get(address, {"state": "accepted"}, headers={"HX-Request": "true"}).text
    assert part.strip().startswith('<div id="board">')
    assert "An Dương" in part
    assert "Cao Xá" not in part


def test_a_filter_that_matches_nothing_says_so(round: Round, cast: Cast, client: Client) -> None:
    client.force_login(cast.officer.user)
    page = client.get(reverse("reporting:board", args=[round.pk]), {"q": "khong co ai"}).text
    assert "Không có đơn vị nào" in page


@pytest.mark.parametrize(
    "query", ["state=x", "audience=x", "audience=99999", "page=-1", "sort=x", "area=x", "page=9"]
)
def test_a_strange_address_does_no_harm(
    round: Round, cast: Cast, client: Client, query: str
) -> None:
    client.force_login(cast.officer.user)
    assert client.get(f"{reverse('reporting:board', args=[round.pk])}?{query}").status_code == 200


def test_others_see_only_their_part_or_nothing(round: Round, cast: Cast, client: Client) -> None:
    address = reverse("reporting:board", args=[round.pk])
    client.force_login(cast.stranger.user)
    assert client.get(address).status_code == 404
    client.force_login(cast.clerk.user)
    page = client.get(address).text
    assert "Đảng ủy xã An Dương" in page
    assert "Cao Xá" not in page
    assert "1/1 đơn vị" in page
    assert client.get(address, {"area": cast.district.pk}).status_code == 404
    export = client.get(reverse("reporting:board-export", args=[round.pk, "csv"]))
    assert "Cao Xá" not in b"".join(export.streaming_content).decode()


def test_a_round_in_preparation_is_hidden_from_units(round: Round, cast: Cast) -> None:
    Round.objects.update(state=RoundState.DRAFT)
    assert visible_round(cast.clerk, round.pk) is None
    assert visible_round(cast.officer, round.pk) == round
    assert visible_round(cast.officer, 0) is None


def test_each_part_of_the_tree_opens(round: Round, cast: Cast, client: Client) -> None:
    under = OrganisationFactory(
        parent=cast.communes[1], name="Chi bộ thôn Đông", kind_code="grassroots_party"
    )
    make_unit(round, under)
    counted(round)
    client.force_login(cast.officer.user)
    address = reverse("reporting:board", args=[round.pk])
    assert f"area={cast.communes[1].pk}" in client.get(address).text
    page = client.get(address, {"area": cast.communes[1].pk}).text
    assert "Chi bộ thôn Đông" in page
    assert "0/2 đơn vị" in page
    assert "An Dương" not in page
    assert f"area={cast.district.pk}" in page, "the way back"


@pytest.mark.parametrize(("fmt", "start"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_the_board_is_given_as_a_file(
    round: Round, cast: Cast, client: Client, fmt: str, start: bytes
) -> None:
    client.force_login(cast.officer.user)
    answer = client.get(reverse("reporting:board-export", args=[round.pk, fmt]), {"late": "on"})
    content = b"".join(answer.streaming_content)
    assert content.startswith(start)
    assert f".{fmt}" in answer["Content-Disposition"]
    if fmt == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert len(lines) == 3
        assert "Cao Xá" in lines[1]


def test_an_unknown_format_is_not_found(round: Round, cast: Cast, client: Client) -> None:
    client.force_login(cast.officer.user)
    assert client.get(reverse("reporting:board-export", args=[round.pk, "exe"])).status_code == 404


def test_ticked_units_that_owe_something_are_reminded(
    round: Round, cast: Cast, client: Client
) -> None:
    client.force_login(cast.officer.user)
    ticked = [unit.pk for unit in round.participations.all()]
    answer = client.post(
        reverse("reporting:remind", args=[round.pk]), {"which": "ticked", "unit": ticked}
    )
    message = Message.objects.get()
    assert answer.url == reverse("notices:message", args=[message.pk])
    assert [unit.name for unit in message.units.all()] == ["Đảng ủy xã Cao Xá"]
    assert "27/02/2024" in message.body
    assert round.title in message.body
    assert message.sender == cast.district
    assert message.state == "draft"


def test_all_of_the_list_are_reminded_by_its_filter(
    round: Round, cast: Cast, client: Client
) -> None:
    make_unit(round, cast.communes[2], UnitState.DRAFT, due_on=date(2024, 3, 5))
    client.force_login(cast.officer.user)
    address = reverse("reporting:remind", args=[round.pk])
    client.post(address, {"which": "all", "query": "state=draft"})
    client.post(address, {"which": "all", "query": ""})
    only_draft, both = Message.objects.order_by("pk")
    assert [unit.name for unit in only_draft.units.all()] == ["Đảng ủy thị trấn Nhã Nam"]
    assert both.units.count() == 2
    assert "từ ngày 27/02/2024 đến ngày 05/03/2024" in both.body


def test_reminding_nobody_says_why(round: Round, cast: Cast, client: Client) -> None:
    client.force_login(cast.officer.user)
    address = reverse("reporting:remind", args=[round.pk])
    assert "Chưa chọn đơn vị nào" in client.post(address, {"which": "ticked"}, follow=True).text
    done = client.post(address, {"which": "all", "query": "state=accepted"}, follow=True)
    assert "không còn đơn vị nào cần đôn đốc" in done.text
    assert not Message.objects.exists()


def test_only_officers_remind_and_only_in_an_open_round(
    round: Round, cast: Cast, client: Client
) -> None:
    leader = SeatFactory(organisation=cast.district, role=Role.LEADER)
    client.force_login(leader.user)
    address = reverse("reporting:remind", args=[round.pk])
    assert client.post(address, {"which": "all"}).status_code == 403
    Round.objects.update(state=RoundState.CLOSED)
    client.force_login(cast.officer.user)
    assert client.post(address, {"which": "all"}).status_code == 403
    assert not Message.objects.exists()


def test_the_board_costs_the_same_with_one_and_three_rows(
    cast: Cast, client: Client, django_assert_num_queries
) -> None:
    round = make_round(cast.district)
    make_unit(round, cast.communes[0])
    counted(round)
    client.force_login(cast.officer.user)
    address = reverse("reporting:board", args=[round.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    make_unit(round, cast.communes[1])
    make_unit(round, cast.agency, UnitState.SUBMITTED)
    counted(round)
    with django_assert_num_queries(len(one)):
        assert "1/3" in client.get(address).text
    assert timezone.localdate() > DUE
