"""Follows registrations that name an origin: a replication is kept, and the origin is told."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import GreaterThan
from django.urls import reverse
from django.utils.translation import gettext as _
from django_q.models import Schedule

from kheo.exemplars.actions import reach_stage
from kheo.exemplars.enums import Stage, State
from kheo.exemplars.models import Registration
from kheo.notices.actions import Telling, notify_each
from kheo.replication.actions.journal import note_replication
from kheo.replication.enums import CARRIED, STANDING, ReplicationState
from kheo.replication.models import Replication
from kheo.replication.queries.origins import counted_entry

AT_ONCE = 500
TASK = "kheo.replication.tasks.follow_registrations"


@transaction.atomic
def follow_replicas(*, at: datetime) -> int:
    """Keep a replication for each accepted registration that names its origin; return how many.

    A unit may register a replica without asking anybody; the origin is told of it all the same,
    and counts as replicated. What was asked for before is linked to its registration.
    """
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
    ).select_related("replicated_from__owner", "organisation")
    found = list(rows.order_by("pk")[:AT_ONCE])
    for row in found:
        _follow(row, at)
    counted = Registration.objects.filter(
        GreaterThan(F("stages").bitand(Stage.REPLICATED), 0), exemplar=OuterRef("origin")
    )
    begun = Replication.objects.filter(
        ~Exists(counted), state__in=CARRIED, registration__state=State.ACCEPTED
    ).select_related("origin")
    origins = {row.origin for row in begun.order_by("pk")[:AT_ONCE]}
    entries = [entry.pk for origin in origins if (entry := counted_entry(origin))]
    reach_stage(registrations=entries, stage=Stage.REPLICATED)
    return len(found)


@transaction.atomic
def keep_replication_schedule() -> Schedule:
    """See to it that new replicas are looked for every hour, also after an upgrade."""
    schedule, _created = Schedule.objects.update_or_create(
        name="replicas of models",
        defaults={"func": TASK, "schedule_type": Schedule.HOURLY, "repeats": -1},
    )
    return schedule


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
