"""The calendar shows what is due to a seat; its private feed opens in another's reader."""

from datetime import date, datetime, timedelta

import pytest
import vobject
from django.test import Client
from django.utils import timezone
from tests.factories.accounts import HANOI, START
from tests.factories.assignments import give_task
from tests.factories.exemplars import Stage
from tests.factories.organisations import make_cast

from kheo.assignments.actions import close_task, report_part
from kheo.assignments.enums import Timing
from kheo.home.actions import close_calendar_feed, renew_calendar_feed
from kheo.home.models import CalendarFeed
from kheo.home.queries.calendar import calendar_month
from kheo.home.queries.due import TRADITION, due_between, traditions
from kheo.home.queries.feed import last_change
from kheo.organisations.actions import end_seat

LONG = (
    "Đẩy mạnh tuyên truyền, vận động; thực hiện phương châm “dân biết, dân bàn, dân làm, dân kiểm"
    " tra, dân giám sát, dân thụ hưởng”, gắn với quy chế dân chủ ở cơ sở"
)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def cast(db):
    return make_cast()


def window(seat) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def yearly(cast, **changed):
    terms = {
        "timing": Timing.YEARLY,
        "due_on": date(2028, 12, 31),
        "due_month": 3,
        "due_day": 31,
        "content": LONG,
        "at": datetime(2024, 1, 5, 8, tzinfo=HANOI),
        "exceptions": [{"year": 2025, "on": "2025-05-01"}],
    }
    return give_task(cast, **(terms | changed))


def titles(seat, first, last):
    return [(due.on, due.title) for due in due_between(seat, first, last) if due.kind != TRADITION]


def feed_of(seat, at=START):
    return renew_calendar_feed(by=seat, at=at)


def fetched(feed, **headers):
    return Client().get(f"/calendar/{feed.token}.ics", headers=headers)


def events_of(feed):
    read = vobject.readOne(fetched(feed).content.decode())
    return {event.uid.value.partition("@")[0]: event for event in read.vevent_list}


def test_a_yearly_task_stands_in_every_year_with_its_exception(cast):
    yearly(cast)
    days = [on for on, _title in titles(cast.clerk, date(2024, 1, 1), date(2030, 1, 1))]
    assert days == [
        date(2024, 3, 31),
        date(2025, 5, 1),
        date(2026, 3, 31),
        date(2027, 3, 31),
        date(2028, 3, 31),
    ]


def test_a_deadline_is_seen_by_giver_and_body_only_while_the_task_runs(cast):
    task = give_task(cast)
    for seat in (cast.clerk, cast.officer):
        assert titles(seat, *YEAR) == [(date(2026, 11, 30), task.title)]
    assert titles(cast.stranger, *YEAR) == []
    close_task(task=task, by=cast.officer, at=START)
    assert titles(cast.clerk, *YEAR) == []


def test_rounds_show_the_own_deadline_and_to_the_officer_those_of_all(cast):
    stage = Stage(cast)
    part = stage.part()
    own = titles(cast.clerk, part.due_on, part.due_on)
    assert own == [(part.due_on, f"Đăng ký: {stage.round.title}")]
    run = titles(cast.officer, part.due_on, part.due_on)
    assert (part.due_on, f"Hạn của các đơn vị: {stage.round.title}") in run


def test_days_of_tradition_are_marked_and_say_where_they_are_from(cast):
    found = [due for due in due_between(cast.clerk, *YEAR) if due.kind == TRADITION]
    assert date(2026, 10, 15) in [due.on for due in found]
    assert len({due.key for due in traditions()}) == len(traditions())
    page = window(cast.clerk).get("/calendar?month=2026-10").content.decode()
    assert "Ngày truyền thống công tác dân vận của Đảng" in page


def test_a_month_is_whole_weeks_from_monday(cast):
    page = calendar_month(cast.clerk, date(2026, 11, 21), date(2026, 11, 21))
    days = [day for week in page.weeks for day in week]
    assert (days[0].on, days[-1].on) == (date(2026, 10, 26), date(2026, 12, 6))
    assert [day.on for day in days if day.today] == [date(2026, 11, 21)]
    assert (page.previous, page.following) == ("2026-10", "2026-12")
    december = calendar_month(cast.clerk, date(2026, 12, 1), date(2026, 11, 21))
    assert (december.previous, december.following) == ("2026-11", "2027-01")


@pytest.mark.parametrize("asked", ["", "2026-13", "²-1", "0001-01", "abc", "2026-11-05", "-"])
def test_a_strange_month_is_this_month(cast, asked):
    answer = window(cast.clerk).get("/calendar", {"month": asked})
    assert answer.status_code == 200
    assert f"{timezone.localdate():%m/%Y}" in answer.content.decode()


def test_what_does_not_fit_a_cell_stands_in_the_list(cast):
    for number in range(6):
        give_task(cast, content=f"Việc số {number}")
    page = window(cast.clerk).get("/calendar?month=2026-11").content.decode()
    assert "còn 2 việc" in page
    assert page.count("Việc số 5") == 1
    listed = window(cast.clerk).get("/calendar?month=2026-10&view=list").content.decode()
    assert "Việc số 5" in listed
    assert "Từ 01/10/2026 đến 31/12/2026" in listed


