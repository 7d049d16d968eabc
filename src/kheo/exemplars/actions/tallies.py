"""Keeps the tallies of registrations: every change moves one count in every superior."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from django.db import connection, transaction

from kheo.exemplars.models import Registration, RegistrationTally
from kheo.exemplars.rules.content import Facets

KEY = (
    "organisation_id",
    "year",
    "field",
    "nature",
    "form",
    "level_id",
    "continuity",
    "state",
    "stages",
)
BATCH = 1000

Key = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class TallyMove:
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

    key: Key
    kept: int
    counted: int


def move_registration_tallies(moves: Iterable[TallyMove]) -> None:
    """Move counts for the units and all their superiors, in one statement.

    Call it last in the transaction of the change: the rows of the highest superiors are shared by
    all writers. Rows are written in the order of their key, so that writers wait, never deadlock.
    """
    changes: Counter[Key] = Counter()
    for move in moves:
        if move.before == move.after:
            continue
        for facets, step in ((move.before, -1), (move.after, 1)):
            for key in _keys(move, facets):
                changes[key] += step
    rows: list[Key] = sorted((*key, step) for key, step in changes.items() if step)
    for start in range(0, len(rows), BATCH):
        _upsert(rows[start : start + BATCH])


@transaction.atomic
def recount_registrations(*, year: int | None = None, repair: bool = False) -> list[TallyGap]:
    """Count all registrations anew by SQL and return the tallies that differ.

    :param year: only this year's; None for all years.
    :param repair: write what was counted in place of what was kept.
    """
    counted = _counted(year)
    kept_rows = RegistrationTally.objects.exclude(count=0)
    if year is not None:
        kept_rows = kept_rows.filter(year=year)
    kept: dict[Key, int] = {
        tuple(row[:-1]): row[-1] for row in kept_rows.values_list(*KEY, "count")
    }
    gaps = [
        TallyGap(key, kept.get(key, 0), counted.get(key, 0))
        for key in sorted(kept.keys() | counted.keys())
        if kept.get(key, 0) != counted.get(key, 0)
    ]
    if repair and gaps:
        _rewrite(year)
    return gaps


def _keys(move: TallyMove, facets: Facets | None) -> list[Key]:
    if facets is None:
        return []
    rest = (move.year, *astuple(facets))
    uncounted = set(move.uncounted.split("."))
    parts = move.path.strip(".").split(".")
    return [(int(part), *rest) for part in parts if part not in uncounted]


def _upsert(rows: Sequence[Key]) -> None:
    table = RegistrationTally._meta.db_table
    columns = ", ".join(KEY)
    marks = ", ".join(["(" + ", ".join(["%s"] * (len(KEY) + 1)) + ")"] * len(rows))
    statement = (
        f"INSERT INTO {table} ({columns}, count) VALUES {marks} "  # noqa: S608 -- names of our own
        f"ON CONFLICT ({columns}) DO UPDATE SET count = {table}.count + excluded.count"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in row])


def _counted(year: int | None) -> dict[Key, int]:
    statement, parameters = _count_statement(year)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {tuple(row[:-1]): row[-1] for row in cursor.fetchall()}


def _rewrite(year: int | None) -> None:
    rows = (
        RegistrationTally.objects.all()
        if year is None
        else RegistrationTally.objects.filter(year=year)
    )
    rows.delete()
    statement, parameters = _count_statement(year)
    table = RegistrationTally._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(KEY)}, count) {statement}",
            parameters,
        )


def _count_statement(year: int | None) -> tuple[str, list[int]]:
    # a path ".1.34.567." names the unit and all its superiors: one row for each of them
    table = Registration._meta.db_table
    facets = ", ".join(f"r.{column}" for column in KEY[1:])
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
        f"SELECT a.value, {facets}, count(*) FROM {table} r {superiors} "  # noqa: S608
        f"WHERE r.submitted_at IS NOT NULL AND r.level_id IS NOT NULL{once}{only_year} "
        f"GROUP BY a.value, {facets}"
    )
    return statement, [] if year is None else [year]
