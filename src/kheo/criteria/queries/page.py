"""What the page of a set shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kheo.criteria.enums import CriterionKind
from kheo.criteria.models import CriteriaSet
from kheo.criteria.queries.shape import SetShape, shape_of_set
from kheo.criteria.rules.checking import faults_of
from kheo.criteria.rules.deeds import (
    can_build_sets,
    can_change_set,
    can_keep_set,
    can_put_in_force,
    can_renew_set,
    can_retire_set,
)
from kheo.criteria.rules.tree import counted_points
from kheo.organisations.models import Seat
from kheo.organisations.rules import Verdict


@dataclass(frozen=True)
class SetPage:
    """A set, what it still lacks, and what this seat may do with it."""

    shape: SetShape
    faults: Sequence[str]
    sums: dict[str, object]
    is_own: bool
    may_change: Verdict
    may_put_in_force: Verdict
    may_retire: Verdict
    may_renew: Verdict
    may_copy: Verdict


def set_page(seat: Seat | None, criteria_set: CriteriaSet) -> SetPage:
    """Return what the page of a set shows to a seat."""
    shape = shape_of_set(criteria_set)
    faults = faults_of(criteria_set, shape.nodes, shape.grades)
    return SetPage(
        shape=shape,
        faults=faults,
        sums=sums_of(shape),
        is_own=bool(can_keep_set(seat, criteria_set)),
        may_change=can_change_set(seat, criteria_set),
        may_put_in_force=can_put_in_force(seat, criteria_set, faults),
        may_retire=can_retire_set(seat, criteria_set),
        may_renew=can_renew_set(seat, criteria_set),
        may_copy=can_build_sets(seat),
    )


def sums_of(shape: SetShape) -> dict[str, object]:
    """Return what the criteria of a set come to, and whether that is its total."""
    counted = counted_points(shape.leaves)
    kinds = (CriterionKind.BONUS, CriterionKind.DEDUCTION)
    bonus, deduction = (
        sum(one.points for one in shape.leaves if one.kind == kind) for kind in kinds
    )
    return {
        "counted": counted,
        "total": shape.criteria_set.total,
        "fits": counted == shape.criteria_set.total,
        "missing": shape.criteria_set.total - counted,
        "beyond": counted - shape.criteria_set.total,
        "bonus": bonus,
        "deduction": deduction,
    }


def versions_of_set(
    criteria_set: CriteriaSet, visible: QuerySet[CriteriaSet]
) -> QuerySet[CriteriaSet]:
    """Return all versions of a set that are seen, the newest first."""
    rows = visible.filter(code=criteria_set.code, issuer=criteria_set.issuer)
    return rows.order_by("-edition")
