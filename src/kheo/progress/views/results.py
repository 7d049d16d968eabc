"""Results added up over an area, and the list behind each sum."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.rules import reaches
from kheo.progress.forms.filters import ResultsFilterForm
from kheo.progress.models import Indicator, Result
from kheo.progress.queries.areas import progress_areas_below, way_down
from kheo.progress.queries.listing import followed_years
from kheo.progress.queries.results import counted_results, sums_below
from kheo.progress.rules.figures import percent_of, trimmed
from kheo.progress.sheets import list_columns, list_values, sum_columns, sum_values
from kheo.progress.views.finding import top_of_view
from kheo.ui.downloads import sheet_response
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@dataclass(frozen=True)
class Asked:
    """What the sums are asked over."""

    form: ResultsFilterForm
    top: Organisation
    area: Organisation
    year: int | None
    field: str


@require_safe
def sums(request: Request) -> HttpResponse:
    """Show what the models of an area planned and achieved, by indicator."""
    asked = _asked(request)
    lines = sums_below(asked.area.path, asked.year, field=asked.field)
    groups = groupby(lines, lambda line: line.indicator.get_group_display())
    context = {
        "filters": asked.form,
        "area": asked.area,
        "way": way_down(asked.top, asked.area),
        "groups": [(name, list(found)) for name, found in groups],
        "year": asked.year,
        "query": request.GET.urlencode(),
    }
    return render_page(request, "progress/results.html", context, part="sums")


@require_safe
def export_sums(request: Request, fmt: str) -> HttpResponseBase:
    """Give the sums as a workbook."""
    asked = _asked(request)
    lines = sums_below(asked.area.path, asked.year, field=asked.field)
    title = f"{asked.area} {asked.year or ''}".strip()
    return sheet_response(
        fmt, name="ket-qua", title=title, columns=sum_columns(), rows=sum_values(lines)
    )


@require_safe
def behind(request: Request, code: str) -> HttpResponse:
    """Show the models behind a sum."""
    asked = _asked(request)
    indicator = get_object_or_404(Indicator, code=code)
    page = page_of(_behind(asked, indicator), request)
    lines = sums_below(asked.area.path, asked.year, field=asked.field, indicators=[indicator.pk])
    context = {
        "filters": asked.form,
        "area": asked.area,
        "indicator": indicator,
        "line": lines[0] if lines else None,
        "page": page,
        "rows": [_shown(row) for row in page.rows],
        "year": asked.year,
        "query": request.GET.urlencode(),
    }
    return render_page(request, "progress/behind.html", context, part="rows")


@require_safe
def export_behind(request: Request, code: str, fmt: str) -> HttpResponseBase:
    """Give the models behind a sum as a workbook."""
    asked = _asked(request)
    indicator = get_object_or_404(Indicator, code=code)
    rows = _behind(asked, indicator).iterator(2000)
    return sheet_response(
        fmt,
        name=f"ket-qua-{indicator.code}",
        title=str(indicator),
        columns=list_columns(indicator),
        rows=list_values(rows),
    )


def _shown(row: Result) -> dict[str, object]:
    return {
        "row": row,
        "planned": row.planned and trimmed(row.planned),
        "achieved": row.achieved and trimmed(row.achieved),
        "percent": percent_of(row.achieved, row.planned),
    }


def _behind(asked: Asked, indicator: Indicator) -> QuerySet[Result]:
    rows = counted_results(
        asked.area.path, year=asked.year, field=asked.field, indicators=[indicator.pk]
    )
    return rows.select_related("registration").order_by("-year", "path", "pk")


def _asked(request: Request) -> Asked:
    top = top_of_view(request)
    text: Any = request.GET.get("unit", "")
    area = top
    if text.isascii() and text.isdigit() and len(text) < 12:
        area = get_object_or_404(Organisation, pk=int(text))
        if not reaches(request.seat, area.path):
            raise Http404
    years = followed_years(request.seat)
    units = [
        (one.pk, one.name) for one in [*way_down(top, area)[1:], area, *progress_areas_below(area)]
    ]
    units = list(dict.fromkeys(unit for unit in units if unit[0] != top.pk))
    form = ResultsFilterForm(request.GET, years=years, units=units)
    return Asked(form, top, area, form.value("year") or None, form.value("field") or "")
