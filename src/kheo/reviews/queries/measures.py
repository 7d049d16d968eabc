"""What each figure counts: its rows, its value and the keys behind it, one SQL statement each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
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
from django.db.models.functions import RowNumber

from kheo.assignments.enums import WORKING, PartState
from kheo.assignments.models import TaskBody
from kheo.directives.enums import DocumentKind
from kheo.directives.models import Document
from kheo.exemplars.enums import Stage, State
from kheo.exemplars.models import Registration
from kheo.exemplars.queries.listing import reached
from kheo.progress.enums import Adding
from kheo.progress.models import Indicator
from kheo.progress.queries.results import counted_results
from kheo.recognition.models import Honour
from kheo.reviews.enums import Measure
from kheo.reviews.models import ReportFigure
from kheo.reviews.queries.scopes import (
    Scope,
    newest_entries,
    registered_rows,
    scope_of,
    scope_of_unit,
)
from kheo.reviews.rules.figures import FACETS, OF_MODELS
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Participation
from kheo.visits.enums import VisitState
from kheo.visits.models import Visit

PLACES = Decimal("0.0001")
STAGES = {
    Measure.CARRIED_OUT: Stage.CARRIED_OUT,
    Measure.APPRAISED: Stage.APPRAISED,
    Measure.RECOGNISED: Stage.RECOGNISED,
    Measure.PRAISED: Stage.PRAISED,
    Measure.COMMENDED: Stage.COMMENDED,
    Measure.REPLICATED: Stage.REPLICATED,
}
# kinds of documents that guide others; reports, proposals and minutes do not
GUIDING_KINDS = frozenset(DocumentKind) - {DocumentKind.BC, DocumentKind.TTR, DocumentKind.BB}


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows a figure counts, and by which column each counted thing is told."""

    rows: QuerySet[Any]
    key: str
    # several rows may tell the same thing
    is_repeated: bool = False

    @property
    def keys(self) -> QuerySet[Any, Any]:
        """Return the key of each counted thing, once, in order."""
        keys = self.rows.order_by(self.key).values_list(self.key, flat=True)
        return keys.distinct() if self.is_repeated else keys


def figure_value(figure: ReportFigure, scope: Scope | None = None) -> Decimal:
    """Return what a figure is now, with one statement once its scope is known.

    :param scope: of the figure's report; looked up when it is not given.
    """
    counted = counted_by_figure(figure, scope)
    if figure.indicator is not None:
        return result_of(counted.rows, figure.indicator)
    return Decimal(counted.keys.count())


def value_of_keys(figure: ReportFigure, keys: list[Any], scope: Scope | None = None) -> Decimal:
    """Return what a figure is when these are the keys behind it; results are added up anew."""
    return figure_value(figure, scope) if figure.indicator_id else Decimal(len(keys))


def base_of(figure: ReportFigure, scope: Scope | None = None) -> int | None:
    """Return of how many it is: units asked, of units that registered; None for other figures."""
    if figure.measure != Measure.UNITS_REGISTERED:
        return None
    return _asked(figure, _narrowed(figure, scope)).keys.count()


def keys_behind(figure: ReportFigure, scope: Scope | None = None) -> QuerySet[Any, Any]:
    """Return the keys of all that a figure counts now, in order; one statement.

    Models by the key of the exemplar, units by that of the organisation, all else by its own.
    """
    return counted_by_figure(figure, scope).keys


def counted_by_figure(figure: ReportFigure, scope: Scope | None = None) -> Counted:
    """Return what a figure counts."""
    where = _narrowed(figure, scope)
    measure = Measure(figure.measure)
    if measure in OF_MODELS:
        rows = models_once(where, _years(figure), measure)
        return Counted(rows.filter(**_facets(figure)), "exemplar_id")
    return COUNTS[measure](figure, where)


def models_once(where: Scope, years: range, measure: Measure) -> QuerySet[Registration]:
    """Return of each model that counts its newest entry within the years.

    A model registered in several years, or by several units, counts once; its field, form and
    level are those of its newest entry, so that the parts of any cut make the whole. It came as
    far as any of its entries in these years did.
    """
    rows = registered_rows(where, years)
    found = Registration.objects.filter(pk__in=newest_entries(rows, where))
    if measure == Measure.ACCEPTED:
        return found.filter(exemplar__in=rows.filter(state=State.ACCEPTED).values("exemplar"))
    if measure in STAGES:
        far = rows.filter(reached(STAGES[measure]))
        return found.filter(exemplar__in=far.values("exemplar"))
    return found


def result_of(rows: QuerySet[Any], indicator: Indicator) -> Decimal:
    """Return what results add up to by the rule of their indicator, in its base unit."""
    how = Max if indicator.adding == Adding.MAXIMUM else Sum
    value = rows.aggregate(value=how("achieved"))["value"]
    # SQLite adds up in binary
    return Decimal(0) if value is None else Decimal(str(value)).quantize(PLACES)


