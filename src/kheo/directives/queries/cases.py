"""What people corrected, as test cases for the reader: the text, what holds, what was changed."""

from collections.abc import Iterable, Iterator
from typing import Any

from kheo.directives.enums import FindingState
from kheo.directives.models import Finding, Reading
from kheo.directives.queries.findings import DECIDED_YES
from kheo.lib.extraction.directives import found as reader

CHANGED = (FindingState.CORRECTED, FindingState.REJECTED, FindingState.ADDED)


def corrected_readings() -> Iterator[Reading]:
    """Yield the readings in which a person changed something, oldest first."""
    changed = Finding.objects.filter(state__in=CHANGED).values("reading")
    yield from Reading.objects.filter(pk__in=changed).order_by("pk").iterator(chunk_size=50)


def case_of(reading: Reading, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return a test case: the text, what holds of it after checking, and what was changed.

    ``gold`` has the shape of `kheo documents read --json`; what was rejected is not in it.
    """
    rows = list(findings)
    kept = tuple(
        reader.Finding(
            field=row.field,
            start=row.start,
            end=row.end,
            text=row.text,
            rule=row.rule,
            confidence=row.confidence,
            value=row.value,
        )
        for row in rows
        if row.state in DECIDED_YES
    )
    return {
        "text": reading.text,
        "gold": reader.Reading(reading.text, kept, ()).as_json(),
        "open": sum(row.state == FindingState.PROPOSED for row in rows),
        "reader": reading.reader,
        "corrections": [_correction(row) for row in rows if _was_changed(row)],
    }


def _was_changed(row: Finding) -> bool:
    return row.state in CHANGED


def _correction(row: Finding) -> dict[str, Any]:
    return {
        "state": row.state,
        "field": row.field,
        "start": row.start,
        "end": row.end,
        "text": row.text,
        "rule": row.rule,
        "proposed": row.proposed,
        "decided": None if row.state == FindingState.REJECTED else row.value,
    }
