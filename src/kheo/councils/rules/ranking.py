"""Places by points, and by which rule one file stands before the next.

The order of the rules: total, then the council's part of it, then the criterion with the greatest
weight, then who handed in earlier; what is still equal shares a place until the chair decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from kheo.councils.enums import TieRule


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What decides on the place of a file; ``chair_order`` is 0 where the chair has not spoken."""

    key: int
    total: Decimal
    council: Decimal
    heaviest: Decimal
    handed_in: datetime
    chair_order: int = 0
    # files of different groups are ranked apart
    group: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A place, and the rule that parted the file from those of the same total."""

    key: int
    place: int
    rule: TieRule


def ranked(entries: Iterable[Entry]) -> list[Placed]:
    """Return every file with its place in its group; equal ones share the better place.

    The places behind a shared one are left out: 1, 2, 2, 4.
    """
    ordered = sorted(entries, key=lambda entry: (entry.group, _key(entry)))
    placed: list[Placed] = []
    for _group, rows in groupby(ordered, key=lambda entry: entry.group):
        placed.extend(_places(list(rows)))
    return placed


def _key(entry: Entry) -> tuple[Decimal, Decimal, Decimal, datetime, int]:
    return (-entry.total, -entry.council, -entry.heaviest, entry.handed_in, entry.chair_order)


def _places(rows: Sequence[Entry]) -> list[Placed]:
    placed: list[Placed] = []
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else None
        shared = before is not None and _key(before) == _key(row)
        place = placed[-1].place if shared else number + 1
        placed.append(Placed(key=row.key, place=place, rule=_rule(row, rows, number)))
    return placed


def _rule(row: Entry, rows: Sequence[Entry], number: int) -> TieRule:
    """Return the furthest rule that was needed to part the file from either neighbour."""
    neighbours = [rows[place] for place in (number - 1, number + 1) if 0 <= place < len(rows)]
    needed = [_parting(row, other) for other in neighbours] or [0]
    return ORDER[max(needed)]


def _parting(row: Entry, other: Entry) -> int:
    pairs = zip(_key(row), _key(other), strict=True)
    return next(
        (place for place, (mine, theirs) in enumerate(pairs) if mine != theirs), len(ORDER) - 1
    )


ORDER = (
    TieRule.TOTAL,
    TieRule.COUNCIL,
    TieRule.HEAVIEST,
    TieRule.EARLIER,
    TieRule.CHAIR,
    TieRule.SHARED,
)
