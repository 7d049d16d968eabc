"""What the audit keeps of deeds on teams, visits, sheets and recommendations."""

from collections.abc import Mapping
from datetime import datetime

from kheo.audit.actions import Deed, record
from kheo.organisations.models import Seat
from kheo.visits.models import Recommendation, SurveyTeam, Visit, VisitSheet

Facts = Mapping[str, object]


def note_team(
    verb: str,
    team: SurveyTeam,
    by: Seat,
    at: datetime,
    *,
    before: Facts | None = None,
    after: Facts | None = None,
) -> None:
    """Record a deed on a team, in the scope of its body."""
    deed = Deed(verb=verb, record=team, scope=team.path, before=before or {}, after=after or {})
    record(deed=deed, by=by, at=at)


def note_visit(  # noqa: PLR0913 an entry has this many parts
    verb: str,
    visit: Visit,
    by: Seat,
    at: datetime,
    *,
    before: Facts | None = None,
    after: Facts | None = None,
    reason: str = "",
) -> None:
    """Record a deed on a visit, in the scope of the team's body."""
    deed = Deed(
        verb=verb,
        record=visit,
        scope=visit.team_path,
        before=before or {},
        after=after or {},
        reason=reason,
    )
    record(deed=deed, by=by, at=at)


def note_sheet(
    verb: str,
    sheet: VisitSheet,
    by: Seat,
    at: datetime,
    *,
    before: Facts | None = None,
    after: Facts | None = None,
) -> None:
    """Record a deed on a sheet, in the scope of the team's body."""
    scope = sheet.visit.team_path
    deed = Deed(verb=verb, record=sheet, scope=scope, before=before or {}, after=after or {})
    record(deed=deed, by=by, at=at)


def note_advice(
    verb: str,
    advice: Recommendation,
    by: Seat,
    at: datetime,
    *,
    after: Facts | None = None,
    reason: str = "",
) -> None:
    """Record a deed on a recommendation, in the scope of the unit that is to follow it."""
    deed = Deed(verb=verb, record=advice, scope=advice.path, after=after or {}, reason=reason)
    record(deed=deed, by=by, at=at)
