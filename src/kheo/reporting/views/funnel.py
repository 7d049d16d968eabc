"""From registration to replication: the page and its download."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kheo.exemplars.enums import State
from kheo.organisations.http import Request
from kheo.organisations.models import Level
from kheo.organisations.rules import reach_of
from kheo.reporting.enums import Cut, Step
from kheo.reporting.forms import FunnelForm
from kheo.reporting.queries.areas import areas_above
from kheo.reporting.queries.counting import (
    CHOICES,
    REST,
    USUAL_OPENING,
    CountingFilter,
    Heading,
    PartsInYears,
    known_years,
    parts_in_years,
)
from kheo.reporting.queries.funnel import STAGES, Funnel, Steps, count_steps
from kheo.reporting.sheets import funnel_columns, funnel_values
from kheo.reporting.views.asking import area_asked
from kheo.ui.downloads import sheet_response
from kheo.ui.pages import render_page


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A figure, the list behind it, and its share of what was registered."""

    label: str
    count: int
    url: str
    percent: float


@dataclass(frozen=True, slots=True)
class ShownSteps:
    """A row of the table as the page shows it."""

    label: str
    url: str
    steps: tuple[ShownStep, ...]


@require_safe
def funnel(request: Request) -> HttpResponse:
    """Show how much of what was registered in an area came how far."""
    form, chosen, parts = _asked(request)
    found = count_steps(chosen, parts)
    context = {
        "form": form,
        "area": chosen.area,
        "trail": areas_above(
            chosen.area, reach_of(request.seat), date(chosen.last_year, *USUAL_OPENING)
        ),
        "found": found,
        "labels": [step.label for step in Step],
        "rows": [_row(found, row, chosen) for row in found.rows],
        "whole": _steps(found.whole, chosen),
        "cut": Cut(chosen.rows).label,
        "query": request.GET.urlencode(),
        "years": (chosen.first_year, chosen.last_year),
    }
    return render_page(request, "reporting/funnel.html", context, part="funnel")


@require_safe
def export_funnel(request: Request, fmt: str) -> HttpResponseBase:
    """Give the table as a workbook or CSV."""
    _form, chosen, parts = _asked(request)
    found = count_steps(chosen, parts)
    return sheet_response(
        fmt,
        name=f"tu-dang-ky-den-nhan-rong-{chosen.first_year}-{chosen.last_year}",
        title=_("From registration to replication"),
        columns=funnel_columns(str(Cut(chosen.rows).label)),
        rows=funnel_values(found),
    )


def _asked(request: Request) -> tuple[FunnelForm, CountingFilter, PartsInYears]:
    this_year = timezone.localdate().year
    levels = dict(Level.objects.order_by("rank").values_list("pk", "name"))
    form = FunnelForm(request.GET, years=known_years() or (this_year, this_year), levels=levels)
    first = form.value("year") or this_year
    last = max(form.value("year_to") or first, first)
    area = area_asked(request, form.value("unit"), opening=first)
    cuts = [cut for cut in (*CHOICES, Cut.LEVEL) if cut != Cut.STATE]
    only = {cut.value: form.value(cut) for cut in cuts if form.value(cut)}
    rows = Cut(form.value("rows") or Cut.UNIT)
    chosen = CountingFilter(area=area, first_year=first, last_year=last, rows=rows, only=only)
    return form, chosen, parts_in_years(area, chosen.years)


def _row(found: Funnel, row: Heading, chosen: CountingFilter) -> ShownSteps:
    is_rest = row.key == REST
    opens = chosen.rows == Cut.UNIT and not is_rest
    return ShownSteps(
        label=_("%s itself, and units since moved") % row.label if is_rest else row.label,
        url=urlencode({"unit": row.key}) if opens else "",
        steps=_steps(found.of(row.key), chosen, row),
    )


def _steps(
    figures: Steps, chosen: CountingFilter, row: Heading | None = None
) -> tuple[ShownStep, ...]:
    registered = figures[0]
    return tuple(
        ShownStep(
            label=str(step.label),
            count=count,
            url=_list_url(chosen, step, row) if count else "",
            percent=round(100 * count / registered, 1) if registered else 0.0,
        )
        for step, count in zip(Step, figures, strict=True)
    )


def _list_url(chosen: CountingFilter, step: Step, row: Heading | None) -> str:
    """Return the address of the list that holds exactly what a figure counts."""
    if row is not None and row.key == REST:
        return ""
    asked: dict[str, object] = {"year": chosen.first_year, "year_to": chosen.last_year}
    asked["unit"] = chosen.area.pk
    asked |= {str(cut): value for cut, value in chosen.only.items()}
    if row is not None:
        asked[chosen.rows.value] = row.key
        if chosen.rows == Cut.YEAR:
            asked["year_to"] = row.key
    asked["state"] = State.ACCEPTED.value if step == Step.ACCEPTED else "registered"
    if step in STAGES:
        asked["stage"] = STAGES[step].value
    return f"{reverse('exemplars:list')}?{urlencode(asked)}"
