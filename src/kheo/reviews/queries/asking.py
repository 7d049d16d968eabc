"""Who is asked to report: groups below a body, by kind and level or listed, and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from kheo.organisations.models import Kind, Level, Organisation
from kheo.reviews.models import Report, Review
from kheo.rounds.queries.asked import units_below


@dataclass(frozen=True, kw_only=True)
class AskTerms:
    """A group that reports until one day: kinds *and* levels (an empty one matches all) or listed.

    ``straight`` keeps those that stand directly below the body that asks.
    """

    due_on: date
    kinds: tuple[Kind, ...] = ()
    levels: tuple[Level, ...] = ()
    listed: tuple[Organisation, ...] = ()
    straight: bool = False


@dataclass(frozen=True)
class AskedBody:
    """A body that will be asked, as it is called and stands on that day."""

    organisation_id: int
    name: str
    path: str
    due_on: date


def bodies_asked(
    owner: Organisation, terms: Sequence[AskTerms], day: date, *, known: Iterable[int] = ()
) -> list[AskedBody]:
    """Return whom the groups name below a body on a day, each by the first that names it.

    One statement for each group; ``known`` are keys of bodies that are asked already.
    """
    found: dict[int, AskedBody] = {}
    left_out = set(known)
    for one in terms:
        rows = _described(owner, one, day).values_list("pk", "unit_name", "unit_path")
        for pk, name, path in rows:
            if pk not in left_out and pk not in found:
                found[pk] = AskedBody(pk, name, path, one.due_on)
    return list(found.values())


def asked_already(review: Review) -> set[int]:
    """Return the keys of all bodies that have a report in a review."""
    return set(Report.objects.filter(review=review).values_list("organisation_id", flat=True))


def _described(owner: Organisation, one: AskTerms, day: date) -> "QuerySet[Any, Any]":
    units = units_below(owner, day)
    test = Q(pk__in=[unit.pk for unit in one.listed])
    if one.kinds or one.levels:
        by_kind = Q(kind_on__in=[kind.pk for kind in one.kinds]) if one.kinds else Q()
        by_level = Q(level_on__in=[level.pk for level in one.levels]) if one.levels else Q()
        group = by_kind & by_level
        test |= group & Q(parent=owner.pk) if one.straight else group
    return units.filter(test)
