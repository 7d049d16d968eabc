"""Finding what an address names, as far as the seat sees it; how a deed's refusal is shown."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404

from kheo.councils.models import Council, CouncilFile, CouncilMember
from kheo.councils.queries.visible import councils_visible_to
from kheo.organisations.http import Request


def visible_council(request: Request, pk: int) -> Council:
    """Return a council this seat sees."""
    rows = councils_visible_to(request.seat)
    return get_object_or_404(rows.select_related("organisation__kind", "criteria_set"), pk=pk)


def visible_file(request: Request, pk: int) -> CouncilFile:
    """Return a file before a council that this seat sees."""
    rows = CouncilFile.objects.filter(council__in=councils_visible_to(request.seat))
    found = rows.select_related(
        "council__organisation__kind",
        "council__criteria_set",
        "file__level",
        "file__registration",
        "file__title_entry",
    )
    return get_object_or_404(found, pk=pk)


def own_member(request: Request, council: Council) -> CouncilMember | None:
    """Return the seat's own row in a council."""
    return council.members.filter(seat=request.seat).first()


def tell_faults(request: Request, reasons: Iterable[str]) -> None:
    """Show why a deed was refused, one message for each reason."""
    for reason in reasons:
        messages.error(request, reason)


def posted_keys(request: Request, name: str) -> list[int]:
    """Return the ticked keys.

    :raises Http404: when one is no key.
    """
    values = request.POST.getlist(name)
    if not all(text.isascii() and text.isdigit() and len(text) < 12 for text in values):
        raise Http404
    return [int(text) for text in values]


def posted_version(request: Request) -> int | None:
    """Return the version the page showed."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
