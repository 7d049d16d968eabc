"""Counting: the page and its download."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kheo.organisations.http import Request
from kheo.organisations.models import Level
from kheo.organisations.rules import reach_of
from kheo.reporting.enums import Cut
from kheo.reporting.forms import CountingForm
from kheo.reporting.queries.areas import areas_above
from kheo.reporting.queries.counting import (
    CHOICES,
    REST,
    USUAL_OPENING,
    CountingFilter,
    Figures,
    Heading,
    PartsInYears,
    count_registrations,
    known_years,
    parts_in_years,
    shares_of_units,
)
from kheo.reporting.queries.registrations import (
    exported_registrations,
    level_labels,
    plain_rows,
)
from kheo.reporting.sheets import (
    figures_columns,
    figures_values,
    registration_columns,
    registration_values,
)
from kheo.reporting.views.asking import area_asked
from kheo.ui.downloads import sheet_response
from kheo.ui.pages import render_page

MOST_BARS = 40


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number with the address of the list behind it."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the table as the page shows it."""

    label: str
    url: str
    numbers: tuple[ShownNumber, ...]
    total: ShownNumber
    is_rest: bool


@require_safe
def counting(request: Request) -> HttpResponse:
    """Show the figures of an area, cut by two properties."""
    form, chosen, parts = _asked(request)
    figures = count_registrations(chosen, parts)
    rows = [_row(figures, row, chosen) for row in figures.rows]
    context = {
        "form": form,
        "area": chosen.area,
        "trail": areas_above(
            chosen.area, reach_of(request.seat), date(chosen.last_year, *USUAL_OPENING)
        ),
        "figures": figures,
        "rows": rows,
        "column_totals": [
            _number(figures.column_total(column.key), chosen, column=column)
            for column in figures.columns
        ],
        "total": _number(figures.total, chosen),
        "bars": [row for row in rows if row.total.count][:MOST_BARS],
        "most": max((row.total.count for row in rows), default=0),
        "cuts": (Cut(chosen.rows).label, Cut(chosen.columns).label),
        "shares": shares_of_units(chosen.area, parts, chosen.years),
        "query": request.GET.urlencode(),
        "years": (chosen.first_year, chosen.last_year),
    }
    return render_page(request, "reporting/counting.html", context, part="figures")


@require_safe
def export_counting(request: Request, fmt: str) -> HttpResponseBase:
    """Give the table as a workbook or CSV."""
    _form, chosen, parts = _asked(request)
    figures = count_registrations(chosen, parts)
    return sheet_response(
        fmt,
        name=f"thong-ke-{chosen.first_year}-{chosen.last_year}",
        title=_("Figures"),
        columns=figures_columns(figures, str(Cut(chosen.rows).label)),
        rows=figures_values(figures),
    )


@require_safe
def export(request: Request) -> HttpResponseBase:
    """Give all registrations behind the figures as plain rows of a workbook."""
    _form, chosen, _parts = _asked(request)
    rows = plain_rows(exported_registrations(request.seat, chosen))
    return sheet_response(
        "xlsx",
        name=f"dang-ky-{chosen.first_year}-{chosen.last_year}",
        title=_("Registrations"),
        columns=registration_columns(),
        rows=registration_values(rows, level_labels()),
    )


def _asked(request: Request) -> tuple[CountingForm, CountingFilter, PartsInYears]:
    this_year = timezone.localdate().year
    levels = dict(Level.objects.order_by("rank").values_list("pk", "name"))
    form = CountingForm(request.GET, years=known_years() or (this_year, this_year), levels=levels)
    first = form.value("year") or this_year
    last = max(form.value("year_to") or first, first)
    area = area_asked(request, form.value("unit"), opening=first)
    rows = Cut(form.value("rows") or Cut.UNIT)
    columns = Cut(form.value("columns") or Cut.FIELD)
    if columns == rows:
        columns = Cut.FIELD if rows != Cut.FIELD else Cut.LEVEL
    only = {cut.value: form.value(cut) for cut in (*CHOICES, Cut.LEVEL) if form.value(cut)}
    chosen = CountingFilter(
        area=area, first_year=first, last_year=last, rows=rows, columns=columns, only=only
    )
    return form, chosen, parts_in_years(area, chosen.years)


def _row(figures: Figures, row: Heading, chosen: CountingFilter) -> ShownRow:
    is_rest = row.key == REST
    opens = chosen.rows == Cut.UNIT and not is_rest
    return ShownRow(
        label=_("%s itself, and units since moved") % row.label if is_rest else row.label,
        url=urlencode({"unit": row.key}) if opens else "",
        numbers=tuple(
            _number(figures.cell(row.key, column.key), chosen, row=row, column=column)
            for column in figures.columns
        ),
        total=_number(figures.row_total(row.key), chosen, row=row),
        is_rest=is_rest,
    )


def _number(
    count: int,
    chosen: CountingFilter,
    *,
    row: Heading | None = None,
    column: Heading | None = None,
) -> ShownNumber:
    return ShownNumber(count, _list_url(chosen, row, column) if count else "")


def _list_url(chosen: CountingFilter, row: Heading | None, column: Heading | None) -> str:
    """Return the address of the list that holds exactly what a number counts."""
    asked: dict[str, object] = {"year": chosen.first_year, "year_to": chosen.last_year}
    asked["unit"] = chosen.area.pk
    asked |= {str(cut): value for cut, value in chosen.only.items()}
    for cut, heading in ((chosen.rows, row), (chosen.columns, column)):
        if heading is None:
            continue
        if heading.key == REST:
            return ""
        asked[cut.value] = heading.key
        if cut == Cut.YEAR:
            asked["year_to"] = heading.key
    # the list's own word for what was submitted and not withdrawn
    asked.setdefault("state", "registered")
    try:
        return f"{reverse('exemplars:list')}?{urlencode(asked)}"
    except NoReverseMatch:
        return ""
