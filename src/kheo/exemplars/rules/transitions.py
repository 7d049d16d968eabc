"""The arrows between the states of a registration, as data, and who may follow them when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.exemplars.enums import Deed, Stage, State
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no, reach_of, reaches
from kheo.rounds.enums import Form, LatePolicy, RoundState
from kheo.rounds.models import Participation


class Side(StrEnum):
    """Who acts: the unit that registers, or an officer above it."""

    UNIT = "unit"
    OFFICER = "officer"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One arrow: from which states to which, by whom, on what conditions.

    ``notice`` is the subject of what the unit is told; empty when it need not be told.
    """

    deed: Deed
    sources: frozenset[State]
    target: State
    side: Side
    roles: frozenset[Role]
    needs_reason: bool = False
    needs_open_round: bool = False
    notice: str | Promise = ""

    @property
    def verb(self) -> str:
        """Return the verb of the audit."""
        return f"registration.{self.deed.value}"


HEADS = frozenset({Role.HEAD})
UNIT_ROLES = frozenset({Role.CLERK, Role.HEAD})
OFFICERS = frozenset({Role.OFFICER})
EDITABLE = frozenset({State.DRAFT, State.RETURNED})

_ARROWS = (
    Transition(
        deed=Deed.SIGN_OFF,
        sources=EDITABLE,
        target=State.SIGNED_OFF,
        side=Side.UNIT,
        roles=HEADS,
    ),
    # what was returned goes back to "returned" as long as a remark is not answered
    Transition(
        deed=Deed.REOPEN_DRAFT,
        sources=frozenset({State.SIGNED_OFF}),
        target=State.DRAFT,
        side=Side.UNIT,
        roles=UNIT_ROLES,
    ),
    Transition(
        deed=Deed.SUBMIT,
        sources=frozenset({State.SIGNED_OFF}),
        target=State.SUBMITTED,
        side=Side.UNIT,
        roles=UNIT_ROLES,
        needs_open_round=True,
    ),
    Transition(
        deed=Deed.RETURN,
        sources=frozenset({State.SUBMITTED}),
        target=State.RETURNED,
        side=Side.OFFICER,
        roles=OFFICERS,
        needs_open_round=True,
        notice=gettext_lazy("Returned for correction: %(name)s"),
    ),
    Transition(
        deed=Deed.ACCEPT,
        sources=frozenset({State.SUBMITTED}),
        target=State.ACCEPTED,
        side=Side.OFFICER,
        roles=OFFICERS,
        notice=gettext_lazy("Accepted: %(name)s"),
    ),
    Transition(
        deed=Deed.DECLINE,
        sources=frozenset({State.SUBMITTED}),
        target=State.DECLINED,
        side=Side.OFFICER,
        roles=OFFICERS,
        needs_reason=True,
        notice=gettext_lazy("Declined: %(name)s"),
    ),
    Transition(
        deed=Deed.WITHDRAW,
        sources=frozenset({State.SIGNED_OFF, State.SUBMITTED, State.RETURNED}),
        target=State.WITHDRAWN,
        side=Side.UNIT,
        roles=HEADS,
        needs_reason=True,
        needs_open_round=True,
    ),
    Transition(
        deed=Deed.AMEND,
        sources=frozenset({State.SUBMITTED, State.ACCEPTED}),
        target=State.DRAFT,
        side=Side.UNIT,
        roles=HEADS,
        needs_reason=True,
        needs_open_round=True,
    ),
    Transition(
        deed=Deed.RECONSIDER,
        sources=frozenset({State.ACCEPTED, State.DECLINED}),
        target=State.SUBMITTED,
        side=Side.OFFICER,
        roles=OFFICERS,
        needs_reason=True,
        needs_open_round=True,
        notice=gettext_lazy("To be considered again: %(name)s"),
    ),
)
TRANSITIONS: dict[Deed, Transition] = {arrow.deed: arrow for arrow in _ARROWS}


