"""Survey teams: the list, one team, setting up, changing, ending."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.audit.queries import history_of
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of
from kheo.visits.actions import (
    announce_visits,
    change_survey_team,
    put_team_to_work,
    set_up_survey_team,
)
from kheo.visits.enums import VisitState
from kheo.visits.forms.teams import TeamForm, initial_team, member_rows, team_terms
from kheo.visits.models import SurveyTeam, Visit
from kheo.visits.queries.pages import team_page
from kheo.visits.queries.visible import (
    VisitFilter,
    teams_visible_to,
    visits_listed,
    visits_visible_to,
)
from kheo.visits.rules.deeds import VisitError, can_change_team, can_set_up_team
from kheo.visits.views.finding import visible_team


@require_safe
def team_list(request: Request) -> HttpResponse:
    """Show the teams this seat sees, newest year first."""
    rows = teams_visible_to(request.seat).select_related("organisation")
    context = {
        "page": page_of(rows.order_by("-year", "name", "pk"), request),
        "may_set_up": can_set_up_team(request.seat, request.seat.organisation),
    }
    return render_page(request, "visits/teams.html", context)


@require_safe
def team_detail(request: Request, pk: int) -> HttpResponse:
    """Show a team, who is in it, and its schedule."""
    team = visible_team(request, pk)
    visits = page_of(visits_listed(request.seat, VisitFilter(team=team.pk)), request)
    context = {
        "page": team_page(request.seat, team),
        "team": team,
        "members": list(team.members.all()),
        "visits": visits,
        "planned": _planned(request, team).count(),
        "history": list(history_of(team)[:30]),
    }
    return render_page(request, "visits/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def team_new(request: Request) -> HttpResponse:
    """Set a team up."""
    body = request.seat.organisation
    demand(can_set_up_team(request.seat, body))
    return _edit(request, body, None)


@require_http_methods(["GET", "HEAD", "POST"])
def team_edit(request: Request, pk: int) -> HttpResponse:
    """Change a team."""
    team = visible_team(request, pk)
    demand(can_change_team(request.seat, team))
    return _edit(request, team.organisation, team)


@require_POST
def team_work(request: Request, pk: int) -> HttpResponse:
    """End the work of a team, or put it to work again."""
    team = visible_team(request, pk)
    active = request.POST.get("active") == "yes"
    put_team_to_work(team=team, active=active, by=request.seat, at=timezone.now())
    messages.success(
        request, _("The team works again.") if active else _("The team has ended its work.")
    )
    return redirect("visits:team", pk)


@require_POST
def team_announce(request: Request, pk: int) -> HttpResponse:
    """Announce all planned visits of a team at once."""
    team = visible_team(request, pk)
    visits = list(_planned(request, team))
    count = announce_visits(visits=visits, by=request.seat, at=timezone.now())
    if count:
        messages.success(request, _("The schedule is announced; the units are told."))
    else:
        messages.info(request, _("No visit of the team waits to be announced."))
    return redirect("visits:team", pk)


def _planned(request: Request, team: SurveyTeam) -> QuerySet[Visit]:
    return visits_visible_to(request.seat).filter(team=team.pk, state=VisitState.PLANNED)


def _edit(request: Request, body: Organisation, team: SurveyTeam | None) -> HttpResponse:
    initial = initial_team(team) if team else {"year": timezone.localdate().year}
    form = TeamForm(request.POST or None, initial=initial)
    rows = member_rows(request.seat, request.POST or None, team)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            saved = _save(request, body, team, form, rows)
        except VisitError as error:
            for reason in error.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("The team is saved."))
            return redirect("visits:team", saved.pk)
    context = {"form": form, "rows": rows, "team": team}
    bad = request.method == "POST"
    return render_page(request, "visits/team_edit.html", context, status=422 if bad else 200)


def _save(
    request: Request, body: Organisation, team: SurveyTeam | None, form: TeamForm, rows: object
) -> SurveyTeam:
    terms, at = team_terms(form, rows), timezone.now()
    if team is None:
        return set_up_survey_team(organisation=body, terms=terms, by=request.seat, at=at)
    seen = form.cleaned_data["version"]
    return change_survey_team(team=team, terms=terms, seen_version=seen, by=request.seat, at=at)
