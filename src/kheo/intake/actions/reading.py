"""Reading what was handed in: each file by itself, so that one bad file holds up no other."""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from kheo.audit.actions import insert_rows, twin_of
from kheo.intake.actions.desk import lock_intake
from kheo.intake.enums import FileState, IntakeState
from kheo.intake.models import ColumnMemory, Intake, IntakeEntry, IntakeFile, IntakeForm
from kheo.intake.queries.items import kept_place, kept_trouble, kept_values
from kheo.intake.queries.judging import (
    Asked,
    Ground,
    form_problems,
    full_grounds,
    known_levels,
    propose_entries,
)
from kheo.intake.queries.stamps import Stamp, read_stamp
from kheo.intake.queries.units import NamedParts, fillable_parts
from kheo.lib.extraction.forms.found import ColumnMatch, Entry, ReadForm
from kheo.lib.extraction.forms.reading import UnreadableFileError, read_forms, uncollected
from kheo.lib.text.folding import fold
from kheo.organisations.models import Level
from kheo.rounds.models import Participation

Chosen = dict[tuple[str, int, int], str | None]

# so many files, of so many bytes together, are stored at once
FILES_AT_ONCE, BYTES_AT_ONCE = 50, 1 << 20
ROWS_AT_ONCE = 2_000

logger = logging.getLogger(__name__)


@dataclass
class _Read:
    """A file and what was read in it; ``owners`` are the keys of the parts its forms belong to."""

    file: IntakeFile
    found: Sequence[ReadForm]
    owners: Sequence[tuple[int | None, bool]] = ()
    chosen: Chosen = field(default_factory=dict)


@dataclass
class _Desk:
    """What the files of an import are read with, looked up once for all of them."""

    intake: Intake
    parts: NamedParts
    levels: Mapping[str, Level]
    asked: Asked = field(default_factory=dict)
    grounds: dict[int | None, Ground] = field(default_factory=dict)

    def look_up(self, keys: Iterable[int | None]) -> None:
        """Have all at hand by which the rows of these parts are judged."""
        fresh = {key for key in keys if key not in self.grounds}
        self.parts.fetch(key for key in fresh if key is not None)
        parts = [part for key in sorted(filter(None, fresh)) if (part := self.parts.at(key))]
        self.grounds = full_grounds(parts, self.levels, self.asked) | self.grounds


def read_waiting_files(*, intake: Intake) -> Intake:
    """Read all files of an import that wait, and say it waits for a person when all are read.

    Doing it twice, as after a crash, reads nothing twice.
    """
    parts = NamedParts(fillable_parts(intake.seat, intake.round))
    desk = _Desk(intake, parts, known_levels(intake.round.opens_on))
    for files in _together(intake.files.filter(state=FileState.WAITING)):
        with uncollected():
            read = [one for file in files if (one := _read_one(file, desk)) is not None]
            _settle_owners(read, desk)
            _remember(read, desk)
            _store_all(read, desk)
    return _finish(intake)


def _together(files: Iterable[IntakeFile]) -> Iterator[list[IntakeFile]]:
    batch: list[IntakeFile] = []
    for file in files:
        if batch and sum(one.size for one in batch) + file.size > BYTES_AT_ONCE:
            yield batch
            batch = []
        batch.append(file)
        if len(batch) == FILES_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def reread_form(*, form: IntakeForm, chosen: Chosen) -> list[IntakeEntry]:
    """Return the rows of one form read with a person's own matching of columns, not stored.

    What was corrected in a row stays with it as long as the row is still there.
    """
    found = read_forms(_content(form.file), form.file.name, chosen=chosen)[form.order]
    form.columns = [kept_column(match, chosen) for match in found.columns]
    entries = _entries(form, found)
    # of a long list few rows are corrected: only those are fetched
    kept = form.entries.exclude(corrected={}).only("place", "corrected")
    before = {_stand(entry): entry.corrected for entry in kept}
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


