"""Reading what was handed in: each file by itself, so that one bad file holds up no other."""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from kheo.audit.actions import insert_rows
from kheo.intake.actions.desk import lock_intake
from kheo.intake.enums import FileState, IntakeState
from kheo.intake.models import ColumnMemory, Intake, IntakeEntry, IntakeFile, IntakeForm
from kheo.intake.queries.items import kept_place, kept_trouble, kept_values
from kheo.intake.queries.judging import (
    Ground,
    Specs,
    form_problems,
    ground_of,
    judge_entries,
    known_levels,
    propose_link,
)
from kheo.intake.queries.stamps import read_stamp
from kheo.intake.queries.units import NamedParts, fillable_parts, named_parts
from kheo.lib.extraction.forms.found import ColumnMatch, ReadForm
from kheo.lib.extraction.forms.reading import UnreadableFileError, read_forms
from kheo.lib.text.folding import fold
from kheo.organisations.models import Level
from kheo.rounds.models import Participation

Chosen = dict[tuple[str, int, int], str | None]

logger = logging.getLogger(__name__)


@dataclass
class _Grounds:
    """What rows are judged by, unit by unit, looked up once for all files of an import."""

    levels: Mapping[str, Level]
    specs: Specs = field(default_factory=dict)
    known: dict[int | None, Ground] = field(default_factory=dict)

    def of(self, part: Participation | None) -> Ground:
        key = part.pk if part else None
        if key not in self.known:
            self.known[key] = ground_of(part, self.levels, self.specs)
        return self.known[key]


def read_waiting_files(*, intake: Intake) -> Intake:
    """Read all files of an import that wait, and say it waits for a person when all are read.

    Doing it twice, as after a crash, reads nothing twice.
    """
    parts = named_parts(fillable_parts(intake.seat, intake.round))
    grounds = _Grounds(known_levels(intake.round.opens_on))
    for file in intake.files.filter(state=FileState.WAITING):
        file.intake = intake
        _read_one(file, parts, grounds)
    return _finish(intake)


def reread_form(*, form: IntakeForm, chosen: Chosen) -> list[IntakeEntry]:
    """Return the rows of one form read with a person's own matching of columns, not stored.

    What was corrected in a row stays with it as long as the row is still there.
    """
    found = read_forms(_content(form.file), form.file.name, chosen=chosen)[form.order]
    form.columns = [kept_column(match, chosen) for match in found.columns]
    entries = _entries(form, found)
    before = {_stand(entry): entry.corrected for entry in form.entries.all()}
    for entry in entries:
        entry.corrected = before.get(_stand(entry), {})
    return entries


def _stand(entry: IntakeEntry) -> tuple[tuple[str, object], ...]:
    # PostgreSQL gives the keys of a stored place back in another order
    return tuple(sorted(entry.place.items()))


def kept_column(
    match: ColumnMatch, chosen: Mapping[tuple[str, int, int], object]
) -> dict[str, object]:
    """Return a column as a form keeps it."""
    return {
        "table": match.table,
        "part": match.part,
        "column": match.column,
        "title": match.title,
        "key": match.key,
        "certain": match.certain,
        "chosen": (match.part, match.table, match.column) in chosen,
    }


def columns_signature(titles: Iterable[str]) -> str:
    """Return by what the same headings are known again, however they are spelt."""
    folded = "|".join(fold(title) for title in titles)
    return hashlib.sha256(folded.encode()).hexdigest()


def _read_one(file: IntakeFile, parts: NamedParts, grounds: _Grounds) -> None:
    try:
        content = _content(file)
        found = read_forms(content, file.name)
        if chosen := _remembered(file.intake, found, parts):
            found = read_forms(content, file.name, chosen=chosen)
        _store(file, found, chosen, parts, grounds)
    except UnreadableFileError as error:
        _refuse(file, error.code, getattr(error, "limit", None))
    except Exception:  # whatever a file holds, the others are read
        logger.exception("file %s of import %s cannot be read", file.pk, file.intake_id)
        _refuse(file, "failed")


def _content(file: IntakeFile) -> bytes:
    with file.file.open("rb") as stream:
        return bytes(stream.read())