def test_the_calendar_costs_the_same_however_full(cast, django_assert_max_num_queries):
    client = window(cast.officer)
    give_task(cast, due_on=timezone.localdate())
    with django_assert_max_num_queries(40) as one:
        client.get("/calendar")
    for _number in range(5):
        give_task(cast, due_on=timezone.localdate())
    with django_assert_max_num_queries(len(one)):
        client.get("/calendar")


def test_the_feed_opens_in_a_reader_of_another_make(cast):
    task = give_task(cast, due_on=timezone.localdate() + timedelta(days=3), content=LONG)
    feed = feed_of(cast.clerk)
    answer = fetched(feed)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    event = events_of(feed)[f"task-{task.pk}"]
    assert event.summary.value == task.title
    assert event.dtstart.value == task.due_on
    assert event.dtend.value == task.due_on + timedelta(days=1)
    assert event.url.value.endswith(
        f"/tasks/parts/{task.bodies.get(organisation=cast.communes[0]).pk}"
    )


def test_what_recurs_is_one_event_with_a_rule(cast):
    task = yearly(cast)
    event = events_of(feed_of(cast.clerk))[f"task-{task.pk}"]
    days = [day.date() for day in event.getrruleset(addRDate=True)]
    assert days == [
        date(2024, 3, 31),
        date(2025, 5, 1),
        date(2026, 3, 31),
        date(2027, 3, 31),
        date(2028, 3, 31),
    ]


def test_the_end_of_february_recurs_every_year(cast):
    task = yearly(cast, due_month=2, due_day=29, exceptions=[])
    event = events_of(feed_of(cast.clerk))[f"task-{task.pk}"]
    days = [day.date() for day in event.getrruleset(addRDate=True)]
    assert days[:3] == [date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28)]


def test_a_tradition_goes_back_to_its_year(cast):
    event = events_of(feed_of(cast.clerk))["tradition-10-15"]
    assert event.dtstart.value == date(1930, 10, 15)
    assert "FREQ=YEARLY" in event.rrule.value


def test_what_is_done_says_so(cast):
    task = give_task(cast, due_on=timezone.localdate() + timedelta(days=3))
    part = task.bodies.get(organisation=cast.communes[0])
    report_part(body=part, text="Xong", done=True, by=cast.clerk, at=START)
    assert events_of(feed_of(cast.clerk))[f"task-{task.pk}"].summary.value.startswith("✓ ")


def test_a_renewed_address_kills_the_old_one_and_a_closed_one_is_dead(cast):
    old = feed_of(cast.clerk)
    new = feed_of(cast.clerk)
    assert fetched(old).status_code == 404
    assert fetched(new).status_code == 200
    close_calendar_feed(feed=new, by=cast.clerk, at=START)
    assert fetched(new).status_code == 404
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("token", ["x", "1-", "1-abc", "999999999999999999-a", "²-a", "-"])
def test_a_guessed_address_gives_nothing(cast, token):
    feed_of(cast.clerk)
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_the_feed_only_reads(cast):
    feed = feed_of(cast.clerk)
    assert Client().post(f"/calendar/{feed.token}.ics").status_code == 405


def test_the_feed_tells_no_more_than_the_seats_see(cast):
    give_task(cast, content="Việc riêng của Tân Yên", due_on=timezone.localdate())
    assert "Tân Yên" not in fetched(feed_of(cast.stranger)).content.decode()
    feed = feed_of(cast.clerk)
    assert "task-" in fetched(feed).content.decode()
    end_seat(seat=cast.clerk, on=timezone.localdate() - timedelta(days=1), by=None, at=START)
    assert "task-" not in fetched(feed).content.decode()
    cast.clerk.user.is_active = False
    cast.clerk.user.save()
    assert fetched(feed).status_code == 404


def test_what_has_not_changed_is_not_sent_again(cast):
    give_task(cast)
    feed = feed_of(cast.clerk)
    first = fetched(feed)
    again = fetched(feed, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = fetched(feed, **{"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304
    give_task(cast, content="Việc mới", due_on=timezone.localdate(), at=timezone.now())
    assert fetched(feed, **{"If-None-Match": first["ETag"]}).status_code == 200


def test_the_last_change_is_the_last_deed_or_midnight(cast):
    noon = datetime(2024, 1, 2, 12, tzinfo=HANOI)
    assert last_change(noon) == START
    later = datetime(2024, 1, 3, 12, tzinfo=HANOI)
    assert last_change(later) == datetime(2024, 1, 3, tzinfo=HANOI)


def test_the_address_is_made_renewed_and_taken_away_by_page(cast):
    client = window(cast.clerk)
    assert "Tạo địa chỉ riêng" in client.get("/calendar").content.decode()
    page = client.post("/calendar/address", follow=True).content.decode()
    assert CalendarFeed.objects.get().token in page
    assert window(cast.head).post("/calendar/address/close").status_code == 404
    client.post("/calendar/address/close")
    assert not CalendarFeed.objects.exists()
