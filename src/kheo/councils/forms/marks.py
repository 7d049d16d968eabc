"""Points and notes as they come from a page: one pair of boxes for each criterion."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from kheo.councils.actions import Mark, Settled
from kheo.criteria.models import Criterion
from kheo.criteria.rules.totals import name_of

LONGEST = 10


class MarkError(Exception):
    """What was typed is no number; ``by_criterion`` says where."""

    def __init__(self, by_criterion: Mapping[int, str]) -> None:
        """Keep each error with its criterion."""
        self.by_criterion = dict(by_criterion)
        self.reasons = list(self.by_criterion.values())
        super().__init__(" ".join(self.reasons))


def read_marks(typed: Mapping[str, str], criteria: Iterable[Criterion]) -> dict[int, Mark]:
    """Return the marks that were typed.

    :raises MarkError: when something typed is no number.
    """
    points = _points(typed, criteria)
    return {
        key: Mark(value, str(typed.get(f"note-{key}", "")).strip()) for key, value in points.items()
    }


def read_settled(typed: Mapping[str, str], criteria: Iterable[Criterion]) -> dict[int, Settled]:
    """Return the settled points that were typed; empty ones are left out.

    :raises MarkError: when something typed is no number.
    """
    points = _points(typed, criteria)
    return {
        key: Settled(value, str(typed.get(f"note-{key}", "")).strip())
        for key, value in points.items()
        if value is not None
    }


def _points(typed: Mapping[str, str], criteria: Iterable[Criterion]) -> dict[int, Decimal | None]:
    points: dict[int, Decimal | None] = {}
    errors: dict[int, str] = {}
    for criterion in criteria:
        text = str(typed.get(f"points-{criterion.pk}", "")).strip().replace(",", ".")
        try:
            value = Decimal(text) if text else None
        except InvalidOperation:
            value = Decimal("NaN")
        if value is not None and (not value.is_finite() or len(text) > LONGEST):
            words = _("“%s”: write a number, for instance 8 or 7,5.")
            errors[criterion.pk] = words % name_of(criterion)
            continue
        points[criterion.pk] = value.quantize(Decimal("0.01")) if value is not None else None
    if errors:
        raise MarkError(errors)
    return points
