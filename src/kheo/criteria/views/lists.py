"""The list of criteria sets, the page of one, and how they are found."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kheo.audit.queries import history_of
from kheo.criteria.forms import SetFilterForm
from kheo.criteria.queries.page import set_page, versions_of_set
from kheo.criteria.queries.visible import criteria_sets_visible_to
from kheo.criteria.rules.deeds import can_build_sets
from kheo.organisations.http import Request
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def set_list(request: Request) -> HttpResponse:
    """Show the sets this seat sees: those of its superiors and its own, and the examples."""
    form = SetFilterForm(request.GET)
    rows = criteria_sets_visible_to(request.seat)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = rows.filter(**{name: value for name, value in chosen.items() if value})
    context = {
        "filters": form,
        "page": page_of(rows.order_by("state", "is_shipped", "name", "-edition"), request),
        "may_build": can_build_sets(request.seat),
    }
    return render_page(request, "criteria/list.html", context, part="sets")


@require_safe
def set_detail(request: Request, pk: int) -> HttpResponse:
    """Show a set with its criteria and grades, its versions, and what can be done with it."""
    row = get_object_or_404(criteria_sets_visible_to(request.seat), pk=pk)
    page = set_page(request.seat, row)
    context = {
        "page": page,
        "set": row,
        "versions": versions_of_set(row, criteria_sets_visible_to(request.seat)),
        "history": list(history_of(row)[:50]) if page.is_own else [],
    }
    return render_page(request, "criteria/detail.html", context)
