"""The officer's queue: what waits to be checked, the longest waiting first."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kheo.exemplars.queries.batches import offered_deeds
from kheo.exemplars.queries.listing import queue_of
from kheo.exemplars.rules.batches import MOST_AT_ONCE
from kheo.organisations.enums import Role
from kheo.organisations.http import Request
from kheo.organisations.rules import demand, no
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def check_queue(request: Request) -> HttpResponse:
    """Show what was submitted from below and waits to be checked, by anybody or by oneself."""
    if request.seat.role != Role.OFFICER:
        demand(no(_("Only a movement officer checks registrations.")))
    mine = request.GET.get("mine") == "1"
    rows = queue_of(request.seat).select_related("level", "participation", "assignee__user")
    if mine:
        rows = rows.filter(assignee=request.seat)
    context = {
        "page": page_of(rows, request),
        "deeds": offered_deeds(request.seat),
        "most": MOST_AT_ONCE,
        "mine": mine,
    }
    return render_page(request, "exemplars/check.html", context, part="queue")
