"""What was built on an honour: commendations of what was recognised, and replicas."""

from collections.abc import Collection
from dataclasses import dataclass

from kheo.exemplars.models import Exemplar
from kheo.recognition.models import Honour


@dataclass(frozen=True, kw_only=True)
class BuiltOn:
    """What would be left without its ground if some honours were taken back."""

    honours: list[Honour]
    replicas: list[Exemplar]


def honours_built_on(honours: Collection[Honour]) -> BuiltOn:
    """Return the standing honours built on these, step by step, and the replicas of their models.

    A renewal is built on what it renews.
    """
    chosen = {honour.pk for honour in honours}
    found: dict[int, Honour] = {}
    edge = set(chosen)
    while edge:
        rows = _built_directly_on(edge)
        edge = {row.pk for row in rows} - chosen - found.keys()
        found |= {row.pk: row for row in rows if row.pk in edge}
    models = {honour.exemplar_id for honour in honours if honour.exemplar_id is not None}
    replicas = Exemplar.objects.filter(replicated_from__in=models).select_related("owner")
    return BuiltOn(honours=list(found.values()), replicas=list(replicas.order_by("pk")[:200]))


def _built_directly_on(keys: Collection[int]) -> list[Honour]:
    standing = Honour.objects.standing().select_related("decision__organisation", "form")
    based = standing.filter(based_on__in=keys)
    renewed = standing.filter(renewed_from__in=keys)
    return [*based.order_by("pk"), *renewed.order_by("pk")]
