"""Finding the list an address names, as far as the seat sees it."""

from collections.abc import Iterable

from django.shortcuts import get_object_or_404

from kheo.nominations.models import NominationList
from kheo.nominations.queries.lists import nomination_lists_visible_to
from kheo.organisations.http import Request


def visible_list(request: Request, pk: int) -> NominationList:
    """Return a list this seat sees."""
    rows = nomination_lists_visible_to(request.seat).select_related("sent_by__user")
    return get_object_or_404(rows, pk=pk)


def posted_numbers(texts: Iterable[str]) -> list[int]:
    """Return those of the posted texts that are keys or numbers."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


def seen_version(request: Request) -> int:
    """Return the version of the list that the page showed; none is older than all."""
    return next(iter(posted_numbers([request.POST.get("version", "")])), 0)
