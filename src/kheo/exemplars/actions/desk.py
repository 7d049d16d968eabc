"""A unit's part in a round, locked with all its registrations: where every deed begins and ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import record_many
from kheo.exemplars.actions.journal import write_changes
from kheo.exemplars.actions.tallies import TallyMove, move_registration_tallies
from kheo.exemplars.enums import Deed, State
from kheo.exemplars.models import Registration
from kheo.exemplars.queries.merging import counted_by
from kheo.exemplars.rules import TRANSITIONS, counts_by_level, facets_of, unit_state
from kheo.exemplars.rules.content import Facets
from kheo.exemplars.rules.likeness import can_leave_round
from kheo.exemplars.signals import replicas_decided
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.rounds.actions.tallies import (
    Standing,
    refresh_locked_participation,
    refresh_locked_participations,
)
from kheo.rounds.models import Participation

STATE_COLUMNS = (
    "state",
    "is_registered",
    "is_late",
    "return_due_on",
    "version",
    "updated_at",
    "signed_off_at",
    "signed_off_by",
    "submitted_at",
    "decided_at",
    "pending_changes",
)
LEAVING = frozenset({Deed.WITHDRAW, Deed.DECLINE})
# the arrows that lead to acceptance or away from it
DECIDING = frozenset({Deed.ACCEPT, Deed.RECONSIDER, Deed.AMEND, Deed.WITHDRAW})


@dataclass
class Desk:
    """What lies on the table: rows by key, and by what each was counted when it was taken up."""

    participation: Participation
    rows: dict[int, Registration]
    before: dict[int, Facets | None]

    def take(self, registrations: Iterable[Registration]) -> list[Registration]:
        """Return the locked rows of the given registrations, in the given order."""
        return [self.rows[registration.pk] for registration in registrations]

    def add(self, row: Registration) -> None:
        """Put a new registration on the table."""
        self.rows[row.pk] = row
        self.before[row.pk] = None


def lay_out(participation_id: int) -> Desk:
    """Lock a unit's part in a round and all its registrations, with three statements.

    All deeds of one unit wait for each other here, so quotas and standings are counted on firm
    ground.
    """
    parts = Participation.objects.select_for_update(of=("self",))
    participation = parts.select_related("round", "audience", "organisation").get(
        pk=participation_id
    )
    _know_quotas(participation)
    found = Registration.objects.select_for_update(of=("self",)).filter(
        participation_id=participation_id
    )
    rows = {row.pk: row for row in found.order_by("pk")}
    for row in rows.values():
        attach_known(row, participation)
    return Desk(participation, rows, {pk: facets_of(row) for pk, row in rows.items()})


def _know_quotas(participation: Participation) -> None:
    # rules and standing both ask for them: one statement, without the machinery of prefetching
    quotas = participation.audience.quotas.select_related("level")
    len(quotas)
    cache = participation.audience.__dict__.setdefault("_prefetched_objects_cache", {})
    cache["quotas"] = quotas


def lay_out_many(participation_ids: Iterable[int]) -> list[Desk]:
    """Lock the parts of several units in the order of their key, with four statements.

    Whoever else locks several does so in the same order: they wait, never deadlock.
    """
    parts = list(
        Participation.objects.select_for_update(of=("self",))
        .select_related("round", "audience", "organisation")
        .prefetch_related("audience__quotas__level")
        .filter(pk__in=list(participation_ids))
        .order_by("pk")
    )
    found = Registration.objects.select_for_update(of=("self",)).filter(
        participation__in=[part.pk for part in parts]
    )
    desks = {part.pk: Desk(part, {}, {}) for part in parts}
    for row in found.order_by("pk"):
        desk = desks[row.participation_id]
        attach_known(row, desk.participation)
        desk.rows[row.pk], desk.before[row.pk] = row, facets_of(row)
    return list(desks.values())


def attach_known(row: Registration, participation: Participation) -> None:
    """Give a row the objects that are at hand, so that no rule fetches them again."""
    row.participation = participation
    row.round = participation.round
    row.organisation = participation.organisation


def settle(desk: Desk, *, at: datetime, submitted_at: datetime | None = None) -> None:
    """Bring the unit's standing and the tallies in line with the rows; the last step of a deed."""
    rows = desk.rows.values()
    refresh_locked_participation(
        locked=desk.participation,
        state=unit_state(rows),
        counts=counts_by_level(rows),
        submitted_at=submitted_at,
        at=at,
    )
    move_registration_tallies(_move(row, desk.before.get(row.pk)) for row in rows)


def settle_many(desks: Sequence[Desk], *, at: datetime) -> None:
    """Do for many units what :func:`settle` does for one, with a fixed number of statements."""
    standings = [
        Standing(
            desk.participation, unit_state(desk.rows.values()), counts_by_level(desk.rows.values())
        )
        for desk in desks
    ]
    refresh_locked_participations(standings=standings, at=at)
    move_registration_tallies(
        _move(row, desk.before[row.pk]) for desk in desks for row in desk.rows.values()
    )


def move_rows(
    rows: Sequence[Registration],
    deed: Deed,
    *,
    by: Seat,
    at: datetime,
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    """Follow an arrow with locked rows: new state, new version, all stored and audited.

    Whatever else the deed changes is set on the rows before.

    :raises NotAllowedError: when a row leaves the round by which superiors count a shared model.
    """
    if deed in LEAVING:
        for count in counted_by(rows).values():
            demand(can_leave_round(count))
    entries: list[Entry] = []
    for row in rows:
        write_changes(row, by=by)
        before, row.state = str(row.state), _target(deed, row)
        row.version += 1
        row.updated_at = at
        entries.append(
            Entry(
                verb=TRANSITIONS[deed].verb,
                record=row,
                scope=row.path,
                before={"state": before},
                after={"state": str(row.state)} | dict(details or {}),
                reason=reason,
            )
        )
    store_rows(rows)
    record_many(deeds=entries, by=by, at=at)
    if deed in DECIDING:
        tell_of_replicas(rows, at=at)


def tell_of_replicas(rows: Iterable[Registration], *, at: datetime) -> None:
    """Let the rooms above know, once the deed is stored, that replicas were decided on."""
    keys = [row.pk for row in rows if row.replicated_from_id is not None]
    if keys:
        tell = partial(replicas_decided.send, Registration, registrations=keys, at=at)
        # the deed stands whatever a listener does; the hourly look comes again
        transaction.on_commit(tell, robust=True)


def store_rows(rows: Sequence[Registration], columns: Sequence[str] = STATE_COLUMNS) -> None:
    """Store the given columns of rows, with one statement."""
    if len(rows) == 1:
        rows[0].save(update_fields=columns)
    else:
        Registration.objects.bulk_update(rows, columns, batch_size=200)


def _move(row: Registration, before: Facets | None) -> TallyMove:
    return TallyMove(row.path, row.year, before, facets_of(row), row.uncounted_path)


def _target(deed: Deed, row: Registration) -> State:
    # what was returned and is not yet answered goes back to being returned
    if deed == Deed.REOPEN_DRAFT and row.return_due_on is not None:
        return State.RETURNED
    return TRANSITIONS[deed].target
