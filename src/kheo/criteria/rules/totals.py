"""How scores add up: points, capped bonus, deductions, disqualifying conditions, the grade."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kheo.criteria.enums import COUNTED, CriterionKind, Side
from kheo.criteria.models import Criterion, GradeBand
from kheo.organisations.rules import YES, Verdict, no

Points = Mapping[int, Decimal]
ZERO = Decimal(0)
# from the side that has the last word down to the unit itself
LATER_FIRST = (Side.COUNCIL, Side.SUPERIOR, Side.SELF)


@dataclass(frozen=True, kw_only=True)
class Total:
    """What the scores of one side come to."""

    counted: Decimal = ZERO
    bonus: Decimal = ZERO
    # what was claimed above the cap, and therefore does not count
    bonus_beyond_cap: Decimal = ZERO
    deduction: Decimal = ZERO
    disqualifying: tuple[Criterion, ...] = ()

    @property
    def total(self) -> Decimal:
        """Return points and bonus less what is taken off, never below zero."""
        return max(self.counted + self.bonus - self.deduction, ZERO)

    @property
    def is_disqualified(self) -> bool:
        """Tell whether a disqualifying condition is met."""
        return bool(self.disqualifying)


def total_of(leaves: Iterable[Criterion], bonus_cap: Decimal | None, points: Points) -> Total:
    """Add up the points given by criterion; criteria without points count as zero.

    Points of a deduction are those taken off; a disqualifying condition is met by any above zero.

    :param leaves: the scored criteria of the set.
    :param bonus_cap: how much bonus counts at most; None for all of it.
    """
    sums = dict.fromkeys(CriterionKind, ZERO)
    met: list[Criterion] = []
    for criterion in leaves:
        given = points.get(criterion.pk, ZERO)
        sums[CriterionKind(criterion.kind)] += given
        if criterion.kind == CriterionKind.DISQUALIFYING and given > 0:
            met.append(criterion)
    claimed = sums[CriterionKind.BONUS]
    bonus = claimed if bonus_cap is None else min(claimed, bonus_cap)
    return Total(
        counted=sum((sums[kind] for kind in COUNTED), ZERO),
        bonus=bonus,
        bonus_beyond_cap=claimed - bonus,
        deduction=sums[CriterionKind.DEDUCTION],
        disqualifying=tuple(met),
    )


def points_as_seen_by(
    side: Side, leaves: Iterable[Criterion], given: Mapping[str, Points]
) -> dict[int, Decimal]:
    """Return the points that hold for a side: its own, or those of the side before it.

    A council that does not score a criterion takes what the superior gave, and that what the unit
    gave itself.

    :param given: by side, the points it gave by criterion.
    """
    sides = LATER_FIRST[LATER_FIRST.index(side) :]
    held: dict[int, Decimal] = {}
    for criterion in leaves:
        for one in sides:
            if criterion.pk in given.get(one, {}):
                held[criterion.pk] = given[one][criterion.pk]
                break
    return held


def grade_of(
    grades: Iterable[GradeBand], total: Decimal, *, is_disqualified: bool
) -> GradeBand | None:
    """Return the best grade that the total reaches; none for who is disqualified."""
    reached = [grade for grade in grades if grade.minimum <= total]
    if is_disqualified or not reached:
        return None
    return max(reached, key=lambda grade: grade.minimum)


def judge_points(criterion: Criterion, points: Decimal, side: Side) -> Verdict:
    """Refuse points that the criterion does not know, or of a side that does not score it."""
    if side not in criterion.scored_by:
        words = _("“%(criterion)s” is not scored by this side.")
        return no(words % {"criterion": name_of(criterion)})
    if points < 0:
        words = _("“%(criterion)s”: points cannot be below zero.")
        return no(words % {"criterion": name_of(criterion)})
    highest = highest_points(criterion)
    if points > highest:
        words = _("“%(criterion)s”: %(points)s is more than the most that can be given, %(most)s.")
        names = {"points": said(points), "most": said(highest)}
        return no(words % ({"criterion": name_of(criterion)} | names))
    if criterion.kind == CriterionKind.YES_NO and points not in {ZERO, highest}:
        words = _("“%(criterion)s” is met or not met: give %(most)s points or none.")
        return no(words % {"criterion": name_of(criterion), "most": said(highest)})
    return YES


def highest_points(criterion: Criterion) -> Decimal:
    """Return the most that can be given, or taken off; a condition is met (1) or not (0)."""
    return Decimal(1) if criterion.kind == CriterionKind.DISQUALIFYING else criterion.points


def scored_by(side: Side, leaves: Sequence[Criterion]) -> list[Criterion]:
    """Return the criteria that a side scores."""
    return [criterion for criterion in leaves if side in criterion.scored_by]


def name_of(criterion: Criterion) -> str:
    """Return number and text of a criterion, as far as a sentence holds them."""
    text = str(criterion)
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def said(points: Decimal) -> str:
    """Return points as they are written: a decimal comma, no zeros at the end."""
    whole = f"{points:f}"
    return (whole.rstrip("0").rstrip(".") if "." in whole else whole).replace(".", ",") or "0"
