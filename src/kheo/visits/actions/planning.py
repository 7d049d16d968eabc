"""Planning visits: day, place and models; announcing the schedule, changing it, cancelling."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.lib.text.folding import normalise
from kheo.notices.actions import Telling, notify_each
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.visits.actions.journal import note_visit
from kheo.visits.actions.locking import locked_visit
from kheo.visits.enums import Side, VisitDeed, VisitState
from kheo.visits.models import Participant, SurveyTeam, Visit, VisitSheet
from kheo.visits.queries.standing import parts_in, units_to_visit
from kheo.visits.rules.deeds import VisitError, can_do_visit, can_plan_visit


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody present, by name and position."""

    name: str
    position: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitTerms:
    """What is planned of a visit."""

    organisation: Organisation
    held_on: date
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    purpose: str = ""


@transaction.atomic
def plan_visit(*, team: SurveyTeam, terms: VisitTerms, by: Seat, at: datetime) -> Visit:
    """Put a visit into the plan of a team; nobody outside it is told yet.

    :raises NotAllowedError: when the seat may not plan for the team, or it has ended its work.
    :raises VisitError: when the unit lies outside the team's reach or the times contradict.
    """
    demand(can_plan_visit(by, team, parts_in(by, team)))
    visit = Visit(team=team, team_path=team.path, created_by=by, created_at=at)
    _write(visit, terms)
    write_people(
        visit,
        Side.TEAM,
        [Person(name=one.name, position=one.position) for one in team.members.all()],
    )
    note_visit("survey-visit.plan", visit, by, at, after=facts_of_visit(visit))
    return visit


@transaction.atomic
def change_visit(
    *, visit: Visit, terms: VisitTerms, seen_version: int | None, by: Seat, at: datetime
) -> Visit:
    """Change what is planned; of what was announced already the unit is told.

    :raises NotAllowedError: when the seat may not, or the visit is over.
    :raises StaleVisitError: when somebody else changed it since ``seen_version``.
    :raises VisitError: when the unit cannot be changed any more, or the times contradict.
    """
    locked = locked_visit(visit, seen_version)
    demand(can_do_visit(VisitDeed.CHANGE, by, locked, parts_in(by, locked.team)))
    if locked.organisation_id != terms.organisation.pk and (
        locked.announced_at or locked.sheets.exists()
    ):
        raise VisitError(_("Another unit is another visit: cancel this one and plan a new one."))
    before = facts_of_visit(locked)
    locked.version += 1
    _write(locked, terms)
    after = facts_of_visit(locked)
    changed = [key for key in after if after[key] != before[key]]
    note_visit(
        "survey-visit.change",
        locked,
        by,
        at,
        before={key: before[key] for key in changed},
        after={key: after[key] for key in changed},
    )
    if changed and locked.state == VisitState.ANNOUNCED:
        _tell([locked], _("Survey visit changed: %(when)s"), at)
    return locked


@transaction.atomic
def choose_visited_models(
    *, visit: Visit, registrations: Iterable[Registration], by: Seat, at: datetime
) -> Visit:
    """Say which models the visit looks at; each has a sheet. Sheets that hold something stay.

    :raises NotAllowedError: when the seat may not, or the visit is over.
    :raises VisitError: when a model is not an accepted one of the visited unit or below it, or
        the sheet of one that is left out holds something.
    """
    locked = locked_visit(visit)
    demand(can_do_visit(VisitDeed.CHANGE, by, locked, parts_in(by, locked.team)))
    chosen = {row.pk: row for row in registrations}
    for row in chosen.values():
        if not row.path.startswith(locked.path) or row.state != State.ACCEPTED:
            raise VisitError(_("“%s” is not an accepted model of this unit.") % row.name)
    standing = {sheet.registration_id: sheet for sheet in locked.sheets.all()}
    _drop_sheets([sheet for key, sheet in standing.items() if key not in chosen])
    new = [row for key, row in chosen.items() if key not in standing]
    first = (locked.sheets.aggregate(last=Max("order"))["last"] or 0) + 1
    for order, row in enumerate(new, start=first):
        VisitSheet.objects.create(visit=locked, registration=row, order=order)
    after = {"models": [row.name for row in chosen.values()]}
    note_visit("survey-visit.choose-models", locked, by, at, after=after)
    return locked


