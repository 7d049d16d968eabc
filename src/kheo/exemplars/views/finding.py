"""Finds what an address names, for this seat only."""

import re
from collections.abc import Iterable

from django.http import Http404
from django.shortcuts import get_object_or_404

from kheo.exemplars.models import Registration
from kheo.exemplars.queries.one import Sheet, readable_registrations, sheet_of
from kheo.exemplars.queries.unit import parts_readable
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.organisations.http import Request
from kheo.rounds.models import Participation

KEY = re.compile(r"[0-9]{1,18}")
MOST = 500


def visible_registration(request: Request, pk: int) -> Registration:
    """Return the registration, or 404 where this seat must not know of it."""
    return get_object_or_404(readable_registrations(request.seat), pk=pk)


def visible_key(request: Request, pk: int) -> Registration:
    """Return no more of the registration than its key and its unit's, or 404.

    A deed reads the rest itself, locked; on the last afternoon that halves what a submission costs.
    """
    keys = registrations_visible_to(request.seat).only("pk", "participation_id")
    return get_object_or_404(keys, pk=pk)


def visible_sheet(request: Request, pk: int) -> Sheet:
    """Return the registration with its form, or 404."""
    try:
        return sheet_of(visible_registration(request, pk))
    except LookupError as error:
        raise Http404 from error


def visible_part(request: Request, pk: int) -> Participation:
    """Return a unit's part in a published round, or 404."""
    return get_object_or_404(parts_readable(request.seat), pk=pk)


def posted_keys(values: Iterable[str]) -> list[int]:
    """Return the keys among what was ticked; no more at once than a person can oversee."""
    return [int(value) for value in values if KEY.fullmatch(value)][:MOST]
