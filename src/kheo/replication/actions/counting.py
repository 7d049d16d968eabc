"""Notes on the origins of replicas that they were replicated, or are no longer."""

from collections.abc import Collection

from django.db import transaction

from kheo.exemplars.actions import leave_stage, reach_stage
from kheo.exemplars.enums import Stage
from kheo.exemplars.models import Exemplar, Registration
from kheo.replication.queries.origins import counted_entry, replicas_that_count


@transaction.atomic
def count_origins(*, origins: Collection[int]) -> None:
    """Bring the stage "replicated" of models (their keys) in line with their replicas.

    Part of the deed of another, which writes the audit; call it last in its transaction.
    """
    standing = set(
        replicas_that_count().filter(origin__in=origins).values_list("origin", flat=True)
    )
    # it is the highest of the bits
    entries = Registration.objects.filter(exemplar__in=origins, stages__gte=Stage.REPLICATED)
    marked = dict(entries.values_list("pk", "exemplar"))
    new = Exemplar.objects.filter(pk__in=standing - set(marked.values()))
    reached = [entry.pk for origin in new if (entry := counted_entry(origin))]
    gone = [entry for entry, origin in marked.items() if origin not in standing]
    leave_stage(registrations=gone, stage=Stage.REPLICATED)
    reach_stage(registrations=reached, stage=Stage.REPLICATED)