@transaction.atomic
def announce_visits(*, visits: Sequence[Visit], by: Seat, at: datetime) -> int:
    """Announce planned visits: their units are told, each of each visit once.

    :raises NotAllowedError: when the seat may not announce one of them.
    """
    told = []
    for visit in sorted(visits, key=lambda one: one.pk):
        locked = locked_visit(visit)
        demand(can_do_visit(VisitDeed.ANNOUNCE, by, locked, parts_in(by, locked.team)))
        locked.state, locked.announced_at = VisitState.ANNOUNCED, at
        locked.version += 1
        locked.save(update_fields=["state", "announced_at", "version"])
        note_visit("survey-visit.announce", locked, by, at, after=facts_of_visit(locked))
        told.append(locked)
    _tell(told, _("Survey visit announced: %(when)s"), at)
    return len(told)


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, by: Seat, at: datetime) -> Visit:
    """Cancel a visit with a reason; a unit that knew of it is told.

    :raises NotAllowedError: when the seat may not, or the visit is over.
    :raises VisitError: when no reason is given.
    """
    locked = locked_visit(visit)
    demand(can_do_visit(VisitDeed.CANCEL, by, locked, parts_in(by, locked.team)))
    if not (words := normalise(reason)):
        raise VisitError(_("Say why the visit is cancelled, so that the unit knows."))
    locked.state, locked.cancel_reason = VisitState.CANCELLED, words[:500]
    locked.version += 1
    locked.save(update_fields=["state", "cancel_reason", "version"])
    note_visit("survey-visit.cancel", locked, by, at, reason=words)
    if locked.announced_at:
        _tell([locked], _("Survey visit cancelled: %(when)s"), at)
    return locked


def write_people(visit: Visit, side: str, people: Iterable[Person]) -> None:
    """Put down who is present on one side, in place of who stood there."""
    visit.participants.filter(side=side).delete()
    Participant.objects.bulk_create(
        Participant(
            visit=visit,
            side=side,
            name=one.name[:200],
            position=one.position[:300],
            order=order,
        )
        for order, one in enumerate(people, start=1)
    )


def judge_times(starts: time | None, ends: time | None) -> None:
    """Refuse an end that is not after the beginning.

    :raises VisitError: with the reason.
    """
    if starts and ends and ends <= starts:
        raise VisitError(_("The visit ends before it begins: correct the times."))


def facts_of_visit(visit: Visit) -> dict[str, object]:
    """Return what the audit keeps of the plan of a visit."""
    return {
        "unit": visit.unit_name,
        "held_on": visit.held_on.isoformat(),
        "starts": f"{visit.starts:%H:%M}" if visit.starts else "",
        "ends": f"{visit.ends:%H:%M}" if visit.ends else "",
        "place": visit.place,
        "purpose": visit.purpose,
    }


def _write(visit: Visit, terms: VisitTerms) -> None:
    judge_times(terms.starts, terms.ends)
    unit = terms.organisation
    if not units_to_visit(visit.team).filter(pk=unit.pk).exists():
        raise VisitError(_("This unit lies outside the reach of the team's body."))
    visit.organisation, visit.unit_name, visit.path = unit, unit.name, unit.path
    visit.held_on, visit.starts, visit.ends = terms.held_on, terms.starts, terms.ends
    visit.place = normalise(terms.place)[:300]
    visit.purpose = normalise(terms.purpose, keep_lines=True)
    visit.save()


def _drop_sheets(sheets: Iterable[VisitSheet]) -> None:
    for sheet in sheets:
        if sheet.entries.exists() or sheet.photos.exists():
            raise VisitError(
                _("The sheet of “%s” holds something already and must stay.")
                % sheet.registration.name
            )
        sheet.delete()


def _tell(visits: Iterable[Visit], subject: str, at: datetime) -> None:
    notify_each(tellings=[_telling(visit, subject) for visit in visits], at=at)


def _telling(visit: Visit, subject: str) -> Telling:
    when = f"{visit.held_on:%d/%m/%Y}"
    if visit.starts:
        when = f"{visit.starts:%H:%M}, {when}"
    lines = [f"{visit.team.name} ({visit.team.organisation.name})"]
    lines += [_("Place: %s") % visit.place] if visit.place else []
    lines += [_("What is looked at: %s") % visit.purpose] if visit.purpose else []
    lines += [_("Reason: %s") % visit.cancel_reason] if visit.cancel_reason else []
    return Telling(
        organisation_id=visit.organisation_id,
        subject=subject % {"when": when},
        body="\n".join(lines),
        link=reverse("visits:detail", args=[visit.pk]),
    )
