"""Work in the background: reminders of recommendations."""

from datetime import datetime

from django.utils import timezone

from kheo.visits.actions import remind_of_advice


def mind_advice(now: datetime | None = None) -> int:
    """Remind of recommendations; return how many units were told."""
    return remind_of_advice(at=now or timezone.now())
