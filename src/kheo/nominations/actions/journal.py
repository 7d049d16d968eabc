"""Locking a list against a second window, and what the audit keeps of deeds on it."""

from datetime import datetime
from typing import Unpack

from kheo.audit.actions import Told, note_deed
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


def note_list(
    verb: str,
    row: NominationList,
    by: Seat,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a list, in the scope of the body that nominates."""
    note_deed(verb, row, row.owner_path, by, at, **told)


def touch(row: NominationList, *fields: str) -> None:
    """Save a list as changed: other windows with the former version are told."""
    row.version += 1
    row.save(update_fields=["version", "cap", *fields])
