"""Work in the background: reminders of models without news."""

from datetime import datetime

from django.utils import timezone

from kheo.progress.actions import remind_of_silence


def mind_progress(now: datetime | None = None) -> int:
    """Remind units of models without news; return how many units were told."""
    return remind_of_silence(at=now or timezone.now())
