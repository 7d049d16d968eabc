"""The models that are there to be replicated, what was made of them, and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kheo.exemplars.enums import Stage, State
from kheo.exemplars.models import Exemplar, Registration
from kheo.lib.text.folding import fold
from kheo.progress.models import Result
from kheo.progress.queries.results import results_of
from kheo.replication.enums import CARRIED, ReplicationState
from kheo.replication.models import Replication

DEEPEST = 6
MOST_SHOWN = 200
# a range over bits is no index range; the values that carry the bit are
RECOGNISED = [value for value in range(2 * Stage.REPLICATED) if value & Stage.RECOGNISED]


@dataclass(frozen=True)
class Branch:
    """A replica in the tree of an origin: how deep it stands, and what it achieved."""

    row: Replication
    depth: int
    results: Sequence[Result]


def recognised_entries(q: str = "", field: str = "") -> QuerySet[Registration]:
    """Return the entries of recognised models found by words, newest first."""
    rows = Registration.objects.filter(stages__in=RECOGNISED)
    for word in fold(q).split()[:8]:
        rows = rows.filter(search_key__contains=word)
    if field:
        rows = rows.filter(field=field)
    return rows.select_related("level", "exemplar").order_by("-year", "path", "pk")


def counted_entry(origin: Exemplar) -> Registration | None:
    """Return the entry by which an origin counts: its latest recognised one, else accepted one."""
    rows = list(
        origin.registrations.filter(state=State.ACCEPTED, merged_from=None).order_by("-year", "-pk")
    )
    recognised = [row for row in rows if row.stages & Stage.RECOGNISED]
    return next(iter(recognised or rows), None)


def replicas_that_count() -> QuerySet[Replication]:
    """Return the replicas by which their origins count: carried out, or under way and accepted."""
    done = Q(state=ReplicationState.DONE)
    accepted = Q(state=ReplicationState.UNDER_WAY, registration__state=State.ACCEPTED)
    return Replication.objects.filter(done | accepted)


def replica_counts(origins: Iterable[int]) -> dict[int, int]:
    """Return how many units replicate, or have replicated, each of these models."""
    rows = Replication.objects.filter(origin__in=set(origins), state__in=CARRIED)
    counted = rows.values("origin").annotate(count=Count("pk")).order_by()
    return dict(counted.values_list("origin", "count"))


def tree_of(origin: Exemplar) -> list[Branch]:
    """Return what was made of a model, each replica followed by the replicas of that replica.

    One statement a generation, and two for the results; at most so many replicas are shown.
    """
    found: dict[int, list[Replication]] = {}
    wanted = {origin.pk}
    seen = {origin.pk}
    for _generation in range(DEEPEST):
        rows = Replication.objects.filter(origin__in=wanted).select_related(
            "unit", "mentor", "registration__level", "intended_level"
        )
        wanted = set()
        for row in rows.order_by("created_at", "pk")[:MOST_SHOWN]:
            found.setdefault(row.origin_id, []).append(row)
            if row.registration and row.registration.exemplar_id not in seen:
                wanted.add(row.registration.exemplar_id)
        seen |= wanted
        if not wanted:
            break
    keys = [row.registration_id for rows in found.values() for row in rows if row.registration_id]
    results = results_of(keys)
    return list(_branches(origin.pk, 0, found, results))


def _branches(
    origin: int,
    depth: int,
    found: dict[int, list[Replication]],
    results: dict[int, list[Result]],
) -> Iterable[Branch]:
    for row in found.pop(origin, []):
        yield Branch(row, depth, results.get(row.registration_id or 0, []))
        if row.registration:
            yield from _branches(row.registration.exemplar_id, depth + 1, found, results)
