"""The scoring page of a member, criterion by criterion, and keeping out of a file."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.appraisal.models import ScoreEvidence
from kheo.councils.actions import (
    CouncilError,
    declare_conflict,
    give_back_scores,
    save_member_scores,
)
from kheo.councils.forms.marks import MarkError, read_marks
from kheo.councils.models import Allotment, CouncilFile
from kheo.councils.queries.scoring import (
    Line,
    conflicts_of_file,
    fill_others,
    fill_own,
    fill_typed,
    member_totals,
    score_lines,
    visit_sheets,
)
from kheo.councils.queries.visible import (
    councils_visible_to,
    neighbours_of,
    next_to_score,
    waiting_scores,
)
from kheo.councils.rules.deeds import can_declare, can_run_scores, can_score, keeps_out, sees_scores
from kheo.councils.views.finding import own_member, posted_version, tell_faults, visible_file
from kheo.organisations.http import Request
from kheo.organisations.rules import Verdict, demand, no
from kheo.ui.downloads import file_as_handed_in
from kheo.ui.pages import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def score_file(request: Request, pk: int) -> HttpResponse:
    """Show a file with its criteria, and take the member's scores."""
    file = visible_file(request, pk)
    own = _own_allotment(request, file)
    lines = score_lines(file)
    if request.method != "POST":
        if own is not None:
            fill_own(lines, own)
        return _page(request, file, own, lines)
    demand(_may_score(request, file, own))
    if own is None:
        return _page(request, file, own, lines)
    hand_in = request.POST.get("deed") == "hand-in"
    try:
        marks = read_marks(request.POST.dict(), [line.criterion for line in lines if line.is_mine])
        save_member_scores(
            allotment=own,
            marks=marks,
            hand_in=hand_in,
            seen_version=posted_version(request),
            by=request.seat,
            at=timezone.now(),
        )
    except (CouncilError, MarkError) as error:
        tell_faults(request, error.reasons)
        fill_typed(lines, request.POST.dict(), getattr(error, "by_criterion", {}))
        return _page(request, file, own, lines, status=422)
    return _onward(request, own, hand_in=hand_in)


def _onward(request: Request, own: Allotment, *, hand_in: bool) -> HttpResponse:
    if not hand_in:
        messages.success(request, _("Saved. The scores are not handed in yet."))
        return redirect("councils:score", own.file_id)
    messages.success(request, _("Your scores for “%s” are in.") % own.file.file)
    following = next_to_score(own)
    if request.POST.get("then") == "next" and following is not None:
        return redirect("councils:score", following)
    return redirect("councils:score", own.file_id)


def _own_allotment(request: Request, file: CouncilFile) -> Allotment | None:
    rows = Allotment.objects.filter(file=file, member__seat=request.seat)
    return rows.select_related("member", "file__council", "file__file").first()


def _may_score(request: Request, file: CouncilFile, own: Allotment | None) -> Verdict:
    clash = file.conflicts.filter(member__seat=request.seat).first()
    if clash is not None:
        return keeps_out(clash.kind)
    if own is None:
        return no(_("This file was not given to you to be scored."))
    return can_score(request.seat, file.council, own, own.member)


def _page(
    request: Request,
    file: CouncilFile,
    own: Allotment | None,
    lines: list[Line],
    *,
    status: int = 200,
) -> HttpResponse:
    council = file.council
    member = own_member(request, council)
    seen = sees_scores(request.seat, council, member, own)
    stands = fill_others(lines, file) if seen else None
    before, after = neighbours_of(own) if own else (None, None)
    context = {
        "file": file,
        "council": council,
        "own": own,
        "lines": lines,
        "seen": seen,
        "stands": stands,
        "totals": member_totals(file, with_totals=bool(seen)),
        "conflicts": conflicts_of_file(file),
        "sheets": visit_sheets(file),
        "may_score": _may_score(request, file, own),
        "may_declare": can_declare(request.seat, council, member),
        "may_give_back": can_run_scores(request.seat, council, member),
        "before": before,
        "after": after,
        "waiting": waiting_scores(request.seat),
    }
    return render_page(request, "councils/score.html", context, status=status)


@require_POST
def keep_out(request: Request, pk: int) -> HttpResponse:
    """Let a member declare that they keep out of a file."""
    file = visible_file(request, pk)
    try:
        declare_conflict(
            file=file, reason=request.POST.get("reason", ""), by=request.seat, at=timezone.now()
        )
    except CouncilError as error:
        tell_faults(request, error.reasons)
        return redirect("councils:score", pk)
    messages.success(request, _("You keep out of this file from now on."))
    return redirect("councils:mine")


@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    """Let the chair give scores back to a member."""
    rows = Allotment.objects.filter(file__council__in=councils_visible_to(request.seat))
    row = get_object_or_404(rows.select_related("file__council", "member"), pk=pk)
    try:
        give_back_scores(
            allotment=row,
            reason=request.POST.get("reason", ""),
            by=request.seat,
            at=timezone.now(),
        )
    except CouncilError as error:
        tell_faults(request, error.reasons)
    else:
        messages.success(request, _("The scores were given back to the member."))
    return redirect("councils:score", row.file_id)


@require_safe
def evidence_file(request: Request, pk: int) -> FileResponse:
    """Give the evidence for a criterion to those who see its council."""
    files = CouncilFile.objects.filter(council__in=councils_visible_to(request.seat))
    rows = ScoreEvidence.objects.filter(file__council_files__in=files, removed_at=None)
    row = get_object_or_404(rows.select_related("chosen"), pk=pk)
    stored = row.chosen.file if row.chosen is not None else row.upload
    return file_as_handed_in(stored, row.name, row.media_type)
