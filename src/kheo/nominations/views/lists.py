"""The lists to make and those that came in, and beginning one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kheo.nominations.actions import begin_nominations
from kheo.nominations.queries.lists import (
    own_lists,
    received_lists,
    rounds_to_nominate_from,
    with_figures,
)
from kheo.nominations.rules import NominationError
from kheo.nominations.views.finding import posted_numbers
from kheo.organisations.http import Request
from kheo.rounds.models import Round
from kheo.rounds.queries.visible import own_organiser
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

MOST_OWN = 50


@require_safe
def list_nominations(request: Request) -> HttpResponse:
    """Show the own lists and the rounds without one, and the lists that came in."""
    page = page_of(received_lists(request.seat), request)
    context = {
        "own": with_figures(list(own_lists(request.seat)[:MOST_OWN])),
        "rounds": rounds_to_nominate_from(request.seat),
        "page": page,
        "received": with_figures(page.rows),
        "body": request.seat.organisation.reach_id,
    }
    return render_page(request, "nominations/list.html", context, part="received")


@require_POST
def begin(request: Request) -> HttpResponse:
    """Begin the own body's list for a round."""
    keys = posted_numbers([request.POST.get("round", "")])
    round = get_object_or_404(Round, pk__in=keys)
    try:
        row = begin_nominations(
            round=round, owner=own_organiser(request.seat), by=request.seat, at=timezone.now()
        )
    except NominationError as error:
        messages.error(request, str(error))
        return redirect("nominations:list")
    return redirect("nominations:detail", row.pk)
