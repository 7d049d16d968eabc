"""Locking rows against a second window, and what the audit keeps of guides and replications."""

from collections.abc import Mapping
from datetime import datetime

from kheo.audit.actions import Deed, record
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


def note_replication(  # noqa: PLR0913 an entry has this many parts
    verb: str,
    row: Guide | Replication,
    by: Seat | None,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Record a deed, in the scope of the model's unit for a guide, else of the replicating one."""
    scope = row.path if isinstance(row, Replication) else row.exemplar.owner.path
    deed = Deed(
        verb=verb, record=row, scope=scope, before=before or {}, after=after or {}, reason=reason
    )
    record(deed=deed, by=by, at=at)
