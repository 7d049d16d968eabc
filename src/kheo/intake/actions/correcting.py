"""What a person puts right before anything is saved: rows, units, columns, what is left out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kheo.audit.actions import ENCODER, insert_rows
from kheo.exemplars.enums import Continuity
from kheo.exemplars.models import Exemplar
from kheo.intake.actions.desk import IntakeError, StaleIntakeError, begin_change, end_change
from kheo.intake.actions.reading import columns_signature, reread_form
from kheo.intake.enums import Decision, FileState, Link
from kheo.intake.models import ColumnMemory, Intake, IntakeEntry, IntakeFile, IntakeForm
from kheo.intake.queries.items import EXTRA, PLAIN, effective_items
from kheo.intake.queries.judging import (
    Ground,
    Judging,
    ground_of,
    grounds_of,
    judge_entry,
    known_levels,
    propose_link,
)
from kheo.intake.queries.units import fillable_parts
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat

BATCH = 200
MANY_LINES = frozenset({"content", "expected_results", *EXTRA})
# what makes a row the same as another
NAMING = frozenset({"name", "full_name"})
JUDGED = ("problems", "gaps")


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What a person says of one row; values that are not given stay as they were read."""

    values: Mapping[str, str] = field(default_factory=dict)
    decision: str = Decision.TAKE
    link: str = Link.NEW
    replicated: Exemplar | None = None


@transaction.atomic
def correct_entry(
    *, entry: IntakeEntry, correction: Correction, version: int, by: Seat, at: datetime
) -> IntakeEntry:
    """Put a person's values in the place of what was read in one row.

    :param version: of the row as it was opened.
    :raises NotAllowedError: when the seat may not, or the import is saved or abandoned.
    :raises StaleIntakeError: when another window has changed the row since.
    :raises IntakeError: when the row cannot be linked so.
    """
    intake = begin_change(entry.form.file.intake_id, by)
    row = _row(entry.pk)
    if row.version != version:
        raise StaleIntakeError
    before, decision = effective_items(row), row.decision
    read = {key: kept[0] for key, kept in row.values.items()}
    troubled = {trouble["key"] for trouble in row.troubles}
    for key, text in correction.values.items():
        clean = normalise(text, keep_lines=key in MANY_LINES)
        if clean != before.get(key, "") or key in troubled or key in row.corrected:
            row.corrected = row.corrected | {key: clean}
        if row.corrected.get(key) == read.get(key) and key not in troubled:
            row.corrected = {name: kept for name, kept in row.corrected.items() if name != key}
    _relink(row, correction)
    row.version += 1
    row.save(update_fields=["corrected", "decision", "link", "earlier", "replicated", "version"])
    changed = _changes(before, effective_items(row))
    if NAMING & changed.keys() or decision != row.decision:
        rejudge(intake)
    else:
        _judge_alone(row, intake)
    end_change(
        intake,
        "intake.correct",
        by=by,
        at=at,
        before={key: before.get(key, "") for key in changed},
        after={"file": row.form.file.name, "row": row.order, **changed},
    )
    return IntakeEntry.objects.select_related("form__file__intake", "earlier").get(pk=row.pk)


@transaction.atomic
def decide_entries(
    *, intake: Intake, entries: Iterable[int], decision: Decision, by: Seat, at: datetime
) -> int:
    """Take or leave out several rows of an import; return how many.

    :raises NotAllowedError: when the seat may not, or the import is saved or abandoned.
    """
    locked = begin_change(intake.pk, by)
    rows = IntakeEntry.objects.filter(form__file__intake=locked, pk__in=list(entries))
    pks = list(rows.exclude(decision=decision).values_list("pk", flat=True))
    IntakeEntry.objects.filter(pk__in=pks).update(decision=decision, version=F("version") + 1)
    rejudge(locked)
    after = {"decision": str(decision), "rows": len(pks)}
    end_change(locked, "intake.correct", by=by, at=at, after=after)
    return len(pks)


@transaction.atomic
def confirm_form(
    *, form: IntakeForm, participation_id: int, version: int, by: Seat, at: datetime
) -> IntakeForm:
    """Say whose form it is, and that its year is right.

    :param version: of the import as the page showed it.
    :raises NotAllowedError: when the seat may not, or the import is saved or abandoned.
    :raises StaleIntakeError: when another window has changed the import since.
    :raises IntakeError: when the unit is none the seat may enter drafts for.
    """
    intake = begin_change(form.file.intake_id, by)
    if intake.version != version:
        raise StaleIntakeError
    part = fillable_parts(by, intake.round).filter(pk=participation_id).first()
    if part is None:
        raise IntakeError(_("Choose a unit of this round in your reach."))
    row = IntakeForm.objects.select_related("file", "participation").get(pk=form.pk)
    before = row.participation.unit_name if row.participation else ""
    is_new = row.participation_id != part.pk
    row.participation, row.confirmed = part, True
    row.save(update_fields=["participation", "confirmed"])
    if is_new:
        _propose_again(row, intake)
    rejudge(intake)
    end_change(
        intake,
        "intake.correct",
        by=by,
        at=at,
        before={"unit": before},
        after={"file": row.file.name, "unit": part.unit_name},
    )
    return row


