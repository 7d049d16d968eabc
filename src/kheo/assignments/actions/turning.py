"""What the calendar does by itself: new years of yearly tasks, and reminders of deadlines."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django_q.models import Schedule

from kheo.assignments.actions.journal import note_part
from kheo.assignments.enums import OWING_PARTS, WORKING, PartState, TaskState
from kheo.assignments.models import TaskBody, TaskTurn
from kheo.assignments.rules.timing import following_turn
from kheo.notices.actions import Telling, notify_each

DAILY_TASK = "kheo.assignments.tasks.mind_tasks"
# told a week and a day before, the day after, and then every week
BEFORE = (7, 1)
AFTER_EVERY = 7
BATCH = 500
SUBJECTS_LISTED = 20


@transaction.atomic
def begin_new_turns(*, at: datetime) -> int:
    """Begin the next year of yearly tasks whose year has ended; return how many parts turned.

    The year that ended is kept as it stood. Turning twice turns only once.
    """
    today = timezone.localdate(at)
    rows = list(
        TaskBody.objects.select_for_update(of=("self",))
        .filter(task__state=TaskState.OPEN, turn__lt=today.year)
        .select_related("task")
        .order_by("pk")
    )
    turned = [row for row in rows if _turn(row, today)]
    fields = ["turn", "due_on", "state", "reported_at", "confirmed_at", "reminded_on", "version"]
    TaskBody.objects.bulk_update(turned, fields, batch_size=BATCH)
    for row in turned:
        note_part("task.new-turn", row, None, at, after={"turn": row.turn})
    return len(turned)


@transaction.atomic
def remind_of_tasks(*, at: datetime) -> int:
    """Tell bodies of deadlines that are near or have passed, each body once a day at most."""
    today = timezone.localdate(at)
    rows = [row for row in _to_remind(today) if _is_day_to_remind(row, today)]
    units: dict[int, list[TaskBody]] = {}
    for row in rows:
        if row.organisation_id is not None:
            units.setdefault(row.organisation_id, []).append(row)
    with override("vi"):
        tellings = [_reminder(unit, parts, today) for unit, parts in units.items()]
    notify_each(tellings=tellings, at=at)
    TaskBody.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=today)
    return len(units)


@transaction.atomic
def keep_task_schedule() -> Schedule:
    """See to it that deadlines of tasks are looked at every day, also after an upgrade."""
    schedule, _created = Schedule.objects.update_or_create(
        name="deadlines of tasks",
        defaults={"func": DAILY_TASK, "schedule_type": Schedule.DAILY, "repeats": -1},
    )
    return schedule


def _turn(row: TaskBody, today: date) -> bool:
    """Move a part on, year by year, and keep the years that ended."""
    moved = False
    while row.turn is not None and row.turn < today.year:
        following = following_turn(row.task, row.turn)
        if following is None:
            break
        TaskTurn.objects.update_or_create(
            body=row,
            year=row.turn,
            defaults={
                "due_on": row.due_on,
                "state": row.state,
                "reported_at": row.reported_at,
                "confirmed_at": row.confirmed_at,
            },
        )
        row.turn, row.due_on = following.year, following.due_on
        row.state, row.version = PartState.WAITING, row.version + 1
        row.reported_at = row.confirmed_at = row.reminded_on = None
        moved = True
    return moved


def _to_remind(today: date) -> QuerySet[TaskBody]:
    return (
        TaskBody.objects.filter(
            Q(reminded_on__isnull=True) | Q(reminded_on__lt=today),
            task__state=TaskState.OPEN,
            state__in=OWING_PARTS,
            role__in=WORKING,
            due_on__lte=today + timedelta(days=max(BEFORE)),
            organisation__isnull=False,
        )
        .select_related("task")
        .order_by("due_on", "pk")
    )


def _is_day_to_remind(row: TaskBody, today: date) -> bool:
    """Tell whether one of the days has come since the body was last told."""
    if row.due_on is None:
        return False
    days = [row.due_on - timedelta(days=before) for before in BEFORE]
    late = (today - row.due_on).days
    if late > 0:
        days.append(row.due_on + timedelta(days=late - (late - 1) % AFTER_EVERY))
    passed = [day for day in days if day <= today]
    return bool(passed) and (row.reminded_on is None or row.reminded_on < max(passed))


def _reminder(unit: int, parts: Iterable[TaskBody], today: date) -> Telling:
    rows = list(parts)
    late = sum(row.is_late(today) for row in rows)
    if late:
        words = ngettext("%(count)s task is late", "%(count)s tasks are late", late)
        subject = words % {"count": late}
    else:
        words = ngettext("%(count)s task is due soon", "%(count)s tasks are due soon", len(rows))
        subject = words % {"count": len(rows)}
    lines = [f"- {row.due_on:%d/%m/%Y}: {row.task.title}" for row in rows[:SUBJECTS_LISTED]]
    if len(rows) > SUBJECTS_LISTED:
        lines.append(_("and %s more") % (len(rows) - SUBJECTS_LISTED))
    return Telling(
        organisation_id=unit,
        subject=subject,
        body="\n".join(lines),
        link=reverse("assignments:list"),
    )
