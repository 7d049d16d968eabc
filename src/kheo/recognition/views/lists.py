"""The lists of decisions, proposals and honours, and the histories of models, units, people."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.exemplars.models import Exemplar
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.queries import organisations_visible_to
from kheo.recognition.enums import Subject
from kheo.recognition.forms.filters import HonourFilterForm
from kheo.recognition.models import Honour
from kheo.recognition.queries.history import history_seen_by
from kheo.recognition.queries.visible import (
    INSIDERS,
    honours_visible_to,
    listed_decisions,
    listed_honours,
    listed_proposals,
)
from kheo.recognition.rules.transitions import can_keep_forms, can_propose
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

LISTS = {
    "decisions": listed_decisions,
    "proposals": listed_proposals,
    "honours": listed_honours,
}


@require_safe
def decision_list(request: Request) -> HttpResponse:
    """Show the decisions this seat sees, newest first."""
    return _list(request, "decisions")


@require_safe
def proposal_list(request: Request) -> HttpResponse:
    """Show the proposals this seat sees, newest first."""
    return _list(request, "proposals")


@require_safe
def honour_list(request: Request) -> HttpResponse:
    """Show who was honoured, newest first."""
    return _list(request, "honours")


@require_safe
def exemplar_history(request: Request, pk: int) -> HttpResponse:
    """Show all honours of a model."""
    seen = registrations_visible_to(request.seat).filter(exemplar=pk)
    rows = honours_visible_to(request.seat).filter(exemplar=pk)
    found = Exemplar.objects.filter(pk=pk).select_related("owner", "replicated_from")
    known = seen.exists() or rows.exists()
    return _history(request, get_object_or_404(found if known else found.none()))


@require_safe
def unit_history(request: Request, pk: int) -> HttpResponse:
    """Show all honours of a unit and of its models and people."""
    return _history(request, get_object_or_404(organisations_visible_to(request.seat), pk=pk))


@require_safe
def person_history(request: Request, pk: int) -> HttpResponse:
    """Show all honours of the person whom an honour names."""
    rows = honours_visible_to(request.seat).filter(subject=Subject.PERSON)
    return _history(request, get_object_or_404(rows.select_related("organisation"), pk=pk))


def _list(request: Request, of: str) -> HttpResponse:
    form = HonourFilterForm(request.GET, of=of)
    page = page_of(LISTS[of](request.seat, form.chosen()), request)
    context = {
        "filters": form,
        "page": page,
        "of": of,
        "insider": request.seat.role in INSIDERS,
        "may_propose": can_propose(request.seat, request.seat.organisation),
        "may_keep_forms": can_keep_forms(request.seat),
        "today": timezone.localdate(),
    }
    return render_page(request, f"recognition/{of}.html", context, part="rows")


def _history(request: Request, subject: Exemplar | Organisation | Honour) -> HttpResponse:
    page = page_of(history_seen_by(request.seat, subject), request)
    today = timezone.localdate()
    context = {
        "subject": subject,
        "kind": {Exemplar: "exemplar", Organisation: "unit", Honour: "person"}[type(subject)],
        "page": page,
        "rows": [(row, row.is_expired(today)) for row in page.rows],
    }
    return render_page(request, "recognition/history.html", context)
