"""The list of registrations one may see, and the queue of what waits to be checked."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kheo.exemplars.forms import FilterForm
from kheo.exemplars.models import Registration
from kheo.exemplars.queries.batches import offered_deeds
from kheo.exemplars.queries.labels import registrable_levels
from kheo.exemplars.queries.listing import (
    filtered_registrations,
    list_rounds,
    list_years,
    registration_rows,
    tallied_total,
)
from kheo.exemplars.rules.batches import MOST_AT_ONCE
from kheo.organisations.enums import Role
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation, below
from kheo.organisations.rules import reach_of
from kheo.ui.pages import render_page
from kheo.ui.paging import COUNT_CAP, PAGE_SIZE, CappedPage, page_number

# further down an offset costs more than a filter helps
LAST_PAGE = 400


@require_safe
def list_registrations(request: Request) -> HttpResponse:
    """Show the registrations of the own unit and below, narrowed by the address."""
    form, filters, unit = narrowed_by(request, request.GET)
    rows = filtered_registrations(request.seat, filters, unit)
    context = {
        "page": _page(request, rows, tallied_total(request.seat, filters, unit)),
        "filters": form,
        "unit": unit,
        "may_check": request.seat.role == Role.OFFICER,
        "deeds": offered_deeds(request.seat),
        "most": MOST_AT_ONCE,
        "query": request.GET.urlencode(),
    }
    return render_page(request, "exemplars/list.html", context, part="registrations")


def narrowed_by(
    request: Request, asked: QueryDict
) -> tuple[FilterForm, dict[str, Any], Organisation | None]:
    """Return the filters of an address: as a form, as set, and the unit among them."""
    years = list_years()
    data = asked.copy()
    if years:
        data.setdefault("year", str(years[0]))
    form = FilterForm(
        data,
        years=years,
        rounds=list_rounds(request.seat),
        levels=list(registrable_levels()),
    )
    filters = form.chosen
    unit = _unit(request, filters.pop("unit", None))
    return form, filters, unit


def _page(request: Request, rows: "QuerySet[Registration]", total: int | None) -> CappedPage:
    number = min(page_number(request), LAST_PAGE)
    found = registration_rows(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE + 1])
    # tallies know any total; counting rows stops where nobody reads any more
    counted = rows.order_by()[: COUNT_CAP + 1].count() if total is None else total
    return CappedPage(
        rows=found[:PAGE_SIZE],
        number=number,
        size=PAGE_SIZE,
        total=min(counted, COUNT_CAP) if total is None else total,
        capped=total is None and counted > COUNT_CAP,
        has_next=len(found) > PAGE_SIZE and number < LAST_PAGE,
    )


def _unit(request: Request, pk: int | None) -> Organisation | None:
    if pk is None:
        return None
    return get_object_or_404(Organisation.objects.filter(below(reach_of(request.seat))), pk=pk)