def _read_one(file: IntakeFile, desk: _Desk, chosen: Chosen | None = None) -> _Read | None:
    """Read a file; when it cannot be read, say so of it, and return nothing."""
    file.intake = desk.intake
    try:
        found = read_forms(_content(file), file.name, chosen=chosen)
    except UnreadableFileError as error:
        _refuse(file, error.code, getattr(error, "limit", None))
    except Exception:  # whatever a file holds, the others are read
        logger.exception("file %s of import %s cannot be read", file.pk, file.intake_id)
        _refuse(file, "failed")
    else:
        return _Read(file, found, chosen=chosen or {})
    return None


def _content(file: IntakeFile) -> bytes:
    with file.file.open("rb") as stream:
        return bytes(stream.read())


def _settle_owners(read: Sequence[_Read], desk: _Desk) -> None:
    stamps = {
        form.stamp: read_stamp(form.stamp) for one in read for form in one.found if form.stamp
    }
    desk.parts.fetch(stamp.participation for stamp in stamps.values() if stamp)
    for one in read:
        one.owners = [_whose(form, stamps.get(form.stamp or ""), desk.parts) for form in one.found]
    desk.look_up(key for one in read for key, _is_other in one.owners)


def _store_all(read: Sequence[_Read], desk: _Desk) -> None:
    """Store files together; when that fails, each by itself, so that none holds up the others."""
    keys = {key for one in read for key, _is_other in one.owners}
    seen = {key: set(desk.grounds[key].seen) for key in keys}
    try:
        _store(read, desk)
    except Exception:
        names = ", ".join(str(one.file.pk) for one in read)
        logger.exception("files %s of import %s cannot be kept", names, desk.intake.pk)
        for key in keys:
            desk.grounds[key].seen = seen[key]
        if len(read) == 1:
            _refuse(read[0].file, "failed")
            return
        # the one that is to blame is found by storing them one by one
        for one in read:
            _store_all([one], desk)


@transaction.atomic
def _store(read: Sequence[_Read], desk: _Desk) -> None:
    keys = [one.file.pk for one in read]
    locked = IntakeFile.objects.select_for_update().filter(pk__in=keys, state=FileState.WAITING)
    waiting = set(locked.values_list("pk", flat=True))
    forms: list[tuple[IntakeForm, ReadForm]] = []
    for one in read:
        if one.file.pk in waiting:
            forms += _forms(one, desk)
    insert_rows([form for form, _found in forms])
    waiting_rows: list[IntakeEntry] = []
    for form, found in forms:
        form.file.problems += len(form_problems(form, desk.intake.round))
        for rows in _pieces(form, found):
            form.file.problems += propose_entries(rows, desk.grounds[form.participation_id])
            waiting_rows += rows
            if len(waiting_rows) >= ROWS_AT_ONCE:
                insert_rows(waiting_rows, keyed=False)
                waiting_rows = []
    insert_rows(waiting_rows, keyed=False)
    _mark_read([one.file for one in read if one.file.pk in waiting])


def _forms(one: _Read, desk: _Desk) -> list[tuple[IntakeForm, ReadForm]]:
    """Return the forms of a file worth keeping, not stored; the file is refused without any."""
    one.file.problems, one.file.state = 0, FileState.READ
    forms = [
        (_form(one, order, desk), found)
        for order, found in enumerate(one.found)
        if found.layout is not None or found.entries
    ]
    if not forms:
        one.file.state, one.file.refusal = FileState.REFUSED, {"code": _why_nothing(one.found)}
    return forms


def _mark_read(files: Sequence[IntakeFile]) -> None:
    for file in files:
        if file.state == FileState.REFUSED:
            file.save(update_fields=["state", "refusal", "problems"])
    read = [file for file in files if file.state == FileState.READ]
    for problems in {file.problems for file in read}:
        keys = [file.pk for file in read if file.problems == problems]
        IntakeFile.objects.filter(pk__in=keys).update(state=FileState.READ, problems=problems)


def _why_nothing(found: Sequence[ReadForm]) -> str:
    codes = {trouble.code for form in found for trouble in form.troubles}
    return "other_movement" if "other_movement" in codes else "nothing_found"


