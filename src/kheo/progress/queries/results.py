"""What models planned and achieved: of single ones, and added up below any organisation."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from kheo.exemplars.enums import State
from kheo.organisations.models import below
from kheo.progress.enums import Adding, CourseState
from kheo.progress.models import Indicator, Result
from kheo.progress.rules.figures import SMALLEST, percent_of, trimmed

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class SumLine:
    """An indicator with what the models below an organisation planned and achieved, in its unit.

    ``compared`` is what those achieved that had planned something: only they make a percentage.
    """

    indicator: Indicator
    planned: Decimal | None
    achieved: Decimal | None
    compared: Decimal | None
    models: int

    @property
    def percent(self) -> Decimal | None:
        """Return how many per cent of the plan are achieved; None where nothing was planned."""
        return percent_of(self.compared, self.planned)


def results_of(registrations: Iterable[int]) -> dict[int, list[Result]]:
    """Return the results of registrations by their key, each with its indicator.

    :param registrations: keys of registrations, any number.
    """
    keys = sorted(set(registrations))
    found: dict[int, list[Result]] = {key: [] for key in keys}
    for start in range(0, len(keys), BATCH):
        rows = Result.objects.filter(registration__in=keys[start : start + BATCH])
        for row in rows.select_related("indicator"):
            found[row.registration_id].append(row)
    return found


def counted_results(
    path: str | tuple[str, ...],
    *,
    year: int | range | None = None,
    field: str = "",
    indicators: Collection[int] = (),
) -> QuerySet[Result]:
    """Return the results that count below an organisation, each shared model's once.

    Several units may own one model, and one model may be merged into another: of what they report
    by one indicator in one year, only the first counts, as in the tallies of registrations; if it
    reports nothing, the next. Of indicators of which the latest figure counts, only the newest
    year of each model does.

    :param path: the organisation's, or all at which it stood; a superior counts what its tallies
        count.
    :param year: one year or some in a row; None for all years.
    """
    rows = Result.objects.filter(_within(path), registration__state=State.ACCEPTED)
    if year is not None:
        rows = rows.filter(year__in=year if isinstance(year, range) else (year,))
    if field:
        rows = rows.filter(registration__field=field)
    if indicators:
        rows = rows.filter(indicator__in=indicators)
    rows = rows.filter(Q(achieved__isnull=False) | Q(planned__isnull=False))
    return _each_model_once(rows, path)


def _each_model_once(rows: QuerySet[Result], path: str | tuple[str, ...]) -> QuerySet[Result]:
    model = Coalesce("registration__course__merged_with__exemplar", "registration__exemplar")
    # what counts first: figures before plans, the model itself before what was merged into it,
    # the entry that the tallies count before those of other owners
    order = (
        _flag(Q(achieved__isnull=True)),
        _flag(Q(registration__course__state=CourseState.MERGED)),
        _flag(_within(path, "registration__uncounted_path")),
        F("registration_id"),
    )
    ranked = rows.annotate(
        model=model,
        once=Window(
            RowNumber(), partition_by=[model, F("indicator_id"), F("year")], order_by=order
        ),
        newest=Window(
            RowNumber(),
            partition_by=[model, F("indicator_id")],
            order_by=(order[0], F("year").desc(), *order[1:]),
        ),
    )
    latest = Q(indicator__adding=Adding.LATEST)
    keys = ranked.filter(~latest, once=1).values("pk")
    newest = ranked.filter(latest, newest=1).values("pk")
    return Result.objects.filter(Q(pk__in=keys) | Q(pk__in=newest))


def sums_below(
    path: str | tuple[str, ...],
    year: int | range | None = None,
    *,
    field: str = "",
    indicators: Collection[int] = (),
) -> list[SumLine]:
    """Return what the accepted models below an organisation planned and achieved, by indicator.

    Two statements, whatever the number of models. Nothing is counted twice; see
    :func:`counted_results`.
    """
    rows = counted_results(path, year=year, field=field, indicators=indicators)
    sums = (
        rows.order_by()
        .values("indicator")
        .annotate(
            planned_sum=Sum("planned"),
            achieved_sum=Sum("achieved"),
            compared_sum=Sum("achieved", filter=Q(planned__isnull=False)),
            planned_most=Max("planned"),
            achieved_most=Max("achieved"),
            compared_most=Max("achieved", filter=Q(planned__isnull=False)),
            models=Count("registration", filter=Q(achieved__isnull=False)),
        )
    )
    by_key = {row["indicator"]: row for row in sums}
    known = Indicator.objects.filter(pk__in=by_key)
    return [_line(indicator, by_key[indicator.pk]) for indicator in known]


def _line(indicator: Indicator, row: Mapping[str, Any]) -> SumLine:
    how = "most" if indicator.adding == Adding.MAXIMUM else "sum"
    return SumLine(
        indicator=indicator,
        planned=_exact(row[f"planned_{how}"]),
        achieved=_exact(row[f"achieved_{how}"]),
        compared=_exact(row[f"compared_{how}"]),
        models=row["models"],
    )


def _exact(value: object) -> Decimal | None:
    """Return a sum with the places that figures have; SQLite adds up in binary."""
    return None if value is None else trimmed(Decimal(str(value)).quantize(SMALLEST))


def _within(path: str | tuple[str, ...], field: str = "path") -> Q:
    paths = (path,) if isinstance(path, str) else path
    return reduce(or_, (below(one, field) for one in paths), Q(pk__in=()))


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
