"""A decision: its page, drawing it up, previewing and issuing it, announcing it."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.audit.queries import history_of
from kheo.lib.papers.render import render
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.recognition.actions import (
    HonourError,
    announce_decision,
    discard_decision,
    edit_decision,
    gaps_of,
    issue_decision,
    plan_announcement,
)
from kheo.recognition.enums import Purpose
from kheo.recognition.forms.decisions import AnnouncementForm, DecisionForm, initial_decision
from kheo.recognition.models import Decision
from kheo.recognition.papers.certificates import files_of_certificates
from kheo.recognition.papers.decisions import decision_paper
from kheo.recognition.queries.contents import content_of_decision
from kheo.recognition.queries.issuing import same_numbers
from kheo.recognition.queries.pages import decision_page
from kheo.recognition.queries.visible import honours_visible_to
from kheo.recognition.rules.transitions import DecisionDeed, can_do_to_decision
from kheo.recognition.views.finding import seen_version, visible_decision
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def decision_detail(request: Request, pk: int) -> HttpResponse:
    """Show a decision, its honours in reach, and what can be done."""
    decision = visible_decision(request, pk)
    shown = decision_page(request.seat, decision)
    rows = honours_visible_to(request.seat).filter(decision=decision)
    related = rows.select_related("exemplar", "organisation", "revoked_by").order_by("order", "pk")
    context = {
        "decision": decision,
        "shown": shown,
        "page": page_of(related, request),
        "revocations": decision.revocations.select_related("honour__decision")[:200],
        "today": timezone.localdate(),
        "certificate_parts": files_of_certificates(related.count()),
        "history": list(history_of(decision)[:50]) if shown.is_issuer else [],
    }
    return render_page(request, "recognition/decision.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: Request, pk: int) -> HttpResponse:
    """Change the draft of a decision."""
    decision = visible_decision(request, pk)
    demand(can_do_to_decision(DecisionDeed.EDIT, request.seat, decision))
    form = DecisionForm(
        request.POST or None,
        initial=initial_decision(decision),
        revokes=decision.purpose == Purpose.REVOKE,
    )
    if form.is_valid():
        try:
            saved = edit_decision(
                decision=decision,
                terms=form.terms(),
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except HonourError as error:
            for reason in error.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("The draft of the decision is saved."))
            for other in same_numbers(saved):
                messages.warning(request, _("Another decision has this number: %s") % other)
            return redirect("recognition:decision", pk)
    context = {"form": form, "decision": decision}
    status = 422 if form.errors else 200
    return render_page(request, "recognition/decision_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_issue(request: Request, pk: int) -> HttpResponse:
    """Show the decision as it will be, and issue it."""
    decision = visible_decision(request, pk)
    demand(can_do_to_decision(DecisionDeed.ISSUE, request.seat, decision))
    reasons: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            issue_decision(
                decision=decision,
                seen_version=seen_version(request),
                by=request.seat,
                at=timezone.now(),
            )
        except HonourError as error:
            reasons = error.reasons
        else:
            messages.success(request, _("The decision is issued."))
            return redirect("recognition:decision", pk)
    context = {
        "decision": decision,
        "reasons": reasons or tuple(gaps_of(decision, timezone.localdate())),
        "same_numbers": same_numbers(decision),
        "paper": render(decision_paper(content_of_decision(decision)), "html").decode(),
    }
    status = 409 if reasons else 200
    return render_page(request, "recognition/issue.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_announce(request: Request, pk: int) -> HttpResponse:
    """Announce an issued decision, or only say when it will be."""
    decision = visible_decision(request, pk)
    demand(can_do_to_decision(DecisionDeed.ANNOUNCE, request.seat, decision))
    initial = {
        "announced_on": decision.announced_on or timezone.localdate(),
        "occasion": decision.occasion,
        "version": decision.version,
    }
    form = AnnouncementForm(request.POST or None, initial=initial)
    if form.is_valid():
        planned = request.POST.get("deed") == "plan"
        try:
            _announce(request, decision, form, planned=planned)
        except HonourError as error:
            form.add_error("announced_on", str(error))
        else:
            said = _("The announcing is planned.") if planned else _("The decision is announced.")
            messages.success(request, said)
            return redirect("recognition:decision", pk)
    units = decision.honours.standing().exclude(organisation=None)
    context = {
        "decision": decision,
        "form": form,
        "honours": decision.honours.standing().count(),
        "units": units.values("organisation").distinct().count(),
    }
    status = 422 if form.errors else 200
    return render_page(request, "recognition/announce.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_discard(request: Request, pk: int) -> HttpResponse:
    """Throw the draft of a decision away after asking."""
    decision = visible_decision(request, pk)
    demand(can_do_to_decision(DecisionDeed.DISCARD, request.seat, decision))
    if request.method == "POST":
        discard_decision(
            decision=decision,
            seen_version=seen_version(request),
            by=request.seat,
            at=timezone.now(),
        )
        messages.success(request, _("The draft is thrown away."))
        return redirect("recognition:list")
    context = {
        "question": _("Throw this draft away?"),
        "text": decision.subject,
        "deed": _("Throw the draft away"),
        "danger": True,
        "hidden": {"version": decision.version},
        "action_url": request.path,
        "back_url": reverse("recognition:decision", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context)


def _announce(
    request: Request, decision: Decision, form: AnnouncementForm, *, planned: bool
) -> None:
    on: date = form.cleaned_data["announced_on"]
    deed = plan_announcement if planned else announce_decision
    deed(
        decision=decision,
        on=on,
        occasion=form.cleaned_data["occasion"],
        seen_version=form.cleaned_data["version"],
        by=request.seat,
        at=timezone.now(),
    )