def _form(one: _Read, order: int, desk: _Desk) -> IntakeForm:
    found, (key, is_other) = one.found[order], one.owners[order]
    troubles = [kept_trouble(trouble) for trouble in found.troubles]
    if is_other:
        troubles.append({"code": "other_unit", "key": "unit"})
    return IntakeForm(
        file=one.file,
        order=order,
        layout=found.layout or "",
        certain=found.certain,
        part_name=found.place.part[:200],
        unit_found=found.unit.found[:300] if found.unit else "",
        participation=desk.parts.at(key),
        year_found=found.year.understood[:60] if found.year else "",
        columns=[kept_column(match, one.chosen) for match in found.columns],
        troubles=troubles,
    )


def _whose(found: ReadForm, stamp: Stamp | None, parts: NamedParts) -> tuple[int | None, bool]:
    """Return the key of the part whose form it is, and whether it names somebody else."""
    if stamp is not None and parts.at(stamp.participation) is not None:
        return stamp.participation, False
    text = found.unit.understood if found.unit else ""
    if text and (key := parts.named(text)) is not None:
        return key, False
    return parts.only, bool(text) and parts.only is not None


def _entries(form: IntakeForm, found: ReadForm) -> list[IntakeEntry]:
    return [entry for entries in _pieces(form, found) for entry in entries]


def _pieces(form: IntakeForm, found: ReadForm) -> Iterator[list[IntakeEntry]]:
    """Yield the rows of a form, not stored; of a long list never all of them."""
    blank = IntakeEntry(form_id=form.pk)
    for start in range(0, len(found.entries), ROWS_AT_ONCE):
        some = found.entries[start : start + ROWS_AT_ONCE]
        yield [_row(blank, order, entry) for order, entry in enumerate(some, start + 1)]


def _row(blank: IntakeEntry, order: int, found: Entry) -> IntakeEntry:
    row = twin_of(blank)
    row.order, row.place = order, kept_place(found.place)
    row.values = kept_values(found)
    row.troubles = [kept_trouble(trouble) for trouble in found.troubles]
    row.corrected = {}
    return row


def _remember(read: list[_Read], desk: _Desk) -> None:
    """Read again what has headings that its unit, or the committee, matched in its own way."""
    own = desk.intake.organisation_id
    owners = {part.organisation_id for one in read for part in _owners(one, desk)} | {own}
    signed = {one.file.pk: _signed(one.found) for one in read}
    told = {signature for tables in signed.values() for signature in tables}
    memories = ColumnMemory.objects.filter(organisation__in=owners, signature__in=told)
    # the unit's own memory goes before that of the committee which imports for it
    known = sorted(memories, key=lambda memory: memory.organisation_id != own) if told else []
    for number, one in enumerate(read if known else []):
        here = {part.organisation_id for part in _owners(one, desk)} | {own}
        mine = [memory for memory in known if memory.organisation_id in here]
        if chosen := _remembered(mine, signed[one.file.pk]):
            again = _read_one(one.file, desk, chosen)
            if again is not None:
                read[number] = again
                _settle_owners([again], desk)


def _owners(one: _Read, desk: _Desk) -> list[Participation]:
    return [part for key, _is_other in one.owners if (part := desk.parts.at(key)) is not None]


def _signed(found: Sequence[ReadForm]) -> dict[str, list[ColumnMatch]]:
    """Return the columns of a file's tables by the signature of their headings."""
    tables: dict[str, list[ColumnMatch]] = {}
    for form in found:
        if form.columns:
            signature = columns_signature(match.title for match in form.columns)
            tables.setdefault(signature, []).extend(form.columns)
    return tables


def _remembered(
    memories: Iterable[ColumnMemory], tables: Mapping[str, Sequence[ColumnMatch]]
) -> Chosen:
    """Return the matching of columns that was chosen the last time these headings were used."""
    chosen: Chosen = {}
    for memory in memories:
        for place, match in enumerate(tables.get(memory.signature, ())):
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
