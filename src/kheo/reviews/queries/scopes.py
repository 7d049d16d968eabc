"""Where a report looks: its body and all below, wherever they stood in the years told."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, Case, F, Max, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from kheo.exemplars.models import Registration
from kheo.organisations.enums import EventKind
from kheo.organisations.models import Placement, Succession, below
from kheo.reviews.models import Report

MAX_GENERATIONS = 10
# above any key of a registration; with years before it, it still fits into 63 bits
GREATEST_KEY = 10**14


@dataclass(frozen=True, slots=True)
class Scope:
    """Paths none of which lies below another; records keep the path of their own day."""

    paths: tuple[str, ...]

    def inside(self, field: str = "path") -> Q:
        """Return the condition "at or below one of the paths"; without paths nothing is."""
        return reduce(or_, (below(path, field) for path in self.paths), Q(pk__in=()))

    @property
    def roots(self) -> frozenset[int]:
        """Return the keys of the organisations at the paths: their tallies hold everything."""
        return frozenset(int(path.strip(".").rpartition(".")[2]) for path in self.paths)

    def holds(self, path: str) -> bool:
        """Tell whether a path lies at or below one of the paths."""
        return path.startswith(self.paths)


def scope_of(report: Report) -> Scope:
    """Return where a report's body stands and stood, with the bodies merged into it.

    A merged body's records keep its own path: its successor reports on them (S3, Hương Trà).
    """
    return _scope(report.organisation_id, (report.path,))


def scope_of_unit(scope: Scope, organisation: int) -> Scope:
    """Return the part of a scope that an organisation has, wherever it stood; perhaps none."""
    whole = _scope(organisation, ())
    return Scope(tuple(path for path in whole.paths if scope.holds(path)))


def registered_rows(where: Scope, years: range) -> QuerySet[Registration]:
    """Return all that counts as registered in a scope, as organised at the time."""
    return Registration.objects.filter(where.inside(), year__in=years, is_registered=True)


def newest_entries(
    rows: QuerySet[Registration], where: Scope, **told: Max
) -> QuerySet[Registration, Any]:
    """Return for each model of some entries the key of its newest, as ``newest``.

    The newest is of the latest year; of a shared model it is the entry by which superiors count
    it. One number orders all that, so that grouping does it: windows over a million rows are slow.

    :param told: what else is to be told of each model, by name.
    """
    counted = Case(
        When(where.inside("uncounted_path"), then=Value(0)),
        default=Value(1),
        output_field=BigIntegerField(),
    )
    year = Cast("year", BigIntegerField())
    rank = year * Value(2 * GREATEST_KEY) + counted * Value(GREATEST_KEY) + F("pk")
    grouped = rows.order_by().values("exemplar_id")
    ranked = grouped.annotate(top=Max(rank, output_field=BigIntegerField()), **told)
    newest = F("top") % Value(GREATEST_KEY, output_field=BigIntegerField())
    found: QuerySet[Registration, Any] = ranked.values(*told, newest=newest)
    return found


def _scope(organisation: int, known: tuple[str, ...]) -> Scope:
    rows = Placement.objects.filter(organisation__in=_with_merged(organisation), is_main=True)
    return Scope(_outermost([*known, *rows.values_list("path", flat=True)]))


def _with_merged(organisation: int) -> set[int]:
    found, latest = {organisation}, {organisation}
    for _generation in range(MAX_GENERATIONS):
        rows = Succession.objects.filter(
            successor__in=latest, predecessor__isnull=False, event__kind=EventKind.MERGE
        )
        latest = set(rows.values_list("predecessor_id", flat=True)) - found
        if not latest:
            break
        found |= latest
    return found


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(set(paths)):
        if path and not (kept and path.startswith(kept[-1])):
            kept.append(path)
    return tuple(kept)
