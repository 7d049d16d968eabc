"""The pages on which the unit and its superior score, criterion by criterion."""

from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from kheo.appraisal.actions import (
    ScoreError,
    StaleFileError,
    add_score_evidence,
    choose_score_evidence,
    remove_score_evidence,
    save_scores,
    save_superior_scores,
)
from kheo.appraisal.forms import EvidenceForm, Scores, VerdictForm, evidence_forms, score_forms
from kheo.appraisal.models import AppraisalFile
from kheo.appraisal.queries.page import FilePage, file_page
from kheo.appraisal.queries.sides import SideBySide, side_by_side
from kheo.appraisal.rules.transitions import can_score_as_superior, can_score_file
from kheo.appraisal.views.lists import visible_file
from kheo.criteria.enums import Side
from kheo.criteria.rules.totals import points_as_seen_by
from kheo.exemplars.models import Evidence
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.ui.uploads import AttachmentError, SizeLimit, too_large_words

SELF_PAGE, SUPERIOR_PAGE = "appraisal/score.html", "appraisal/superior.html"


@csrf_exempt
def score_self(request: HttpRequest, pk: int) -> HttpResponse:
    """Score oneself; the limit is in place before files are read, so the check comes after."""
    request.upload_handlers.insert(0, SizeLimit(request))
    return _score_self(cast("Request", request), pk)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _score_self(request: Request, pk: int) -> HttpResponse:
    file = visible_file(request, pk)
    demand(can_score_file(request.seat, file))
    page = file_page(request.seat, file)
    posted = request.method == "POST"
    found = score_forms(page.seen.lines, Side.SELF, request.POST if posted else None)
    shown = evidence_forms(
        found, _choices(file), request.POST if posted else None, request.FILES if posted else None
    )
    if not posted:
        return _show_self(request, page, found, shown)
    reasons = _store_self(request, file, found, shown)
    if reasons is not None:
        return _show_self(request, page, found, shown, reasons=reasons, status=422)
    if request.POST.get("deed") == "send":
        return redirect("appraisal:send", pk)
    messages.success(request, _("The scores are saved."))
    return redirect("appraisal:score", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def score_superior(request: Request, pk: int) -> HttpResponse:
    """Score as the superior, with the unit's own score beside."""
    file = visible_file(request, pk)
    demand(can_score_as_superior(request.seat, file))
    page = file_page(request.seat, file)
    posted = request.POST if request.method == "POST" else None
    found = score_forms(page.seen.lines, Side.SUPERIOR, posted)
    verdict = VerdictForm(posted, initial={"not_eligible": file.disqualified_reason})
    reasons: list[str] = []
    if posted is not None and _all_valid(found) and verdict.is_valid():
        try:
            saved = save_superior_scores(
                file=file,
                lines=[line for form in found.values() if (line := form.line())],
                not_eligible=verdict.cleaned_data["not_eligible"],
                seen_version=_seen(request),
                by=request.seat,
                at=timezone.now(),
            )
        except ScoreError as error:
            reasons = _spread(error, found)
        else:
            _say_saved(request, saved, found)
            return redirect("appraisal:detail", pk)
    context = {"page": page, "file": file, "reasons": reasons, "verdict_form": verdict}
    lines = [(line, found.get(line.criterion.pk)) for line in page.seen.lines]
    status = 200 if posted is None else 422
    context |= {"lines": lines, "sums": _sums(page.seen, found, Side.SUPERIOR)}
    return render_page(request, SUPERIOR_PAGE, context, status=status)


@require_POST
def live_sum(request: Request, pk: int) -> HttpResponse:
    """Show what the scores come to as they are typed, before anything is stored."""
    file = visible_file(request, pk)
    side = Side.SUPERIOR if can_score_as_superior(request.seat, file) else Side.SELF
    seen = side_by_side(file)
    found = score_forms(seen.lines, side, request.POST)
    return render_page(request, "appraisal/_sums.html", {"sums": _sums(seen, found, side)})


def _store_self(
    request: Request, file: AppraisalFile, found: Scores, shown: Mapping[int, EvidenceForm]
) -> list[str] | None:
    """Store what was typed and attached; return what is wrong, or None when all is stored."""
    too_large = getattr(request, "upload_too_large", None)
    if too_large is not None:
        return [too_large_words(too_large)]
    checked = [form.is_valid() for form in shown.values()]
    if not (_all_valid(found) and all(checked)):
        return []
    try:
        save_scores(
            file=file,
            lines=[line for form in found.values() if (line := form.line())],
            cleared=[key for key, form in found.items() if form.given() is None],
            seen_version=_seen(request),
            by=request.seat,
            at=timezone.now(),
        )
    except ScoreError as error:
        return _spread(error, found)
    _remove(request, file)
    return _attach(request, file, shown)


def _attach(
    request: Request, file: AppraisalFile, shown: Mapping[int, EvidenceForm]
) -> list[str] | None:
    reasons: list[str] = []
    for key, form in shown.items():
        try:
            _attach_one(request, file, key, form)
        except (AttachmentError, ScoreError) as error:
            reasons.append(str(error))
    if reasons:
        file.refresh_from_db(fields=["version"])
        reasons.append(_("The scores themselves are saved."))
    return reasons or None


def _attach_one(request: Request, file: AppraisalFile, key: int, form: EvidenceForm) -> None:
    upload, chosen = form.cleaned_data["upload"], form.cleaned_data.get("chosen")
    seat, now = request.seat, timezone.now()
    if upload:
        add_score_evidence(
            file=file, criterion=key, upload=upload, name=upload.name, by=seat, at=now
        )
    if chosen:
        choose_score_evidence(file=file, criterion=key, chosen=chosen, by=seat, at=now)


def _remove(request: Request, file: AppraisalFile) -> None:
    deed, _colon, key = request.POST.get("deed", "").partition(":")
    if deed == "remove" and key.isascii() and key.isdigit() and len(key) < 12:
        for one in file.evidence.filter(pk=int(key)).select_related("file"):
            remove_score_evidence(evidence=one, by=request.seat, at=timezone.now())


def _show_self(
    request: Request,
    page: FilePage,
    found: Scores,
    shown: Mapping[int, EvidenceForm],
    *,
    reasons: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    remarks = page.remarks_by_criterion
    lines = [
        (
            line,
            found.get(line.criterion.pk),
            shown.get(line.criterion.pk),
            remarks.get(line.criterion.pk, ()),
        )
        for line in page.seen.lines
    ]
    context = {
        "page": page,
        "file": page.seen.file,
        "lines": lines,
        "sums": _sums(page.seen, found, Side.SELF),
        "general": remarks.get(None, ()),
        "reasons": reasons or [],
        "evidence_limit": settings.EVIDENCE_LIMIT_MIB,
    }
    return render_page(request, SELF_PAGE, context, status=status)


def _sums(seen: SideBySide, found: Scores, side: Side) -> dict[str, Any]:
    """Return what the scores on the page come to: as typed, or as they stand."""
    given = {name: dict(points) for name, points in seen.given.items()}
    mine = given.setdefault(side, {})
    for key, form in found.items():
        if form.is_bound:
            form.is_valid()
            mine.pop(key, None)
            if (points := form.given()) is not None:
                mine[key] = points
    total = seen.shape.total(points_as_seen_by(side, seen.shape.leaves, given))
    open_ones = [key for key in found if key not in mine]
    return {
        "total": total,
        "of": seen.shape.criteria_set.total,
        "grade": seen.shape.grade(total),
        "open": len(open_ones),
    }


def _all_valid(found: Scores) -> bool:
    checked = [form.is_valid() for form in found.values()]
    return all(checked)


def _spread(error: ScoreError, found: Scores) -> list[str]:
    """Put each reason beside its criterion; return what stands at the head of the page."""
    marked = [key for key in error.by_criterion if key in found]
    for key in marked:
        found[key].add_error("points", error.by_criterion[key])
    if isinstance(error, StaleFileError) or not error.by_criterion:
        return list(error.reasons)
    words = ngettext(
        "%s criterion needs another look; the reason stands beside it.",
        "%s criteria need another look; the reasons stand beside them.",
        len(marked),
    )
    return [words % len(marked)]


def _say_saved(request: Request, saved: AppraisalFile, found: Scores) -> None:
    left = sum(form.given() is None for form in found.values())
    if saved.state == "superior_scored":
        messages.success(request, _("The scores are saved; the file can go to the council."))
    else:
        words = _("The scores are saved; %s criteria are still to be scored.")
        messages.warning(request, words % left)


def _choices(file: AppraisalFile) -> list[Evidence]:
    if file.registration is None:
        return []
    return list(file.registration.evidence.filter(removed_at=None))


def _seen(request: Request) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
