"""What saving while typing changed is gathered on the row and written to the audit in one entry."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from kheo.audit.actions import Deed, record
from kheo.exemplars.actions.content import value_of
from kheo.exemplars.models import Registration
from kheo.organisations.models import Seat

VERB = "registration.edit"
RECORDS = frozenset({"level", "intended_level", "replicated_from"})


def note_changes(
    row: Registration, before: Mapping[str, object], *, by: Seat, at: datetime
) -> None:
    """Remember on a locked row what it said before; the row itself is stored by the caller.

    :param before: by the names :func:`told_values` gives them.

    What another seat typed and was not yet recorded is recorded first, in its name.
    """
    pending = row.pending_changes
    if pending and pending["seat"] != by.pk:
        write_changes(row, by=by)
        pending = {}
    kept = pending.get("before", {})
    # the oldest value counts: the entry shows the whole burst of typing
    row.pending_changes = {"seat": by.pk, "at": at.isoformat(), "before": {**before, **kept}}


def write_changes(row: Registration, *, by: Seat) -> None:
    """Write what was gathered on a locked row to the audit, in the name of whoever typed it."""
    pending = row.pending_changes
    if not pending:
        return
    row.pending_changes = {}
    before = pending["before"]
    after = told_values(row, before)
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return
    deed = Deed(
        verb=VERB,
        record=row,
        scope=row.path,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    record(deed=deed, by=_typist(pending["seat"], by), at=datetime.fromisoformat(pending["at"]))


def _typist(seat_id: int, by: Seat) -> Seat:
    if seat_id == by.pk:
        return by
    seats = Seat.objects.select_related("user", "organisation", "acting_for__user")
    return seats.get(pk=seat_id)


def told_values(row: Registration, names: Iterable[str]) -> dict[str, object]:
    """Return values as the history tells them: records by their names, not by their keys."""
    told: dict[str, object] = {}
    for name in names:
        short = name.removesuffix("_id")
        told[short] = str(getattr(row, short) or "") if short in RECORDS else value_of(row, name)
    return told
