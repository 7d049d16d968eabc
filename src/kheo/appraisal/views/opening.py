"""Opening the files of a round: chosen, counted, and only then opened."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.appraisal.actions import ScoreError, open_files
from kheo.appraisal.actions.opening import appraiser_of
from kheo.appraisal.forms import OpeningForm
from kheo.appraisal.queries.visible import registrations_to_open
from kheo.appraisal.rules.transitions import can_open_files
from kheo.criteria.enums import Subject
from kheo.criteria.queries.visible import sets_in_force_for
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.rounds.queries.visible import rounds_visible_to
from kheo.ui.pages import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: Request) -> HttpResponse:
    """Choose registrations of a round, see how many they are, and open their files."""
    seat = request.seat
    owner = appraiser_of(seat)
    demand(can_open_files(seat, owner))
    form = OpeningForm(
        request.POST or None,
        rounds=rounds_visible_to(seat),
        sets=sets_in_force_for(owner, Subject.MODEL, timezone.localdate()),
    )
    count: int | None = None
    if form.is_valid():
        data = form.cleaned_data
        found = registrations_to_open(
            owner, data["round"], level=data["level"], stage=data["stage"]
        )
        count = found.count()
        if request.POST.get("deed") == "open" and count:
            try:
                opened = open_files(
                    registrations=list(found.values_list("pk", flat=True)),
                    criteria_set=data["criteria_set"],
                    by=seat,
                    at=timezone.now(),
                )
            except ScoreError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Appraisal files opened: %s.") % len(opened))
                return redirect("appraisal:all")
    context = {"form": form, "count": count, "owner": owner}
    status = 422 if form.errors else 200
    return render_page(request, "appraisal/open.html", context, status=status)
