"""The first page lists what is due from the seat, late things first, each with one button."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories.accounts import START
from tests.factories.appraisal import Appraising
from tests.factories.councils import NOW as COUNCIL_DAY
from tests.factories.councils import make_chamber, with_files
from tests.factories.nominations import LATER, Nominating
from tests.factories.organisations import Cast, SeatFactory, make_cast
from tests.factories.reviews import opened_review, report_of, write_under
from tests.reporting.world import DUE, NOW, counted, make_registration, make_round, make_unit

from kheo.appraisal.enums import FileState
from kheo.councils.models import Allotment
from kheo.exemplars.enums import State
from kheo.home.queries.reports import report_items
from kheo.home.queries.work import WorkPage, work_page
from kheo.nominations.actions import return_nominations
from kheo.notices.actions import prepare_message
from kheo.organisations.enums import Role
from kheo.organisations.models import Invitation, Seat
from kheo.reviews.actions import sign_off_report, submit_report
from kheo.rounds.enums import RoundState, UnitState
from kheo.rounds.models import Round

pytestmark = pytest.mark.django_db
BEFORE = DUE - timedelta(days=3)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def round(cast: Cast) -> Round:
    return make_round(cast.district)


def work_of(seat: Seat, day: date = BEFORE) -> WorkPage:
    return work_page(seat, NOW.replace(month=day.month, day=day.day))


@pytest.mark.parametrize(
    ("state", "of_clerk", "of_head"),
    [
        (UnitState.NOT_STARTED, "Bắt đầu đăng ký", "Bắt đầu đăng ký"),
        (UnitState.DRAFT, "Soạn tiếp", "Xem và ký duyệt"),
        (UnitState.SIGNED_OFF, "Gửi đăng ký", "Gửi đăng ký"),
        (UnitState.RETURNED, "Bổ sung", "Bổ sung"),
        (UnitState.SUBMITTED, "Đăng ký thêm", "Đăng ký thêm"),
    ],
)
def test_each_state_has_its_next_step(
    cast: Cast, round: Round, state: UnitState, of_clerk: str, of_head: str
) -> None:
    part = make_unit(round, cast.communes[0], state)
    for seat, button in ((cast.clerk, of_clerk), (cast.head, of_head)):
        (item,) = work_of(seat).items
        assert item.button == button
        assert item.url == reverse("exemplars:unit-round", args=[part.pk])
        assert (item.due_on, item.late) == (DUE, False)


@pytest.mark.parametrize("state", [UnitState.ACCEPTED, UnitState.DECLINED])
def test_what_is_decided_is_no_longer_due(cast: Cast, round: Round, state: UnitState) -> None:
    make_unit(round, cast.communes[0], state)
    make_unit(make_round(cast.district), cast.communes[0], UnitState.SUBMITTED, is_short=False)
    make_unit(make_round(cast.district, state=RoundState.CLOSED), cast.communes[0])
    assert work_of(cast.clerk).items == []


def test_nobody_is_shown_the_work_of_another_unit(cast: Cast, round: Round) -> None:
    make_unit(round, cast.communes[1])
    assert work_of(cast.clerk).items == []


def test_late_things_come_first_and_then_what_is_due_first(cast: Cast) -> None:
    for due_on in (date(2024, 3, 5), date(2024, 2, 1), date(2024, 3, 1)):
        make_unit(make_round(cast.district, title=f"{due_on}"), cast.communes[0], due_on=due_on)
    items = work_of(cast.clerk).items
    assert [item.title for item in items] == ["2024-02-01", "2024-03-01", "2024-03-05"]
    assert [item.late for item in items] == [True, False, False]


def test_a_return_has_the_date_it_is_to_be_corrected_by(cast: Cast, round: Round) -> None:
    part = make_unit(round, cast.communes[0], UnitState.RETURNED)
    make_registration(part, state=State.RETURNED, return_due_on=date(2024, 3, 10))
    make_registration(part, state=State.RETURNED, return_due_on=date(2024, 3, 4))
    (item,) = work_of(cast.clerk, date(2024, 3, 1)).items
    assert (item.due_on, item.late) == (date(2024, 3, 4), False)
    assert work_of(cast.clerk, date(2024, 3, 5)).items[0].late


def test_models_of_earlier_years_wait_to_be_continued(cast: Cast, round: Round) -> None:
    earlier = make_round(cast.district, year=2023, state=RoundState.CLOSED)
    part = make_unit(earlier, cast.communes[0], UnitState.ACCEPTED)
    kept = make_registration(part, state=State.ACCEPTED)
    make_registration(part, state=State.ACCEPTED)
    now = make_unit(round, cast.communes[0], UnitState.DRAFT)
    items = work_of(cast.clerk).items
    assert items[1].title == "2 mô hình của các năm trước chưa đưa vào đợt đăng ký năm 2024"
    make_registration(now, exemplar=kept.exemplar)
    assert work_of(cast.clerk).items[1].title.startswith("1 mô hình")


def test_an_officer_sees_what_waits_below(cast: Cast, round: Round) -> None:
    part = make_unit(round, cast.communes[0], UnitState.SUBMITTED)
    make_unit(round, cast.communes[1], due_on=date(2024, 2, 10))
    counted(round)
    make_registration(part, submitted_at=NOW)
    make_registration(part, submitted_at=NOW - timedelta(days=4))
    make_round(cast.district, state=RoundState.DRAFT, title="Đợt 2025", year=2025)
    prepare_message(
        sender=cast.district,
        units=[cast.communes[1]],
        subject="Nhắc",
        body="x",
        by=cast.officer,
        at=START,
    )
    work = work_page(cast.officer, timezone.now())
    by_title = {item.title: item for item in work.items}
    assert set(by_title) == {
        "1 đơn vị quá hạn chưa gửi đăng ký",
        "2 bản đăng ký chờ xem xét",
        "1 thư đang chờ trong hộp thư đi",
        "Đợt 2025",
    }
    assert work.items[0].late
    assert "16/02/2024" in by_title["2 bản đăng ký chờ xem xét"].detail
    assert by_title["1 đơn vị quá hạn chưa gửi đăng ký"].url.endswith("?late=on")


def test_leaders_see_how_open_rounds_stand(cast: Cast, round: Round) -> None:
    make_unit(round, cast.communes[0], UnitState.SUBMITTED)
    make_unit(round, cast.communes[1])
    counted(round)
    work = work_of(cast.leader)
    assert work.items == []
    (summary,) = work.summaries
    assert (summary.totals.submitted, summary.totals.asked) == (1, 2)
    assert work_page(cast.stranger, NOW).summaries == []


def test_administrators_see_invitations_seats_and_empty_units(cast: Cast) -> None:
    now = timezone.now()
    SeatFactory(
        organisation=cast.communes[1],
        role=Role.CLERK,
        ends_on=timezone.localdate() + timedelta(days=5),
    )
    for number, expires in enumerate((now + timedelta(days=2), now - timedelta(days=2))):
        Invitation.objects.create(
            full_name="Lê Thị Mời",
            email="moi@vi-du.example",
            organisation=cast.communes[2],
            role=Role.CLERK,
            token_digest=str(number),
            created_at=START,
            expires_at=expires,
            invited_by=cast.administrator,
        )
    titles = [item.title for item in work_page(cast.administrator, now).items]
    assert titles[:2] == ["1 lời mời chưa được chấp nhận", "1 vị trí công tác sắp hết hạn"]
    assert titles[2] == "4 tổ chức chưa có người soạn"


@pytest.mark.parametrize("who", ["clerk", "head", "officer", "leader", "stranger"])
def test_an_empty_page_says_what_will_come(cast: Cast, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who).user)
    page = client.get(reverse("home:my-work")).text
    assert "ở đây" in page


def test_each_item_has_its_button(cast: Cast, round: Round, client: Client) -> None:
    part = make_unit(round, cast.communes[0], UnitState.RETURNED)
    client.force_login(cast.clerk.user)
    page = client.get(reverse("home:my-work")).text
    assert reverse("exemplars:unit-round", args=[part.pk]) in page
    assert "Bổ sung" in page
    assert "quá hạn" in page


@pytest.mark.parametrize("who", ["clerk", "officer", "leader", "administrator"])
def test_the_page_costs_the_same_with_one_and_three_units(
    cast: Cast, round: Round, client: Client, django_assert_num_queries, who: str
) -> None:
    make_registration(make_unit(round, cast.communes[0], UnitState.RETURNED))
    counted(round)
    client.force_login(getattr(cast, who).user)
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    make_registration(make_unit(round, cast.communes[1], UnitState.SUBMITTED))
    make_registration(make_unit(round, cast.agency, UnitState.SUBMITTED))
    counted(round)
    with django_assert_num_queries(len(one)):
        client.get("/")


def test_what_waits_of_the_life_of_models(cast: Cast) -> None:
    life = Appraising(Nominating(cast))
    stage, now = life.stage, LATER
    sent = stage.sent(1)
    life.file()
    life.file(FileState.SENT)
    items = {item.title: item for item in work_page(cast.head, now).items}
    assert items["1 hồ sơ thẩm định của đơn vị cần tự chấm điểm"].url == reverse("appraisal:list")
    titles = {item.title for item in work_page(cast.officer, now).items}
    assert "1 hồ sơ thẩm định chờ cấp trên" in titles
    [answer] = [item for item in work_page(stage.above, now).items if "giới thiệu" in item.title]
    assert answer.url == reverse("nominations:detail", args=[sent.pk])
    return_nominations(row=sent, reason="Thiếu hồ sơ.", by=stage.above, at=now)
    assert not [one for one in work_page(stage.above, now).items if "giới thiệu" in one.title]
    [again] = [one for one in work_page(cast.officer, now).items if "giới thiệu" in one.title]
    assert (again.detail, again.state) == ("Thiếu hồ sơ.", "returned")


def test_models_for_the_level_above_ask_for_a_list(cast: Cast) -> None:
    stage = Nominating(cast)
    stage.accepted(level="district")
    asked = "Mô hình cần giới thiệu lên cấp trên"
    assert not [one for one in work_page(cast.leader, LATER).items if asked in one.title]
    stage.accepted(level="province")
    assert [one for one in work_page(cast.leader, LATER).items if asked in one.title]
    stage.begin()
    assert not [one for one in work_page(cast.leader, LATER).items if asked in one.title]


def test_a_member_finds_what_is_to_be_scored(cast: Cast) -> None:
    chamber = with_files(make_chamber(cast, scores_due_on=date(2026, 11, 19)))
    member = chamber.members[0]
    [item] = work_page(member, COUNCIL_DAY).items
    given = Allotment.objects.filter(member__seat=member)
    assert item.title == f"{given.count()} hồ sơ chờ đồng chí chấm"
    assert (item.late, item.url) == (True, reverse("councils:mine"))
    for allotment in given.select_related("file"):
        chamber.score(allotment.file, member)
    assert work_page(member, COUNCIL_DAY).items == []


def test_reports_wait_to_be_written_signed_and_answered(cast: Cast) -> None:
    review = opened_review(cast)
    report = report_of(review, cast.communes[0])

    def buttons(seat: Seat) -> list[str]:
        return [item.button for item in report_items(seat, date(2024, 2, 12))]

    assert buttons(cast.clerk) == ["Viết báo cáo"]
    assert report_items(cast.clerk, date(2024, 2, 12))[0].late
    assert buttons(cast.leader) == [], "nothing is written yet that could be signed"
    write_under(report, "I", "Xã có 12 thôn", by=cast.clerk)
    assert (buttons(cast.clerk), buttons(cast.head)) == (["Soạn tiếp"], ["Xem và ký duyệt"])
    sign_off_report(report=report, by=cast.head, at=START)
    assert buttons(cast.clerk) == ["Gửi báo cáo"]
    submit_report(report=report, by=cast.clerk, at=START)
    assert buttons(cast.clerk) == []
    assert buttons(cast.officer) == ["Viết báo cáo", "Đọc và trả lời"]
