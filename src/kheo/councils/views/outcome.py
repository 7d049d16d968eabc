"""The outcome before and after it is announced, ties that the chair decides, and the papers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.councils.actions import (
    AT_ONCE,
    CouncilError,
    announce_outcome,
    break_tie,
    carry_out_announcement,
    queue_announcement,
)
from kheo.councils.enums import CouncilDeed, CouncilState, Result
from kheo.councils.forms.setting_up import OutcomeForm
from kheo.councils.models import Announcement, Council
from kheo.councils.queries.outcomes import (
    OutcomeFilter,
    outcomes_of,
    result_counts,
    shared_places,
)
from kheo.councils.rules.deeds import can_break_tie, sees_scores
from kheo.councils.rules.transitions import can_move
from kheo.councils.views.finding import (
    own_member,
    posted_version,
    tell_faults,
    visible_council,
)
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

STAGED = {CouncilState.DECIDED, CouncilState.ANNOUNCING, CouncilState.ANNOUNCED}


@require_safe
def council_outcome(request: Request, pk: int) -> HttpResponse:
    """Show what the council settled, as it will be announced or was announced."""
    council = visible_council(request, pk)
    member = own_member(request, council)
    demand(sees_scores(request.seat, council, member, None))
    form = OutcomeForm(request.GET)
    counts = result_counts(council)
    context = {
        "council": council,
        "is_staged": council.state in STAGED,
        "filters": form,
        "page": page_of(outcomes_of(council, OutcomeFilter(**form.values())), request),
        "counts": [(result.value, result.label, counts.get(result, 0)) for result in Result],
        "ties": shared_places(council),
        "may_break": can_break_tie(request.seat, council, member),
        "may_announce": can_move(CouncilDeed.ANNOUNCE, request.seat, council, member),
        "announcement": Announcement.objects.filter(council=council).first(),
    }
    return render_page(request, "councils/outcome.html", context, part="outcomes")


@require_POST
def decide_tie(request: Request, pk: int) -> HttpResponse:
    """Put files that share a place in the order the chair decides."""
    council = visible_council(request, pk)
    given: dict[int, int] = {}
    for name, text in request.POST.dict().items():
        if name.startswith("order-"):
            key = name.removeprefix("order-")
            if not (key.isdigit() and text.isascii() and text.isdigit() and len(text) < 6):
                raise Http404
            given[int(key)] = int(text)
    if len(set(given.values())) < len(given):
        messages.error(request, _("Give each file a number of its own, 1 for the first."))
        return redirect("councils:outcome", pk)
    try:
        break_tie(
            council=council,
            order=sorted(given, key=lambda key: given[key]),
            reason=request.POST.get("reason", ""),
            by=request.seat,
            at=timezone.now(),
        )
    except CouncilError as error:
        tell_faults(request, error.reasons)
    else:
        messages.success(request, _("The order of the chair is kept."))
    return redirect("councils:outcome", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: Request, pk: int) -> HttpResponse:
    """Show what will happen, then announce; long ones go on in the background."""
    council = visible_council(request, pk)
    member = own_member(request, council)
    demand(can_move(CouncilDeed.ANNOUNCE, request.seat, council, member))
    if request.method != "POST":
        context = {"council": council, "counts": _counts(council), "ties": shared_places(council)}
        return render_page(request, "councils/announce.html", context)
    try:
        row = announce_outcome(
            council=council,
            seen_version=posted_version(request),
            by=request.seat,
            at=timezone.now(),
        )
    except CouncilError as error:
        tell_faults(request, error.reasons)
        return redirect("councils:outcome", pk)
    if row.total <= AT_ONCE:
        carry_out_announcement(announcement=row, at=timezone.now())
        messages.success(request, _("The outcome has been announced."))
    else:
        queue_announcement(announcement=row)
        messages.info(request, _("The outcome is being announced."))
    return redirect("councils:outcome", pk)


@require_safe
def announcing(request: Request, pk: int) -> HttpResponse:
    """Show how far an announcement has come."""
    council = visible_council(request, pk)
    context = {
        "council": council,
        "announcement": Announcement.objects.filter(council=council).first(),
    }
    return render_page(request, "councils/announcing.html", context, part="progress")


def _counts(council: Council) -> list[tuple[str, int]]:
    counts = result_counts(council)
    return [(str(result.label), counts.get(result, 0)) for result in Result]
