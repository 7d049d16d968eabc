"""The arrows of visits and recommendations as data, and who may follow which when."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kheo.notices.rules import organisations_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no
from kheo.visits.enums import AdviceDeed, AdviceState, TeamPart, VisitDeed, VisitState
from kheo.visits.models import Recommendation, SurveyTeam, Visit

# members who run a visit: they keep its schedule and conclude it
LEADING = frozenset({TeamPart.HEAD, TeamPart.DEPUTY, TeamPart.SECRETARY})
WRITERS = frozenset({Role.OFFICER, Role.INSPECTOR})
ANSWERERS = frozenset({Role.CLERK, Role.HEAD, Role.OFFICER})
UNIT_ROLES = frozenset({Role.CLERK, Role.HEAD})
Parts = Collection[str]


class VisitError(Exception):
    """What was asked cannot be done as things stand; ``reasons`` say why and what to do."""

    def __init__(self, *reasons: str | Promise) -> None:
        """Keep each reason apart, for a list on the page."""
        self.reasons = tuple(str(reason) for reason in reasons)
        super().__init__(" ".join(self.reasons))


class StaleVisitError(VisitError):
    """Somebody else has changed it since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            _("Somebody else has changed this since you opened the page. Look at it again.")
        )


class Circle(StrEnum):
    """Who acts: who runs the visit, who writes its sheets, or the visited unit."""

    RUNNERS = "runners"
    WRITERS = "writers"
    UNIT = "unit"


@dataclass(frozen=True, kw_only=True)
class VisitArrow:
    """One deed on a visit: from which states, to which one (None: it stays), by whom."""

    sources: frozenset[VisitState]
    target: VisitState | None
    circle: Circle


@dataclass(frozen=True, kw_only=True)
class AdviceArrow:
    """One deed on a recommendation: from which states to which, by the unit or by the team."""

    sources: frozenset[AdviceState]
    target: AdviceState
    circle: Circle


_COMING = frozenset({VisitState.PLANNED, VisitState.ANNOUNCED})
VISIT_ARROWS: dict[VisitDeed, VisitArrow] = {
    VisitDeed.CHANGE: VisitArrow(sources=_COMING, target=None, circle=Circle.RUNNERS),
    VisitDeed.ANNOUNCE: VisitArrow(
        sources=frozenset({VisitState.PLANNED}),
        target=VisitState.ANNOUNCED,
        circle=Circle.RUNNERS,
    ),
    VisitDeed.FILL: VisitArrow(
        sources=frozenset({VisitState.ANNOUNCED}), target=None, circle=Circle.WRITERS
    ),
    VisitDeed.CONCLUDE: VisitArrow(
        sources=frozenset({VisitState.ANNOUNCED}),
        target=VisitState.CONCLUDED,
        circle=Circle.RUNNERS,
    ),
    VisitDeed.REOPEN: VisitArrow(
        sources=frozenset({VisitState.CONCLUDED}),
        target=VisitState.ANNOUNCED,
        circle=Circle.RUNNERS,
    ),
    VisitDeed.CANCEL: VisitArrow(
        sources=_COMING, target=VisitState.CANCELLED, circle=Circle.RUNNERS
    ),
    VisitDeed.REMARK: VisitArrow(
        sources=frozenset({VisitState.CONCLUDED}), target=None, circle=Circle.UNIT
    ),
}
ADVICE_ARROWS: dict[AdviceDeed, AdviceArrow] = {
    AdviceDeed.ANSWER: AdviceArrow(
        sources=frozenset({AdviceState.OPEN}), target=AdviceState.ANSWERED, circle=Circle.UNIT
    ),
    AdviceDeed.ACCEPT: AdviceArrow(
        sources=frozenset({AdviceState.ANSWERED}), target=AdviceState.DONE, circle=Circle.WRITERS
    ),
    AdviceDeed.RETURN: AdviceArrow(
        sources=frozenset({AdviceState.ANSWERED}), target=AdviceState.OPEN, circle=Circle.WRITERS
    ),
}
CIRCLE_REASONS = {
    Circle.RUNNERS: _(
        "Only movement officers of the body that set the team up, and the head, deputy head and"
        " secretary of the team, do this."
    ),
    Circle.WRITERS: _(
        "Only members of the team, and movement officers and inspectors of its body, do this."
    ),
    Circle.UNIT: _("Only the people of the unit itself do this."),
}


def can_set_up_team(seat: Seat, organisation: Organisation) -> Verdict:
    """Let movement officers set teams up for their organisation or its committee."""
    if seat.role != Role.OFFICER:
        return no(_("Only movement officers set up survey teams."))
    if organisation.pk not in organisations_of(seat):
        return no(_("You cannot set up a team in the name of this organisation."))
    return YES


def can_change_team(seat: Seat, team: SurveyTeam) -> Verdict:
    """Let whoever sets teams up for the body change one while it is at work."""
    verdict = can_set_up_team(seat, team.organisation)
    if verdict and not team.is_active:
        return no(_("The team has ended its work; put it to work again first."))
    return verdict


def can_plan_visit(seat: Seat, team: SurveyTeam, parts: Parts) -> Verdict:
    """Let officers of the body and those who lead the team plan its visits.

    :param parts: what the seat is in the team (``TeamPart``), empty for none.
    """
    if not _in_circle(Circle.RUNNERS, seat, team, parts):
        return no(CIRCLE_REASONS[Circle.RUNNERS])
    return YES if team.is_active else no(_("The team has ended its work."))


def can_do_visit(deed: VisitDeed, seat: Seat, visit: Visit, parts: Parts) -> Verdict:
    """Judge circle and state of any deed on a visit, which comes with its team."""
    arrow = VISIT_ARROWS[deed]
    if arrow.circle == Circle.UNIT:
        inside = seat.role in UNIT_ROLES and visit.organisation_id in organisations_of(seat)
    else:
        inside = _in_circle(arrow.circle, seat, visit.team, parts)
    if not inside:
        return no(CIRCLE_REASONS[arrow.circle])
    if visit.state not in arrow.sources:
        return no(_("The visit is “%(state)s”.") % {"state": visit.get_state_display()})
    return YES


def can_do_advice(deed: AdviceDeed, seat: Seat, advice: Recommendation, parts: Parts) -> Verdict:
    """Judge circle and state of any deed on a recommendation, which comes with visit and team."""
    arrow = ADVICE_ARROWS[deed]
    if arrow.circle == Circle.UNIT:
        inside = seat.role in ANSWERERS and advice.organisation_id in organisations_of(seat)
    else:
        inside = _in_circle(arrow.circle, seat, advice.visit.team, parts)
    if not inside:
        return no(CIRCLE_REASONS[arrow.circle])
    if advice.visit.state != VisitState.CONCLUDED:
        return no(_("The visit has not been concluded."))
    if advice.state not in arrow.sources:
        return no(_("The recommendation is “%(state)s”.") % {"state": advice.get_state_display()})
    return YES


def _in_circle(circle: Circle, seat: Seat, team: SurveyTeam, parts: Parts) -> bool:
    own = team.organisation_id in organisations_of(seat)
    if circle == Circle.RUNNERS:
        return (own and seat.role == Role.OFFICER) or bool(LEADING & set(parts))
    return (own and seat.role in WRITERS) or bool(parts)
