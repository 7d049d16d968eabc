"""Which accepted models are followed, how long they have had no news, and what they missed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.progress.enums import CourseState
from kheo.progress.models import Milestone

BATCH = 500


def is_underway() -> Q:
    """Return the condition "under way" on registrations: a model without a course is, too."""
    return Q(course=None) | Q(course__state=CourseState.UNDERWAY)


def silent_since(moment: datetime) -> Q:
    """Return the condition "under way, and no news since that moment".

    Before the first news, what counts is the day on which the registration was accepted.
    """
    news = Q(course__last_news_at__lt=moment)
    never = Q(course=None) | Q(course__last_news_at=None)
    return is_underway() & (news | (never & Q(decided_at__lt=moment)))


def models_to_remind(*, at: datetime, days: int) -> list[Registration]:
    """Return this year's accepted models without news for so many days, not reminded as long."""
    today = timezone.localdate(at)
    due = Q(course=None) | Q(course__reminded_on=None)
    due |= Q(course__reminded_on__lte=today - timedelta(days=days))
    rows = Registration.objects.filter(
        silent_since(at - timedelta(days=days)) & due, year=today.year, state=State.ACCEPTED
    )
    return list(rows.order_by("path", "pk"))


def by_last_news(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Order registrations by their last news, those longest without in front."""
    return rows.annotate(heard_at=Coalesce("course__last_news_at", "decided_at")).order_by(
        "heard_at", "pk"
    )


def late_milestones(registrations: Iterable[int], today: date) -> dict[int, list[str]]:
    """Return the titles of missed milestones by registration."""
    found: dict[int, list[str]] = {}
    keys = list(registrations)
    for start in range(0, len(keys), BATCH):
        rows = Milestone.objects.filter(
            registration__in=keys[start : start + BATCH], done_on=None, due_on__lt=today
        )
        for pk, title in rows.values_list("registration_id", "title"):
            found.setdefault(pk, []).append(title)
    return found
