"""Locking a council before a deed, and what the audit keeps of it."""

from datetime import datetime
from typing import Unpack

from django.db import models

from kheo.audit.actions import Told, note_deed
from kheo.councils.models import Council, CouncilMember
from kheo.councils.rules.deeds import StaleCouncilError
from kheo.organisations.models import Seat


def locked_council(council: Council, seen_version: int | None = None) -> Council:
    """Return a council locked until the deed is done.

    :raises StaleCouncilError: when somebody else changed it since ``seen_version``.
    """
    rows = Council.objects.select_for_update(of=("self",))
    row = rows.select_related("organisation__kind", "criteria_set").get(pk=council.pk)
    if seen_version is not None and seen_version != row.version:
        raise StaleCouncilError
    return row


def member_of(council: Council, seat: Seat) -> CouncilMember | None:
    """Return the seat's own row in a council."""
    return CouncilMember.objects.filter(council=council, seat=seat).first()


def touch_council(council: Council, *fields: str) -> None:
    """Save the named fields with a new version."""
    council.version += 1
    council.save(update_fields=[*fields, "version"])


def note_council(
    verb: str,
    row: models.Model,
    by: Seat | None,
    at: datetime,
    *,
    scope: str,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a council or on one of its files, in the scope of the committee."""
    note_deed(verb, row, scope, by, at, **told)
