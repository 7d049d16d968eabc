"""A set with its criteria in order and its grades, read once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kheo.criteria.enums import Side
from kheo.criteria.models import CriteriaSet, Criterion, GradeBand
from kheo.criteria.rules.totals import Points, Total, grade_of, total_of
from kheo.criteria.rules.tree import Node, tree_of


@dataclass(frozen=True)
class SetShape:
    """What is needed of a set to score by it: ``leaves`` are the criteria that are scored."""

    criteria_set: CriteriaSet
    nodes: Sequence[Node]
    grades: Sequence[GradeBand]
    leaves: Sequence[Criterion] = field(init=False)

    def __post_init__(self) -> None:
        """Pick out what is scored."""
        leaves = [node.criterion for node in self.nodes if not node.is_heading]
        object.__setattr__(self, "leaves", leaves)

    def total(self, points: Points) -> Total:
        """Add up points given by criterion (its key)."""
        return total_of(self.leaves, self.criteria_set.bonus_cap, points)

    def grade(self, total: Total, *, is_disqualified: bool = False) -> GradeBand | None:
        """Return the grade of a total; none for who is disqualified."""
        lost = is_disqualified or total.is_disqualified
        return grade_of(self.grades, total.total, is_disqualified=lost)

    def scored_by(self, side: Side) -> list[Criterion]:
        """Return the criteria that a side scores."""
        return [criterion for criterion in self.leaves if side in criterion.scored_by]


def shape_of_set(criteria_set: CriteriaSet) -> SetShape:
    """Read criteria and grades of a set, with two statements."""
    return SetShape(
        criteria_set, tree_of(criteria_set.criteria.all()), list(criteria_set.grades.all())
    )
