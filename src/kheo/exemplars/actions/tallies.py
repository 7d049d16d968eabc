"""Keeps the tallies of registrations: every change moves one count in every superior."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection, transaction

from kheo.exemplars.enums import Stage
from kheo.exemplars.models import Registration, RegistrationTally, StageTally
from kheo.exemplars.rules.content import Facets

FACETS = ("field", "nature", "form", "level_id", "continuity")
BATCH = 1000

Key = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """A table of counts: by which columns it counts, and where SQL finds the last of them."""

    model: type[RegistrationTally] | type[StageTally]
    key: tuple[str, ...]
    last: str
    source: str = ""

    @property
    def table(self) -> str:
        """Return the name of the table."""
        return self.model._meta.db_table


STATES = Tally(RegistrationTally, ("organisation_id", "year", *FACETS, "state"), "r.state")
STAGES = Tally(
    StageTally,
    ("organisation_id", "year", *FACETS, "stage"),
    "s.bit",
    " JOIN ("
    + " UNION ALL ".join(f"SELECT {stage.value} AS bit" for stage in Stage)
    + ") s ON (r.stages & s.bit) <> 0",
)


class TallyMove(NamedTuple):
    """A registration that was counted by ``before`` and is now counted by ``after``.

    The organisations of ``uncounted`` count the shared model by another unit's entry.
    """

    path: str
    year: int
    before: Facets | None
    after: Facets | None
    uncounted: str = ""


@dataclass(frozen=True, slots=True)
class TallyGap:
    """A tally that does not hold what its registrations say."""

    counted_by: tuple[str, ...]
    key: Key
    kept: int
    counted: int


def move_registration_tallies(moves: Iterable[TallyMove]) -> None:
    """Move counts for the units and all their superiors, in one statement for each table.

    Call it last in the transaction of the change: the rows of the highest superiors are shared by
    all writers. Rows are written in the order of their key, so that writers wait, never deadlock.
    """
    states: Counter[Key] = Counter()
    stages: Counter[Key] = Counter()
    # thousands that move together mostly move alike
    for move, many in Counter(moves).items():
        if move.before == move.after:
            continue
        for facets, step in ((move.before, -many), (move.after, many)):
            if facets is not None:
                _count(move, facets, step, states, stages)
    _write(STATES, states)
    _write(STAGES, stages)


@transaction.atomic
def recount_registrations(*, year: int | None = None, repair: bool = False) -> list[TallyGap]:
    """Count all registrations anew by SQL and return the tallies that differ.

    :param year: only this year's; None for all years.
    :param repair: write what was counted in place of what was kept.
    """
    return [gap for tally in (STATES, STAGES) for gap in _recount(tally, year=year, repair=repair)]


def _recount(tally: Tally, *, year: int | None, repair: bool) -> list[TallyGap]:
    counted = _counted(tally, year)
    kept_rows = tally.model.objects.exclude(count=0)
    if year is not None:
        kept_rows = kept_rows.filter(year=year)
    kept: dict[Key, int] = {
        tuple(row[:-1]): row[-1] for row in kept_rows.values_list(*tally.key, "count")
    }
    gaps = [
        TallyGap(tally.key, key, kept.get(key, 0), counted.get(key, 0))
        for key in sorted(kept.keys() | counted.keys())
        if kept.get(key, 0) != counted.get(key, 0)
    ]
    if repair and gaps:
        _rewrite(tally, year)
    return gaps


def _count(
    move: TallyMove, facets: Facets, step: int, states: Counter[Key], stages: Counter[Key]
) -> None:
    state, reached = facets.state, facets.stages
    common = facets[:-2]
    bits = [stage.value for stage in Stage if reached & stage.value] if reached else []
    uncounted = set(move.uncounted.split("."))
    for part in move.path.strip(".").split("."):
        if part not in uncounted:
            states[(int(part), move.year, *common, state)] += step
            for bit in bits:
                stages[(int(part), move.year, *common, bit)] += step


def _write(tally: Tally, changes: Counter[Key]) -> None:
    rows: list[Key] = sorted((*key, step) for key, step in changes.items() if step)
    for start in range(0, len(rows), BATCH):
        _upsert(tally, rows[start : start + BATCH])


def _upsert(tally: Tally, rows: Sequence[Key]) -> None:
    table, columns = tally.table, ", ".join(tally.key)
    marks = ", ".join(["(" + ", ".join(["%s"] * (len(tally.key) + 1)) + ")"] * len(rows))
    statement = (
        f"INSERT INTO {table} ({columns}, count) VALUES {marks} "  # noqa: S608 -- names of our own
        f"ON CONFLICT ({columns}) DO UPDATE SET count = {table}.count + excluded.count"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in row])


def _counted(tally: Tally, year: int | None) -> dict[Key, int]:
    statement, parameters = _count_statement(tally, year)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {tuple(row[:-1]): row[-1] for row in cursor.fetchall()}


def _rewrite(tally: Tally, year: int | None) -> None:
    rows = tally.model.objects.all()
    if year is not None:
        rows = rows.filter(year=year)
    rows.delete()
    statement, parameters = _count_statement(tally, year)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {tally.table} ({', '.join(tally.key)}, count) {statement}",
            parameters,
        )


def _count_statement(tally: Tally, year: int | None) -> tuple[str, list[int]]:
    # a path ".1.34.567." names the unit and all its superiors: one row for each of them
    table = Registration._meta.db_table
    facets = ", ".join([f"r.{column}" for column in tally.key[1:-1]] + [tally.last])
    superiors = {
        "postgresql": (
            "CROSS JOIN LATERAL unnest(string_to_array(trim(both '.' from r.path), '.')::bigint[])"
            " AS a(value)"
        ),
        "sqlite": "JOIN json_each('[' || replace(trim(r.path, '.'), '.', ',') || ']') AS a",
    }[connection.vendor]
    found_in = {"postgresql": "strpos", "sqlite": "instr"}[connection.vendor]
    once = f" AND {found_in}(r.uncounted_path, '.' || a.value || '.') = 0"
    only_year = "" if year is None else " AND r.year = %s"
    statement = (
        f"SELECT a.value, {facets}, count(*) FROM {table} r{tally.source} {superiors} "  # noqa: S608
        f"WHERE r.submitted_at IS NOT NULL AND r.level_id IS NOT NULL{once}{only_year} "
        f"GROUP BY a.value, {facets}"
    )
    return statement, [] if year is None else [year]
