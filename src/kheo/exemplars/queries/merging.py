"""Which units share a model, and what was built on it since two were merged."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.rules.likeness import GONE
from kheo.organisations.models import Organisation


def owners_of(exemplar: Exemplar) -> QuerySet[Organisation]:
    """Return the units that own a model: its own, and those of the models merged into it."""
    merged = Exemplar.objects.filter(merged_into=exemplar).values("owner")
    return Organisation.objects.filter(Q(pk=exemplar.owner_id) | Q(pk__in=merged)).order_by("pk")


def shared_entries(registration: Registration) -> QuerySet[Registration]:
    """Return the other entries of a registration's model in its year, where units share it."""
    rows = Registration.objects.filter(
        exemplar=registration.exemplar_id, year=registration.year
    ).exclude(pk=registration.pk)
    merged = Q(merged_from__isnull=False)
    return rows if registration.merged_from_id else rows.filter(merged)


def counted_by(registrations: Iterable[Registration]) -> dict[int, int]:
    """Return, by key, how many entries of other units superiors count by each of these."""
    found: dict[int, int] = {}
    for row in registrations:
        if row.uncounted_path or row.merged_from_id:
            continue
        others = shared_entries(row).exclude(state__in=GONE).exclude(uncounted_path="")
        found[row.pk] = others.count()
    return found


def built_on(gone: Exemplar) -> bool:
    """Tell whether anything rests on a model since another one was merged into it."""
    kept, since = gone.merged_into_id, gone.merged_at
    if kept is None or since is None:
        return False
    entries = Registration.objects.filter(Q(exemplar=kept) | Q(replicated_from=kept))
    models = Exemplar.objects.filter(
        Q(replicated_from=kept, created_at__gt=since) | Q(merged_into=kept, merged_at__gt=since)
    )
    return entries.filter(created_at__gt=since).exists() or models.exists()
