"""Writing the audit: the one way in, and no way back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypedDict, Unpack

from django.db import models
from django.db.models import Exists, OuterRef

from kheo.audit.actions.inserting import ENCODER, insert_rows, twin_of
from kheo.audit.models import Entry
from kheo.audit.queries import digest_of

# values that come back from the database just as they were put in
STABLE = frozenset({str, int, bool, type(None)})


class Actor(Protocol):
    """Whoever does a deed: a seat, or a user where no seat is concerned."""

    @property
    def actor_user_id(self) -> int | None:
        """Return the person's key."""

    @property
    def actor_name(self) -> str:
        """Return the person's name as it is today."""

    @property
    def actor_seat_id(self) -> int | None:
        """Return the seat's key."""

    @property
    def actor_seat_label(self) -> str:
        """Return the post and its organisation as they are today."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What is to be recorded of one change to one record.

    ``scope`` is the path of the organisation the record belongs to.
    """

    verb: str
    record: models.Model
    scope: str = ""
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""


class Told(TypedDict, total=False):
    """What else an entry tells, where there is something to tell."""

    before: Mapping[str, object]
    after: Mapping[str, object]
    reason: str


def note_deed(
    verb: str,
    row: models.Model,
    scope: str,
    by: Actor | None,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record one deed on a row, as the journals of the rooms do; see :func:`record`."""
    record(deed=Deed(verb=verb, record=row, scope=scope, **told), by=by, at=at)


def record(*, deed: Deed, by: Actor | None, at: datetime) -> Entry:
    """Record one deed; call it inside the transaction of the change. ``by`` None is the system."""
    return record_many(deeds=[deed], by=by, at=at)[0]


def record_many(*, deeds: Iterable[Deed], by: Actor | None, at: datetime) -> list[Entry]:
    """Record several deeds with two statements per kind of record, whatever their number."""
    blank = Entry(at=at, **_told(by))
    entries = [_entry(deed, blank) for deed in deeds]
    tails = _tails(entries)
    for entry in entries:
        key = (entry.record_type, entry.record_id)
        sequence, previous = tails.get(key, (0, ""))
        entry.sequence = sequence + 1
        entry.digest = digest_of(entry, previous)
        tails[key] = (entry.sequence, entry.digest)
    insert_rows(entries, keyed=False)
    return entries


def _told(by: Actor | None) -> dict[str, object]:
    """Return who does it, as every entry tells it: looked up once, however many deeds there are."""
    if by is None:
        return {}
    return {
        "actor_user_id": by.actor_user_id,
        "actor_name": by.actor_name,
        "seat_id": by.actor_seat_id,
        "seat_label": by.actor_seat_label[:500],
    }


def _entry(deed: Deed, blank: Entry) -> Entry:
    entry = twin_of(blank)
    entry.verb = deed.verb
    entry.record_type = deed.record._meta.label_lower
    entry.record_id = deed.record.pk
    entry.record_label = str(deed.record)[:500]
    entry.scope = deed.scope
    entry.before, entry.after = _plain(deed.before), _plain(deed.after)
    entry.reason = deed.reason
    return entry


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    if all(type(value) in STABLE for value in values.values()):
        return dict(values)
    # what the database gives back must hash as what was put in
    plain: dict[str, object] = json.loads(ENCODER.encode(dict(values)))
    return plain


def _tails(entries: list[Entry]) -> dict[tuple[str, int], tuple[int, str]]:
    tails: dict[tuple[str, int], tuple[int, str]] = {}
    for record_type in {entry.record_type for entry in entries}:
        ids = {entry.record_id for entry in entries if entry.record_type == record_type}
        if len(ids) == 1:
            tails |= _tail(record_type, *ids)
            continue
        later = Entry.objects.filter(
            record_type=record_type,
            record_id=OuterRef("record_id"),
            sequence__gt=OuterRef("sequence"),
        )
        last = Entry.objects.filter(
            ~Exists(later), record_type=record_type, record_id__in=ids
        ).values_list("record_id", "sequence", "digest")
        tails |= {(record_type, pk): (sequence, digest) for pk, sequence, digest in last}
    return tails


def _tail(record_type: str, record_id: int) -> dict[tuple[str, int], tuple[int, str]]:
    # the usual case, asked in the cheapest way
    entries = Entry.objects.filter(record_type=record_type, record_id=record_id)
    last = entries.order_by("-sequence").values_list("sequence", "digest").first()
    return {(record_type, record_id): last} if last else {}
