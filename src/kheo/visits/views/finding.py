"""Finding the team, visit, sheet or recommendation an address names, as far as the seat sees it."""

from django.shortcuts import get_object_or_404

from kheo.organisations.http import Request
from kheo.visits.models import Recommendation, SurveyTeam, Visit, VisitSheet
from kheo.visits.queries.visible import (
    advice_visible_to,
    sheets_visible_to,
    teams_visible_to,
    visits_visible_to,
)


def visible_team(request: Request, pk: int) -> SurveyTeam:
    """Return a team this seat sees."""
    rows = teams_visible_to(request.seat).select_related("organisation__kind")
    return get_object_or_404(rows, pk=pk)


def visible_visit(request: Request, pk: int) -> Visit:
    """Return a visit this seat sees."""
    rows = visits_visible_to(request.seat).select_related(
        "team__organisation__kind", "organisation__kind"
    )
    return get_object_or_404(rows, pk=pk)


def visible_sheet(request: Request, pk: int) -> VisitSheet:
    """Return a sheet this seat sees."""
    rows = sheets_visible_to(request.seat).select_related(
        "visit__team__organisation__kind",
        "registration",
        "criteria_set",
        "updated_by__user",
    )
    return get_object_or_404(rows, pk=pk)


def visible_advice(request: Request, pk: int) -> Recommendation:
    """Return a recommendation this seat sees."""
    rows = advice_visible_to(request.seat).select_related(
        "visit__team__organisation__kind", "organisation__kind", "answered_by__user"
    )
    return get_object_or_404(rows, pk=pk)
