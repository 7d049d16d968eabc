"""What a seat is in a team, and which units a team may visit."""

from django.db.models import QuerySet

from kheo.notices.rules import organisations_of
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import reaches
from kheo.visits.models import SurveyTeam, TeamMember


def parts_in(seat: Seat, team: SurveyTeam) -> frozenset[str]:
    """Return what a seat is in a team (``TeamPart``), empty for none."""
    rows = TeamMember.objects.filter(team=team.pk, seat=seat.pk)
    return frozenset(rows.values_list("part", flat=True))


def units_to_visit(team: SurveyTeam) -> QuerySet[Organisation]:
    """Return the units of today that the body of a team reaches, itself and its committee out."""
    body = team.organisation
    rows = Organisation.objects.filter(below(body.reach_path), dissolved_on__isnull=True)
    return rows.exclude(pk__in={body.pk, body.reach_id})


def is_on_team_side(seat: Seat, team: SurveyTeam) -> bool:
    """Tell whether a seat reads what the team writes before the visited unit may."""
    own = team.organisation_id in organisations_of(seat)
    return own or reaches(seat, team.path) or bool(parts_in(seat, team))
