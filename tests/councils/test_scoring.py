"""Members score what is given to them: within bounds, in time, not their own unit, once."""

from decimal import Decimal

import pytest
from tests.factories.councils import NOW, make_chamber, with_files

from kheo.audit.models import Entry
from kheo.councils.actions import (
    CouncilError,
    StaleCouncilError,
    declare_conflict,
    give_back_scores,
    save_member_scores,
)
from kheo.councils.enums import AllotmentState, ConflictKind, CouncilDeed
from kheo.councils.models import Allotment, Conflict
from kheo.councils.rules.deeds import sees_scores
from kheo.organisations.rules import NotAllowedError


@pytest.fixture
def chamber(cast):
    return with_files(make_chamber(cast))


def allotment_of(chamber, seat):
    rows = Allotment.objects.filter(member__seat=seat, file__council=chamber.council)
    return rows.select_related("member", "file__council").first()


def test_scores_handed_in_become_the_mean_of_the_file(chamber):
    file = chamber.files()[0]
    scorers = [row.member.seat for row in file.allotments.select_related("member__seat")]
    chamber.score(file, scorers[0], one=40, two=50)
    chamber.score(file, scorers[1], one=38, two=41)
    file.refresh_from_db()
    # 39 + 45,5 + 10
    assert (file.total, file.scored, file.wanted) == (Decimal("94.50"), 2, 3)
    assert file.unreasoned == 2
    assert "points" not in str(list(Entry.objects.filter(verb="council.hand-in").values("after")))


def test_points_above_the_most_below_zero_or_missing_are_refused(chamber):
    seat = chamber.members[0]
    row = allotment_of(chamber, seat)
    for marks, hand_in, words in (
        (chamber.marks(one=41), False, "41"),
        (chamber.marks(two=-1), False, "0"),
        (chamber.marks(three=5), False, "10"),
        ({}, True, "chưa có điểm"),
    ):
        with pytest.raises(CouncilError, match=words):
            save_member_scores(allotment=row, marks=marks, hand_in=hand_in, by=seat, at=NOW)
    assert row.scores.count() == 0


def test_nobody_scores_for_another_or_twice_or_after_closing(chamber):
    seat, other = chamber.members[:2]
    row = allotment_of(chamber, seat)
    with pytest.raises(NotAllowedError):
        save_member_scores(allotment=row, marks=chamber.marks(), hand_in=True, by=other, at=NOW)
    save_member_scores(allotment=row, marks=chamber.marks(), hand_in=False, by=seat, at=NOW)
    with pytest.raises(StaleCouncilError):
        save_member_scores(
            allotment=row, marks=chamber.marks(), hand_in=True, seen_version=1, by=seat, at=NOW
        )
    chamber.score(row.file, seat)
    with pytest.raises(CouncilError, match="đã nộp"):
        chamber.score(row.file, seat, one=10)
    waiting = Allotment.objects.filter(state=AllotmentState.WAITING).select_related("member__seat")
    chamber.move(CouncilDeed.OPEN_SESSION, chamber.chair)
    late = waiting.first()
    with pytest.raises(NotAllowedError):
        chamber.score(late.file, late.member.seat)


def test_own_unit_is_found_excluded_and_refused_even_by_force(chamber):
    own = [file for file in chamber.files() if file.file.organisation == chamber.cast.communes[1]]
    member = chamber.member(chamber.members[0])
    clash = Conflict.objects.get(file=own[0], member=member)
    assert clash.kind == ConflictKind.OWN_UNIT
    assert not Allotment.objects.filter(file=own[0], member=member).exists()
    forced = Allotment.objects.create(file=own[0], member=member, mode="hand")
    clash.delete()
    with pytest.raises(NotAllowedError, match="đơn vị"):
        save_member_scores(
            allotment=forced, marks=chamber.marks(), hand_in=True, by=member.seat, at=NOW
        )


def test_who_declares_keeps_out_and_the_scores_no_longer_count(chamber):
    seat = chamber.members[0]
    row = allotment_of(chamber, seat)
    chamber.score(row.file, seat)
    with pytest.raises(CouncilError):
        declare_conflict(file=row.file, reason=" ", by=seat, at=NOW)
    declare_conflict(file=row.file, reason="Anh trai là trưởng ban", by=seat, at=NOW)
    row.file.refresh_from_db()
    assert (row.file.scored, row.file.total) == (0, None)
    assert not Allotment.objects.filter(pk=row.pk).exists()
    with pytest.raises(NotAllowedError):
        declare_conflict(file=row.file, reason="x", by=chamber.cast.stranger, at=NOW)


def test_only_the_chair_gives_scores_back(chamber):
    seat = chamber.members[0]
    row = chamber.score(allotment_of(chamber, seat).file, seat)
    with pytest.raises(NotAllowedError):
        give_back_scores(allotment=row, reason="Nhầm", by=chamber.secretary, at=NOW)
    with pytest.raises(CouncilError):
        give_back_scores(allotment=row, reason="", by=chamber.chair, at=NOW)
    back = give_back_scores(allotment=row, reason="Chấm nhầm tiêu chí 2", by=chamber.chair, at=NOW)
    assert back.state == AllotmentState.DRAFT
    row.file.refresh_from_db()
    assert row.file.total is None


def test_the_others_are_hidden_until_the_own_scores_are_in(chamber):
    seat = chamber.members[0]
    council, member = chamber.fresh(), chamber.member(seat)
    row = allotment_of(chamber, seat)
    assert not sees_scores(seat, council, member, row)
    assert not sees_scores(chamber.officer, council, chamber.member(chamber.officer), None)
    row = chamber.score(row.file, seat)
    assert sees_scores(seat, council, member, row)
    council = chamber.move(CouncilDeed.OPEN_SESSION, chamber.chair)
    assert sees_scores(chamber.officer, council, None, None)
    assert not sees_scores(chamber.cast.clerk, council, None, None)


def test_scores_far_from_the_others_are_flagged(cast):
    chamber = with_files(make_chamber(cast, scorers=4), count=1)
    file = chamber.files()[0]
    seats = [row.member.seat for row in file.allotments.select_related("member__seat")]
    for seat, points in zip(seats, (45, 46, 44, 5), strict=True):
        chamber.score(file, seat, two=points)
    file.refresh_from_db()
    assert file.has_outliers
    assert file.allotments.get(is_outlier=True).member.seat == seats[3]
    assert (file.lowest, file.highest) == (Decimal(55), Decimal(96))
