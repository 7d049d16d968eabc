"""What one deed on many registrations changes in each, why it leaves one alone, and its undoing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.exemplars.enums import BatchDeed, Continuity, Deed, State
from kheo.exemplars.models import Batch, BatchItem, Registration
from kheo.exemplars.rules.transitions import (
    EDITABLE,
    can_do,
    can_edit,
    can_start,
    is_checker,
    is_own_unit,
    reason_verdict,
)
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no
from kheo.rounds.enums import Field, RoundState
from kheo.rounds.models import Participation

# what one deed may take at once: more is neither overseen by a person nor kept waiting for
MOST_AT_ONCE = 5000
ARROWS = {
    BatchDeed.ACCEPT: Deed.ACCEPT,
    BatchDeed.RETURN: Deed.RETURN,
    BatchDeed.DECLINE: Deed.DECLINE,
}
# the items of M1 and M2 that a remark for many can speak of; "" is the whole
REMARKED = {
    "": gettext_lazy("the whole registration"),
    "name": gettext_lazy("name"),
    "field": gettext_lazy("field"),
    "level": gettext_lazy("level"),
    "address": gettext_lazy("address"),
    "content": gettext_lazy("content"),
    "period": gettext_lazy("start and finish"),
    "scope": gettext_lazy("place and scope"),
    "expected_results": gettext_lazy("expected results"),
}


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the person says about a deed: each deed asks for its own."""

    text: str = ""
    item: str = ""
    due_on: date | None = None
    field: str = ""
    assignee: Seat | None = None
    participation: Participation | None = None
    continuity: Continuity = Continuity.KEPT

    @property
    def parameters(self) -> dict[str, object]:
        """Return the terms as a batch keeps them."""
        kept: dict[str, object] = {
            "text": self.text,
            "item": self.item,
            "due_on": self.due_on.isoformat() if self.due_on else "",
            "field": self.field,
            "assignee": self.assignee.pk if self.assignee else "",
            "participation": self.participation.pk if self.participation else "",
        }
        shown = {name: value for name, value in kept.items() if value}
        return shown | ({"continuity": str(self.continuity)} if self.participation else {})


@dataclass(kw_only=True)
class Known:
    """What judging a continuation needs to know: whose models, and which are entered already."""

    own_ids: Collection[int] = ()
    entered: set[int] = field(default_factory=set)


def terms_verdict(deed: BatchDeed, seat: Seat, terms: Terms, today: date) -> Verdict:
    """Judge what was said about a deed, before any registration is looked at."""
    match deed:
        case BatchDeed.RETURN:
            return _judge_return(terms, today)
        case BatchDeed.DECLINE:
            return reason_verdict(terms.text)
        case BatchDeed.CHANGE_FIELD:
            return YES if terms.field in Field.values else no(_("Choose the field."))
        case BatchDeed.ASSIGN:
            return YES if terms.assignee else no(_("Choose the officer who is to check them."))
        case BatchDeed.COPY_FORWARD:
            return _judge_target(seat, terms.participation, today)
    return YES


def batch_verdict(
    deed: BatchDeed, seat: Seat, row: Registration, terms: Terms, known: Known
) -> Verdict:
    """Judge one registration; a continuation judged well counts as entered for those after it."""
    if deed in ARROWS:
        return can_do(ARROWS[deed], seat, row)
    if deed == BatchDeed.ASSIGN:
        return can_assign(seat, row, terms.assignee)
    if deed == BatchDeed.CHANGE_FIELD:
        return can_change_field(seat, row, terms.field)
    verdict = _judge_continuation(row, terms, known)
    if verdict:
        known.entered.add(row.exemplar_id)
    return verdict


def new_values(deed: BatchDeed, terms: Terms, at: datetime) -> dict[str, object]:
    """Return what a deed writes into the columns of every registration it changes."""
    match deed:
        case BatchDeed.ACCEPT:
            return {"state": State.ACCEPTED.value, "decided_at": at}
        case BatchDeed.DECLINE:
            return {"state": State.DECLINED.value, "decided_at": at}
        case BatchDeed.RETURN:
            signature = {"signed_off_at": None, "signed_off_by_id": None}
            return {"state": State.RETURNED.value, "return_due_on": terms.due_on, **signature}
        case BatchDeed.ASSIGN:
            return {"assignee_id": terms.assignee.pk if terms.assignee else None}
        case BatchDeed.CHANGE_FIELD:
            return {"field": terms.field}
    return {}


