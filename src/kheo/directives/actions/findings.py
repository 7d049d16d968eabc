"""Deeds on what was read in a document: accepting, correcting, rejecting, adding, naming bodies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kheo.audit.actions import Deed, record
from kheo.directives.enums import Confidence, FindingField, FindingState
from kheo.directives.models import Finding, Reading
from kheo.directives.queries.bodies import SURE, around_owner
from kheo.directives.queries.finding_words import said_of
from kheo.directives.queries.findings import BY_HAND, day_understood, is_certain, meanings, names_in
from kheo.directives.rules import can_edit_document
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

DECISION = ("state", "value", "bodies", "decided_by", "decided_at", "version")


class FindingError(Exception):
    """The finding cannot be kept so; the message says why."""


class StaleFindingError(FindingError):
    """Somebody else, or another window, has decided meanwhile."""


@dataclass(frozen=True, kw_only=True)
class NewFinding:
    """What a person found in the text: where it stands, and what it says."""

    field: str
    start: int
    end: int
    value: Any


@transaction.atomic
def accept_finding(*, finding: Finding, version: int, by: Seat, at: datetime) -> Finding:
    """Take a finding as the reader gave it.

    :param version: of the finding as the page showed it.
    :raises NotAllowedError: when the seat may not change the document.
    :raises StaleFindingError: when it was decided in another window meanwhile.
    """
    reading, row = _begin(finding, version, by)
    row.state = FindingState.ADDED if row.rule == BY_HAND else FindingState.ACCEPTED
    row.value = row.value if row.rule == BY_HAND else row.proposed
    return _decide(reading, row, "finding.accept", by, at)


@transaction.atomic
def correct_finding(
    *, finding: Finding, value: Any, version: int, by: Seat, at: datetime
) -> Finding:
    """Put another value in the place of the one that was read; the proposed one is kept.

    :param value: in the shape of the field (design/papers.md §2).
    :raises NotAllowedError: when the seat may not change the document.
    :raises StaleFindingError: when it was decided in another window meanwhile.
    """
    reading, row = _begin(finding, version, by)
    before = _in_words(row.field, row.value)
    row.value = value
    if row.rule == BY_HAND:
        row.state = FindingState.ADDED
    else:
        same = value == row.proposed
        row.state = FindingState.ACCEPTED if same else FindingState.CORRECTED
    return _decide(reading, row, "finding.correct", by, at, before={"value": before})


@transaction.atomic
def reject_finding(
    *, finding: Finding, version: int, reason: str = "", by: Seat, at: datetime
) -> Finding:
    """Say that a finding does not hold; it stays in sight and may be put back.

    :raises NotAllowedError: when the seat may not change the document.
    :raises StaleFindingError: when it was decided in another window meanwhile.
    """
    reading, row = _begin(finding, version, by)
    row.state = FindingState.REJECTED
    return _decide(reading, row, "finding.reject", by, at, reason=reason)


@transaction.atomic
def reopen_finding(*, finding: Finding, version: int, by: Seat, at: datetime) -> Finding:
    """Put a decided finding back to what the reader proposed.

    :raises NotAllowedError: when the seat may not change the document.
    :raises StaleFindingError: when it was decided in another window meanwhile.
    """
    reading, row = _begin(finding, version, by)
    if row.rule == BY_HAND:
        row.state = FindingState.ADDED
    else:
        row.state, row.value, row.bodies = FindingState.PROPOSED, row.proposed, {}
    return _decide(reading, row, "finding.reopen", by, at)


@transaction.atomic
def accept_certain(*, reading: Reading, version: int, by: Seat, at: datetime) -> int:
    """Accept every open finding that is certain and carries no warning; return how many.

    :param version: of the reading as the preview showed it.
    :raises NotAllowedError: when the seat may not change the document.
    :raises StaleFindingError: when something was decided since the preview.
    """
    locked = _lock(reading.pk, by)
    if locked.version != version:
        raise StaleFindingError(_stale_reading())
    rows = [row for row in Finding.objects.filter(reading=locked) if is_certain(row)]
    sure = _sure_bodies(locked, rows)
    for row in rows:
        row.state, row.decided_by, row.decided_at = FindingState.ACCEPTED, by, at
        row.bodies = _settled(row, sure)
        row.version += 1
    Finding.objects.bulk_update(rows, DECISION, batch_size=200)
    after = {"count": len(rows), "numbers": [row.ordinal for row in rows]}
    _end(locked, "finding.accept-certain", by, at, after=after)
    return len(rows)


@transaction.atomic
def add_finding(*, reading: Reading, new: NewFinding, by: Seat, at: datetime) -> Finding:
    """Keep what the reader has overlooked and a person has marked in the text.

    :raises NotAllowedError: when the seat may not change the document.
    :raises StaleFindingError: when the document was read anew meanwhile.
    :raises FindingError: when the place does not lie in the text, or stands there already.
    """
    locked = _lock(reading.pk, by)
    words = reading.text[new.start : new.end]
    if not 0 <= new.start < new.end or not words.strip() or new.field not in FindingField.values:
        raise FindingError(_("Mark the words in the text first; no place in it was given."))
    rows = Finding.objects.filter(reading=locked)
    if rows.filter(field=new.field, start=new.start, end=new.end).exists():
        raise FindingError(_("This is marked there already; correct or put back that finding."))
    last = rows.order_by("-ordinal").values_list("ordinal", flat=True).first()
    row = Finding(
        reading=locked,
        ordinal=1 if last is None else last + 1,
        field=new.field,
        start=new.start,
        end=new.end,
        text=words,
        rule=BY_HAND,
        confidence=Confidence.CERTAIN,
        value=new.value,
        state=FindingState.ADDED,
        decided_by=by,
        decided_at=at,
    )
    row.bodies = _settled(row, _sure_bodies(locked, [row]))
    row.save()
    _end(locked, "finding.add", by, at, after=_told(row))
    return row


@transaction.atomic
def choose_body(
    *, reading: Reading, name: str, organisation_id: int | None, by: Seat, at: datetime
) -> int:
    """Say which organisation a name means wherever it stands, or that it stays words.

    :raises NotAllowedError: when the seat may not change the document.
    :raises StaleFindingError: when the document was read anew meanwhile.
    :raises FindingError: when the organisation is none that can be meant.
    """
    locked = _lock(reading.pk, by)
    document = locked.document
    if organisation_id is not None and not around_owner(
        document.owner, organisation_id, day_understood(document, locked)
    ):
        raise FindingError(_("Choose a body that stands around or below the unit of the document."))
    rows = [row for row in Finding.objects.filter(reading=locked) if name in names_in(row)]
    if not rows:
        raise FindingError(_("This name stands in none of the findings any more."))
    before = {row.bodies.get(name) for row in rows}
    for row in rows:
        row.bodies = row.bodies | {name: organisation_id}
        row.version += 1
    Finding.objects.bulk_update(rows, ["bodies", "version"], batch_size=200)
    _end(
        locked,
        "finding.name-body",
        by,
        at,
        before={"body": next(iter(before)) if len(before) == 1 else None},
        after={"name": name, "body": organisation_id, "count": len(rows)},
    )
    return len(rows)


def _begin(finding: Finding, version: int, by: Seat) -> tuple[Reading, Finding]:
    reading = _lock(finding.reading_id, by)
    row = Finding.objects.select_related("decided_by__user").get(pk=finding.pk)
    if row.version != version:
        raise StaleFindingError(_stale_finding(row))
    return reading, row


def _lock(reading_id: int, by: Seat) -> Reading:
    """Return a reading locked until the end: every decision on it rises its version."""
    rows = Reading.objects.select_for_update(of=("self",)).defer("text", "document__text")
    reading = rows.select_related("document__owner__kind", "document__issuer").get(pk=reading_id)
    demand(can_edit_document(by, reading.document))
    readings = Reading.objects.filter(document=reading.document_id).order_by("-read_at", "-pk")
    if readings.values_list("pk", flat=True).first() != reading.pk:
        raise StaleFindingError(
            _("The document has been read anew since you opened the page. Nothing was changed.")
        )
    return reading


def _decide(  # noqa: PLR0913, PLR0917 -- the shared ending of four deeds
    reading: Reading,
    row: Finding,
    verb: str,
    by: Seat,
    at: datetime,
    before: Mapping[str, object] | None = None,
    reason: str = "",
) -> Finding:
    if row.state in {FindingState.ACCEPTED, FindingState.CORRECTED, FindingState.ADDED}:
        row.bodies = _settled(row, _sure_bodies(reading, [row]))
    is_open = row.state == FindingState.PROPOSED
    row.decided_by, row.decided_at = (None, None) if is_open else (by, at)
    row.version += 1
    row.save(update_fields=DECISION)
    _end(reading, verb, by, at, before=before, after=_told(row), reason=reason)
    return row


def _end(  # noqa: PLR0913, PLR0917 -- what an entry of the audit says
    reading: Reading,
    verb: str,
    by: Seat,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    reading.version += 1
    reading.save(update_fields=["version"])
    deed = Deed(
        verb=verb,
        record=reading,
        scope=reading.document.owner_path,
        before=before or {},
        after=after or {},
        reason=reason,
    )
    record(deed=deed, by=by, at=at)


def _sure_bodies(reading: Reading, rows: Iterable[Finding]) -> dict[str, int]:
    names = {name for row in rows for name in names_in(row)}
    found = meanings(reading.document, reading, sorted(names))
    return {
        name: one.organisation.pk
        for name, one in found.items()
        if one.standing == SURE and one.organisation
    }


def _settled(row: Finding, sure: Mapping[str, int]) -> dict[str, int | None]:
    """Return which bodies the names of a finding mean: those chosen, then those that are sure."""
    names = names_in(row)
    kept = {name: row.bodies[name] for name in names if name in row.bodies}
    return {name: sure[name] for name in names if name in sure} | kept


def _told(row: Finding) -> dict[str, object]:
    return {"what": row.field, "sentence": row.text[:300], "value": _in_words(row.field, row.value)}


def _in_words(field: str, value: Any) -> str:
    # the history is kept in the language of the papers, whoever decides in which other one
    with override("vi"):
        said = said_of(field, value)
        more = (f"{label}: {text}" for label, text in said.more)
        return "; ".join([said.main, *more])


def _stale_finding(row: Finding) -> str:
    who = row.decided_by.user.full_name if row.decided_by else _("Somebody")
    return _(
        "%(who)s has decided on this finding in another window meanwhile (now: %(state)s)."
        " Nothing of yours was saved; look at it again."
    ) % {"who": who, "state": row.get_state_display()}


def _stale_reading() -> str:
    return _(
        "Findings of this document were decided in another window since you opened the page."
        " Nothing of yours was saved; look at it again."
    )
