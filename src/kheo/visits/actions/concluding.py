"""What a visit comes to: who was there, conclusions, recommendations; and the unit's remark."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kheo.lib.text.folding import normalise
from kheo.notices.actions import Telling, notify_each
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.visits.actions.journal import note_visit
from kheo.visits.actions.locking import locked_visit
from kheo.visits.actions.planning import Person, judge_times, write_people
from kheo.visits.actions.telling import tell_team
from kheo.visits.enums import AdviceState, Outcome, Side, VisitDeed, VisitState
from kheo.visits.models import Recommendation, SheetEntry, Visit
from kheo.visits.queries.standing import parts_in, units_to_visit
from kheo.visits.rules.deeds import VisitError, can_do_visit


@dataclass(frozen=True, kw_only=True)
class AdviceTerms:
    """One recommendation: a standing one by its key, or a new one."""

    text: str
    organisation: Organisation
    due_on: date | None = None
    key: int | None = None


@dataclass(frozen=True, kw_only=True)
class RecordTerms:
    """What is written down at the end of a visit."""

    starts: time | None = None
    ends: time | None = None
    place: str = ""
    conclusions: str = ""
    team: Sequence[Person] = ()
    unit: Sequence[Person] = ()
    guests: Sequence[Person] = ()
    advice: Sequence[AdviceTerms] = field(default_factory=tuple)


@transaction.atomic
def record_visit(
    *, visit: Visit, terms: RecordTerms, seen_version: int | None, by: Seat, at: datetime
) -> Visit:
    """Write down who was there, the conclusions and the recommendations; the unit sees none yet.

    :raises NotAllowedError: when the seat may not, or the visit is not open for it.
    :raises StaleVisitError: when somebody else changed it since ``seen_version``.
    :raises VisitError: when the times contradict, a unit is out of reach, or a recommendation
        that was answered already is left out.
    """
    locked = locked_visit(visit, seen_version)
    demand(can_do_visit(VisitDeed.CONCLUDE, by, locked, parts_in(by, locked.team)))
    judge_times(terms.starts, terms.ends)
    before = {"conclusions": locked.conclusions}
    locked.starts, locked.ends = terms.starts, terms.ends
    locked.place = normalise(terms.place)[:300]
    locked.conclusions = normalise(terms.conclusions, keep_lines=True)
    locked.version += 1
    locked.save()
    for side, people in (
        (Side.TEAM, terms.team),
        (Side.UNIT, terms.unit),
        (Side.GUEST, terms.guests),
    ):
        write_people(locked, side, people)
    _write_advice(locked, terms.advice)
    after = {
        "conclusions": locked.conclusions,
        "recommendations": [one.text for one in terms.advice],
    }
    note_visit("survey-visit.record", locked, by, at, before=before, after=after)
    return locked


@transaction.atomic
def conclude_visit(*, visit: Visit, by: Seat, at: datetime) -> Visit:
    """Conclude a visit: its unit may read the sheets from now on, and is told what is recommended.

    :raises NotAllowedError: when the seat may not, or the visit is not open for it.
    :raises VisitError: when there is no conclusion, or entries of a sheet wait for a choice.
    """
    locked = locked_visit(visit)
    demand(can_do_visit(VisitDeed.CONCLUDE, by, locked, parts_in(by, locked.team)))
    if not locked.conclusions:
        raise VisitError(_("Write the conclusions of the visit first."))
    waiting = SheetEntry.objects.filter(sheet__visit=locked, outcome=Outcome.CONFLICT)
    if waiting.exists():
        raise VisitError(_("Entries of a sheet wait for a choice: open the sheet and choose."))
    locked.state, locked.concluded_at, locked.concluded_by = VisitState.CONCLUDED, at, by
    locked.version += 1
    locked.save(update_fields=["state", "concluded_at", "concluded_by", "version"])
    note_visit("survey-visit.conclude", locked, by, at, after={"conclusions": locked.conclusions})
    _tell_of_result(locked, at)
    return locked


@transaction.atomic
def reopen_visit(*, visit: Visit, reason: str, by: Seat, at: datetime) -> Visit:
    """Open a concluded visit again, with a reason; the unit no longer reads its sheets.

    :raises NotAllowedError: when the seat may not, or the visit was not concluded.
    :raises VisitError: when no reason is given.
    """
    locked = locked_visit(visit)
    demand(can_do_visit(VisitDeed.REOPEN, by, locked, parts_in(by, locked.team)))
    if not (words := normalise(reason)):
        raise VisitError(_("Say why the visit is opened again."))
    locked.state, locked.concluded_at, locked.concluded_by = VisitState.ANNOUNCED, None, None
    locked.version += 1
    locked.save(update_fields=["state", "concluded_at", "concluded_by", "version"])
    note_visit("survey-visit.reopen", locked, by, at, reason=words)
    return locked


@transaction.atomic
def remark_on_visit(*, visit: Visit, text: str, by: Seat, at: datetime) -> Visit:
    """Let the unit add what it has to say of a concluded visit; it goes into the minutes.

    :raises NotAllowedError: when the seat is not of the unit, or the visit is not concluded.
    :raises VisitError: when nothing is said.
    """
    locked = locked_visit(visit)
    demand(can_do_visit(VisitDeed.REMARK, by, locked, parts_in(by, locked.team)))
    if not (words := normalise(text, keep_lines=True)):
        raise VisitError(_("Write the remark first."))
    before = {"remark": locked.remark}
    locked.remark, locked.remark_by, locked.remark_at = words, by, at
    locked.version += 1
    locked.save(update_fields=["remark", "remark_by", "remark_at", "version"])
    note_visit("survey-visit.remark", locked, by, at, before=before, after={"remark": words})
    tell_team(
        team=locked.team,
        subject=_("%(unit)s has remarked on the survey visit") % {"unit": locked.unit_name},
        body=words,
        link=reverse("visits:detail", args=[locked.pk]),
        at=at,
    )
    return locked


def _write_advice(visit: Visit, rows: Sequence[AdviceTerms]) -> None:
    standing = {one.pk: one for one in visit.recommendations.select_for_update()}
    kept = {terms.key for terms in rows if terms.key in standing}
    for gone in [one for key, one in standing.items() if key not in kept]:
        if gone.state != AdviceState.OPEN or gone.answer:
            raise VisitError(_("A recommendation that was answered already must stay."))
        gone.delete()
    reachable = units_to_visit(visit.team)
    for order, terms in enumerate(rows, start=1):
        unit = terms.organisation
        row = standing.get(terms.key or 0) or Recommendation(visit=visit)
        if row.organisation_id != unit.pk and not reachable.filter(pk=unit.pk).exists():
            raise VisitError(_("This unit lies outside the reach of the team's body."))
        row.organisation, row.unit_name, row.path = unit, unit.name, unit.path
        row.text = normalise(terms.text, keep_lines=True)
        row.due_on, row.order = terms.due_on, order
        row.save()


def _tell_of_result(visit: Visit, at: datetime) -> None:
    """Tell the visited unit, and whichever other unit is to follow a recommendation."""
    advice: dict[int, list[str]] = {visit.organisation_id: []}
    for row in visit.recommendations.filter(state=AdviceState.OPEN):
        due = (
            f" ({pgettext('recommendation', 'deadline')}: {row.due_on:%d/%m/%Y})"
            if row.due_on
            else ""
        )
        advice.setdefault(row.organisation_id, []).append(f"- {row.text}{due}")
    subject = _("Result of the survey visit of %(day)s") % {"day": f"{visit.held_on:%d/%m/%Y}"}
    own = reverse("visits:detail", args=[visit.pk])
    notify_each(
        tellings=[
            Telling(
                organisation_id=unit,
                subject=subject,
                body="\n".join(lines),
                link=own if unit == visit.organisation_id else reverse("visits:advice"),
            )
            for unit, lines in advice.items()
        ],
        at=at,
    )
