"""Work in the background: replicas that were registered without asking."""

from datetime import datetime

from django.utils import timezone

from kheo.replication.actions import follow_replicas


def follow_registrations(now: datetime | None = None) -> int:
    """Follow new replicas; return how many there were."""
    return follow_replicas(at=now or timezone.now())
