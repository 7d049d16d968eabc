"""Which replications a seat sees, which wait for its answer, and its unit's own."""

from django.db.models import Q, QuerySet

from kheo.organisations.enums import Role
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.replication.enums import ReplicationState
from kheo.replication.models import Replication
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Participation

MOST_ROWS = 50


def replications_visible_to(seat: Seat) -> QuerySet[Replication]:
    """Return those of units in reach, of models of units in reach, and those one mentors."""
    inside = (
        below(reach_of(seat), "path")
        | below(reach_of(seat), "origin__owner__path")
        | Q(unit=seat.organisation_id)
        | Q(mentor=seat.organisation_id)
    )
    return Replication.objects.filter(inside).select_related(
        "origin__owner", "unit", "mentor", "intended_level", "registration__level"
    )


def own_replications(seat: Seat) -> QuerySet[Replication]:
    """Return what the seat's own unit replicates, newest first."""
    rows = replications_visible_to(seat).filter(unit=seat.organisation_id)
    return rows.order_by("-created_at", "-pk")[:MOST_ROWS]


def requests_to_answer(seat: Seat) -> QuerySet[Replication]:
    """Return the requests that wait for the seat's unit, or for its officer, oldest first."""
    owner = (
        below(reach_of(seat), "origin__owner__path")
        if seat.role == Role.OFFICER
        else Q(origin__owner=seat.organisation_id)
    )
    rows = replications_visible_to(seat).filter(owner, state=ReplicationState.ASKED)
    return rows.order_by("created_at", "pk")[:MOST_ROWS]


def open_parts_of(unit: int) -> QuerySet[Participation]:
    """Return a unit's part in the open rounds, in which a replica can be registered."""
    rows = Participation.objects.filter(organisation=unit, round__state=RoundState.OPEN)
    return rows.select_related("round").order_by("-round__year", "-pk")
