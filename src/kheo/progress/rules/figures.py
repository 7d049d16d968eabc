"""How figures are converted, added up for one model, and compared with what was planned."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kheo.progress.enums import Adding
from kheo.progress.models import DIGITS, PLACES, Indicator
from kheo.progress.rules.course import ProgressError

SMALLEST = Decimal(1).scaleb(-PLACES)
GREATEST = Decimal(10) ** (DIGITS - PLACES - 3)
# (day, amount in the base unit) of figures that stand, oldest first
Dated = tuple[date, Decimal]

NEGATIVE = _("A figure is not below zero.")
TOO_GREAT = _("This figure is too great; look at the unit.")


def in_base(indicator: Indicator, amount: Decimal, unit: str) -> Decimal:
    """Return an amount in the base unit of an indicator.

    :raises ProgressError: when it is not counted in that unit, or the amount makes no sense.
    """
    if unit not in indicator.units:
        words = _("“%(indicator)s” is not counted in %(unit)s.")
        raise ProgressError(str(words) % {"indicator": indicator, "unit": unit})
    base = amount * indicator.factor(unit)
    if fault := fault_of(base):
        raise ProgressError(str(fault))
    return base.quantize(SMALLEST)


def from_base(indicator: Indicator, base: Decimal | None, unit: str) -> Decimal | None:
    """Return an amount of the base unit in another unit of the same indicator."""
    if base is None:
        return None
    return trimmed(base / indicator.factor(unit if unit in indicator.units else indicator.unit))


def trimmed(amount: Decimal) -> Decimal:
    """Return the same amount without idle zeros after the decimal point."""
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize()


def fault_of(amount: Decimal) -> str | Promise:
    """Return why an amount makes no sense; empty when it does."""
    if amount < 0:
        return NEGATIVE
    return TOO_GREAT if amount >= GREATEST else ""


def added_up(adding: str, figures: Sequence[Dated]) -> Decimal | None:
    """Return what one model achieved by its figures; None when there is none."""
    if not figures:
        return None
    if adding == Adding.MAXIMUM:
        return max(amount for _day, amount in figures)
    if adding == Adding.LATEST:
        # of two figures of one day the one reported later counts
        return max(enumerate(figures), key=lambda one: (one[1][0], one[0]))[1][1]
    return sum((amount for _day, amount in figures), Decimal(0))


def percent_of(achieved: Decimal | None, planned: Decimal | None) -> Decimal | None:
    """Return how many per cent of the plan are achieved, to one decimal; None without a plan."""
    if not planned or achieved is None:
        return None
    return (achieved / planned * 100).quantize(Decimal("0.1"))
