"""The calendar as calendar programs take it: one iCalendar text, each day all day long."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from kheo.home.queries.due import Due, Yearly

LONGEST_TITLE = 250


def icalendar_of(
    dues: Iterable[Due], *, name: str, public_url: str, words: dict[str, str]
) -> bytes:
    """Return a calendar with one event for each thing due, in a fixed order.

    :param words: what stands before the title of each kind, "" for nothing.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Kheo//Dan van kheo//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for due in sorted({due.key: due for due in dues}.values(), key=lambda due: (due.on, due.key)):
        calendar.add_component(_event(due, public_url, words))
    return bytes(calendar.to_ical())


def _event(due: Due, public_url: str, words: dict[str, str]) -> Event:
    event = Event()
    # the same thing keeps its name for ever, so that programs change it and do not double it
    event.add("uid", f"{due.key}@{urlsplit(public_url).hostname or 'kheo'}")
    # a text that is the same as long as nothing changes: the stamp says nothing of its own
    event.add("dtstamp", datetime(due.on.year, 1, 1, tzinfo=UTC))
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    title = f"{words.get('done', '')}{due.title}" if due.done else due.title
    event.add("summary", title[:LONGEST_TITLE])
    event.add("transp", "TRANSPARENT")
    if due.detail:
        event.add("description", due.detail)
    if due.url:
        event.add("url", f"{public_url}{due.url}")
    if category := words.get(due.kind):
        event.add("categories", [category])
    if due.yearly:
        _recur(event, due.on, due.yearly)
    return event


def _recur(event: Event, first: date, yearly: Yearly) -> None:
    # the last of February stands for a 29th that most years lack
    day = -1 if (yearly.month, yearly.day) == (2, 29) else yearly.day
    rule: dict[str, object] = {"freq": "yearly", "bymonth": yearly.month, "bymonthday": day}
    if yearly.last:
        rule["until"] = yearly.last
    event.add("rrule", rule)
    for usual, moved in sorted(yearly.moved.items()):
        if usual >= first:
            event.add("exdate", [usual], parameters={"VALUE": "DATE"})
            event.add("rdate", [moved], parameters={"VALUE": "DATE"})