def documents_of(where: Scope, years: range) -> QuerySet[Document]:
    """Return the guiding documents that a scope entered and issued, each paper once."""
    rows = Document.objects.filter(
        where.inside("owner_path"),
        Q(issuer__isnull=True) | where.inside("issuer__path"),
        issued_on__gte=date(years[0], 1, 1),
        issued_on__lte=date(years[-1], 12, 31),
        kind__in=GUIDING_KINDS,
    )
    first = Window(
        RowNumber(),
        # without a symbol nobody can tell that two entries are one paper
        partition_by=[
            F("symbol"),
            F("issuer_key"),
            F("issued_on"),
            Case(When(symbol="", then=F("pk")), default=Value(0), output_field=IntegerField()),
        ],
        order_by=F("pk").asc(),
    )
    return Document.objects.filter(pk__in=rows.annotate(first=first).filter(first=1).values("pk"))


def honours_of_scope(where: Scope, years: range) -> QuerySet[Honour]:
    """Return the honours announced to a scope that stand."""
    rows = Honour.objects.filter(where.inside(), year__in=years)
    return rows.filter(revoked_at=None, decision__state="announced")


def _registrations(figure: ReportFigure, where: Scope) -> Counted:
    rows = registered_rows(where, _years(figure)).filter(**_facets(figure))
    return Counted(rows.exclude(where.inside("uncounted_path")), "pk")


def _units(figure: ReportFigure, where: Scope, *, everybody: bool) -> QuerySet[Participation]:
    rows = Participation.objects.filter(where.inside(), round__year__in=_years(figure))
    rows = rows.exclude(round__state=RoundState.DRAFT)
    if kind := figure.only.get("kind"):
        rows = rows.filter(organisation__kind__code=kind)
    return rows if everybody else rows.filter(registered__gt=0)


def _asked(figure: ReportFigure, where: Scope) -> Counted:
    return Counted(_units(figure, where, everybody=True), "organisation_id", is_repeated=True)


def _answered(figure: ReportFigure, where: Scope) -> Counted:
    return Counted(_units(figure, where, everybody=False), "organisation_id", is_repeated=True)


def _documents(figure: ReportFigure, where: Scope) -> Counted:
    return Counted(documents_of(where, _years(figure)), "pk")


def _tasks(figure: ReportFigure, where: Scope) -> Counted:
    rows = TaskBody.objects.filter(where.inside(), role__in=WORKING)
    years = _years(figure)
    span = (date(years[0], 1, 1), date(years[-1], 12, 31))
    dated = Q(task__document__listed_on__range=span)
    undated = Q(task__document__isnull=True, task__created_at__date__range=span)
    rows = rows.filter(dated | undated)
    if figure.measure == Measure.TASKS_DONE:
        rows = rows.filter(state=PartState.CONFIRMED)
    return Counted(rows, "pk")


def _visits(figure: ReportFigure, where: Scope) -> Counted:
    rows = Visit.objects.filter(where.inside(), state=VisitState.CONCLUDED)
    return Counted(rows.filter(held_on__year__in=_years(figure)), "pk")


def _honours(figure: ReportFigure, where: Scope) -> Counted:
    rows = honours_of_scope(where, _years(figure))
    if act := figure.only.get("act"):
        rows = rows.filter(act=act)
    return Counted(rows, "pk")


def _results(figure: ReportFigure, where: Scope) -> Counted:
    rows = counted_results(
        where.paths,
        year=_years(figure),
        field=str(figure.only.get("field", "")),
        indicators=[figure.indicator_id or 0],
    )
    return Counted(rows.filter(achieved__isnull=False), "pk")


def _narrowed(figure: ReportFigure, scope: Scope | None) -> Scope:
    whole = scope_of(figure.report) if scope is None else scope
    unit = figure.only.get("unit")
    return scope_of_unit(whole, int(unit)) if unit else whole


def _years(figure: ReportFigure) -> range:
    return range(figure.first_year, figure.last_year + 1)


def _facets(figure: ReportFigure) -> dict[str, Any]:
    return {name: figure.only[name] for name in FACETS if name in figure.only}


COUNTS: dict[Measure, Callable[[ReportFigure, Scope], Counted]] = {
    Measure.REGISTRATIONS: _registrations,
    Measure.UNITS_ASKED: _asked,
    Measure.UNITS_REGISTERED: _answered,
    Measure.DOCUMENTS: _documents,
    Measure.TASKS: _tasks,
    Measure.TASKS_DONE: _tasks,
    Measure.VISITS: _visits,
    Measure.HONOURS: _honours,
    Measure.RESULT: _results,
}
