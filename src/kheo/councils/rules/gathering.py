"""What the scores of the members come to, beside what the unit and its superior gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kheo.councils.rules.spreading import mean
from kheo.criteria.enums import CriterionKind, Side
from kheo.criteria.models import Criterion
from kheo.criteria.rules.totals import (
    Points,
    Total,
    highest_points,
    points_as_seen_by,
    scored_by,
    total_of,
)

# these hold or do not hold: a mean would be neither
EITHER_OR = frozenset({CriterionKind.YES_NO, CriterionKind.DISQUALIFYING})


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """The council's points by criterion, the level below's, and what all come to.

    ``changed`` are the criteria where the council departs from the level below.
    """

    points: dict[int, Decimal]
    below: dict[int, Decimal]
    changed: tuple[int, ...]
    total: Total
    council_part: Decimal
    heaviest: Decimal


def gathered(
    leaves: Sequence[Criterion],
    bonus_cap: Decimal | None,
    *,
    given: Sequence[Points],
    sides: Mapping[str, Points],
    settled: Points,
) -> Gathered:
    """Return what a file stands at.

    :param leaves: the scored criteria of the set, in order.
    :param given: the points of each member whose scores are in, by criterion.
    :param sides: what the unit and its superior gave, by side and criterion.
    :param settled: what the council settled instead of the members' mean, by criterion.
    """
    own = scored_by(Side.COUNCIL, leaves)
    points = {}
    for criterion in own:
        value = settled.get(criterion.pk, joined(criterion, given))
        if value is not None:
            points[criterion.pk] = value
    below = points_as_seen_by(Side.SUPERIOR, leaves, sides)
    held = {**below, **points}
    return Gathered(
        points=points,
        below=below,
        changed=tuple(key for key, value in points.items() if below.get(key, value) != value),
        total=total_of(leaves, bonus_cap, held),
        council_part=total_of(own, bonus_cap, points).total,
        heaviest=held.get(_heaviest(leaves), Decimal(0)),
    )


def joined(criterion: Criterion, given: Sequence[Points]) -> Decimal | None:
    """Return the mean of the members' points; of what holds or not, what more than half say."""
    values = [points[criterion.pk] for points in given if criterion.pk in points]
    if not values:
        return None
    if criterion.kind in EITHER_OR:
        met = sum(1 for value in values if value > 0)
        return highest_points(criterion) if 2 * met > len(values) else Decimal(0)
    return mean(values)


def _heaviest(leaves: Sequence[Criterion]) -> int:
    counted = [criterion for criterion in leaves if criterion.is_counted]
    if not counted:
        return 0
    # of those that weigh the same, max takes the first
    return max(counted, key=lambda one: one.points).pk
