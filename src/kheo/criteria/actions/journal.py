"""Sets are locked before they change, and what changed goes to the audit."""

from datetime import datetime
from typing import Unpack

from kheo.audit.actions import Told, note_deed
from kheo.criteria.models import CriteriaSet
from kheo.criteria.rules.deeds import StaleCriteriaError
from kheo.organisations.models import Seat


def locked_set(criteria_set: CriteriaSet, seen_version: int | None = None) -> CriteriaSet:
    """Return a set locked until the deed is done.

    :raises StaleCriteriaError: when somebody else changed it since ``seen_version``.
    """
    rows = CriteriaSet.objects.select_for_update(of=("self",))
    row = rows.select_related("issuer", "document").get(pk=criteria_set.pk)
    if seen_version is not None and seen_version != row.version:
        raise StaleCriteriaError
    return row


def grown(row: CriteriaSet, *fields: str) -> CriteriaSet:
    """Store fields of a locked set with its next version number."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row


def note_set(
    verb: str,
    row: CriteriaSet,
    by: Seat,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a set, in the scope of its issuer."""
    note_deed(verb, row, row.issuer_path, by, at, **told)
