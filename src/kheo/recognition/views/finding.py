"""Finding the proposal or decision an address names, as far as the seat sees it."""

from django.shortcuts import get_object_or_404

from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.recognition.models import Decision, HonourProposal
from kheo.recognition.queries.visible import decisions_visible_to, proposals_visible_to


def visible_proposal(request: Request, pk: int) -> HonourProposal:
    """Return a proposal this seat sees."""
    rows = proposals_visible_to(request.seat).select_related(
        "form", "issuer__kind", "issuer__level", "organisation__kind", "decision"
    )
    return get_object_or_404(rows, pk=pk)


def visible_decision(request: Request, pk: int) -> Decision:
    """Return a decision this seat sees."""
    rows = decisions_visible_to(request.seat).select_related(
        "form", "organisation__kind", "proposal__organisation__kind", "issued_by__user"
    )
    return get_object_or_404(rows, pk=pk)


def seen_version(request: Request) -> int | None:
    """Return the version that stood on the page; nothing strange is believed."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def ticked(request: Request, name: str) -> list[int]:
    """Return the ticked keys, at most as many as a list can have."""
    texts = request.POST.getlist(name)
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 12]


def own_body(request: Request) -> Organisation:
    """Return in whose name the seat proposes: its own organisation's."""
    return request.seat.organisation