@transaction.atomic
def map_columns(
    *,
    form: IntakeForm,
    keys: Mapping[tuple[str, int, int], str | None],
    version: int,
    by: Seat,
    at: datetime,
) -> IntakeForm:
    """Read a form again with a person's matching of columns, and remember it for the unit.

    :param keys: the item of each column by (part, table, column), None for none.
    :param version: of the import as the page showed it.
    :raises NotAllowedError: when the seat may not, or the import is saved or abandoned.
    :raises StaleIntakeError: when another window has changed the import since.
    """
    intake = begin_change(form.file.intake_id, by)
    if intake.version != version:
        raise StaleIntakeError
    row = IntakeForm.objects.select_related("file", "participation__organisation").get(pk=form.pk)
    entries = reread_form(form=row, chosen=dict(keys))
    row.entries.all().delete()
    row.save(update_fields=["columns"])
    ground = _ground(row, intake)
    for entry in entries:
        propose_link(entry, ground)
    insert_rows(entries)
    _remember(row, intake, at)
    rejudge(intake)
    end_change(intake, "intake.correct", by=by, at=at, after={"file": row.file.name})
    return row


def rejudge(intake: Intake) -> int:
    """Judge all rows of an import anew, since one row may be in another's way.

    :return: how many problems stand in the way of saving.
    """
    counts: Counter[int] = Counter()
    judging = Judging(intake)
    changed = []
    for judged in judging.entries():
        counts[judged.form.file_id] += len(judged.entry.problems)
        if judged.is_changed:
            changed.append(judged.entry)
    for form, problems in judging.whole_problems():
        counts[form.file_id] += problems
    _store_judged(changed)
    for file in intake.files.filter(state=FileState.READ).only("pk", "problems"):
        if counts[file.pk] != file.problems:
            IntakeFile.objects.filter(pk=file.pk).update(problems=counts[file.pk])
    return counts.total()


def _store_judged(entries: Sequence[IntakeEntry]) -> None:
    # of a long list all rows may have changed: Django's bulk_update takes minutes for them
    table = IntakeEntry._meta.db_table
    rows = [
        (ENCODER.encode(entry.problems), ENCODER.encode(entry.gaps), entry.pk) for entry in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET problems = %s, gaps = %s WHERE id = %s",  # noqa: S608
            rows,
        )


def _row(pk: int) -> IntakeEntry:
    at_hand = ("form__file", "form__participation__audience", "earlier")
    return IntakeEntry.objects.select_related(*at_hand).get(pk=pk)


def _judge_alone(row: IntakeEntry, intake: Intake) -> None:
    """Judge one row whose name stays what it was: the others stand as they stood."""
    part = row.form.participation
    parts = [part] if part else []
    ground = grounds_of(parts, known_levels(intake.round.opens_on))[row.form.participation_id]
    before = len(row.problems)
    twice = [problem for problem in row.problems if problem["code"] == "twice_here"]
    judge_entry(row, ground)
    row.problems += twice
    row.save(update_fields=JUDGED)
    file = IntakeFile.objects.get(pk=row.form.file_id)
    file.problems += len(row.problems) - before
    file.save(update_fields=["problems"])


def _ground(form: IntakeForm, intake: Intake) -> Ground:
    return ground_of(form.participation, known_levels(intake.round.opens_on))


def _propose_again(form: IntakeForm, intake: Intake) -> None:
    ground = _ground(form, intake)
    entries = list(form.entries.all())
    for entry in entries:
        propose_link(entry, ground)
        entry.version += 1
    IntakeEntry.objects.bulk_update(
        entries, ["link", "earlier", "decision", "version"], batch_size=BATCH
    )


def _relink(row: IntakeEntry, correction: Correction) -> None:
    row.decision, row.link = correction.decision, correction.link
    row.replicated = correction.replicated if correction.link == Link.REPLICATES else None
    if correction.link == Link.REPLICATES:
        if row.replicated is None:
            raise IntakeError(_("Choose the model that is replicated."))
        row.corrected = row.corrected | {"continuity": Continuity.REPLICATED.value}
    if correction.link in {Link.CONTINUES, Link.UPDATES} and row.earlier is None:
        raise IntakeError(_("There is no earlier entry of this name to link it with."))


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    keys = [key for key in (*PLAIN, *EXTRA) if before.get(key, "") != after.get(key, "")]
    return {key: after.get(key, "") for key in keys}


def _remember(form: IntakeForm, intake: Intake, at: datetime) -> None:
    part = form.participation
    owner = part.organisation_id if part else intake.organisation_id
    ColumnMemory.objects.update_or_create(
        organisation_id=owner,
        signature=columns_signature(str(column["title"]) for column in form.columns),
        defaults={
            "keys": [column["key"] for column in form.columns],
            "remembered_at": at,
        },
    )
