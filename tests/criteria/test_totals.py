"""How scores add up, whatever they are."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.criteria.enums import CriterionKind, Side
from kheo.criteria.models import Criterion, GradeBand
from kheo.criteria.rules.totals import (
    grade_of,
    judge_points,
    points_as_seen_by,
    said,
    total_of,
)

KINDS = list(CriterionKind)
POINTS = st.integers(0, 40).map(lambda number: Decimal(number) / 4)
CRITERIA = st.lists(st.tuples(st.sampled_from(KINDS), POINTS), min_size=1, max_size=12)


def criteria(*rows) -> list[Criterion]:
    return [
        Criterion(pk=pk, text=f"Tiêu chí {pk}", kind=kind, points=points, scored_by=list(Side))
        for pk, (kind, points) in enumerate(rows, start=1)
    ]


@settings(max_examples=15, deadline=None)
@given(rows=CRITERIA, cap=st.none() | POINTS)
def test_a_total_stays_within_its_bounds(rows, cap) -> None:
    leaves = criteria(*rows)
    total = total_of(leaves, cap, {one.pk: one.points for one in leaves})
    reachable = sum((one.points for one in leaves if one.is_counted), Decimal(0))
    assert 0 <= total.total <= reachable + total.bonus
    assert cap is None or total.bonus <= cap
    claimed = sum((one.points for one in leaves if one.kind == CriterionKind.BONUS), Decimal(0))
    assert total.bonus + total.bonus_beyond_cap == claimed


@settings(max_examples=15, deadline=None)
@given(rows=CRITERIA, extra=POINTS)
def test_more_taken_off_never_helps(rows, extra) -> None:
    leaves = criteria(*rows, (CriterionKind.DEDUCTION, extra))
    points = {one.pk: one.points for one in leaves}
    without = points | {leaves[-1].pk: Decimal(0)}
    assert total_of(leaves, None, points).total <= total_of(leaves, None, without).total


@settings(max_examples=15, deadline=None)
@given(totals=st.lists(POINTS, min_size=2, max_size=2).map(sorted), minima=st.sets(POINTS))
def test_more_points_never_give_a_worse_grade(totals, minima) -> None:
    grades = [GradeBand(name=str(minimum), minimum=minimum) for minimum in minima]
    less, more = (grade_of(grades, total, is_disqualified=False) for total in totals)
    assert less is None or (more is not None and more.minimum >= less.minimum)
    assert grade_of(grades, totals[1], is_disqualified=True) is None


def test_bonus_is_capped_and_a_condition_disqualifies() -> None:
    leaves = criteria(
        (CriterionKind.POINTS, Decimal(90)),
        (CriterionKind.BONUS, Decimal(8)),
        (CriterionKind.DEDUCTION, Decimal(5)),
        (CriterionKind.DISQUALIFYING, Decimal(0)),
    )
    given = {1: Decimal(80), 2: Decimal(8), 3: Decimal(2)}
    total = total_of(leaves, Decimal(5), given)
    assert (total.total, total.bonus, total.bonus_beyond_cap) == (83, 5, 3)
    assert not total.is_disqualified
    assert total_of(leaves, Decimal(5), given | {4: Decimal(1)}).disqualifying == (leaves[3],)


def test_a_side_takes_over_what_it_does_not_score_itself() -> None:
    leaves = criteria(*[(CriterionKind.POINTS, Decimal(10))] * 3)
    given = {
        Side.SELF: {1: Decimal(9), 2: Decimal(8)},
        Side.SUPERIOR: {2: Decimal(7)},
        Side.COUNCIL: {1: Decimal(5)},
    }
    assert points_as_seen_by(Side.SELF, leaves, given) == {1: 9, 2: 8}
    assert points_as_seen_by(Side.SUPERIOR, leaves, given) == {1: 9, 2: 7}
    assert points_as_seen_by(Side.COUNCIL, leaves, given) == {1: 5, 2: 7}


@pytest.mark.parametrize(
    ("kind", "points", "words"),
    [
        (CriterionKind.POINTS, "10.5", "cao hơn mức tối đa"),
        (CriterionKind.POINTS, "-1", "nhỏ hơn 0"),
        (CriterionKind.YES_NO, "4", "đạt hoặc không đạt"),
        (CriterionKind.DISQUALIFYING, "2", "cao hơn mức tối đa"),
        (CriterionKind.YES_NO, "10", ""),
        (CriterionKind.POINTS, "9.75", ""),
    ],
)
def test_points_outside_their_bounds_are_refused_in_words(kind, points, words) -> None:
    [criterion] = criteria((kind, Decimal(10)))
    verdict = judge_points(criterion, Decimal(points), Side.SELF)
    assert bool(verdict) == (not words)
    assert words in str(verdict.reason)


def test_a_side_that_does_not_score_a_criterion_is_refused() -> None:
    [criterion] = criteria((CriterionKind.POINTS, Decimal(10)))
    criterion.scored_by = [Side.SUPERIOR]
    assert judge_points(criterion, Decimal(1), Side.SUPERIOR)
    assert "không chấm" in str(judge_points(criterion, Decimal(1), Side.SELF).reason)


@pytest.mark.parametrize(
    ("points", "words"), [("10.00", "10"), ("9.50", "9,5"), ("0", "0"), ("100", "100")]
)
def test_points_are_written_with_a_comma_and_no_zeros(points, words) -> None:
    assert said(Decimal(points)) == words
