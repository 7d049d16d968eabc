"""The end of an import: all its rows become drafts in one transaction, or it is given up."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_q.tasks import async_task

from kheo.exemplars.actions import AlreadyRegisteredError, ContentError, FormNotAskedError
from kheo.exemplars.actions.importing import Proposal, start_many
from kheo.exemplars.models import Exemplar, Registration
from kheo.intake.actions.desk import StaleIntakeError, end_change, lock_intake
from kheo.intake.enums import Decision, IntakeState, Link
from kheo.intake.models import Intake, IntakeEntry
from kheo.intake.queries.items import draft_values
from kheo.intake.queries.judging import Judged, Judging, rows_taken
from kheo.intake.rules import can_abandon, can_change, can_handle, can_save
from kheo.lib.extraction.forms.reading import uncollected
from kheo.organisations.models import Level, Seat
from kheo.organisations.rules import NotAllowedError, demand

logger = logging.getLogger(__name__)
ORDERED = frozenset({IntakeState.SAVING, IntakeState.SAVED})
# what a person can put right, and reads in the words of the error
REFUSALS = (AlreadyRegisteredError, ContentError, FormNotAskedError, NotAllowedError)


@transaction.atomic
def save_intake(*, intake: Intake, version: int, by: Seat, at: datetime) -> Intake:
    """Make drafts of all rows that are to be taken, all together.

    A second click finds the import saved and changes nothing.

    :param version: of the import as the page showed it.
    :raises NotAllowedError: when the seat may not, or problems stand in the way.
    :raises StaleIntakeError: when another window has changed the import since.
    """
    locked = lock_intake(intake.pk)
    if locked.state in ORDERED:
        demand(can_handle(by, locked))
        return locked
    if locked.version != version:
        demand(can_change(by, locked))
        raise StaleIntakeError
    return _saved(locked, by=by, at=at)


@transaction.atomic
def order_saving(*, intake: Intake, version: int, by: Seat, at: datetime) -> Intake:
    """Have a long import saved in the background; what is asked for twice is done once.

    :param version: of the import as the page showed it.
    :raises NotAllowedError: when the seat may not, or the import cannot be saved.
    :raises StaleIntakeError: when another window has changed the import since.
    """
    locked = lock_intake(intake.pk)
    if locked.state in ORDERED:
        demand(can_handle(by, locked))
        return locked
    # what stands in the way was counted with the last change; the saving itself judges again
    problems = locked.files.aggregate(count=Sum("problems"))["count"] or 0
    demand(can_save(by, locked, problems=problems, taken=rows_taken(locked)))
    if locked.version != version:
        raise StaleIntakeError
    locked.state, locked.setback = IntakeState.SAVING, ""
    end_change(locked, "intake.order", by=by, at=at)
    task = "kheo.intake.tasks.save_intake_rows"
    transaction.on_commit(partial(async_task, task, locked.pk, by.pk))
    return locked


def carry_out_saving(*, intake: int, seat: int, at: datetime) -> Intake:
    """Save an import as it was ordered; when that cannot be, the import tells why and waits again.

    :param intake: the key of the import.
    :param seat: the key of the seat that ordered it.
    """
    by = Seat.objects.select_related("user", "organisation__kind").get(pk=seat)
    with override(settings.LANGUAGE_CODE):
        try:
            with transaction.atomic():
                locked = lock_intake(intake)
                if locked.state != IntakeState.SAVING:
                    return locked
                locked.state = IntakeState.WAITING
                return _saved(locked, by=by, at=at)
        except REFUSALS as error:
            return _set_back(intake, str(error), by=by, at=at)
        except Exception:
            logger.exception("import %s cannot be saved", intake)
            why = _("Something went wrong while saving. Try again; if it fails, tell the office.")
            return _set_back(intake, why, by=by, at=at)


def _saved(locked: Intake, *, by: Seat, at: datetime) -> Intake:
    with uncollected():
        proposals, problems = _judged(locked)
        demand(can_save(by, locked, problems=problems, taken=len(proposals)))
        rows = start_many(proposals=list(proposals.values()), by=by, at=at)
    _link([(row.pk, entry) for entry, row in zip(proposals, rows, strict=True)])
    locked.state, locked.setback, locked.ended_at = IntakeState.SAVED, "", at
    end_change(locked, "intake.save", by=by, at=at, after={"registrations": len(rows)})
    return locked


@transaction.atomic
def _set_back(intake: int, why: str, *, by: Seat, at: datetime) -> Intake:
    locked = lock_intake(intake)
    if locked.state == IntakeState.SAVING:
        locked.state, locked.setback = IntakeState.WAITING, why
        end_change(locked, "intake.fail", by=by, at=at, after={"reason": why})
    return locked


@transaction.atomic
def abandon_intake(*, intake: Intake, by: Seat, at: datetime) -> Intake:
    """Give an import up: nothing of it is saved, and its files may be handed in again.

    :raises NotAllowedError: when the seat may not, or it is saved or abandoned already.
    """
    locked = lock_intake(intake.pk)
    demand(can_abandon(by, locked))
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
