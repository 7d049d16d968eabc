"""The schedule of visits, and the page of one visit."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.audit.queries import history_of
from kheo.organisations.http import Request
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of
from kheo.visits.forms.visits import VisitFilterForm
from kheo.visits.forms.words import RemarkForm
from kheo.visits.queries.pages import visit_page
from kheo.visits.queries.standing import is_on_team_side
from kheo.visits.queries.visible import VisitFilter, teams_visible_to, visits_listed
from kheo.visits.rules.deeds import can_set_up_team
from kheo.visits.views.finding import visible_visit


@require_safe
def visit_list(request: Request) -> HttpResponse:
    """Show the schedule: the visits this seat sees, newest day first."""
    form = VisitFilterForm(request.GET, teams=teams_visible_to(request.seat))
    data = form.cleaned_data if form.is_valid() else {}
    team = data.get("team")
    chosen = VisitFilter(
        team=team.pk if team else None,
        state=data.get("state", ""),
        unit=data.get("unit", ""),
        first=data.get("first"),
        last=data.get("last"),
    )
    context = {
        "filters": form,
        "page": page_of(visits_listed(request.seat, chosen), request),
        "today": timezone.localdate(),
        "may_set_up": can_set_up_team(request.seat, request.seat.organisation),
    }
    return render_page(request, "visits/list.html", context, part="visits")


@require_safe
def visit_detail(request: Request, pk: int) -> HttpResponse:
    """Show a visit, who was there, its sheets and what it came to."""
    visit = visible_visit(request, pk)
    seen = is_on_team_side(request.seat, visit.team)
    context = {
        "page": visit_page(request.seat, visit),
        "visit": visit,
        "remark_form": RemarkForm(initial={"text": visit.remark}),
        "history": list(history_of(visit)[:50]) if seen else [],
    }
    return render_page(request, "visits/detail.html", context)
