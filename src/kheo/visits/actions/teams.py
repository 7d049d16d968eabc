"""Setting survey teams up, changing them, ending their work and putting them to work again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.lib.text.folding import normalise
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.visits.actions.journal import note_team
from kheo.visits.enums import TeamPart
from kheo.visits.models import SurveyTeam, TeamMember
from kheo.visits.rules.deeds import (
    StaleVisitError,
    VisitError,
    can_change_team,
    can_set_up_team,
)


@dataclass(frozen=True, kw_only=True)
class MemberTerms:
    """Somebody in a team: a seat, or a name."""

    part: str = TeamPart.MEMBER
    seat: Seat | None = None
    name: str = ""
    position: str = ""

    @property
    def full_name(self) -> str:
        """Return the name typed, else that of who holds the seat."""
        return normalise(self.name) or (self.seat.user.full_name if self.seat else "")


@dataclass(frozen=True, kw_only=True)
class TeamTerms:
    """What is written of a team."""

    name: str
    year: int
    members: Sequence[MemberTerms] = ()
    basis: str = ""
    field: str = ""
    area: str = ""


@transaction.atomic
def set_up_survey_team(
    *, organisation: Organisation, terms: TeamTerms, by: Seat, at: datetime
) -> SurveyTeam:
    """Set a survey team up, with its head and members.

    :raises NotAllowedError: when the seat may not set teams up for the organisation.
    :raises VisitError: when the name, the head or a member's name is missing.
    """
    demand(can_set_up_team(by, organisation))
    team = SurveyTeam(organisation=organisation, path=organisation.path)
    team.created_by, team.created_at = by, at
    _write(team, terms)
    note_team("survey-team.set-up", team, by, at, after=_facts(terms))
    return team


@transaction.atomic
def change_survey_team(
    *, team: SurveyTeam, terms: TeamTerms, seen_version: int | None, by: Seat, at: datetime
) -> SurveyTeam:
    """Change a team and who is in it.

    :raises NotAllowedError: when the seat may not, or the team has ended its work.
    :raises StaleVisitError: when somebody else changed it since ``seen_version``.
    :raises VisitError: when the name, the head or a member's name is missing.
    """
    locked = _locked(team)
    demand(can_change_team(by, locked))
    if seen_version is not None and seen_version != locked.version:
        raise StaleVisitError
    before = {"name": locked.name, "members": [str(one) for one in locked.members.all()]}
    locked.version += 1
    _write(locked, terms)
    note_team("survey-team.change", locked, by, at, before=before, after=_facts(terms))
    return locked


@transaction.atomic
def put_team_to_work(*, team: SurveyTeam, active: bool, by: Seat, at: datetime) -> SurveyTeam:
    """End the work of a team, or put it to work again.

    :raises NotAllowedError: when the seat may not set teams up for the body.
    """
    locked = _locked(team)
    demand(can_set_up_team(by, locked.organisation))
    if locked.is_active == active:
        return locked
    locked.is_active, locked.version = active, locked.version + 1
    locked.save(update_fields=["is_active", "version"])
    note_team("survey-team.resume" if active else "survey-team.end", locked, by, at)
    return locked


def _write(team: SurveyTeam, terms: TeamTerms) -> None:
    if reasons := _gaps(terms):
        raise VisitError(*reasons)
    team.name, team.year = normalise(terms.name)[:300], terms.year
    team.basis, team.area = normalise(terms.basis)[:300], normalise(terms.area)[:300]
    team.field = terms.field
    team.save()
    team.members.all().delete()
    TeamMember.objects.bulk_create(
        TeamMember(
            team=team,
            seat=one.seat,
            name=one.full_name[:200],
            position=(normalise(one.position) or str(one.seat.post if one.seat else ""))[:300],
            part=one.part,
            order=order,
        )
        for order, one in enumerate(terms.members, start=1)
    )


def _gaps(terms: TeamTerms) -> list[str]:
    heads = [one for one in terms.members if one.part == TeamPart.HEAD]
    seats = [one.seat.pk for one in terms.members if one.seat]
    faults = (
        (not normalise(terms.name), _("Give the team a name.")),
        (len(heads) != 1, _("A team has one head: choose who heads it.")),
        (not all(one.full_name for one in terms.members), _("Name every member of the team.")),
        (len(seats) != len(set(seats)), _("The same person stands in the team twice.")),
    )
    return [reason for is_fault, reason in faults if is_fault]


def _facts(terms: TeamTerms) -> dict[str, object]:
    facts: dict[str, object] = {
        "name": terms.name,
        "year": terms.year,
        "basis": terms.basis,
        "field": terms.field,
        "area": terms.area,
        "members": [f"{one.full_name} – {TeamPart(one.part).label}" for one in terms.members],
    }
    return {key: value for key, value in facts.items() if value}


def _locked(team: SurveyTeam) -> SurveyTeam:
    rows = SurveyTeam.objects.select_for_update(of=("self",))
    return rows.select_related("organisation__kind").get(pk=team.pk)
