"""What a private calendar address gives: the due dates of all the person's seats, and no more."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from kheo.audit.models import Entry
from kheo.home.models import CalendarFeed
from kheo.home.queries.due import (
    EXTENSION,
    REVIEW,
    ROUND,
    TASK,
    TRADITION,
    Due,
    due_of_feed,
    traditions,
)
from kheo.organisations.models import Seat

BACK, AHEAD = timedelta(days=366), timedelta(days=2 * 366)


def feed_of_token(token: str) -> CalendarFeed | None:
    """Return the feed whose secret address this is, if it is one and its person is still here."""
    key, dash, _mac = token.partition("-")
    if not (dash and key.isascii() and key.isdigit() and len(key) < 15):
        return None
    feeds = CalendarFeed.objects.select_related("user").filter(user__is_active=True)
    feed = feeds.filter(pk=int(key)).first()
    return feed if feed and constant_time_compare(feed.token, token) else None


def dues_of_feed(feed: CalendarFeed, today: date) -> list[Due]:
    """Return what the person's seats of today see to be due, each thing once."""
    seats = Seat.objects.held(today).filter(user=feed.user_id)
    found: dict[str, Due] = {due.key: due for due in traditions()}
    for seat in seats.select_related("organisation__kind", "user").order_by("pk"):
        for due in due_of_feed(seat, today - BACK, today + AHEAD):
            found.setdefault(due.key, due)
    return list(found.values())


def feed_words() -> dict[str, str]:
    """Return the words that go with each kind, and what stands before a thing that is done."""
    return {
        ROUND: _("Registration rounds"),
        EXTENSION: _("Extended deadlines"),
        TASK: _("Tasks"),
        REVIEW: _("Reviews"),
        TRADITION: _("Days of tradition"),
        "done": "✓ ",
    }


def last_change(now: datetime) -> datetime:
    """Return since when no feed has changed: the last deed of anybody, or the turn of the day."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    latest = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    return max(midnight, latest or midnight).astimezone(UTC).replace(microsecond=0)
