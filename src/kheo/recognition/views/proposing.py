"""A proposal: its page, drafting it, sending it, taking it back and declining it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.audit.queries import history_of
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.recognition.actions import (
    HonourError,
    create_proposal,
    decline_proposal,
    discard_proposal,
    draw_up_decision,
    edit_proposal,
    send_proposal,
    take_back_proposal,
)
from kheo.recognition.forms.proposals import ProposalForm, ReasonForm, initial_proposal
from kheo.recognition.models import HonourProposal
from kheo.recognition.queries.offered import issuers_offered
from kheo.recognition.queries.pages import proposal_page
from kheo.recognition.rules.transitions import ProposalDeed, can_do_to_proposal, can_propose
from kheo.recognition.views.finding import own_body, seen_version, visible_proposal
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

Save = Callable[[ProposalForm], HonourProposal]


@require_safe
def proposal_detail(request: Request, pk: int) -> HttpResponse:
    """Show a proposal, whom it names, and what stands against them."""
    proposal = visible_proposal(request, pk)
    rows = proposal.candidates.select_related("registration", "organisation", "title_entry")
    page = page_of(rows.order_by("order", "pk"), request)
    context = {
        "proposal": proposal,
        "page": page,
        "shown": proposal_page(request.seat, proposal, page.rows, timezone.localdate()),
        "history": list(history_of(proposal)[:50]),
    }
    return render_page(request, "recognition/proposal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request: Request) -> HttpResponse:
    """Begin a proposal."""
    body = own_body(request)
    demand(can_propose(request.seat, body))
    initial: dict[str, object] = {
        "year": timezone.localdate().year,
        "issuer": request.seat.organisation.reach_id,
    }

    def create(form: ProposalForm) -> HonourProposal:
        return create_proposal(
            organisation=body, terms=form.terms(), by=request.seat, at=timezone.now()
        )

    return _save(request, None, initial, create)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    proposal = visible_proposal(request, pk)
    demand(can_do_to_proposal(ProposalDeed.EDIT, request.seat, proposal))

    def change(form: ProposalForm) -> HonourProposal:
        return edit_proposal(
            proposal=proposal,
            terms=form.terms(),
            seen_version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )

    return _save(request, proposal, initial_proposal(proposal), change)


@require_POST
def proposal_send(request: Request, pk: int) -> HttpResponse:
    """Send a proposal to the body that decides."""
    proposal = visible_proposal(request, pk)
    try:
        send_proposal(
            proposal=proposal,
            seen_version=seen_version(request),
            by=request.seat,
            at=timezone.now(),
        )
    except HonourError as error:
        return _refused(request, proposal, error)
    messages.success(request, _("The proposal is sent to %s.") % proposal.issuer)
    return redirect("recognition:proposal", pk)


@require_POST
def proposal_take_back(request: Request, pk: int) -> HttpResponse:
    """Take a proposal back to draft."""
    proposal = visible_proposal(request, pk)
    try:
        take_back_proposal(
            proposal=proposal,
            seen_version=seen_version(request),
            by=request.seat,
            at=timezone.now(),
        )
    except HonourError as error:
        return _refused(request, proposal, error)
    messages.success(request, _("The proposal is a draft again."))
    return redirect("recognition:proposal", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_decline(request: Request, pk: int) -> HttpResponse:
    """Decline a proposal with a reason."""
    proposal = visible_proposal(request, pk)
    demand(can_do_to_proposal(ProposalDeed.DECLINE, request.seat, proposal))
    form = ReasonForm(request.POST or None, initial={"version": proposal.version})
    if form.is_valid():
        try:
            decline_proposal(
                proposal=proposal,
                reason=form.cleaned_data["reason"],
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except HonourError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("The proposal is declined."))
            return redirect("recognition:proposal", pk)
    context = {
        "question": _("Decline this proposal?"),
        "text": proposal.title,
        "deed": _("Decline the proposal"),
        "danger": True,
        "form": form,
        "action_url": request.path,
        "back_url": reverse("recognition:proposal", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_discard(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away after asking."""
    proposal = visible_proposal(request, pk)
    demand(can_do_to_proposal(ProposalDeed.DISCARD, request.seat, proposal))
    if request.method == "POST":
        try:
            discard_proposal(
                proposal=proposal,
                seen_version=seen_version(request),
                by=request.seat,
                at=timezone.now(),
            )
        except HonourError as error:
            return _refused(request, proposal, error)
        messages.success(request, _("The draft is thrown away."))
        return redirect("recognition:proposals")
    count = proposal.candidates.count()
    lost = ngettext("%s candidate on its list", "%s candidates on its list", count) % count
    context = {
        "question": _("Throw this draft away?"),
        "text": proposal.title,
        "consequences": [lost],
        "deed": _("Throw the draft away"),
        "danger": True,
        "hidden": {"version": proposal.version},
        "action_url": request.path,
        "back_url": reverse("recognition:proposal", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context)


@require_POST
def proposal_draw_up(request: Request, pk: int) -> HttpResponse:
    """Begin the decision on a proposal, or go to the one that was begun."""
    proposal = visible_proposal(request, pk)
    decision = draw_up_decision(proposal=proposal, by=request.seat, at=timezone.now())
    messages.success(request, _("The decision is drawn up; number, date and signatory follow."))
    return redirect("recognition:decision-edit", decision.pk)


def _save(
    request: Request, proposal: HonourProposal | None, initial: dict[str, object], deed: Save
) -> HttpResponse:
    form = ProposalForm(
        request.POST or None, initial=initial, issuers=issuers_offered(request.seat)
    )
    if form.is_valid():
        try:
            saved = deed(form)
        except HonourError as error:
            for reason in error.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("The proposal is saved."))
            return redirect("recognition:proposal", saved.pk)
    context = {"form": form, "proposal": proposal}
    status = 422 if form.errors else 200
    return render_page(request, "recognition/proposal_edit.html", context, status=status)


def _refused(request: Request, proposal: HonourProposal, error: HonourError) -> HttpResponse:
    """Say why a deed was refused, each reason on a line, where the person can mend it."""
    context = {
        "title": _("This cannot be done as things stand"),
        "reasons": error.reasons,
        "back_url": reverse("recognition:proposal", args=[proposal.pk]),
    }
    return render_page(request, "recognition/refused.html", context, status=409)
