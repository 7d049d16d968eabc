"""Units enter for a title, score themselves by the real scales, withdraw, and are given it."""

from datetime import datetime
from decimal import Decimal

import pytest
from tests.factories.accounts import HANOI
from tests.factories.criteria import make_set, shipped

from kheo.appraisal.actions import (
    FileOutcome,
    ScoreError,
    ScoreLine,
    enter_for_title,
    pass_to_council,
    save_scores,
    save_superior_scores,
    send_file,
    settle_titles,
    withdraw_title_entry,
    write_outcome,
)
from kheo.appraisal.enums import FileState, TitleState
from kheo.appraisal.queries.sides import set_of
from kheo.audit.queries import history_of
from kheo.criteria.enums import Side, Subject
from kheo.organisations.rules import NotAllowedError

NOVEMBER = datetime(2026, 11, 12, 9, 0, tzinfo=HANOI)


def entered(cast, code="co-quan-90-10", **changes):
    values = {
        "organisation": cast.communes[0],
        "criteria_set": shipped(code),
        "year": 2026,
        "by": cast.clerk,
        "at": NOVEMBER,
    }
    return enter_for_title(**(values | changes))


def full(file, side) -> list[ScoreLine]:
    """All points that a side can give."""
    return [
        ScoreLine(criterion=one.pk, points=one.points)
        for one in set_of(file).scored_by(side)
        if one.is_counted
    ]


def test_a_unit_enters_scores_and_is_given_the_title(cast) -> None:
    file = entered(cast)
    assert (file.state, file.owner) == (FileState.SELF_SCORING, cast.district)
    file = save_scores(file=file, lines=full(file, Side.SELF), by=cast.clerk, at=NOVEMBER)
    assert file.self_total == 90
    file = send_file(file=file, by=cast.head, at=NOVEMBER)
    file = save_superior_scores(
        file=file, lines=full(file, Side.SUPERIOR), by=cast.officer, at=NOVEMBER
    )
    assert (file.superior_total, str(file.grade)) == (100, "Xuất sắc")
    pass_to_council(files=[file.pk], by=cast.officer, at=NOVEMBER)
    entry = file.title_entry
    with pytest.raises(ScoreError, match="chưa có kết quả thẩm định"):
        settle_titles(entries=[entry.pk], recognised=True, by=cast.officer, at=NOVEMBER)
    outcome = FileOutcome(file=file.pk, total=Decimal(88))
    write_outcome(outcomes=[outcome], by=cast.officer, at=NOVEMBER)
    entry.refresh_from_db()
    assert entry.state == TitleState.APPRAISED
    [entry] = settle_titles(entries=[entry.pk], recognised=True, by=cast.leader, at=NOVEMBER)
    assert entry.state == TitleState.RECOGNISED
    assert next(line.verb for line in history_of(entry)) == "title.settle"
    with pytest.raises(NotAllowedError):
        settle_titles(entries=[entry.pk], recognised=False, by=cast.clerk, at=NOVEMBER)


def test_a_unit_enters_once_a_year_and_again_after_withdrawing(cast) -> None:
    file = entered(cast)
    with pytest.raises(ScoreError, match="đã đăng ký danh hiệu"):
        entered(cast)
    with pytest.raises(ScoreError, match="lý do"):
        withdraw_title_entry(file=file, reason=" ", by=cast.head, at=NOVEMBER)
    withdrawn = withdraw_title_entry(
        file=file, reason="Chưa đủ điều kiện.", by=cast.head, at=NOVEMBER
    )
    assert withdrawn.state == FileState.WITHDRAWN
    assert withdrawn.title_entry.state == TitleState.WITHDRAWN
    assert entered(cast).pk != file.pk


def test_wrong_sets_years_and_people_are_refused(cast) -> None:
    with pytest.raises(ScoreError, match="2025 đến 2027"):
        entered(cast, year=2020)
    with pytest.raises(ScoreError, match="không dùng để chấm"):
        entered(cast, code="mo-hinh-100")
    with pytest.raises(NotAllowedError, match="chính đơn vị"):
        entered(cast, by=cast.officer)


def test_who_issued_the_set_appraises(cast) -> None:
    made = make_set(cast.officer, subject=Subject.TITLE)
    assert entered(cast, criteria_set=made).owner == cast.district


def test_bonus_beyond_its_cap_does_not_count(cast) -> None:
    file = entered(cast, "don-vi-thang-100")
    bonus = [
        ScoreLine(criterion=one.pk, points=one.points)
        for one in set_of(file).leaves
        if one.kind == "bonus"
    ]
    file = save_scores(
        file=file, lines=[*full(file, Side.SELF), *bonus], by=cast.clerk, at=NOVEMBER
    )
    assert sum(line.points for line in bonus) == 13
    assert file.self_total == 110
