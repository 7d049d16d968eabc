"""The session of a council: attendance, minutes, settling of scores, and votes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kheo.councils.actions import (
    CouncilError,
    Presence,
    cast_ballot,
    close_vote,
    open_vote,
    save_session,
    settle_changes,
    settle_scores,
)
from kheo.councils.enums import Choice
from kheo.councils.forms.marks import MarkError, read_settled
from kheo.councils.forms.meeting import SessionForm, initial_session
from kheo.councils.forms.setting_up import FilesForm
from kheo.councils.models import Council, CouncilFile
from kheo.councils.queries.meeting import vote_page
from kheo.councils.queries.pages import FileFilter, files_of, member_loads
from kheo.councils.queries.scoring import fill_others, fill_typed, member_totals, score_lines
from kheo.councils.rules.deeds import (
    can_prepare_session,
    can_run_session,
    sees_scores,
)
from kheo.councils.views.finding import (
    own_member,
    posted_keys,
    posted_version,
    tell_faults,
    visible_council,
    visible_file,
)
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

PRESENT = {"yes": True, "no": False, "": None}


@require_http_methods(["GET", "HEAD", "POST"])
def council_session(request: Request, pk: int) -> HttpResponse:
    """Show the session: who is present, what is discussed, where scores lie apart."""
    council = visible_council(request, pk)
    member = own_member(request, council)
    demand(sees_scores(request.seat, council, member, None))
    form = SessionForm(request.POST or None, initial=initial_session(council))
    if request.method == "POST" and form.is_valid():
        try:
            save_session(
                council=council,
                terms=form.terms(),
                presence=_presence(request, council),
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except CouncilError as error:
            form.add_error(None, list(error.reasons))
        else:
            messages.success(request, _("The session is saved."))
            return redirect("councils:session", pk)
    filters = FilesForm(request.GET)
    page = page_of(files_of(council, FileFilter(**filters.values())), request)
    members = member_loads(council)
    context = {
        "council": council,
        "form": form,
        "members": members,
        "present": sum(1 for one in members if one.is_present),
        "filters": filters,
        "page": page,
        "may_write": can_prepare_session(request.seat, council, member),
        "may_run": can_run_session(request.seat, council, member),
        "unreasoned": council.files.filter(unreasoned__gt=0).count(),
    }
    status = 422 if form.errors else 200
    return render_page(request, "councils/session.html", context, part="files", status=status)


def _presence(request: Request, council: Council) -> dict[int, Presence]:
    found = {}
    for key in council.members.values_list("pk", flat=True):
        text = request.POST.get(f"present-{key}")
        if text is None:
            continue
        if text not in PRESENT:
            raise Http404
        found[key] = Presence(PRESENT[text], request.POST.get(f"absence-{key}", ""))
    return found


@require_POST
def settle_together(request: Request, pk: int) -> HttpResponse:
    """Give the ticked files one reason for all changes that have none."""
    council = visible_council(request, pk)
    try:
        count = settle_changes(
            council=council,
            files=posted_keys(request, "file"),
            reason=request.POST.get("reason", ""),
            by=request.seat,
            at=timezone.now(),
        )
    except CouncilError as error:
        tell_faults(request, error.reasons)
    else:
        messages.success(request, _("%s changes have a reason now.") % count)
    return redirect("councils:session", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def settle_file(request: Request, pk: int) -> HttpResponse:
    """Show self, superior, members and council side by side, and settle the points."""
    file = visible_file(request, pk)
    council = file.council
    member = own_member(request, council)
    demand(sees_scores(request.seat, council, member, None))
    lines = score_lines(file)
    stands = fill_others(lines, file)
    status = 200
    if request.method == "POST":
        if _settled(request, file, lines):
            return redirect("councils:settle", pk)
        status = 422
    context = {
        "file": file,
        "council": council,
        "lines": lines,
        "stands": stands,
        "totals": member_totals(file, with_totals=True),
        "may_run": can_run_session(request.seat, council, member),
    }
    return render_page(request, "councils/settle.html", context, status=status)


def _settled(request: Request, file: CouncilFile, lines: list) -> bool:  # type: ignore[type-arg]
    typed = request.POST.dict()
    try:
        marks = read_settled(typed, [line.criterion for line in lines if line.is_mine])
        settle_scores(
            file=file,
            marks=marks,
            seen_version=posted_version(request),
            by=request.seat,
            at=timezone.now(),
        )
    except (CouncilError, MarkError) as error:
        tell_faults(request, error.reasons)
        fill_typed(lines, typed, getattr(error, "by_criterion", {}))
        return False
    messages.success(request, _("The points of the council are settled."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def council_vote(request: Request, pk: int) -> HttpResponse:
    """Show the ballot, who has voted, and the count when it may be seen."""
    council = visible_council(request, pk)
    member = own_member(request, council)
    demand(sees_scores(request.seat, council, member, None))
    if request.method == "POST":
        try:
            _vote(request, council)
        except CouncilError as error:
            tell_faults(request, error.reasons)
        return redirect("councils:vote", pk)
    filters = FilesForm(request.GET)
    page = page_of(files_of(council, FileFilter(**filters.values())), request)
    context = {
        "council": council,
        "vote": vote_page(council, member),
        "member": member,
        "may_run": can_run_session(request.seat, council, member),
        "choices": Choice.choices,
        "filters": filters,
        "page": page,
    }
    return render_page(request, "councils/vote.html", context)


def _vote(request: Request, council: Council) -> None:
    by, at = request.seat, timezone.now()
    deed = request.POST.get("deed", "")
    if deed == "open":
        open_vote(council=council, files=posted_keys(request, "file"), by=by, at=at)
        messages.success(request, _("The vote is open."))
        return
    vote = council.votes.filter(closed_at=None).select_related("council").first()
    if vote is None:
        raise CouncilError(_("The vote is closed."))
    if deed == "close":
        close_vote(vote=vote, by=by, at=at)
        messages.success(request, _("The vote was closed."))
    elif deed == "cast":
        names = {key: f"choice-{key}" for key in vote.ballots.values_list("file_id", flat=True)}
        choices = {key: request.POST[name] for key, name in names.items() if name in request.POST}
        cast_ballot(vote=vote, choices=choices, by=by, at=at)
        messages.success(request, _("Your ballot was dropped."))
    else:
        raise Http404
