"""What the audit keeps of deeds on teams, visits, sheets and recommendations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Unpack

from kheo.audit.actions import Told, note_deed
from kheo.organisations.models import Seat
from kheo.visits.models import Recommendation, SurveyTeam, Visit, VisitSheet

Facts = Mapping[str, object]


def note_team(
    verb: str,
    team: SurveyTeam,
    by: Seat,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a team, in the scope of its body."""
    note_deed(verb, team, team.path, by, at, **told)


def note_visit(
    verb: str,
    visit: Visit,
    by: Seat,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a visit, in the scope of the team's body."""
    note_deed(verb, visit, visit.team_path, by, at, **told)


def note_sheet(
    verb: str,
    sheet: VisitSheet,
    by: Seat,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a sheet, in the scope of the team's body."""
    note_deed(verb, sheet, sheet.visit.team_path, by, at, **told)


def note_advice(
    verb: str,
    advice: Recommendation,
    by: Seat,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a recommendation, in the scope of the unit that is to follow it."""
    note_deed(verb, advice, advice.path, by, at, **told)
