"""The list behind a figure: what it counts now, what it counted when frozen, what changed since."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from kheo.assignments.models import TaskBody
from kheo.directives.models import Document
from kheo.exemplars.models import Registration
from kheo.organisations.models import Organisation
from kheo.progress.models import Result
from kheo.recognition.models import Honour
from kheo.reviews.enums import Measure
from kheo.reviews.models import FrozenList, ReportFigure
from kheo.reviews.queries.measures import counted_by_figure, keys_behind
from kheo.reviews.queries.scopes import Scope
from kheo.reviews.rules.figures import OF_MODELS, OF_UNITS
from kheo.visits.models import Visit

# so many of what came and went are told on the page
MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class BehindLine:
    """One thing that a figure counts."""

    name: str
    where: str
    year: str
    url: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a figure counts now and did not when frozen, and the other way round."""

    added: tuple[BehindLine, ...]
    removed: tuple[BehindLine, ...]
    added_count: int
    removed_count: int


def rows_behind(figure: ReportFigure, scope: Scope) -> QuerySet[Any]:
    """Return the rows of the list behind a figure, to be paged."""
    counted = counted_by_figure(figure, scope)
    measure = Measure(figure.measure)
    if measure in OF_UNITS:
        return Organisation.objects.filter(pk__in=counted.keys.order_by()).order_by("sort_key")
    return _dressed(measure, counted.rows).order_by("pk")


def lines_behind(figure: ReportFigure, rows: Collection[Any]) -> list[BehindLine]:
    """Return rows of the list as lines of a page."""
    write = WRITERS[_kind(Measure(figure.measure))]
    return [write(row) for row in rows]


def change_since_frozen(figure: ReportFigure, scope: Scope) -> Change | None:
    """Return exactly what came and went since a figure was frozen; None while it is live."""
    frozen = FrozenList.objects.filter(figure=figure).first()
    if frozen is None:
        return None
    then, now = set(frozen.keys), set(keys_behind(figure, scope))
    added, removed = sorted(now - then), sorted(then - now)
    return Change(
        tuple(_told(figure, added)), tuple(_told(figure, removed)), len(added), len(removed)
    )


def _told(figure: ReportFigure, keys: list[int]) -> list[BehindLine]:
    measure = Measure(figure.measure)
    kind = _kind(measure)
    shown = keys[:MOST_TOLD]
    if kind == "models":
        # of each model its newest entry, whatever became of it since
        rows = Registration.objects.filter(exemplar__in=shown).order_by("exemplar", "year", "pk")
        return [_model(row) for row in {row.exemplar_id: row for row in rows}.values()]
    if kind == "units":
        return [_unit(row) for row in Organisation.objects.filter(pk__in=shown)]
    return lines_behind(figure, _dressed(measure, MODELS[kind].objects.filter(pk__in=shown)))


def _dressed(measure: Measure, rows: QuerySet[Any]) -> QuerySet[Any]:
    joined = {"tasks": ("task__document",), "honours": ("form", "decision")}
    joined["results"] = ("registration", "indicator")
    kind = _kind(measure)
    if kind == "documents":
        return rows.defer("text")
    return rows.select_related(*joined[kind]) if kind in joined else rows


def _kind(measure: Measure) -> str:
    if measure in OF_MODELS or measure == Measure.REGISTRATIONS:
        return "models"
    return "units" if measure in OF_UNITS else KINDS[measure]


def _model(row: Registration) -> BehindLine:
    url = reverse("exemplars:detail", args=[row.pk])
    return BehindLine(str(row), row.unit_name, str(row.year), url)


def _unit(row: Organisation) -> BehindLine:
    return BehindLine(row.name, "", "", reverse("organisations:detail", args=[row.pk]))


def _document(row: Document) -> BehindLine:
    year = str(row.issued_on.year) if row.issued_on else ""
    name = f"{row.reference} {row.subject}"
    return BehindLine(name, row.issuer_name, year, reverse("directives:detail", args=[row.pk]))


def _task(row: TaskBody) -> BehindLine:
    url = reverse("assignments:detail", args=[row.task_id])
    return BehindLine(row.task.content, row.name, str(row.turn or ""), url)


def _visit(row: Visit) -> BehindLine:
    url = reverse("visits:detail", args=[row.pk])
    return BehindLine(row.purpose or row.place or row.unit_name, row.unit_name, _year(row), url)


def _year(row: Visit) -> str:
    return f"{row.held_on:%d/%m/%Y}"


def _honour(row: Honour) -> BehindLine:
    url = reverse("recognition:decision", args=[row.decision_id])
    return BehindLine(f"{row.form}: {row.name}", row.unit_name, str(row.year), url)


def _result(row: Result) -> BehindLine:
    model = row.registration
    url = reverse("exemplars:detail", args=[model.pk])
    return BehindLine(str(model), model.unit_name, str(row.year), url)


KINDS = {
    Measure.DOCUMENTS: "documents",
    Measure.TASKS: "tasks",
    Measure.TASKS_DONE: "tasks",
    Measure.VISITS: "visits",
    Measure.HONOURS: "honours",
    Measure.RESULT: "results",
}
MODELS: dict[str, Any] = {
    "documents": Document,
    "tasks": TaskBody,
    "visits": Visit,
    "honours": Honour,
    "results": Result,
}
WRITERS: dict[str, Callable[[Any], BehindLine]] = {
    "models": _model,
    "units": _unit,
    "documents": _document,
    "tasks": _task,
    "visits": _visit,
    "honours": _honour,
    "results": _result,
}