def can_assign(seat: Seat, row: Registration, assignee: Seat | None) -> Verdict:
    """Let an officer above the unit say which officer checks what waits."""
    if not is_checker(seat, row):
        return no(_("Only a movement officer of a level above the unit does this."))
    if row.state != State.SUBMITTED:
        return no(
            _("It is %(state)s; only what waits to be checked is assigned.")
            % {"state": row.get_state_display()}
        )
    if assignee is None or not is_checker(assignee, row):
        return no(_("This officer does not check what the unit registers."))
    if row.assignee_id == assignee.pk:
        return no(_("It is assigned to this officer already."))
    return YES


def can_change_field(seat: Seat, row: Registration, chosen: str) -> Verdict:
    """Let the unit change its drafts, and the officer who checks what waits to be checked."""
    verdict = _judge_reclassification(row) if is_checker(seat, row) else can_edit(seat, row)
    if verdict and row.field == chosen:
        return no(_("It is in this field already."))
    return verdict


def can_undo(seat: Seat, batch: Batch) -> Verdict:
    """Let the seat that did a deed on many undo it, once."""
    if batch.seat_id != seat.pk:
        return no(_("Only whoever did it undoes it."))
    if batch.undone_at is not None:
        return no(_("It was undone already."))
    return YES


def undo_verdict(
    seat: Seat, item: BatchItem, row: Registration | None, built_on: Collection[int]
) -> Verdict:
    """Judge whether one registration can go back to what it was before a batch.

    :param built_on: keys of registrations to which something was added since.
    """
    if row is None:
        return no(_("It was thrown away since."))
    if row.version != item.version:
        return no(_("It was changed since; what others did is not undone."))
    if row.pk in built_on:
        return no(_("Others have built on it since: a file, a continuation or a replica."))
    if not (is_checker(seat, row) or is_own_unit(seat, row)):
        return no(_("This registration lies outside your reach."))
    return YES


def restored_values(item: BatchItem) -> Mapping[str, object]:
    """Return what the columns held before a batch, as Python values."""
    columns = {field.attname: field for field in Registration._meta.concrete_fields}
    return {name: columns[name].to_python(value) for name, value in item.before.items()}


def _judge_return(terms: Terms, today: date) -> Verdict:
    if terms.item not in REMARKED or not terms.text.strip():
        return no(_("Write at least one remark: the unit must know what to correct."))
    if terms.due_on is None or terms.due_on < today:
        return no(_("The day until which it is corrected lies in the past."))
    return YES


def _judge_target(seat: Seat, part: Participation | None, today: date) -> Verdict:
    if part is None:
        return no(_("Choose the round into which they are continued."))
    return can_start(seat, part, today=today)


def _judge_reclassification(row: Registration) -> Verdict:
    if row.state != State.SUBMITTED:
        return no(
            _("It is %(state)s; this is only possible while it is: %(wanted)s.")
            % {"state": row.get_state_display(), "wanted": State.SUBMITTED.label}
        )
    if row.round.state != RoundState.OPEN:
        return no(_("The round is not open."))
    return YES


def _judge_continuation(row: Registration, terms: Terms, known: Known) -> Verdict:
    part = terms.participation
    if part is None or row.year >= part.round.year:
        return no(_("Only a registration of an earlier year is continued."))
    if row.organisation_id not in known.own_ids:
        return no(_("A unit continues its own models and those of the units it followed."))
    if row.exemplar_id in known.entered:
        return no(_("The model is entered in this round already, or a newer entry is continued."))
    if row.state in EDITABLE or row.state == State.WITHDRAWN:
        return no(
            _("It is %(state)s; only what was submitted is continued.")
            % {"state": row.get_state_display()}
        )
    return YES
