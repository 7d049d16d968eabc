"""Recognised models that would fit a unit, each with the reasons why it is suggested."""

from collections import Counter
from dataclasses import dataclass

from kheo.exemplars.models import Registration
from kheo.organisations.models import Organisation
from kheo.replication.enums import STANDING, GuideState
from kheo.replication.models import Guide, Replication
from kheo.replication.queries.origins import recognised_entries
from kheo.replication.rules import Fit, reasons_to_suggest
from kheo.rounds.enums import Field

YEARS = 3
LOOKED_AT = 300
SHOWN = 8
# the path of a province: the country, if it stands there, and itself
PROVINCE_DEPTH = 2


@dataclass(frozen=True)
class Suggestion:
    """A model of another unit, and why it would fit."""

    entry: Registration
    reasons: list[str]


def suggestions_for(unit: Organisation) -> list[Suggestion]:
    """Return the recognised models that most speaks for, out of the newest, with five statements.

    What the unit has taken up already is left out, and so is whatever nothing speaks for.
    """
    by_field = _balance(unit)
    asked = Replication.objects.filter(unit=unit, state__in=STANDING)
    taken: set[int] = set(asked.values_list("origin", flat=True))
    own = Registration.objects.filter(organisation=unit, replicated_from__isnull=False)
    taken |= {key for key in own.values_list("replicated_from", flat=True) if key}
    rows = recognised_entries().exclude(organisation=unit.pk)
    entries = list(rows.select_related("organisation__level", "level", "exemplar")[:LOOKED_AT])
    guided = set(
        Guide.objects.filter(
            exemplar__in={one.exemplar_id for one in entries}, state=GuideState.PUBLISHED
        ).values_list("exemplar", flat=True)
    )
    found: dict[int, Suggestion] = {}
    for entry in entries:
        if entry.exemplar_id not in taken and entry.exemplar_id not in found:
            reasons = reasons_to_suggest(_fit(entry, unit, guided), by_field)
            if reasons:
                found[entry.exemplar_id] = Suggestion(entry, reasons)
    best = sorted(found.values(), key=lambda one: (-len(one.reasons), -one.entry.year))
    return best[:SHOWN]


def _balance(unit: Organisation) -> dict[str, int]:
    """Return how many models the unit registered in each field in its last years."""
    rows = Registration.objects.filter(organisation=unit, is_registered=True)
    newest = rows.order_by("-year").values_list("year", flat=True).first()
    lately = rows.filter(year__gt=newest - YEARS) if newest else rows
    counted = Counter(lately.values_list("field", flat=True))
    return {field: counted[field] for field in Field.values}


def _fit(entry: Registration, unit: Organisation, guided: set[int]) -> Fit:
    other = entry.organisation
    province = ".".join(unit.path.split(".")[: PROVINCE_DEPTH + 1])
    return Fit(
        field=entry.field,
        same_kind=other.kind_id == unit.kind_id,
        same_level=other.level_id == unit.level_id,
        same_province=entry.path.startswith(f"{province}."),
        has_guide=entry.exemplar_id in guided,
    )