def can_do(deed: Deed, seat: Seat, registration: Registration) -> Verdict:
    """Judge side, role, state and round of any deed; what else a deed asks, its own rule adds.

    The registration comes with its round and its organisation.
    """
    arrow = TRANSITIONS[deed]
    return (
        _judge_side(arrow, seat, registration)
        and _judge_state(arrow, registration)
        and _judge_stages(arrow, registration)
        and _judge_round(arrow, registration)
        and _judge_unit(arrow, registration)
    )


def can_sign_off(seat: Seat, registration: Registration, gaps: Iterable[str] = ()) -> Verdict:
    """Let the head sign a draft that is complete; ``gaps`` says in words what it lacks."""
    return can_do(Deed.SIGN_OFF, seat, registration) and _judge_gaps(gaps)


def can_reopen_draft(seat: Seat, registration: Registration) -> Verdict:
    """Let clerk or head take back to draft what was signed off and not yet submitted."""
    return can_do(Deed.REOPEN_DRAFT, seat, registration)


def can_submit(
    seat: Seat,
    registration: Registration,
    participation: Participation,
    *,
    today: date,
    gaps: Iterable[str] = (),
    room: Verdict = YES,
) -> Verdict:
    """Let clerk or head submit what was signed, complete, in time or late where that is allowed.

    :param room: whether the quotas leave room (:func:`quota_verdict`).
    """
    return (
        can_do(Deed.SUBMIT, seat, registration)
        and _judge_deadline(registration, participation, today)
        and _judge_gaps(gaps)
        and room
    )


def can_return(seat: Seat, registration: Registration) -> Verdict:
    """Let an officer above return what was submitted."""
    return can_do(Deed.RETURN, seat, registration)


def can_accept(seat: Seat, registration: Registration) -> Verdict:
    """Let an officer above accept what was submitted."""
    return can_do(Deed.ACCEPT, seat, registration)


def can_decline(seat: Seat, registration: Registration) -> Verdict:
    """Let an officer above decline what was submitted, with a reason."""
    return can_do(Deed.DECLINE, seat, registration)


def can_withdraw(seat: Seat, registration: Registration) -> Verdict:
    """Let the head withdraw what is not decided, with a reason, while the round is open."""
    return can_do(Deed.WITHDRAW, seat, registration)


def can_amend(
    seat: Seat, registration: Registration, participation: Participation, *, today: date
) -> Verdict:
    """Let the head take back what was submitted to change it, while it can be sent again."""
    return can_do(Deed.AMEND, seat, registration) and _judge_lock(participation, today)


def can_reconsider(seat: Seat, registration: Registration) -> Verdict:
    """Let an officer above open a decision again, with a reason, while the round is open."""
    return can_do(Deed.RECONSIDER, seat, registration)


def can_start(
    seat: Seat, participation: Participation, *, today: date, forms: Iterable[str] | None = None
) -> Verdict:
    """Let clerks and heads begin registrations of their own unit in an open round.

    :param forms: the forms the unit was asked for; None when they do not matter yet.
    """
    if seat.role not in UNIT_ROLES or seat.organisation_id != participation.organisation_id:
        return no(_("Only the clerk or the head of the unit itself registers for it."))
    if participation.round.state != RoundState.OPEN:
        return no(_("The round is not open."))
    if _is_dissolved(participation.organisation.dissolved_on, today):
        return no(_("The unit was dissolved; it registers nothing more."))
    if forms is not None and not set(forms) & set(Form.values):
        return no(_("This round asks the unit for no registration form, only for a list."))
    return _judge_lock(participation, today)


def can_edit(seat: Seat, registration: Registration) -> Verdict:
    """Let clerks and heads write in their own unit's drafts and in what was returned to them."""
    if not is_own_unit(seat, registration):
        return no(_("Only the clerk or the head of the unit itself changes its registrations."))
    if registration.state not in EDITABLE:
        return no(
            _("It is %(state)s and cannot be changed; take it back to draft first.")
            % {"state": registration.get_state_display()}
        )
    if registration.round.state != RoundState.OPEN:
        return no(_("The round is not open."))
    return YES


def can_discard(seat: Seat, registration: Registration) -> Verdict:
    """Let a draft that was never submitted be thrown away; anything else is withdrawn."""
    if registration.submitted_at is not None:
        return no(_("It was submitted before; withdraw it with a reason instead."))
    return can_edit(seat, registration)


