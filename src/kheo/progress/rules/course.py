"""The arrows between the states of a course, as data, and who may follow them when."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import Stage, State
from kheo.exemplars.models import Registration
from kheo.lib.text.folding import normalise
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no, reach_of, reaches
from kheo.progress.enums import CourseState, Deed, UpdateKind
from kheo.progress.models import Course


class ProgressError(Exception):
    """What was asked cannot be done to a model as it stands; ``reasons`` say why."""

    def __init__(self, *reasons: str) -> None:
        """Keep each reason apart, for a list on the page."""
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class StaleCourseError(ProgressError):
    """Somebody else has changed the course since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            str(_("Somebody else has changed this since you opened the page. Look at it again."))
        )


class Side(StrEnum):
    """Who acts: the unit that carries the model out, or an officer above it."""

    UNIT = "unit"
    OFFICER = "officer"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One arrow: from which states to which, by whom, with what line in the course.

    Without a target the state stays. ``verb`` is the audit's, ``kind`` the update's; ``notice`` is
    the subject of what the other side is told, empty when it need not be told.
    """

    deed: Deed
    sources: frozenset[CourseState]
    sides: frozenset[Side]
    verb: str
    target: CourseState | None = None
    kind: UpdateKind | None = None
    needs_reason: bool = False
    notice: str | Promise = ""


UNIT_ROLES = frozenset({Role.CLERK, Role.HEAD})
UNIT, OFFICER = frozenset({Side.UNIT}), frozenset({Side.OFFICER})
BOTH = UNIT | OFFICER
UNDERWAY = frozenset({CourseState.UNDERWAY})
ENDED = frozenset({CourseState.STOPPED, CourseState.MERGED})
# once a council or a committee has built on it, what was reported stays reported
BUILT_ON = Stage.APPRAISED | Stage.RECOGNISED | Stage.PRAISED | Stage.COMMENDED | Stage.REPLICATED

_ARROWS = (
    Transition(
        deed=Deed.REPORT,
        sources=UNDERWAY | {CourseState.DONE},
        sides=UNIT,
        verb="progress.report",
        kind=UpdateKind.NEWS,
    ),
    Transition(deed=Deed.PLAN, sources=UNDERWAY, sides=UNIT, verb="progress.plan"),
    Transition(
        deed=Deed.DONE,
        sources=UNDERWAY,
        target=CourseState.DONE,
        sides=UNIT,
        verb="progress.done",
        kind=UpdateKind.DONE,
    ),
    Transition(
        deed=Deed.TAKE_BACK,
        sources=frozenset({CourseState.DONE}),
        target=CourseState.UNDERWAY,
        sides=UNIT,
        verb="progress.take-back",
        kind=UpdateKind.TAKEN_BACK,
        needs_reason=True,
    ),
    Transition(
        deed=Deed.STOP,
        sources=UNDERWAY,
        target=CourseState.STOPPED,
        sides=BOTH,
        verb="progress.stop",
        kind=UpdateKind.STOPPED,
        needs_reason=True,
        notice=_("Marked as stopped: %(name)s"),
    ),
    Transition(
        deed=Deed.MERGE,
        sources=UNDERWAY,
        target=CourseState.MERGED,
        sides=BOTH,
        verb="progress.merge",
        kind=UpdateKind.MERGED,
        needs_reason=True,
        notice=_("Marked as merged into another model: %(name)s"),
    ),
    Transition(
        deed=Deed.RESUME,
        sources=ENDED,
        target=CourseState.UNDERWAY,
        sides=BOTH,
        verb="progress.resume",
        kind=UpdateKind.RESUMED,
        needs_reason=True,
        notice=_("Taken up again: %(name)s"),
    ),
    Transition(
        deed=Deed.ASK,
        sources=UNDERWAY,
        sides=OFFICER,
        verb="progress.ask",
        kind=UpdateKind.ASKED,
        notice=_("News asked for: %(name)s"),
    ),
)
TRANSITIONS: Mapping[Deed, Transition] = {arrow.deed: arrow for arrow in _ARROWS}

WRONG_STATE = {
    CourseState.UNDERWAY: _("The model is under way."),
    CourseState.DONE: _("The model was reported as carried out; take the report back first."),
    CourseState.STOPPED: _("The model was stopped; take it up again first."),
    CourseState.MERGED: _("The model was merged into another; take it up again first."),
}
WRONG_SIDE = {
    UNIT: _("Only the clerk or the head of the unit that registered the model does this."),
    OFFICER: _("Only a movement officer above the unit does this."),
    BOTH: _("Only the unit that registered the model, or a movement officer above it, does this."),
}


def side_of(seat: Seat, registration: Registration) -> Side | None:
    """Tell on which side a seat stands to a model; None when it only reads."""
    if seat.role in UNIT_ROLES and seat.organisation_id == registration.organisation_id:
        return Side.UNIT
    above = (
        seat.role == Role.OFFICER
        and seat.organisation_id != registration.organisation_id
        and reaches(seat, registration.path)
        and registration.path != reach_of(seat)
    )
    return Side.OFFICER if above else None


def can_follow(
    deed: Deed, seat: Seat, registration: Registration, course: Course | None
) -> Verdict:
    """Judge side, registration and state; a model without a course yet is under way."""
    arrow = TRANSITIONS[deed]
    side = side_of(seat, registration)
    if side not in arrow.sides:
        return no(WRONG_SIDE[arrow.sides])
    if registration.state != State.ACCEPTED:
        return no(_("Only accepted registrations are followed; this one is not accepted."))
    state = CourseState(course.state) if course else CourseState.UNDERWAY
    if state not in arrow.sources:
        return no(WRONG_STATE[state])
    if deed == Deed.TAKE_BACK and registration.stages & BUILT_ON:
        return no(_("The model has been appraised or honoured since; its report stays."))
    return _resumable(side, registration, course) if deed == Deed.RESUME else YES


def reason_given(deed: Deed, text: str) -> None:
    """Go on only if a deed that needs a reason has one.

    :raises ProgressError: when it is missing.
    """
    if TRANSITIONS[deed].needs_reason and not normalise(text):
        raise ProgressError(str(_("Give the reason; it stays in the history of the model.")))


def _resumable(side: Side | None, registration: Registration, course: Course | None) -> Verdict:
    closed_by = course.closed_by if course else None
    by_unit = closed_by is None or closed_by.organisation_id == registration.organisation_id
    if side == Side.UNIT and not by_unit:
        return no(_("A movement officer stopped the model; only a movement officer undoes that."))
    return YES
