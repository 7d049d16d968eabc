"""Following recommendations up: the unit answers, the team confirms or asks for more."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django_q.models import Schedule

from kheo.lib.text.folding import normalise
from kheo.notices.actions import Telling, notify_each
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.ui.actions import keep_attachments
from kheo.visits.actions.journal import note_advice
from kheo.visits.actions.locking import locked_advice
from kheo.visits.actions.telling import tell_team
from kheo.visits.enums import AdviceDeed, AdviceState, VisitState
from kheo.visits.models import Recommendation, RecommendationFile
from kheo.visits.queries.standing import parts_in
from kheo.visits.rules.deeds import ADVICE_ARROWS, VisitError, can_do_advice

DAILY_TASK = "kheo.visits.tasks.mind_advice"
MOST_FILES = 10
# told a week and a day before, and every week after
BEFORE = (7, 1)
AFTER_EVERY = 7


@transaction.atomic
def answer_advice(
    *,
    advice: Recommendation,
    text: str,
    files: Sequence["File[bytes]"] = (),
    by: Seat,
    at: datetime,
) -> Recommendation:
    """Answer a recommendation with words and files; the team's body is told.

    :raises NotAllowedError: when the seat is not of the unit, or an answer waits already.
    :raises VisitError: when nothing is said, or there are too many files.
    :raises AttachmentError: when a file is empty, too large, or of a kind that is not taken.
    """
    row = locked_advice(advice)
    demand(can_do_advice(AdviceDeed.ANSWER, by, row, parts_in(by, row.visit.team)))
    words = normalise(text, keep_lines=True)
    if not words:
        raise VisitError(_("Say what has been done about the recommendation."))
    if len(files) > MOST_FILES:
        raise VisitError(_("At most %s files go with one answer.") % MOST_FILES)
    row.answer, row.answered_by, row.answered_at = words, by, at
    _turn(row, AdviceDeed.ANSWER)
    keep_attachments(files, partial(RecommendationFile, recommendation=row, added_at=at))
    note_advice("visit-advice.answer", row, by, at, after={"answer": words[:500]})
    subject = _("%(unit)s has answered a recommendation") % {"unit": row.unit_name}
    link = reverse("visits:advice-detail", args=[row.pk])
    tell_team(team=row.visit.team, subject=subject, body=words, link=link, at=at)
    return row


@transaction.atomic
def accept_answer(*, advice: Recommendation, by: Seat, at: datetime) -> Recommendation:
    """Confirm that a recommendation was followed.

    :raises NotAllowedError: when the seat is not of the team's side, or no answer waits.
    """
    row = locked_advice(advice)
    demand(can_do_advice(AdviceDeed.ACCEPT, by, row, parts_in(by, row.visit.team)))
    row.done_at = at
    _turn(row, AdviceDeed.ACCEPT)
    note_advice("visit-advice.accept", row, by, at, after={"state": row.state})
    _tell(row, _("Recommendation confirmed as followed"), row.text, at)
    return row


@transaction.atomic
def return_answer(*, advice: Recommendation, reason: str, by: Seat, at: datetime) -> Recommendation:
    """Ask the unit for more; the recommendation is open again.

    :raises NotAllowedError: when the seat is not of the team's side, or no answer waits.
    :raises VisitError: when no reason is given.
    """
    row = locked_advice(advice)
    demand(can_do_advice(AdviceDeed.RETURN, by, row, parts_in(by, row.visit.team)))
    if not (words := normalise(reason, keep_lines=True)):
        raise VisitError(_("Say what is still missing, so that the unit knows what to do."))
    row.return_reason = words
    _turn(row, AdviceDeed.RETURN)
    note_advice("visit-advice.return", row, by, at, reason=words)
    _tell(row, _("Recommendation: more is asked for"), words, at)
    return row


@transaction.atomic
def remind_of_advice(*, at: datetime) -> int:
    """Tell units of recommendations that are due soon or late; return how many units were told.

    Each unit is told once a day at most: a week and a day before, then every week.
    """
    today = timezone.localdate(at)
    rows = Recommendation.objects.filter(
        Q(reminded_on__isnull=True) | Q(reminded_on__lt=today),
        state=AdviceState.OPEN,
        visit__state=VisitState.CONCLUDED,
        due_on__lte=today + timedelta(days=max(BEFORE)),
    ).order_by("due_on", "pk")
    units: dict[int, list[Recommendation]] = {}
    for row in rows:
        if _is_day_to_remind(row, today):
            units.setdefault(row.organisation_id, []).append(row)
    with override("vi"):
        tellings = [_reminder(unit, found) for unit, found in units.items()]
    notify_each(tellings=tellings, at=at)
    told = [row.pk for found in units.values() for row in found]
    Recommendation.objects.filter(pk__in=told).update(reminded_on=today)
    return len(units)


@transaction.atomic
def keep_advice_schedule() -> Schedule:
    """See to it that deadlines of recommendations are looked at every day, also after upgrades."""
    schedule, _created = Schedule.objects.update_or_create(
        name="deadlines of recommendations",
        defaults={"func": DAILY_TASK, "schedule_type": Schedule.DAILY, "repeats": -1},
    )
    return schedule


def _turn(row: Recommendation, deed: AdviceDeed) -> None:
    row.state, row.version = ADVICE_ARROWS[deed].target, row.version + 1
    row.save()


def _tell(row: Recommendation, subject: str, body: str, at: datetime) -> None:
    telling = Telling(
        organisation_id=row.organisation_id,
        subject=subject,
        body=body,
        link=reverse("visits:advice-detail", args=[row.pk]),
    )
    notify_each(tellings=[telling], at=at)


def _is_day_to_remind(row: Recommendation, today: date) -> bool:
    """Tell whether one of the days has come since the unit was last told."""
    if row.due_on is None:
        return False
    days = [row.due_on - timedelta(days=before) for before in BEFORE]
    late = (today - row.due_on).days
    if late > 0:
        days.append(row.due_on + timedelta(days=late - (late - 1) % AFTER_EVERY))
    passed = [day for day in days if day <= today]
    return bool(passed) and (row.reminded_on is None or row.reminded_on < max(passed))


def _reminder(unit: int, rows: Sequence[Recommendation]) -> Telling:
    words = ngettext(
        "%(count)s recommendation of a survey visit waits for your answer",
        "%(count)s recommendations of survey visits wait for your answer",
        len(rows),
    )
    return Telling(
        organisation_id=unit,
        subject=words % {"count": len(rows)},
        body="\n".join(f"- {row.due_on:%d/%m/%Y}: {row}" for row in rows[:20]),
        link=reverse("visits:advice"),
    )
