"""The schedule of what is done every night."""

from datetime import datetime

from django.db import transaction
from django_q.models import Schedule

CLEANING = "nightly cleaning"


@transaction.atomic
def keep_cleaning_schedule(*, first: datetime) -> Schedule:
    """See to it that old sessions and sign-in attempts are cleared away each night.

    ``first`` counts only where there is no schedule yet, so that a restart does not put it off.
    """
    schedule, _created = Schedule.objects.update_or_create(
        name=CLEANING,
        defaults={
            "func": "kheo.cli.worker.clean_up",
            "schedule_type": Schedule.DAILY,
            "repeats": -1,
        },
        create_defaults={
            "func": "kheo.cli.worker.clean_up",
            "schedule_type": Schedule.DAILY,
            "repeats": -1,
            "next_run": first,
        },
    )
    return schedule
