"""The audit as a journal to search: by time, deed, person, record and text."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kheo.audit.models import Entry
from kheo.organisations.models import Seat
from kheo.organisations.queries import entries_visible_to
from kheo.ui.history import HistoryLine, history_lines

# kind of record → the page that shows one; all take the key of the record
PAGES = {
    "exemplars.registration": "exemplars:detail",
    "rounds.round": "rounds:detail",
    "rounds.participation": "exemplars:unit-round",
    "organisations.organisation": "organisations:detail",
    "organisations.seat": "organisations:seat",
    "directives.document": "directives:detail",
    "notices.message": "notices:message",
    "rounds.layout": "rounds:layout",
    "rounds.period": "rounds:period-edit",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFilter:
    """What of the journal is looked at; empty values leave everything in."""

    first: date | None = None
    last: date | None = None
    verb: str = ""
    person: str = ""
    record: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry as it is shown, with the page of its record where there is one."""

    line: HistoryLine
    record: str
    url: str


def journal_entries(seat: Seat, chosen: JournalFilter) -> QuerySet[Entry]:
    """Return the entries in the seat's reach that pass the filter, newest first."""
    entries = entries_visible_to(seat)
    if chosen.first is not None:
        entries = entries.filter(at__gte=_midnight(chosen.first))
    if chosen.last is not None:
        entries = entries.filter(at__lt=_midnight(chosen.last + timedelta(days=1)))
    if chosen.verb:
        entries = entries.filter(verb=chosen.verb)
    if chosen.person:
        person = Q(actor_name__icontains=chosen.person) | Q(seat_label__icontains=chosen.person)
        entries = entries.filter(person)
    if chosen.record:
        entries = entries.filter(record_label__icontains=chosen.record)
    if chosen.text:
        entries = _with_text(entries, chosen.text)
    return entries.order_by("-at", "-pk")


def journal_lines(entries: list[Entry]) -> list[JournalLine]:
    """Return entries as lines to show, without any further statement."""
    return [
        JournalLine(line, entry.record_label or entry.record_type, _page_of(entry))
        for entry, line in zip(entries, history_lines(entries), strict=True)
    ]


def _page_of(entry: Entry) -> str:
    name = PAGES.get(entry.record_type)
    if name is None:
        return ""
    try:
        return reverse(name, args=[entry.record_id])
    except NoReverseMatch:
        return ""


def _with_text(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    # SQLite keeps JSON with its letters escaped, PostgreSQL as they are
    escaped = json.dumps(text)[1:-1]
    found = Q(reason__icontains=text)
    for name in ("before_text", "after_text"):
        found |= Q(**{f"{name}__icontains": text}) | Q(**{f"{name}__icontains": escaped})
    texts = {"before_text": Cast("before", TextField()), "after_text": Cast("after", TextField())}
    return entries.alias(**texts).filter(found)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
