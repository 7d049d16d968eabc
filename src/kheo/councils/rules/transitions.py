"""The arrows between the states of a council, as data, and who may follow them."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from kheo.councils.enums import CouncilDeed, CouncilState, MemberRole
from kheo.councils.models import Council, CouncilMember
from kheo.notices.rules import organisations_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no


class Side(StrEnum):
    """In what capacity a seat stands before a council."""

    OFFICER = "officer"
    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One arrow: from which states to which, and in what capacity."""

    deed: CouncilDeed
    sources: frozenset[CouncilState]
    target: CouncilState
    sides: frozenset[Side]
    needs_reason: bool = False

    @property
    def verb(self) -> str:
        """Return the verb of the audit."""
        return f"council.{self.deed.value}"


OFFICER = frozenset({Side.OFFICER})
DESK = frozenset({Side.CHAIR, Side.SECRETARY})
CHAIR = frozenset({Side.CHAIR})

_ARROWS = (
    Transition(
        deed=CouncilDeed.OPEN_SCORING,
        sources=frozenset({CouncilState.DRAFT}),
        target=CouncilState.SCORING,
        sides=OFFICER,
    ),
    Transition(
        deed=CouncilDeed.BACK_TO_DRAFT,
        sources=frozenset({CouncilState.SCORING}),
        target=CouncilState.DRAFT,
        sides=OFFICER,
        needs_reason=True,
    ),
    Transition(
        deed=CouncilDeed.OPEN_SESSION,
        sources=frozenset({CouncilState.SCORING}),
        target=CouncilState.SESSION,
        sides=DESK,
    ),
    Transition(
        deed=CouncilDeed.REOPEN_SCORING,
        sources=frozenset({CouncilState.SESSION}),
        target=CouncilState.SCORING,
        sides=CHAIR,
        needs_reason=True,
    ),
    Transition(
        deed=CouncilDeed.DECIDE,
        sources=frozenset({CouncilState.SESSION}),
        target=CouncilState.DECIDED,
        sides=DESK,
    ),
    Transition(
        deed=CouncilDeed.REOPEN_SESSION,
        sources=frozenset({CouncilState.DECIDED}),
        target=CouncilState.SESSION,
        sides=CHAIR,
        needs_reason=True,
    ),
    Transition(
        deed=CouncilDeed.ANNOUNCE,
        sources=frozenset({CouncilState.DECIDED}),
        target=CouncilState.ANNOUNCED,
        sides=OFFICER | CHAIR,
    ),
)
TRANSITIONS: dict[CouncilDeed, Transition] = {arrow.deed: arrow for arrow in _ARROWS}

WHO = {
    OFFICER: _("Only a movement officer of the committee that set the council up does this."),
    CHAIR: _("Only the chair of the council does this."),
    DESK: _("Only the chair or the secretary of the council does this."),
    OFFICER | CHAIR: _(
        "Only the chair of the council or a movement officer of its committee does this."
    ),
}
WHEN = {
    CouncilState.DRAFT: _("The council is still being prepared."),
    CouncilState.SCORING: _("The council is scoring."),
    CouncilState.SESSION: _("The council is in session."),
    CouncilState.DECIDED: _("The outcome is settled already."),
    CouncilState.ANNOUNCING: _("The outcome is being announced."),
    CouncilState.ANNOUNCED: _("The outcome has been announced."),
}


def sides_of(seat: Seat, council: Council, member: CouncilMember | None) -> frozenset[Side]:
    """Return in what capacities a seat stands before a council; ``member`` is its own row."""
    sides: set[Side] = set()
    if seat.role == Role.OFFICER and council.organisation_id in organisations_of(seat):
        sides.add(Side.OFFICER)
    if member is not None and member.seat_id == seat.pk:
        sides.add(Side(MemberRole(member.role).value))
    return frozenset(sides)


def can_move(
    deed: CouncilDeed, seat: Seat, council: Council, member: CouncilMember | None
) -> Verdict:
    """Judge capacity and state of a deed on the whole council."""
    arrow = TRANSITIONS[deed]
    if not arrow.sides & sides_of(seat, council, member):
        return no(WHO[arrow.sides])
    if council.state not in arrow.sources:
        return no(WHEN[CouncilState(council.state)])
    return YES
