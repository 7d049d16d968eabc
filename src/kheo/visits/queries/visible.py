"""Which teams, visits, sheets, photos and recommendations a seat sees."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kheo.exemplars.models import Registration
from kheo.notices.rules import organisations_of
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.queries.tree import matching
from kheo.organisations.rules import reach_of
from kheo.visits.enums import AdviceState, VisitState
from kheo.visits.models import (
    Recommendation,
    RecommendationFile,
    SheetEntry,
    SheetPhoto,
    SurveyTeam,
    TeamMember,
    Visit,
    VisitSheet,
)


@dataclass(frozen=True, kw_only=True)
class VisitFilter:
    """What the schedule is narrowed to."""

    team: int | None = None
    state: str = ""
    unit: str = ""
    first: date | None = None
    last: date | None = None


def teams_visible_to(seat: Seat) -> QuerySet[SurveyTeam]:
    """Return the teams set up at or below the seat's reach, by its body, or with it inside."""
    member = TeamMember.objects.filter(team=OuterRef("pk"), seat=seat.pk)
    return SurveyTeam.objects.filter(
        below(reach_of(seat)) | Q(organisation__in=organisations_of(seat)) | Exists(member)
    )


def visits_visible_to(seat: Seat) -> QuerySet[Visit]:
    """Return the visits of the teams a seat sees, and announced ones to units in its reach."""
    return Visit.objects.filter(_of_team(seat) | _of_unit(seat))


def visits_listed(seat: Seat, chosen: VisitFilter) -> QuerySet[Visit]:
    """Return the visible visits that pass a filter, newest day first, with what a list shows."""
    rows = visits_visible_to(seat)
    if chosen.team:
        rows = rows.filter(team=chosen.team)
    if chosen.state in VisitState.values:
        rows = rows.filter(state=chosen.state)
    if chosen.first:
        rows = rows.filter(held_on__gte=chosen.first)
    if chosen.last:
        rows = rows.filter(held_on__lte=chosen.last)
    if chosen.unit:
        units = Organisation.objects.filter(matching(chosen.unit))
        rows = rows.filter(organisation__in=units)
    rows = rows.annotate(model_count=Count("sheets"))
    return rows.select_related("team").order_by("-held_on", "-pk")


def sheets_visible_to(seat: Seat) -> QuerySet[VisitSheet]:
    """Return the sheets of the teams a seat sees; the unit's side reads them once concluded."""
    read = _of_unit(seat, "visit__") & Q(visit__state=VisitState.CONCLUDED)
    return VisitSheet.objects.filter(_of_team(seat, "visit__") | read)


def photos_visible_to(seat: Seat) -> QuerySet[SheetPhoto]:
    """Return the photos of the sheets a seat sees."""
    rows = SheetPhoto.objects.filter(removed_at__isnull=True)
    return rows.filter(sheet__in=sheets_visible_to(seat).values("pk"))


def entries_to_settle(seat: Seat) -> QuerySet[SheetEntry]:
    """Return the entries of visible sheets, for choosing what stands."""
    return SheetEntry.objects.filter(sheet__in=sheets_visible_to(seat).values("pk"))


def advice_visible_to(seat: Seat) -> QuerySet[Recommendation]:
    """Return recommendations of the teams a seat sees, and concluded ones to units in its reach."""
    own = Q(organisation__in=organisations_of(seat)) | below(reach_of(seat), "path")
    told = own & Q(visit__state=VisitState.CONCLUDED)
    return Recommendation.objects.filter(_of_team(seat, "visit__") | told)


def advice_listed(seat: Seat, *, state: str, unit: str) -> QuerySet[Recommendation]:
    """Return the visible recommendations of concluded visits, what is due soonest first."""
    rows = advice_visible_to(seat).filter(visit__state=VisitState.CONCLUDED)
    if state in AdviceState.values:
        rows = rows.filter(state=state)
    if unit:
        rows = rows.filter(organisation__in=Organisation.objects.filter(matching(unit)))
    rows = rows.select_related("visit__team")
    # answered ones wait for the team, done ones are only read
    return rows.order_by("-state", F("due_on").asc(nulls_last=True), "pk")


def advice_files_visible_to(seat: Seat) -> QuerySet[RecommendationFile]:
    """Return the files of the recommendations a seat sees."""
    seen = advice_visible_to(seat).values("pk")
    return RecommendationFile.objects.filter(recommendation__in=seen)


def owed_advice(seat: Seat) -> QuerySet[Recommendation]:
    """Return what the seat's own unit has still to answer, what is due soonest first."""
    rows = Recommendation.objects.filter(
        organisation__in=organisations_of(seat),
        state=AdviceState.OPEN,
        visit__state=VisitState.CONCLUDED,
    )
    return rows.select_related("visit").order_by(F("due_on").asc(nulls_last=True), "pk")


def models_to_visit(visit: Visit) -> QuerySet[Registration]:
    """Return the accepted models of the visited unit and below it, of the team's year first."""
    rows = Registration.objects.filter(below(visit.path), state="accepted")
    rows = rows.filter(year__gte=visit.team.year - 1, year__lte=visit.team.year)
    return rows.order_by("-year", "path", "pk")


def sheets_of(registration: Registration) -> QuerySet[VisitSheet]:
    """Return the sheets of concluded visits to a model, newest first, with what was found.

    For councils beside the file: the statements do not depend on how much was found.
    """
    rows = VisitSheet.objects.filter(
        registration=registration.pk, visit__state=VisitState.CONCLUDED
    )
    rows = rows.select_related("visit__team__organisation", "criteria_set")
    return rows.prefetch_related("findings", "photos").order_by("-visit__held_on", "-pk")


def visits_told_of(year: int | None) -> list[tuple[Visit, int, int]]:
    """Return all visits, of a year where one is given, with how many sheets and open advice."""
    rows = Visit.objects.select_related("team").order_by("-held_on", "-pk")
    if year is not None:
        rows = rows.filter(held_on__year=year)
    still_open = Q(recommendations__state=AdviceState.OPEN)
    rows = rows.annotate(
        sheet_count=Count("sheets", distinct=True),
        open_count=Count("recommendations", filter=still_open, distinct=True),
    )
    return [(row, row.sheet_count, row.open_count) for row in rows]


def _of_team(seat: Seat, prefix: str = "") -> Q:
    member = TeamMember.objects.filter(seat=seat.pk).values("team")
    return (
        below(reach_of(seat), f"{prefix}team_path")
        | Q(**{f"{prefix}team__organisation__in": organisations_of(seat)})
        | Q(**{f"{prefix}team__in": member})
    )


def _of_unit(seat: Seat, prefix: str = "") -> Q:
    inside = below(reach_of(seat), f"{prefix}path")
    own = Q(**{f"{prefix}organisation__in": organisations_of(seat)})
    return (inside | own) & Q(**{f"{prefix}announced_at__isnull": False})
