"""Fetches what a page is about, only if the seat may see it, and says what a deed came to."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kheo.directives.models import Arrival, Document
from kheo.directives.queries.documents import documents_visible_to
from kheo.directives.queries.twins import twins_of
from kheo.directives.rules import keeper_of
from kheo.organisations.http import Request


def visible_document(request: Request, pk: int) -> Document:
    """Return a document with issuer and owner, or answer 404."""
    rows = documents_visible_to(request.seat).select_related("issuer", "owner")
    return get_object_or_404(rows.defer("text"), pk=pk)


def own_arrival(request: Request, pk: int) -> Arrival:
    """Return a file that waits in the seat's unit, or answer 404."""
    rows = Arrival.objects.filter(organisation=keeper_of(request.seat))
    return get_object_or_404(rows.select_related("organisation"), pk=pk)


def say_entered(request: Request, document: Document, done: str) -> None:
    """Say that a document is saved, and warn when it seems to stand twice."""
    messages.success(request, done)
    if twins_of(document).exists():
        messages.warning(
            request,
            _("Another entry has the same symbol, issuer and date: probably the same document."),
        )