@transaction.atomic
def _store(
    file: IntakeFile,
    found: Sequence[ReadForm],
    chosen: Chosen,
    parts: NamedParts,
    grounds: _Grounds,
) -> None:
    locked = IntakeFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != FileState.WAITING:
        return
    file.problems = 0
    for order, one in enumerate(found):
        if one.layout is None and not one.entries:
            continue
        form = _form(file, one, order, chosen, parts)
        ground = grounds.of(form.participation)
        entries = _entries(form, one)
        for entry in entries:
            propose_link(entry, ground)
        file.problems += judge_entries(entries, ground)
        file.problems += len(form_problems(form, file.intake.round))
        insert_rows(entries)
    file.state = FileState.READ
    if not file.forms.exists():
        file.state, file.refusal = FileState.REFUSED, {"code": _why_nothing(found)}
    file.save(update_fields=["state", "refusal", "problems"])


def _why_nothing(found: Sequence[ReadForm]) -> str:
    codes = {trouble.code for form in found for trouble in form.troubles}
    return "other_movement" if "other_movement" in codes else "nothing_found"


def _form(
    file: IntakeFile, found: ReadForm, order: int, chosen: Chosen, parts: NamedParts
) -> IntakeForm:
    part, is_other = _whose(found, parts)
    troubles = [kept_trouble(trouble) for trouble in found.troubles]
    if is_other:
        troubles.append({"code": "other_unit", "key": "unit"})
    return IntakeForm.objects.create(
        file=file,
        order=order,
        layout=found.layout or "",
        certain=found.certain,
        part_name=found.place.part[:200],
        unit_found=found.unit.found[:300] if found.unit else "",
        participation=part,
        year_found=found.year.understood[:60] if found.year else "",
        columns=[kept_column(match, chosen) for match in found.columns],
        troubles=troubles,
    )


def _whose(found: ReadForm, parts: NamedParts) -> tuple[Participation | None, bool]:
    """Return whose form it is, and whether it names somebody else."""
    if found.stamp and (part := _stamped(found.stamp, parts)) is not None:
        return part, False
    text = found.unit.understood if found.unit else ""
    if text and (part := parts.named(text)) is not None:
        return part, False
    if len(parts.parts) == 1:
        return parts.parts[0], bool(text)
    return None, False


def _stamped(stamp: str, parts: NamedParts) -> Participation | None:
    told = read_stamp(stamp)
    return next((part for part in parts.parts if told and part.pk == told.participation), None)


def _entries(form: IntakeForm, found: ReadForm) -> list[IntakeEntry]:
    return [
        IntakeEntry(
            form=form,
            order=order,
            place=kept_place(entry.place),
            values=kept_values(entry),
            troubles=[kept_trouble(trouble) for trouble in entry.troubles],
        )
        for order, entry in enumerate(found.entries, 1)
    ]


def _remembered(intake: Intake, found: Sequence[ReadForm], parts: NamedParts) -> Chosen:
    """Return the matching of columns a unit chose the last time it used these headings."""
    tables: dict[str, list[ColumnMatch]] = {}
    owners = {intake.organisation_id}
    for form in found:
        part, _is_other = _whose(form, parts)
        owners |= {part.organisation_id} if part else set()
        if form.columns:
            signature = columns_signature(match.title for match in form.columns)
            tables.setdefault(signature, []).extend(form.columns)
    if not tables:
        return {}
    memories = ColumnMemory.objects.filter(organisation__in=owners, signature__in=tables)
    chosen: Chosen = {}
    # the unit's own memory goes before that of the committee which imports for it
    for memory in sorted(memories, key=lambda one: one.organisation_id != intake.organisation_id):
        columns = tables[memory.signature]
        for place, match in enumerate(columns):
            key = memory.keys[place % len(memory.keys)]
            if key != match.key:
                chosen[match.part, match.table, match.column] = key
    return chosen


@transaction.atomic
def _refuse(file: IntakeFile, code: str, limit: int | None = None) -> None:
    IntakeFile.objects.filter(pk=file.pk, state=FileState.WAITING).update(
        state=FileState.REFUSED, refusal={"code": code, "limit": limit}
    )


@transaction.atomic
def _finish(intake: Intake) -> Intake:
    locked = lock_intake(intake.pk)
    waiting = locked.files.filter(state=FileState.WAITING).exists()
    if locked.state == IntakeState.READING and not waiting:
        locked.state = IntakeState.WAITING
        locked.version += 1
        locked.save(update_fields=["state", "version"])
    return locked
