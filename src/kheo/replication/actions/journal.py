"""Locking rows against a second window, and what the audit keeps of guides and replications."""

from datetime import datetime
from typing import Unpack

from kheo.audit.actions import Told, note_deed
from kheo.organisations.models import Seat
from kheo.replication.models import Guide, Replication
from kheo.replication.rules import StaleReplicationError


def locked_replication(row: Replication, seen_version: int | None) -> Replication:
    """Lock a replication.

    :raises StaleReplicationError: when somebody else changed it since ``seen_version``.
    """
    rows = Replication.objects.select_for_update(of=("self",))
    locked = rows.select_related("origin__owner", "unit", "registration").get(pk=row.pk)
    if seen_version is not None and seen_version != locked.version:
        raise StaleReplicationError
    return locked


def locked_guide(row: Guide, seen_version: int | None) -> Guide:
    """Lock a guide.

    :raises StaleReplicationError: when somebody else changed it since ``seen_version``.
    """
    rows = Guide.objects.select_for_update(of=("self",)).select_related("exemplar__owner")
    locked = rows.get(pk=row.pk)
    if seen_version is not None and seen_version != locked.version:
        raise StaleReplicationError
    return locked


def note_replication(
    verb: str,
    row: Guide | Replication,
    by: Seat | None,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed, in the scope of the model's unit for a guide, else of the replicating one."""
    scope = row.path if isinstance(row, Replication) else row.exemplar.owner.path
    note_deed(verb, row, scope, by, at, **told)
