"""The arrows between the states of a report, as data, and who may follow them when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.notices.rules import organisations_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no, reaches
from kheo.reviews.enums import ReportState, ReviewState
from kheo.reviews.models import Report


class ReportDeed(StrEnum):
    """What moves a report from state to state."""

    SIGN_OFF = "sign-off"
    REOPEN = "reopen"
    SUBMIT = "submit"
    TAKE_BACK = "take-back"
    RETURN = "return"
    ACCEPT = "accept"
    RECONSIDER = "reconsider"
    EXCUSE = "excuse"
    ASK_AGAIN = "ask-again"


class Side(StrEnum):
    """Who acts: the body that reports, or the body that asked it."""

    UNIT = "unit"
    ABOVE = "above"


@dataclass(frozen=True, kw_only=True)
class ReportArrow:
    """One arrow: from which states to which, by whom, on what conditions.

    ``notice`` is the subject of what the other side is told; empty when it need not be told.
    """

    deed: ReportDeed
    sources: frozenset[ReportState]
    target: ReportState
    side: Side
    roles: frozenset[Role]
    needs_reason: bool = False
    notice: str | Promise = ""

    @property
    def verb(self) -> str:
        """Return the verb of the audit."""
        return f"report.{self.deed.value}"


# clerk and head of a unit; of a committee the officers of its advisory body
WRITERS = frozenset({Role.CLERK, Role.HEAD, Role.OFFICER})
SIGNERS = frozenset({Role.HEAD, Role.LEADER})
SENDERS = WRITERS | SIGNERS
# who asks others in the name of a body and answers them; a commune has no officers but its head
KEEPERS = frozenset({Role.OFFICER, Role.HEAD})
WRITABLE = frozenset({ReportState.ASKED, ReportState.DRAFTING, ReportState.RETURNED})
HANDED_IN = frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED})
# what the body that asked still waits for
OWED = WRITABLE | {ReportState.SIGNED_OFF}

_ARROWS = (
    ReportArrow(
        deed=ReportDeed.SIGN_OFF,
        sources=frozenset({ReportState.DRAFTING, ReportState.RETURNED}),
        target=ReportState.SIGNED_OFF,
        side=Side.UNIT,
        roles=SIGNERS,
    ),
    ReportArrow(
        deed=ReportDeed.REOPEN,
        sources=frozenset({ReportState.SIGNED_OFF}),
        target=ReportState.DRAFTING,
        side=Side.UNIT,
        roles=SENDERS,
    ),
    ReportArrow(
        deed=ReportDeed.SUBMIT,
        sources=frozenset({ReportState.SIGNED_OFF}),
        target=ReportState.SUBMITTED,
        side=Side.UNIT,
        roles=SENDERS,
        notice=gettext_lazy("Report submitted: %(name)s"),
    ),
    ReportArrow(
        deed=ReportDeed.TAKE_BACK,
        sources=frozenset({ReportState.SUBMITTED}),
        target=ReportState.DRAFTING,
        side=Side.UNIT,
        roles=SIGNERS,
        needs_reason=True,
        notice=gettext_lazy("Report taken back: %(name)s"),
    ),
    ReportArrow(
        deed=ReportDeed.RETURN,
        sources=frozenset({ReportState.SUBMITTED}),
        target=ReportState.RETURNED,
        side=Side.ABOVE,
        roles=KEEPERS,
        notice=gettext_lazy("Report returned for correction: %(name)s"),
    ),
    ReportArrow(
        deed=ReportDeed.ACCEPT,
        sources=frozenset({ReportState.SUBMITTED}),
        target=ReportState.ACCEPTED,
        side=Side.ABOVE,
        roles=KEEPERS,
        notice=gettext_lazy("Report accepted: %(name)s"),
    ),
    ReportArrow(
        deed=ReportDeed.RECONSIDER,
        sources=frozenset({ReportState.ACCEPTED}),
        target=ReportState.SUBMITTED,
        side=Side.ABOVE,
        roles=KEEPERS,
        needs_reason=True,
        notice=gettext_lazy("Report to be considered again: %(name)s"),
    ),
    ReportArrow(
        deed=ReportDeed.EXCUSE,
        sources=frozenset(OWED),
        target=ReportState.EXCUSED,
        side=Side.ABOVE,
        roles=KEEPERS,
        needs_reason=True,
        notice=gettext_lazy("No report needed: %(name)s"),
    ),
    ReportArrow(
        deed=ReportDeed.ASK_AGAIN,
        sources=frozenset({ReportState.EXCUSED}),
        target=ReportState.DRAFTING,
        side=Side.ABOVE,
        roles=KEEPERS,
        notice=gettext_lazy("Report asked for again: %(name)s"),
    ),
)
TRANSITIONS: dict[ReportDeed, ReportArrow] = {arrow.deed: arrow for arrow in _ARROWS}


def can_turn(deed: ReportDeed, seat: Seat, report: Report) -> Verdict:
    """Judge side, role, state and review of any deed; what else a deed asks, its own rule adds.

    The report comes with its review, its organisation, and its parent with the organisation.
    """
    arrow = TRANSITIONS[deed]
    judge = _judge_unit if arrow.side == Side.UNIT else _judge_above
    return judge(seat, report, arrow.roles) and _judge_state(arrow, report) and _judge_open(report)


def can_write(seat: Seat, report: Report) -> Verdict:
    """Let the people of the body write while the report is theirs and the review is open."""
    if not (verdict := _judge_unit(seat, report, WRITERS)):
        return verdict
    if report.state not in WRITABLE:
        return no(
            _("The report is %(state)s and cannot be changed; take it back to draft first.")
            % {"state": report.get_state_display()}
        )
    return _judge_open(report)


def can_sign_off(seat: Seat, report: Report, gaps: Iterable[str] = ()) -> Verdict:
    """Let head or leader sign what is written; ``gaps`` says in words what forbids it."""
    verdict = can_turn(ReportDeed.SIGN_OFF, seat, report)
    return verdict and _judge_gaps(gaps)


def can_submit(seat: Seat, report: Report, gaps: Iterable[str] = ()) -> Verdict:
    """Let the body hand in what was signed; ``gaps`` says in words what forbids it."""
    return can_turn(ReportDeed.SUBMIT, seat, report) and _judge_gaps(gaps)


def can_take_back(seat: Seat, report: Report) -> Verdict:
    """Let head or leader take back what was handed in and not yet accepted."""
    return can_turn(ReportDeed.TAKE_BACK, seat, report)


def can_return(seat: Seat, report: Report) -> Verdict:
    """Let the body that asked return what was handed in, as long as somebody can correct it."""
    verdict = can_turn(ReportDeed.RETURN, seat, report)
    if verdict and report.organisation.dissolved_on is not None:
        return no(_("The unit was dissolved; nobody is there to correct it. Accept it as it is."))
    return verdict


def can_accept(seat: Seat, report: Report) -> Verdict:
    """Let the body that asked accept what was handed in."""
    return can_turn(ReportDeed.ACCEPT, seat, report)


def can_excuse(seat: Seat, report: Report) -> Verdict:
    """Let the body that asked say that no report is needed, with a reason."""
    return can_turn(ReportDeed.EXCUSE, seat, report)


def can_ask_again(seat: Seat, report: Report, today: date) -> Verdict:
    """Let the body that asked take its word back, as long as the unit stands."""
    verdict = can_turn(ReportDeed.ASK_AGAIN, seat, report)
    return verdict and judge_standing(report.organisation.dissolved_on, today)


def can_extend(seat: Seat, report: Report) -> Verdict:
    """Let the body that asked give more time for what is still owed."""
    if not (verdict := _judge_above(seat, report, KEEPERS)):
        return verdict
    if report.state not in OWED:
        return no(_("The unit owes nothing any more; more time is of no use."))
    return _judge_open(report)


def can_pass_on(seat: Seat, report: Report) -> Verdict:
    """Let a body that owes a report ask bodies below it for theirs."""
    if not (verdict := _judge_unit(seat, report, KEEPERS)):
        return verdict
    if report.state not in WRITABLE:
        return no(_("The own report is signed or handed in already; nobody else is asked for it."))
    return _judge_open(report)


def can_keep(seat: Seat, report: Report) -> Verdict:
    """Let the body that consolidates into this report ask and answer those below it."""
    return _judge_unit(seat, report, KEEPERS)


def can_read_answers(seat: Seat, report: Report) -> Verdict:
    """Let the body read its own words always, and those above what it has handed in."""
    if is_own_report(seat, report):
        return YES
    if not reaches(seat, report.path):
        return no(_("This report lies outside your reach."))
    if report.state not in HANDED_IN:
        return no(_("The unit is still writing; you read its report as soon as it is submitted."))
    return YES


def is_own_report(seat: Seat, report: Report) -> bool:
    """Tell whether the seat belongs to the body that reports, or to the body acting for it."""
    return report.organisation_id in organisations_of(seat)


def judge_standing(dissolved_on: date | None, today: date) -> Verdict:
    """Refuse to ask a body that no longer stands."""
    if dissolved_on is not None and dissolved_on <= today:
        return no(_("The unit was dissolved; ask the one that follows it."))
    return YES


def is_late_report(report: Report, today: date) -> bool:
    """Tell whether the report was handed in, or is still owed, after its deadline."""
    if report.due_on is None or report.state == ReportState.EXCUSED:
        return False
    if report.state in OWED:
        return report.due_on < today
    handed_in = timezone.localdate(report.submitted_at) if report.submitted_at else None
    return handed_in is not None and handed_in > report.due_on


def _judge_unit(seat: Seat, report: Report, roles: frozenset[Role]) -> Verdict:
    if not is_own_report(seat, report):
        return no(_("Only the unit itself does this to its report."))
    if seat.role not in roles:
        if roles == SIGNERS:
            return no(_("Only the head of the unit or a leader does this."))
        if roles == KEEPERS:
            return no(_("Only a movement officer or the head of the unit does this."))
        return no(_("Your seat reads this report but does not write it."))
    return YES


def _judge_above(seat: Seat, report: Report, roles: frozenset[Role]) -> Verdict:
    above = report.parent
    if above is None:
        return no(_("This is the report of the organiser; nobody above was asked to answer it."))
    # whoever asked and was dissolved since is followed by the organiser of the review
    gone = above.organisation.dissolved_on is not None
    owner = report.review.organiser_id if gone else above.organisation_id
    if owner not in organisations_of(seat):
        return no(_("Only the body that asked for the report does this."))
    if seat.role not in roles:
        return no(_("Only a movement officer or the head of the unit does this."))
    return YES


def _judge_state(arrow: ReportArrow, report: Report) -> Verdict:
    if report.state in arrow.sources:
        return YES
    wanted = ", ".join(str(state.label) for state in ReportState if state in arrow.sources)
    return no(
        _("The report is %(state)s; this is only possible while it is: %(wanted)s.")
        % {"state": report.get_state_display(), "wanted": wanted}
    )


def _judge_open(report: Report) -> Verdict:
    if report.review.state != ReviewState.OPEN:
        return no(_("The review is closed: nothing more is written or handed in."))
    return YES


def _judge_gaps(gaps: Iterable[str]) -> Verdict:
    missing = list(gaps)
    return no(_("It cannot go on yet: %s") % " ".join(missing)) if missing else YES
