"""The end of an import: all its rows become drafts in one transaction, or it is given up."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from kheo.exemplars.actions.importing import Proposal, start_many
from kheo.intake.actions.correcting import rejudge
from kheo.intake.actions.desk import StaleIntakeError, begin_change, end_change, lock_intake
from kheo.intake.enums import Decision, IntakeState, Link
from kheo.intake.models import Intake, IntakeEntry
from kheo.intake.queries.items import draft_values, effective_items
from kheo.intake.queries.judging import known_levels
from kheo.intake.rules import can_handle, can_save
from kheo.organisations.models import Level, Seat
from kheo.organisations.rules import demand


@transaction.atomic
def save_intake(*, intake: Intake, version: int, by: Seat, at: datetime) -> Intake:
    """Make drafts of all rows that are to be taken, all together.

    A second click finds the import saved and changes nothing.

    :param version: of the import as the page showed it.
    :raises NotAllowedError: when the seat may not, or problems stand in the way.
    :raises StaleIntakeError: when another window has changed the import since.
    """
    locked = lock_intake(intake.pk)
    if locked.state == IntakeState.SAVED:
        demand(can_handle(by, locked))
        return locked
    locked = begin_change(intake.pk, by)
    if locked.version != version:
        raise StaleIntakeError
    problems = rejudge(locked)
    entries = list(
        IntakeEntry.objects.filter(form__file__intake=locked, decision=Decision.TAKE)
        .select_related("form", "earlier__exemplar", "replicated")
        .order_by("form__file__order", "form__order", "order")
    )
    demand(can_save(by, locked, problems=problems, taken=len(entries)))
    rows = start_many(proposals=_proposals(entries, locked), by=by, at=at)
    _link([(row.pk, entry.pk) for entry, row in zip(entries, rows, strict=True)])
    locked.state, locked.ended_at = IntakeState.SAVED, at
    end_change(locked, "intake.save", by=by, at=at, after={"registrations": len(rows)})
    return locked


@transaction.atomic
def abandon_intake(*, intake: Intake, by: Seat, at: datetime) -> Intake:
    """Give an import up: nothing of it is saved, and its files may be handed in again.

    :raises NotAllowedError: when the seat may not, or it is saved or abandoned already.
    """
    locked = begin_change(intake.pk, by)
    locked.state, locked.ended_at = IntakeState.ABANDONED, at
    end_change(locked, "intake.abandon", by=by, at=at)
    return locked


def _link(pairs: Sequence[tuple[int, int]]) -> None:
    # thousands of rows, each with a draft of its own: Django's bulk_update takes seconds for them
    table = IntakeEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET registration_id = %s WHERE id = %s", pairs)  # noqa: S608


def _proposals(entries: Sequence[IntakeEntry], intake: Intake) -> list[Proposal]:
    levels = known_levels(intake.round.opens_on)
    return [_proposal(entry, levels) for entry in entries]


def _proposal(entry: IntakeEntry, levels: dict[str, Level]) -> Proposal:
    items = effective_items(entry)
    values = draft_values(items, levels)
    if entry.link == Link.REPLICATES and entry.replicated is not None:
        values["replicated_from"] = entry.replicated
    part = entry.form.participation_id
    if part is None:
        raise AssertionError  # a form without a unit is a problem, which stops saving
    return Proposal(
        participation_id=part,
        form=items["form"],
        values=values,
        previous=entry.earlier if entry.link == Link.CONTINUES else None,
        draft=entry.earlier if entry.link == Link.UPDATES else None,
    )
