"""The end of an import: all its rows become drafts in one transaction, or it is given up."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from kheo.exemplars.actions.importing import Proposal, start_many
from kheo.exemplars.models import Exemplar, Registration
from kheo.intake.actions.desk import StaleIntakeError, begin_change, end_change, lock_intake
from kheo.intake.enums import Decision, IntakeState, Link
from kheo.intake.models import Intake, IntakeEntry
from kheo.intake.queries.items import draft_values
from kheo.intake.queries.judging import Judged, Judging
from kheo.intake.rules import can_handle, can_save
from kheo.lib.extraction.forms.reading import uncollected
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
    with uncollected():
        proposals, problems = _judged(locked)
        demand(can_save(by, locked, problems=problems, taken=len(proposals)))
        rows = start_many(proposals=list(proposals.values()), by=by, at=at)
    _link([(row.pk, entry) for entry, row in zip(proposals, rows, strict=True)])
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


def _judged(intake: Intake) -> tuple[dict[int, Proposal], int]:
    """Return what is to be drafted, by the key of its row, and how many problems stand in the way.

    All rows are judged anew, since the round may have changed under them.
    """
    judging, problems = Judging(intake), 0
    earlier, replicated = _known(intake)
    proposals: dict[int, Proposal] = {}
    for judged in judging.entries():
        entry = judged.entry
        problems += len(entry.problems)
        if entry.decision == Decision.TAKE and not problems:
            model = replicated.get(entry.replicated_id or 0)
            before = earlier.get(entry.earlier_id or 0)
            proposals[entry.pk] = _proposal(judged, judging.levels, before, model)
    return proposals, problems + sum(count for _form, count in judging.whole_problems())


def _known(intake: Intake) -> tuple[dict[int, Registration], dict[int, Exemplar]]:
    """Return the earlier entries and the models that rows are linked with, by key."""
    rows = IntakeEntry.objects.filter(form__file__intake=intake, decision=Decision.TAKE)
    keys = rows.order_by().exclude(earlier=None, replicated=None)
    linked = list(keys.values_list("earlier_id", "replicated_id"))
    earlier = Registration.objects.select_related("exemplar")
    return (
        earlier.in_bulk({first for first, _second in linked if first}),
        Exemplar.objects.in_bulk({second for _first, second in linked if second}),
    )


def _proposal(
    judged: Judged,
    levels: Mapping[str, Level],
    earlier: Registration | None,
    replicated: Exemplar | None,
) -> Proposal:
    form, entry, items = judged.form, judged.entry, judged.items
    values = draft_values(items, levels)
    if entry.link == Link.REPLICATES and replicated is not None:
        values["replicated_from"] = replicated
    # a form without a unit is a problem, which stops saving
    return Proposal(
        participation_id=form.participation_id or 0,
        form=items["form"],
        values=values,
        previous=earlier if entry.link == Link.CONTINUES else None,
        draft=earlier if entry.link == Link.UPDATES else None,
    )
