"""Filling sheets: entries that devices and forms send are taken once, and nothing is written over.

An entry says which version of its piece the writer had seen. When somebody else has changed the
same fields since, both are kept and the person chooses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.visits.actions.journal import note_sheet
from kheo.visits.actions.locking import locked_sheet
from kheo.visits.enums import Outcome, VisitDeed
from kheo.visits.models import Finding, SheetEntry, VisitSheet
from kheo.visits.queries.standing import parts_in
from kheo.visits.rules.deeds import StaleVisitError, VisitError, can_do_visit
from kheo.visits.rules.values import TEXTS, EntryError, Value, as_kept, clean_piece

MOST_AT_ONCE = 200
MOST_FINDINGS = 300
REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class EntryTerms:
    """One entry as it was sent; ``value`` holds only the fields that were touched."""

    client_key: UUID
    piece: str
    value: Mapping[str, object]
    base: int = 0
    written_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class EntryResult:
    """What became of an entry: an ``Outcome`` or "refused" with the reason."""

    client_key: UUID
    outcome: str
    version: int = 0
    reason: str = ""


@transaction.atomic
def take_entries(
    *, sheet: VisitSheet, entries: Sequence[EntryTerms], by: Seat, at: datetime
) -> list[EntryResult]:
    """Take entries into a sheet, in their order; one that came before is answered as it was.

    :raises NotAllowedError: when the seat may not write, or the visit is not open for it.
    :raises VisitError: when there are more than 200 at once.
    """
    locked = locked_sheet(sheet)
    demand(can_do_visit(VisitDeed.FILL, by, locked.visit, parts_in(by, locked.visit.team)))
    if len(entries) > MOST_AT_ONCE:
        raise VisitError(_("Send at most %s entries at once.") % MOST_AT_ONCE)
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    results = []
    for terms in entries:
        try:
            results.append(_take(locked, terms, by, at, before, after))
        except EntryError as error:
            results.append(
                EntryResult(client_key=terms.client_key, outcome=REFUSED, reason=str(error))
            )
    if after:
        # whoever looks at the visit sees that something stands in the sheet, in a finding too
        locked.updated_by, locked.updated_at = by, at
        locked.save(update_fields=["updated_by", "updated_at"])
        note_sheet("visit-sheet.fill", locked, by, at, before=before, after=after)
    return results


@transaction.atomic
def settle_entry(
    *, entry: SheetEntry, keep: bool, seen_version: int, by: Seat, at: datetime
) -> SheetEntry:
    """Choose what stands: the entry that waits, or what is in the sheet; both stay on record.

    :param seen_version: the version of the piece that stood beside it when the person chose.
    :raises NotAllowedError: when the seat may not write, or the visit is not open for it.
    :raises StaleVisitError: when somebody has chosen already, or the piece changed meanwhile.
    """
    sheet = locked_sheet(entry.sheet)
    demand(can_do_visit(VisitDeed.FILL, by, sheet.visit, parts_in(by, sheet.visit.team)))
    row = SheetEntry.objects.select_for_update().get(pk=entry.pk)
    target = _target(sheet, row.piece)
    if row.outcome != Outcome.CONFLICT or target.version != seen_version:
        raise StaleVisitError
    row.outcome = Outcome.CHOSEN if keep else Outcome.DROPPED
    row.settled_by, row.settled_at = by, at
    before: dict[str, object] = {}
    if keep:
        value = clean_piece(row.piece, row.value)
        before = _kept_values(target, value)
        row.version = _apply(target, value, by, at)
    row.save(update_fields=["outcome", "settled_by", "settled_at", "version"])
    note_sheet(
        "visit-sheet.choose",
        sheet,
        by,
        at,
        before=before,
        after={"outcome": row.outcome, **(row.value if keep else {})},
    )
    return row


def _take(
    sheet: VisitSheet,
    terms: EntryTerms,
    by: Seat,
    at: datetime,
    before: dict[str, object],
    after: dict[str, object],
) -> EntryResult:
    known = SheetEntry.objects.filter(client_key=terms.client_key).first()
    if known is not None:
        return _again(sheet, terms, known)
    target = _target(sheet, terms.piece, may_add=True)
    value = clean_piece(terms.piece, terms.value, most_points=_most_points(target))
    _refuse_nameless(target, value)
    conflict = _differs_since(sheet, terms, target, value)
    old = _kept_values(target, value)
    version = None if conflict else _apply(target, value, by, at)
    SheetEntry.objects.create(
        sheet=sheet,
        client_key=terms.client_key,
        piece=terms.piece,
        value={name: as_kept(one) for name, one in value.items()},
        base=terms.base,
        version=version,
        outcome=Outcome.CONFLICT if conflict else Outcome.TAKEN,
        made_by=by,
        written_at=terms.written_at,
        arrived_at=at,
    )
    label = "" if terms.piece == TEXTS else f"{_label(target)}: "
    waiting = " (!)" if conflict else ""
    before |= {f"{label}{name}": one for name, one in old.items()}
    after |= {f"{label}{name}{waiting}": as_kept(one) for name, one in value.items()}
    return EntryResult(
        client_key=terms.client_key,
        outcome=Outcome.CONFLICT if conflict else Outcome.TAKEN,
        version=target.version,
    )


def _again(sheet: VisitSheet, terms: EntryTerms, known: SheetEntry) -> EntryResult:
    """Answer a second sending as the first was answered; nothing changes."""
    if known.sheet_id != sheet.pk or known.piece != terms.piece:
        raise EntryError(_("This entry belongs to another sheet."))
    version = known.version or _target(sheet, known.piece).version
    return EntryResult(client_key=terms.client_key, outcome=known.outcome, version=version)


def _target(sheet: VisitSheet, piece: str, *, may_add: bool = False) -> VisitSheet | Finding:
    """Return what a piece names: the sheet itself, or a finding, which may be a new one."""
    if piece == TEXTS:
        return sheet
    try:
        key = UUID(piece)
    except ValueError as error:
        raise EntryError(_("The sheet has no place for “%s”.") % piece[:60]) from error
    finding = sheet.findings.select_related("criterion").filter(key=key).first()
    if finding is not None:
        return finding
    if not may_add or sheet.findings.count() >= MOST_FINDINGS:
        raise EntryError(_("The sheet holds as many items as it can."))
    last = sheet.findings.aggregate(last=Max("order"))["last"] or 0
    return Finding(sheet=sheet, key=key, order=last + 1)


def _refuse_nameless(target: VisitSheet | Finding, value: Mapping[str, Value]) -> None:
    if isinstance(target, VisitSheet):
        return
    if target.criterion_id is not None and "item" in value:
        raise EntryError(_("The words of a criterion cannot be changed on a sheet."))
    if not value.get("item", target.item):
        raise EntryError(_("Say what was looked at."))


def _most_points(target: VisitSheet | Finding) -> Decimal | None:
    criterion = target.criterion if isinstance(target, Finding) else None
    return criterion.points if criterion else None


def _differs_since(
    sheet: VisitSheet, terms: EntryTerms, target: VisitSheet | Finding, value: Mapping[str, Value]
) -> bool:
    """Tell whether somebody changed one of these fields otherwise since the writer saw them."""
    if terms.base >= target.version:
        return False
    later = sheet.entries.filter(piece=terms.piece, version__gt=terms.base)
    touched = {name for one in later.values_list("value", flat=True) for name in one}
    return any(
        as_kept(value[name]) != as_kept(getattr(target, name)) for name in touched & set(value)
    )


def _kept_values(target: VisitSheet | Finding, value: Mapping[str, Value]) -> dict[str, object]:
    return {name: as_kept(getattr(target, name)) for name in value}


def _apply(target: VisitSheet | Finding, value: Mapping[str, Value], by: Seat, at: datetime) -> int:
    for name, one in value.items():
        setattr(target, name, one)
    target.version += 1
    target.updated_by, target.updated_at = by, at
    target.save()
    return target.version


def _label(target: VisitSheet | Finding) -> str:
    return target.item[:60] if isinstance(target, Finding) else ""