def can_attach(seat: Seat, registration: Registration) -> Verdict:
    """Let the unit add and remove evidence while it may edit the registration."""
    return can_edit(seat, registration)


def can_read(seat: Seat, registration: Registration) -> Verdict:
    """Let everybody read what their own unit registered and what stands below it."""
    if registration.organisation_id == seat.organisation_id or reaches(seat, registration.path):
        return YES
    return no(_("This registration lies outside your reach."))


def is_own_unit(seat: Seat, registration: Registration) -> bool:
    """Tell whether the seat writes for the registering unit: its clerk or its head."""
    return seat.role in UNIT_ROLES and seat.organisation_id == registration.organisation_id


def is_checker(seat: Seat, registration: Registration) -> bool:
    """Tell whether the seat checks this unit: an officer above it, not above the organiser."""
    reach = reach_of(seat)
    return (
        seat.role in OFFICERS
        and seat.organisation_id != registration.organisation_id
        and reach.startswith(registration.round.organiser_path)
        and registration.path.startswith(reach)
        and registration.path != reach
    )


def reason_verdict(reason: str) -> Verdict:
    """Refuse a deed that asks for a reason and gets none."""
    return YES if reason.strip() else no(_("Say why: the reason is kept in the history."))


def _judge_side(arrow: Transition, seat: Seat, registration: Registration) -> Verdict:
    if arrow.side == Side.OFFICER:
        if is_checker(seat, registration):
            return YES
        return no(_("Only a movement officer of a level above the unit does this."))
    if seat.organisation_id != registration.organisation_id:
        return no(_("Only the unit itself does this."))
    if seat.role not in arrow.roles:
        if arrow.roles == HEADS:
            return no(_("Only the head of the unit does this."))
        return no(_("Only the clerk or the head of the unit does this."))
    return YES


def _judge_state(arrow: Transition, registration: Registration) -> Verdict:
    if registration.state in arrow.sources:
        return YES
    wanted = ", ".join(str(state.label) for state in State if state in arrow.sources)
    return no(
        _("It is %(state)s; this is only possible while it is: %(wanted)s.")
        % {"state": registration.get_state_display(), "wanted": wanted}
    )


def _judge_stages(arrow: Transition, registration: Registration) -> Verdict:
    # whoever nominated or recognised it built on what was accepted
    if registration.stages and State.ACCEPTED in arrow.sources:
        reached = [str(stage.label) for stage in Stage if registration.stages & stage]
        return no(
            _("It was already built on (%(stages)s); that has to be taken back first.")
            % {"stages": ", ".join(reached)}
        )
    return YES


def _judge_round(arrow: Transition, registration: Registration) -> Verdict:
    if arrow.needs_open_round and registration.round.state != RoundState.OPEN:
        return no(_("The round is not open."))
    return YES


def _judge_unit(arrow: Transition, registration: Registration) -> Verdict:
    if arrow.target == State.RETURNED and registration.organisation.dissolved_on is not None:
        return no(_("The unit was dissolved; nobody is there to correct it. Accept or decline."))
    return YES


def _judge_gaps(gaps: Iterable[str]) -> Verdict:
    missing = list(gaps)
    if missing:
        return no(_("It is not complete: %(gaps)s") % {"gaps": " ".join(missing)})
    return YES


def _judge_deadline(
    registration: Registration, participation: Participation, today: date
) -> Verdict:
    # a returned registration has its own day; the unit's extension holds where it is later
    granted = registration.return_due_on
    if granted is not None and today <= granted:
        return YES
    return _judge_lock(participation, today)


def _judge_lock(participation: Participation, today: date) -> Verdict:
    closed = participation.round.late_policy == LatePolicy.REFUSE
    if closed and today > participation.due_on:
        return no(
            _(
                "The deadline %(day)s has passed and this round takes nothing late; ask for"
                " more time."
            )
            % {"day": f"{participation.due_on:%d/%m/%Y}"}
        )
    return YES


def _is_dissolved(day: date | None, today: date) -> bool:
    return day is not None and day <= today
