"""Work in the background: new years of yearly tasks, and reminders of deadlines."""

from datetime import datetime

from django.utils import timezone

from kheo.assignments.actions import begin_new_turns, remind_of_tasks


def mind_tasks(now: datetime | None = None) -> int:
    """Begin new years, then remind of deadlines; return how many bodies were told."""
    now = now or timezone.now()
    begin_new_turns(at=now)
    return remind_of_tasks(at=now)
