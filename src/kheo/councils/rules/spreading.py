"""How far the totals of several members lie apart, and who stands far from the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

# of values spread like a bell, 1.4826 times the median absolute deviation is one standard deviation
SCALE = Decimal("1.4826")
FAR = 3
# where most members agree to the point the deviation is nothing; then this share of the most
# points that can be reached counts as far
LEAST_SHARE = Decimal("0.05")
FEWEST = 3
CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The totals of one file: middle, deviation, lowest, highest, and the members far away."""

    middle: Decimal
    deviation: Decimal
    lowest: Decimal
    highest: Decimal
    outliers: tuple[int, ...]

    @property
    def width(self) -> Decimal:
        """Return the distance from the lowest to the highest total."""
        return self.highest - self.lowest


def spread_of(totals: Mapping[int, Decimal], greatest: Decimal) -> Spread | None:
    """Return how the totals lie; None without any.

    A member stands far away when the own total differs from the median by more than three
    scaled median absolute deviations, and by no less than a twentieth of the most points that can
    be reached. With fewer than three totals nobody can be told to be the odd one.

    :param totals: the total of points by the key of the member.
    :param greatest: the most points that can be reached.
    """
    if not totals:
        return None
    values = list(totals.values())
    middle = Decimal(median(values))
    deviation = Decimal(median([abs(value - middle) for value in values]))
    limit = max(FAR * SCALE * deviation, greatest * LEAST_SHARE)
    far = [key for key, value in totals.items() if abs(value - middle) > limit]
    return Spread(
        middle=middle.quantize(CENT),
        deviation=deviation.quantize(CENT),
        lowest=min(values),
        highest=max(values),
        outliers=tuple(far) if len(values) >= FEWEST else (),
    )


def mean(values: list[Decimal]) -> Decimal | None:
    """Return the mean to a hundredth of a point; None of nothing."""
    return (sum(values, Decimal(0)) / len(values)).quantize(CENT) if values else None
