"""Locking a list against a second window, and what the audit keeps of deeds on it."""

from collections.abc import Mapping
from datetime import datetime

from kheo.audit.actions import Deed, record
from kheo.nominations.enums import ListDeed
from kheo.nominations.models import Nomination, NominationList
from kheo.nominations.rules import StaleNominationsError, can_handle_list
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


def locked_list(
    row: NominationList, deed: ListDeed, by: Seat, seen_version: int | None
) -> NominationList:
    """Lock a list for a deed, with the cap the round has now.

    Whoever holds the row is alone with it: two officers cannot both take the last place.

    :raises NotAllowedError: when the seat may not, or the list does not stand so.
    :raises StaleNominationsError: when somebody else changed it since ``seen_version``.
    """
    rows = NominationList.objects.select_for_update(of=("self",))
    locked = rows.select_related(
        "round__governing_document", "owner__kind", "owner__level", "target"
    ).get(pk=row.pk)
    demand(can_handle_list(deed, by, locked))
    if seen_version is not None and seen_version != locked.version:
        raise StaleNominationsError
    locked.cap = locked.round.nomination_cap
    return locked


def ranking_of(row: NominationList) -> list[Nomination]:
    """Return the models of a list that go up, by rank."""
    return list(
        row.nominations.filter(rank__isnull=False)
        .select_related("registration")
        .order_by("rank", "pk")
    )


def note_list(  # noqa: PLR0913 an entry has this many parts
    verb: str,
    row: NominationList,
    by: Seat,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Record a deed on a list, in the scope of the body that nominates."""
    deed = Deed(
        verb=verb,
        record=row,
        scope=row.owner_path,
        before=before or {},
        after=after or {},
        reason=reason,
    )
    record(deed=deed, by=by, at=at)


def touch(row: NominationList, *fields: str) -> None:
    """Save a list as changed: other windows with the former version are told."""
    row.version += 1
    row.save(update_fields=["version", "cap", *fields])
