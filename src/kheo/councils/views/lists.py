"""The list of councils, the page of one, and the queue of a member."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kheo.audit.queries import history_of
from kheo.councils.actions import faults_before
from kheo.councils.enums import CouncilDeed
from kheo.councils.forms.setting_up import FilesForm
from kheo.councils.models import Announcement, Council
from kheo.councils.queries.pages import FileFilter, file_lines, files_of, member_loads
from kheo.councils.queries.visible import listed_councils, queue_of_member, waiting_scores
from kheo.councils.rules.deeds import can_allot, can_prepare, can_set_up_councils
from kheo.councils.rules.transitions import TRANSITIONS, can_move, sides_of
from kheo.councils.views.finding import own_member, visible_council
from kheo.organisations.http import Request
from kheo.organisations.rules import Verdict, no
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def council_list(request: Request) -> HttpResponse:
    """Show the councils this seat sees, newest first."""
    context = {
        "page": page_of(listed_councils(request.seat), request),
        "may_set_up": can_set_up_councils(request.seat, request.seat.organisation),
        "waiting": waiting_scores(request.seat),
        "mine": False,
    }
    return render_page(request, "councils/list.html", context)


@require_safe
def my_queue(request: Request) -> HttpResponse:
    """Show what the seat is to score, what is not done first."""
    context = {
        "page": page_of(queue_of_member(request.seat), request),
        "waiting": waiting_scores(request.seat),
        "mine": True,
    }
    return render_page(request, "councils/mine.html", context)


@require_safe
def council_detail(request: Request, pk: int) -> HttpResponse:
    """Show a council: its members, its files and how far they have come."""
    council = visible_council(request, pk)
    member = own_member(request, council)
    form = FilesForm(request.GET)
    page = page_of(files_of(council, FileFilter(**form.values())), request)
    sides = sides_of(request.seat, council, member)
    context = {
        "council": council,
        "members": member_loads(council),
        "filters": form,
        "page": page,
        "lines": file_lines(page.rows),
        "steps": _steps(request, council),
        "may_prepare": can_prepare(request.seat, council),
        "may_allot": can_allot(request.seat, council, member),
        "is_inside": bool(sides),
        "member": member,
        "announcement": Announcement.objects.filter(council=council).first(),
        "history": list(history_of(council)[:30]) if sides else [],
    }
    return render_page(request, "councils/detail.html", context, part="files")


def _steps(request: Request, council: Council) -> list[tuple[CouncilDeed, str, Verdict, bool]]:
    """Return what can be done with the whole council from its state, with what hinders it."""
    member = own_member(request, council)
    steps = []
    for deed, arrow in TRANSITIONS.items():
        if council.state not in arrow.sources or not arrow.sides & sides_of(
            request.seat, council, member
        ):
            continue
        verdict = can_move(deed, request.seat, council, member)
        if verdict and (faults := faults_before(deed, council)):
            verdict = no(" ".join(faults))
        steps.append((deed, str(deed.label).capitalize(), verdict, arrow.needs_reason))
    return steps
