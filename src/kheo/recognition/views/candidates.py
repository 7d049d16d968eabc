"""Putting candidates on the list of a proposal, changing them and taking them off."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.organisations.http import Request
from kheo.organisations.queries import organisations_visible_to
from kheo.organisations.rules import demand
from kheo.recognition.actions import (
    CandidateTerms,
    HonourError,
    add_candidates,
    edit_candidate,
    remove_candidates,
)
from kheo.recognition.forms.filters import OfferFilterForm
from kheo.recognition.forms.proposals import CandidateForm, HandForm
from kheo.recognition.models import HonourCandidate, HonourProposal
from kheo.recognition.queries.offered import (
    councils_offered,
    files_put_forward,
    registrations_chosen,
    registrations_offered,
    renewals_offered,
    titles_offered,
)
from kheo.recognition.rules.transitions import ProposalDeed, can_do_to_proposal
from kheo.recognition.views.finding import ticked, visible_proposal
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

# so many are offered to be ticked at once
OFFERED = 200


@require_safe
def candidates_offered(request: Request, pk: int) -> HttpResponse:
    """Show whom a proposal can name: registrations, outcomes of councils, titles, renewals."""
    return _offer(request, _editable(request, pk), HandForm(units=None))


@require_POST
def candidates_add(request: Request, pk: int) -> HttpResponse:
    """Put those that were ticked on the list."""
    proposal = _editable(request, pk)
    achievement = request.POST.get("achievement", "")[:700]
    terms = [
        *_of_registrations(request, proposal, achievement),
        *_of_titles(request, proposal),
        *_of_renewals(request, proposal),
    ]
    return _add(request, proposal, terms)


@require_POST
def candidates_from_council(request: Request, pk: int) -> HttpResponse:
    """Put all that a council puts forward on the list, in its ranking."""
    proposal = _editable(request, pk)
    keys = ticked(request, "council")
    files = files_put_forward(request.seat, keys[0]) if keys else []
    achievement = request.POST.get("achievement", "")[:700]
    terms = [
        CandidateTerms(
            registration=file.registration,
            title_entry=file.title_entry,
            achievement=achievement if file.registration_id else "",
        )
        for file in files
    ]
    return _add(request, proposal, terms)


@require_POST
def candidates_by_hand(request: Request, pk: int) -> HttpResponse:
    """Put a person or a unit typed by hand on the list."""
    proposal = _editable(request, pk)
    form = HandForm(request.POST, units=organisations_visible_to(request.seat))
    if form.is_valid():
        data = form.cleaned_data
        terms = CandidateTerms(
            organisation=data["unit"],
            name=data["name"],
            position=data["position"],
            achievement=data["achievement"],
            is_person=data["kind"] == "person",
        )
        try:
            add_candidates(
                proposal=proposal, candidates=[terms], by=request.seat, at=timezone.now()
            )
        except HonourError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The candidate is on the list."))
            return redirect("recognition:proposal", pk)
    return _offer(request, proposal, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_edit(request: Request, pk: int) -> HttpResponse:
    """Change how a candidate stands on the certificate."""
    rows = HonourCandidate.objects.select_related("proposal")
    candidate = get_object_or_404(rows, pk=pk)
    proposal = _editable(request, candidate.proposal_id)
    initial = {"name": candidate.name, "achievement": candidate.achievement}
    form = CandidateForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            edit_candidate(
                candidate=candidate, by=request.seat, at=timezone.now(), **form.cleaned_data
            )
        except HonourError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The candidate is saved."))
            return redirect("recognition:proposal", proposal.pk)
    context = {"form": form, "candidate": candidate, "proposal": proposal}
    status = 422 if form.errors else 200
    return render_page(request, "recognition/candidate_edit.html", context, status=status)


@require_POST
def candidates_remove(request: Request, pk: int) -> HttpResponse:
    """Take those that were ticked off the list."""
    proposal = _editable(request, pk)
    count = remove_candidates(
        proposal=proposal, candidates=ticked(request, "pk"), by=request.seat, at=timezone.now()
    )
    words = ngettext("%s candidate taken off the list.", "%s candidates taken off the list.", count)
    messages.success(request, words % count)
    return redirect("recognition:proposal", pk)


def _editable(request: Request, pk: int) -> HonourProposal:
    proposal = visible_proposal(request, pk)
    demand(can_do_to_proposal(ProposalDeed.EDIT, request.seat, proposal))
    return proposal


def _of_registrations(
    request: Request, proposal: HonourProposal, achievement: str
) -> list[CandidateTerms]:
    rows = registrations_chosen(request.seat, proposal, ticked(request, "registration"))
    return [CandidateTerms(registration=row, achievement=achievement) for row in rows]


def _of_titles(request: Request, proposal: HonourProposal) -> list[CandidateTerms]:
    rows = titles_offered(request.seat, proposal).filter(pk__in=ticked(request, "title"))
    return [CandidateTerms(title_entry=row) for row in rows]


def _of_renewals(request: Request, proposal: HonourProposal) -> list[CandidateTerms]:
    rows = renewals_offered(proposal).filter(pk__in=ticked(request, "renewal"))
    return [
        CandidateTerms(
            registration=row.registration,
            title_entry=row.title_entry,
            organisation=row.organisation,
            unit_name=row.unit_name,
            name=row.name,
            position=row.position,
            achievement=row.achievement,
            is_person=row.subject == "person",
            renews=row,
        )
        for row in rows.select_related("registration__exemplar", "title_entry__organisation")
    ]


def _add(
    request: Request, proposal: HonourProposal, terms: Sequence[CandidateTerms]
) -> HttpResponse:
    if not terms:
        messages.warning(request, _("Nobody was ticked."))
        return redirect("recognition:offered", proposal.pk)
    try:
        made = add_candidates(
            proposal=proposal, candidates=terms, by=request.seat, at=timezone.now()
        )
    except HonourError as error:
        messages.error(request, str(error))
        return redirect("recognition:offered", proposal.pk)
    words = ngettext("%s candidate added.", "%s candidates added.", len(made)) % len(made)
    messages.success(request, words)
    if passed := len(terms) - len(made):
        words = ngettext("%s was on the list already.", "%s were on the list already.", passed)
        messages.info(request, words % passed)
    return redirect("recognition:proposal", proposal.pk)


def _offer(
    request: Request, proposal: HonourProposal, form: HandForm, *, status: int = 200
) -> HttpResponse:
    filters = OfferFilterForm(request.GET)
    rows = registrations_offered(request.seat, proposal, filters.chosen())
    context = {
        "proposal": proposal,
        "filters": filters,
        "page": page_of(rows, request, size=OFFERED),
        "councils": councils_offered(request.seat, proposal),
        "titles": titles_offered(request.seat, proposal)[:OFFERED],
        "renewals": renewals_offered(proposal)[:OFFERED],
        "hand": form,
        "add_url": reverse("recognition:candidates-add", args=[proposal.pk]),
    }
    return render_page(request, "recognition/offered.html", context, part="rows", status=status)
