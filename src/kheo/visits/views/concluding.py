"""The record of a visit, concluding it, opening it again, the unit's remark, the minutes."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.lib.papers.render import Format, render
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.visits.actions import (
    conclude_visit,
    record_visit,
    remark_on_visit,
    reopen_visit,
)
from kheo.visits.enums import VisitDeed, VisitState
from kheo.visits.forms.visits import RecordForm, advice_rows, advice_terms, initial_record
from kheo.visits.forms.words import ReasonForm, RemarkForm
from kheo.visits.models import Visit
from kheo.visits.papers import minutes_paper
from kheo.visits.queries.minutes import minutes_of
from kheo.visits.queries.standing import is_on_team_side, parts_in
from kheo.visits.rules.deeds import VisitError, can_do_visit
from kheo.visits.views.finding import visible_visit

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_http_methods(["GET", "HEAD", "POST"])
def visit_record(request: Request, pk: int) -> HttpResponse:
    """Write down who was there, conclusions and recommendations; conclude when asked to."""
    visit = visible_visit(request, pk)
    verdict = can_do_visit(
        VisitDeed.CONCLUDE, request.seat, visit, parts_in(request.seat, visit.team)
    )
    demand(verdict)
    form = RecordForm(request.POST or None, initial=initial_record(visit))
    rows = advice_rows(visit, request.POST or None)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            _save(request, visit, form, rows)
        except VisitError as error:
            for reason in error.reasons:
                form.add_error(None, reason)
        else:
            return redirect("visits:detail", pk)
    context = {"visit": visit, "form": form, "rows": rows}
    bad = request.method == "POST"
    return render_page(request, "visits/record.html", context, status=422 if bad else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_reopen(request: Request, pk: int) -> HttpResponse:
    """Open a concluded visit again with a reason."""
    visit = visible_visit(request, pk)
    demand(can_do_visit(VisitDeed.REOPEN, request.seat, visit, parts_in(request.seat, visit.team)))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            reopen_visit(visit=visit, reason=reason, by=request.seat, at=timezone.now())
        except VisitError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("The visit is open again."))
            return redirect("visits:detail", pk)
    context = {"visit": visit, "form": form, "deed": "reopen"}
    status = 422 if form.errors else 200
    return render_page(request, "visits/reason.html", context, status=status)


@require_POST
def visit_remark(request: Request, pk: int) -> HttpResponse:
    """Take the remark of the unit."""
    visit = visible_visit(request, pk)
    form = RemarkForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    try:
        remark_on_visit(visit=visit, text=text, by=request.seat, at=timezone.now())
    except VisitError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The remark is kept; the team is told."))
    return redirect("visits:detail", pk)


@require_safe
def visit_minutes(request: Request, pk: int) -> HttpResponse:
    """Show the minutes of a visit as they will be printed."""
    visit = _with_result(request, pk)
    html = render(minutes_paper(minutes_of(visit)), "html").decode()
    return render_page(request, "visits/minutes.html", {"visit": visit, "html": html})


@require_safe
def minutes_file(request: Request, pk: int, fmt: str) -> HttpResponse:
    """Give the minutes of a visit as Word or PDF."""
    visit = _with_result(request, pk)
    if fmt not in MEDIA_TYPES:
        raise Http404
    content = render(minutes_paper(minutes_of(visit)), cast("Format", fmt))
    response = HttpResponse(content, content_type=MEDIA_TYPES[fmt])
    name = f"bien-ban-khao-sat-{visit.pk}.{fmt}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _with_result(request: Request, pk: int) -> Visit:
    """Return a visit to those who read its result."""
    visit = visible_visit(request, pk)
    if visit.state != VisitState.CONCLUDED and not is_on_team_side(request.seat, visit.team):
        raise Http404
    return visit


def _save(request: Request, visit: Visit, form: RecordForm, rows: object) -> None:
    """Save the record, and conclude in the same breath when that button was pressed."""
    seat, at = request.seat, timezone.now()
    seen = form.cleaned_data["version"]
    terms = form.terms(advice_terms(rows))
    record_visit(visit=visit, terms=terms, seen_version=seen, by=seat, at=at)
    if request.POST.get("deed") != "conclude":
        messages.success(request, _("The record is saved; the unit does not see it yet."))
        return
    try:
        conclude_visit(visit=visit, by=seat, at=at)
    except VisitError as error:
        # what was written stays written
        messages.error(request, str(error))
    else:
        messages.success(request, _("The visit is concluded; the unit is told."))
