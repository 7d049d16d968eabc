"""Reading one registration."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from kheo.exemplars.models import Registration
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.organisations.http import Request
from kheo.ui.pages import render_page


def show_registration(request: Request, pk: int) -> HttpResponse:
    """Show one registration."""
    if request.seat is None:
        raise Http404
    row = get_object_or_404(registrations_visible_to(request.seat), pk=pk)
    return render_page(request, "exemplars/detail.html", {"registration": row})


def show_unit_round(request: Request, pk: int) -> HttpResponse:
    """Show a unit's part in a round."""
    rows = Registration.objects.filter(participation=pk)
    return render_page(request, "exemplars/unit_round.html", {"rows": rows})
