"""How the entries of one record hang together, and whether they still do."""

import hashlib
from collections.abc import Iterator
from datetime import UTC
from itertools import groupby

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from kheo.audit.models import Entry

# made once: thousands of entries are hashed in one deed
ENCODER = DjangoJSONEncoder(sort_keys=True, ensure_ascii=False)


def digest_of(entry: Entry, previous: str) -> str:
    """Return the hash of an entry chained to the one before it of the same record."""
    content = [
        previous,
        entry.at.astimezone(UTC).isoformat(),
        entry.verb,
        entry.actor_user_id,
        entry.actor_name,
        entry.seat_id,
        entry.seat_label,
        entry.record_type,
        entry.record_id,
        entry.record_label,
        entry.scope,
        entry.before,
        entry.after,
        entry.reason,
        entry.sequence,
    ]
    return hashlib.sha256(ENCODER.encode(content).encode()).hexdigest()


def entries_below(path: str) -> QuerySet[Entry]:
    """Return the entries of records that belonged to the organisation of a path or below it."""
    return Entry.objects.filter(scope__startswith=path)


def history_of(record: Model) -> QuerySet[Entry]:
    """Return the entries of one record, newest first."""
    return Entry.objects.filter(record_type=record._meta.label_lower, record_id=record.pk).order_by(
        "-sequence"
    )


def broken_entries() -> Iterator[Entry]:
    """Yield of each record the first entry that does not follow from the one before it.

    Somebody who can write to the database past its triggers leaves such a break, unless they
    rewrite all later entries of the record too; the last entry of a record can be cut off unseen.
    """
    entries = Entry.objects.order_by("record_type", "record_id", "sequence").iterator(2000)
    for _record, chain in groupby(entries, key=lambda entry: (entry.record_type, entry.record_id)):
        if broken := _first_break(chain):
            yield broken


def _first_break(chain: Iterator[Entry]) -> Entry | None:
    previous = ""
    for sequence, entry in enumerate(chain, start=1):
        if entry.sequence != sequence or entry.digest != digest_of(entry, previous):
            return entry
        previous = entry.digest
    return None
