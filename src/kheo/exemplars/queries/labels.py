"""How the issuer of a round labels the fields, and which levels it may be registered at."""

from datetime import date

from django.db.models import Q, QuerySet

from kheo.organisations.models import Level
from kheo.rounds.models import FieldLabel, Round
from kheo.rounds.queries.specs import FormSpec

CENTRAL_RANK = 1


def field_labels(round: Round, spec: FormSpec | None = None) -> list[tuple[str, str]]:
    """Return (field, label) in the order of the form's scheme, else of the round's."""
    schemes = Q(scheme=round.field_scheme_id)
    if spec is not None and spec.field_scheme_code:
        schemes |= Q(scheme__code=spec.field_scheme_code)
    rows = list(FieldLabel.objects.filter(schemes).select_related("scheme").order_by("order", "pk"))
    wanted = [row for row in rows if spec and row.scheme.code == spec.field_scheme_code]
    chosen = wanted or [row for row in rows if row.scheme_id == round.field_scheme_id]
    return [(row.field, row.label) for row in chosen]


def registrable_levels() -> QuerySet[Level]:
    """Return all levels at which models are or were registered, the highest first."""
    return Level.objects.filter(rank__gt=CENTRAL_RANK).order_by("rank")


def levels_on(day: date) -> list[Level]:
    """Return the levels of a day at which models are registered, the highest first."""
    return list(registrable_levels().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)))
