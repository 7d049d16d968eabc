"""All that the minutes of a visit say, gathered before they are written."""

from collections.abc import Sequence
from dataclasses import dataclass

from kheo.organisations.papers.letterheads import Issuer, issuer_of
from kheo.organisations.papers.speakers import Speaker, speaker_of
from kheo.visits.enums import Side, TeamPart
from kheo.visits.models import Participant, Recommendation, TeamMember, Visit, VisitSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """A visit with everything that its minutes name."""

    visit: Visit
    issuer: Issuer
    speaker: Speaker
    head: TeamMember | None
    secretary: TeamMember | None
    people: dict[str, list[Participant]]
    sheets: Sequence[VisitSheet]
    advice: Sequence[Recommendation]


def minutes_of(visit: Visit) -> Minutes:
    """Return what the minutes of a visit say, in a fixed number of statements."""
    people: dict[str, list[Participant]] = {side: [] for side in Side.values}
    for one in visit.participants.all():
        people[one.side].append(one)
    members = {one.part: one for one in visit.team.members.order_by("-order", "-pk")}
    sheets = visit.sheets.select_related("registration", "criteria_set")
    return Minutes(
        visit=visit,
        issuer=issuer_of(visit.team.organisation, visit.held_on),
        speaker=speaker_of(visit.team.organisation),
        head=members.get(TeamPart.HEAD),
        secretary=members.get(TeamPart.SECRETARY),
        people=people,
        sheets=list(sheets.prefetch_related("findings", "photos")),
        advice=list(visit.recommendations.all()),
    )
