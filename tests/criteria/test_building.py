"""Sets are drawn up, checked, put in force, renewed, copied, ended; and never edited in force."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.factories.accounts import START
from tests.factories.criteria import GRADES, make_draft_set, make_set, shipped
from tests.factories.organisations import SeatFactory

from kheo.audit.queries import history_of
from kheo.criteria.actions import (
    CriteriaError,
    CriterionLine,
    SetTerms,
    StaleCriteriaError,
    add_criterion,
    copy_criteria_set,
    create_criteria_set,
    discard_criteria_set,
    load_shipped_sets,
    move_criterion,
    put_criteria_in_force,
    remove_criterion,
    renew_criteria_set,
    retire_criteria_set,
    save_criteria,
    save_criteria_terms,
    save_grades,
)
from kheo.criteria.enums import CriterionKind, SetState, Side, Subject
from kheo.criteria.models import CriteriaSet
from kheo.criteria.queries.shape import shape_of_set
from kheo.criteria.queries.visible import criteria_sets_visible_to, sets_in_force_for
from kheo.criteria.rules.checking import faults_of
from kheo.criteria.rules.deeds import (
    can_build_sets,
    can_change_set,
    can_put_in_force,
    can_renew_set,
    can_retire_set,
)
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError


def drawn(made) -> list[tuple[str, str, int]]:
    """The tree as it is shown: number, text, depth."""
    nodes = shape_of_set(made).nodes
    return [(node.criterion.number, node.criterion.text, node.depth) for node in nodes]


def test_the_examples_are_complete_and_loaded_once(db) -> None:
    load_shipped_sets(at=START)
    sets = list(CriteriaSet.objects.filter(is_shipped=True))
    assert {one.code for one in sets} == {"don-vi-thang-100", "co-quan-90-10", "mo-hinh-100"}
    for one in sets:
        shape = shape_of_set(one)
        assert faults_of(one, shape.nodes, shape.grades) == []


def test_the_examples_have_their_real_shapes(db) -> None:
    ten = shape_of_set(shipped("don-vi-thang-100"))
    tops = [node for node in ten.nodes if node.depth == 1 and node.points > 0]
    assert len(tops) == 10
    assert sum(node.points for node in tops) == 100
    assert ten.criteria_set.bonus_cap == 10
    assert "tháng 11" in ten.criteria_set.period_text
    split = shape_of_set(shipped("co-quan-90-10"))
    counted = [one for one in split.leaves if one.is_counted]
    assert sum(one.points for one in counted if Side.SELF in one.scored_by) == 90
    assert sum(one.points for one in counted if Side.SELF not in one.scored_by) == 10
    good = next(grade for grade in split.grades if grade.name == "Tốt")
    assert good.minimum == 80


def test_a_set_is_complete_before_it_is_in_force(cast) -> None:
    made = create_criteria_set(terms=SetTerms(name="Bộ mới"), by=cast.officer, at=START)
    assert made.issuer == cast.district
    with pytest.raises(CriteriaError) as refused:
        put_criteria_in_force(criteria_set=made, seen_version=1, by=cast.officer, at=START)
    assert len(refused.value.reasons) == 2
    made = make_draft_set(cast.officer)
    first = made.criteria.order_by("order").first()
    typed = CriterionLine(pk=first.pk, text="Hiệu quả", points=Decimal(50))
    made = save_criteria(
        criteria_set=made, lines=[typed], seen_version=made.version, by=cast.officer, at=START
    )
    with pytest.raises(CriteriaError, match="90 điểm, trong khi tổng điểm của bộ là 100"):
        put_criteria_in_force(
            criteria_set=made, seen_version=made.version, by=cast.officer, at=START
        )


def test_what_is_in_force_is_not_edited_any_more(cast) -> None:
    made = make_set(cast.officer)
    terms = SetTerms(name="Tên khác")
    deeds = [
        lambda: save_criteria_terms(
            criteria_set=made, terms=terms, seen_version=made.version, by=cast.officer, at=START
        ),
        lambda: save_criteria(
            criteria_set=made, lines=[], seen_version=made.version, by=cast.officer, at=START
        ),
        lambda: save_grades(
            criteria_set=made, grades=GRADES, seen_version=made.version, by=cast.officer, at=START
        ),
        lambda: add_criterion(criteria_set=made, by=cast.officer, at=START),
        lambda: discard_criteria_set(criteria_set=made, by=cast.officer, at=START),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowedError, match="phiên bản mới"):
            deed()


def test_a_new_version_ends_the_one_before_it(cast) -> None:
    made = make_set(cast.officer)
    renewed = renew_criteria_set(criteria_set=made, by=cast.officer, at=START)
    assert (renewed.edition, renewed.state, renewed.code) == (2, SetState.DRAFT, made.code)
    assert drawn(renewed) == drawn(made)
    assert renew_criteria_set(criteria_set=made, by=cast.officer, at=START) == renewed
    put_criteria_in_force(
        criteria_set=renewed, seen_version=renewed.version, by=cast.officer, at=START
    )
    made.refresh_from_db()
    assert made.state == SetState.RETIRED
    assert next(entry.verb for entry in history_of(made)) == "criteria-set.retire"


def test_an_example_is_copied_and_then_changed(cast) -> None:
    made = copy_criteria_set(criteria_set=shipped("co-quan-90-10"), by=cast.officer, at=START)
    assert (made.issuer, made.is_shipped, made.state) == (cast.district, False, SetState.DRAFT)
    assert drawn(made) == drawn(shipped("co-quan-90-10"))
    made = save_criteria_terms(
        criteria_set=made,
        terms=SetTerms(name="Thang điểm của huyện", subject=Subject.TITLE, title="Cơ quan"),
        seen_version=made.version,
        by=cast.officer,
        at=START,
    )
    assert (made.name, made.bonus_cap) == ("Thang điểm của huyện", None)
    discard_criteria_set(criteria_set=made, by=cast.officer, at=START)
    assert not CriteriaSet.objects.filter(pk=made.pk).exists()


def test_two_windows_do_not_overwrite_each_other(cast) -> None:
    made = make_draft_set(cast.officer)
    add_criterion(criteria_set=made, seen_version=made.version, by=cast.officer, at=START)
    with pytest.raises(StaleCriteriaError, match="Người khác đã sửa"):
        save_grades(
            criteria_set=made, grades=GRADES, seen_version=made.version, by=cast.officer, at=START
        )


def test_criteria_move_with_what_they_hold(cast) -> None:
    made = create_criteria_set(terms=SetTerms(name="Bộ"), by=cast.officer, at=START)
    one, two, three = (
        add_criterion(criteria_set=made, by=cast.officer, at=START) for _place in range(3)
    )
    typed = [
        CriterionLine(pk=row.pk, text=text)
        for row, text in ((one, "Một"), (two, "Hai"), (three, "Ba"))
    ]
    made.refresh_from_db()
    save_criteria(
        criteria_set=made, lines=typed, seen_version=made.version, by=cast.officer, at=START
    )

    def move(row, way) -> list[tuple[str, str, int]]:
        move_criterion(criteria_set=made, criterion=row.pk, way=way, by=cast.officer, at=START)
        return drawn(made)

    assert move(one, "up") == [("1", "Một", 1), ("2", "Hai", 1), ("3", "Ba", 1)]
    assert move(three, "up") == [("1", "Một", 1), ("2", "Ba", 1), ("3", "Hai", 1)]
    assert move(two, "in") == [("1", "Một", 1), ("2", "Ba", 1), ("2.1", "Hai", 2)]
    assert move(three, "up") == [("1", "Ba", 1), ("1.1", "Hai", 2), ("2", "Một", 1)]
    assert move(one, "in") == [("1", "Ba", 1), ("1.1", "Hai", 2), ("1.2", "Một", 2)]
    assert move(one, "in") == [("I", "Ba", 1), ("1", "Hai", 2), ("a", "Một", 3)]
    with pytest.raises(CriteriaError, match="ba bậc"):
        add_criterion(criteria_set=made, parent=one.pk, by=cast.officer, at=START)
    assert move(two, "out") == [("1", "Ba", 1), ("2", "Hai", 1), ("2.1", "Một", 2)]
    remove_criterion(criteria_set=made, criterion=two.pk, by=cast.officer, at=START)
    assert drawn(made) == [("1", "Ba", 1)]


def test_grades_begin_at_different_points(cast) -> None:
    made = make_draft_set(cast.officer)
    twice = [*GRADES, replace(GRADES[0], name="Giỏi")]
    with pytest.raises(CriteriaError, match="cùng một mức điểm"):
        save_grades(
            criteria_set=made, grades=twice, seen_version=made.version, by=cast.officer, at=START
        )


def test_terms_that_contradict_each_other_are_refused(cast) -> None:
    for terms in (SetTerms(name=" "), SetTerms(name="Bộ", total=Decimal(0))):
        with pytest.raises(CriteriaError):
            create_criteria_set(terms=terms, by=cast.officer, at=START)


def test_a_retired_set_is_offered_no_more(cast) -> None:
    made = make_set(cast.officer)
    offered = sets_in_force_for(cast.communes[0], Subject.MODEL, START.date())
    assert [one.issuer for one in offered] == [cast.district, None]
    retire_criteria_set(criteria_set=made, by=cast.officer, at=START)
    assert [one.issuer for one in offered.all()] == [None]
    with pytest.raises(NotAllowedError):
        retire_criteria_set(criteria_set=made, by=cast.officer, at=START)


def test_who_builds_sets_and_who_changes_them(cast) -> None:
    """Every role, in every state of a set of the district."""
    made = make_set(cast.officer)
    rules = {
        can_change_set: {SetState.DRAFT},
        can_put_in_force: {SetState.DRAFT},
        can_retire_set: {SetState.IN_FORCE},
        can_renew_set: {SetState.IN_FORCE, SetState.RETIRED},
    }
    for role in Role:
        seat = SeatFactory(organisation=cast.district, role=role)
        builds = role in {Role.ADMINISTRATOR, Role.OFFICER}
        assert bool(can_build_sets(seat)) == builds
        for state in SetState:
            made.state = state
            for rule, states in rules.items():
                assert bool(rule(seat, made)) == (builds and state in states), (role, state, rule)
    made.state = SetState.DRAFT
    assert not can_change_set(cast.stranger, made)
    assert not can_change_set(None, made)
    assert not can_change_set(cast.officer, shipped("mo-hinh-100"))


def test_a_draft_is_seen_by_its_body_only(cast) -> None:
    made = make_draft_set(cast.officer)
    assert made in criteria_sets_visible_to(cast.officer)
    for seat in (cast.clerk, cast.stranger):
        assert made not in criteria_sets_visible_to(seat)
    put_criteria_in_force(criteria_set=made, seen_version=made.version, by=cast.officer, at=START)
    assert made in criteria_sets_visible_to(cast.clerk)
    assert made not in criteria_sets_visible_to(cast.stranger)
    assert shipped("mo-hinh-100") in criteria_sets_visible_to(cast.stranger)


def test_a_grade_nobody_reaches_and_a_criterion_nobody_scores_are_named(cast) -> None:
    made = make_draft_set(cast.officer)
    shape = shape_of_set(made)
    shape.leaves[0].scored_by = []
    shape.leaves[1].points = Decimal(0)
    shape.leaves[2].text = ""
    shape.grades[0].minimum = Decimal(106)
    words = " ".join(faults_of(made, shape.nodes, shape.grades))
    for part in ("không có bên nào chấm", "chưa có điểm", "chưa có nội dung", "trên 105 điểm"):
        assert part in words


def test_a_criterion_of_a_kind_that_is_not_counted_does_not_fill_the_total(cast) -> None:
    lines = (("Thưởng", CriterionKind.BONUS, "100", tuple(Side), ""),)
    made = make_draft_set(cast.officer, lines=lines)
    shape = shape_of_set(made)
    assert "Chưa có tiêu chí nào tính điểm." in faults_of(made, shape.nodes, shape.grades)
