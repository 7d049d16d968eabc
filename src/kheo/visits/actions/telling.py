"""Telling a survey team: the officers of its body and the members who lead it."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from kheo.notices.actions import notify
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.visits.models import SurveyTeam
from kheo.visits.rules.deeds import LEADING


def tell_team(*, team: SurveyTeam, subject: str, body: str, link: str, at: datetime) -> None:
    """Tell everybody who runs the visits of a team, each once."""
    body_officers = Q(organisation=team.organisation_id, role=Role.OFFICER)
    leading = Q(survey_teams__team=team.pk, survey_teams__part__in=LEADING)
    held = Seat.objects.held(timezone.localdate(at)).filter(body_officers | leading)
    people = {seat.user_id: seat.user for seat in held.select_related("user").distinct()}
    notify(
        organisation=team.organisation,
        subject=subject,
        body=body,
        link=link,
        users=people.values(),
        at=at,
    )
