"""What the calendar does by itself: reminds units whose models have had no news for long."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django_q.models import Schedule

from kheo.exemplars.models import Registration
from kheo.notices.actions import Telling, notify_each
from kheo.progress.models import Course
from kheo.progress.queries.silence import late_milestones, models_to_remind

DAILY_TASK = "kheo.progress.tasks.mind_progress"
LISTED = 20
BATCH = 500


@transaction.atomic
def remind_of_silence(*, at: datetime) -> int:
    """Tell units of models of this year without news for long, or with milestones missed.

    Each model comes up once in that many days; each unit gets one notice. Returns how many units
    were told.
    """
    today = timezone.localdate(at)
    rows = models_to_remind(at=at, days=settings.PROGRESS_SILENT_DAYS)
    units: dict[int, list[Registration]] = {}
    for row in rows:
        units.setdefault(row.organisation_id, []).append(row)
    late = late_milestones([row.pk for row in rows], today)
    with override(settings.LANGUAGE_CODE):
        tellings = [_reminder(unit, models, late) for unit, models in units.items()]
    notify_each(tellings=tellings, at=at)
    _note_reminded(rows, today)
    return len(units)


@transaction.atomic
def keep_progress_schedule() -> Schedule:
    """See to it that the silence of models is looked at every day, also after an upgrade."""
    schedule, _created = Schedule.objects.update_or_create(
        name="silence of models",
        defaults={"func": DAILY_TASK, "schedule_type": Schedule.DAILY, "repeats": -1},
    )
    return schedule


def _note_reminded(rows: Sequence[Registration], today: date) -> None:
    keys = [row.pk for row in rows]
    known = set(
        Course.objects.filter(registration__in=keys).values_list("registration_id", flat=True)
    )
    Course.objects.bulk_create(
        [
            Course(registration=row, path=row.path, year=row.year, version=0)
            for row in rows
            if row.pk not in known
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    Course.objects.filter(registration__in=keys).update(reminded_on=today)


def _reminder(unit: int, models: Sequence[Registration], late: dict[int, list[str]]) -> Telling:
    words = ngettext(
        "%(count)s model has had no news for long",
        "%(count)s models have had no news for long",
        len(models),
    )
    lines = [_line(row, late.get(row.pk, [])) for row in models[:LISTED]]
    if len(models) > LISTED:
        lines.append(_("and %s further models") % (len(models) - LISTED))
    return Telling(
        organisation_id=unit,
        subject=words % {"count": len(models)},
        body="\n".join(lines),
        link=f"{reverse('progress:list')}?silent=on",
    )


def _line(row: Registration, late: Sequence[str]) -> str:
    missed = f" ({_('milestones missed')}: {'; '.join(late)})" if late else ""
    return f"- {row.name}{missed}"
