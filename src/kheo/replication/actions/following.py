"""Follows registrations that name an origin: a replication is kept, and the origin is told."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django_q.models import Schedule

from kheo.exemplars.enums import Stage, State
from kheo.exemplars.models import Registration
from kheo.notices.actions import Telling, notify_each
from kheo.replication.actions.counting import count_origins
from kheo.replication.actions.journal import note_replication
from kheo.replication.enums import STANDING, ReplicationState
from kheo.replication.models import Replication
from kheo.replication.queries.origins import replicas_that_count

AT_ONCE = 500
TASK = "kheo.replication.tasks.follow_registrations"


@transaction.atomic
def follow_replicas(*, at: datetime, among: Collection[int] | None = None) -> int:
    """Keep a replication for each accepted registration that names its origin; return how many.

    A unit may register a replica without asking anybody; the origin is told of it all the same,
    and counts as replicated. What was asked for before is linked to its registration.

    :param among: registrations (their keys) that were just decided on; None looks for all.
    """
    found = list(_unfollowed(among).order_by("pk")[:AT_ONCE])
    for row in found:
        _follow(row, at)
    count_origins(origins=_uncounted() if among is None else _origins_of(among))
    return len(found)


def follow_decided(*, registrations: Collection[int], at: datetime, **_signal: object) -> None:
    """Follow replicas as soon as the decision on them has changed."""
    follow_replicas(at=at, among=registrations)


@transaction.atomic
def keep_replication_schedule() -> Schedule:
    """See to it that new replicas are looked for every hour, also after an upgrade."""
    schedule, _created = Schedule.objects.update_or_create(
        name="replicas of models",
        defaults={"func": TASK, "schedule_type": Schedule.HOURLY, "repeats": -1},
    )
    return schedule


def _unfollowed(among: Collection[int] | None) -> QuerySet[Registration]:
    # of several years of one replica, the newest entry is the one that is followed
    known = Replication.objects.filter(
        Q(registration=OuterRef("pk"))
        | Q(
            origin=OuterRef("replicated_from"),
            unit=OuterRef("organisation"),
            registration__year__gte=OuterRef("year"),
        )
    )
    rows = Registration.objects.filter(
        ~Exists(known), replicated_from__isnull=False, state=State.ACCEPTED, merged_from=None
    )
    rows = rows if among is None else rows.filter(pk__in=among)
    return rows.select_related("replicated_from__owner", "organisation")


def _uncounted() -> list[int]:
    """Return the first origins that count by a replica and are not noted as replicated yet."""
    counted = Registration.objects.filter(stages__gte=Stage.REPLICATED, exemplar=OuterRef("origin"))
    rows = replicas_that_count().filter(~Exists(counted)).order_by("pk")
    return list(rows.values_list("origin", flat=True)[:AT_ONCE])


def _origins_of(registrations: Collection[int]) -> set[int]:
    rows = Registration.objects.filter(pk__in=registrations, replicated_from__isnull=False)
    return set(rows.values_list("replicated_from_id", flat=True))


def _follow(registration: Registration, at: datetime) -> None:
    origin = registration.replicated_from
    if origin is None:
        return
    standing = Replication.objects.filter(
        origin=origin, unit=registration.organisation_id, state__in=STANDING
    )
    row = standing.first()
    if row is not None and row.registration_id is not None:
        # another year's entry of the same replica: the newest one is followed
        row.registration = registration
        row.save(update_fields=["registration"])
        return
    fresh = row is None
    row = row or Replication(
        origin=origin,
        unit=registration.organisation,
        path=registration.path,
        intended_level_id=registration.intended_level_id,
        created_at=at,
    )
    row.registration, row.state = registration, ReplicationState.UNDER_WAY
    row.version = row.version + (0 if fresh else 1)
    row.save()
    note_replication("replication.follow", row, None, at, after={"state": row.state})
    words = _("%(unit)s replicates “%(model)s”")
    telling = Telling(
        organisation_id=origin.owner_id,
        subject=words % {"unit": row.unit.name, "model": origin.name},
        link=reverse("replication:detail", args=[row.pk]),
    )
    notify_each(tellings=[telling], at=at)
