"""Lets units score themselves, the province score them, and a council of five decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kheo.appraisal.actions import (
    ScoreLine,
    enter_for_title,
    open_files,
    pass_to_council,
    save_scores,
    save_superior_scores,
    send_file,
)
from kheo.appraisal.models import AppraisalFile
from kheo.councils.actions import (
    CouncilTerms,
    Mark,
    MemberTerms,
    Presence,
    SessionTerms,
    allot_evenly,
    announce_outcome,
    break_tie,
    carry_out_announcement,
    cast_ballot,
    create_council,
    move_council,
    name_members,
    open_vote,
    save_member_scores,
    save_session,
    settle_changes,
    take_in_files,
)
from kheo.councils.enums import Choice, CouncilDeed, MemberRole
from kheo.councils.models import Allotment, Council, CouncilMember
from kheo.councils.queries.meeting import files_voted_on
from kheo.councils.queries.outcomes import shared_places
from kheo.criteria.enums import CriterionKind, Side
from kheo.criteria.models import CriteriaSet, Criterion
from kheo.demo.world import World, moment
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat

MODELS, TITLES = "mo-hinh-100", "don-vi-thang-100"
# what is given of the most, and the reason where the superior departs from the unit
OWN, ABOVE = Decimal("0.95"), Decimal("0.9")
CHANGED = "Minh chứng chưa đủ để xác nhận toàn bộ số liệu tự báo cáo."
AGENDA = """Báo cáo kết quả chấm điểm của các thành viên
Thảo luận các hồ sơ có chênh lệch điểm
Biểu quyết, thống nhất kết quả"""
DISCUSSION = "Các thành viên thống nhất với kết quả tổng hợp; ưu tiên mô hình dễ nhân rộng."
FIRST = "Mô hình xếp trước có phạm vi rộng hơn và đã được đơn vị khác đến học tập."
CONCLUSION = "Hội đồng đề nghị Ban Thường vụ công nhận các mô hình đạt từ 70 điểm trở lên."


@dataclass(frozen=True)
class Bench:
    """A council in its year with the seats that run it."""

    world: World
    year: int
    members: Sequence[Seat]

    @classmethod
    def of(cls, world: World, year: int) -> "Bench":
        """Return the province's council: a member of its own, and two heads of its bodies."""
        heads = [world.seat(body, Role.HEAD) for body in world.bodies[:2]]
        return cls(world, year, [world.seat(world.province, Role.COUNCIL), *heads])

    @property
    def officer(self) -> Seat:
        """Return who prepares the council."""
        return self.world.seat(self.world.advisory, Role.OFFICER)

    @property
    def chair(self) -> Seat:
        """Return who presides."""
        return self.world.seat(self.world.province, Role.LEADER)


def appraise(world: World, rows: Sequence[Registration]) -> Council:
    """Bring models before a council of five: scores, a conflict, a session, a tie, an outcome."""
    year = rows[0].year
    officer = world.seat(world.advisory, Role.OFFICER)
    used = CriteriaSet.objects.get(code=MODELS, issuer=None)
    opened = open_files(
        registrations=[row.pk for row in rows],
        criteria_set=used,
        by=officer,
        at=moment(date(year, 9, 20)),
    )
    for number, file in enumerate(opened):
        score_file(world, file, number)
    passed = pass_to_council(
        files=[file.pk for file in opened], by=officer, at=moment(date(year, 10, 2))
    )
    return _convene(world, used, len(passed), year)


def score_file(world: World, file: AppraisalFile, number: int) -> None:
    """Let the unit score itself and the province score it after, a little lower."""
    at = moment(date(file.year, 9, 24) + timedelta(days=number % 4))
    sent = score_oneself(world, file, number, at)
    score_above(world, sent, number, at + timedelta(days=2))


def score_oneself(world: World, file: AppraisalFile, number: int, at: datetime) -> AppraisalFile:
    """Let the head of the unit score it and send the file."""
    head = world.seat(file.organisation, Role.HEAD)
    leaves = scored_criteria(file.criteria_set)
    own = [_line(one, OWN, number) for one in leaves if Side.SELF in one.scored_by]
    save_scores(file=file, lines=own, by=head, at=at)
    return send_file(file=file, by=head, at=at + timedelta(hours=1))


def score_above(world: World, file: AppraisalFile, number: int, at: datetime) -> None:
    """Let the province's officer score what was sent."""
    officer = world.seat(world.advisory, Role.OFFICER)
    leaves = scored_criteria(file.criteria_set)
    above = [_line(one, ABOVE, number, CHANGED) for one in leaves if Side.SUPERIOR in one.scored_by]
    save_superior_scores(file=file, lines=above, by=officer, at=at)


def scored_criteria(used: CriteriaSet) -> list[Criterion]:
    """Return the criteria that points are given for: those without others below them."""
    rows = list(used.criteria.order_by("order", "pk"))
    parents = {row.parent_id for row in rows}
    return [row for row in rows if row.pk not in parents]


def enter_units(world: World, units: Sequence[Organisation], year: int) -> Council:
    """Enter units for the title; two thirds come before a council that is scoring now."""
    used = CriteriaSet.objects.get(code=TITLES, issuer=None)
    passed = []
    for number, unit in enumerate(units):
        head = world.seat(unit, Role.HEAD)
        at = moment(date(year, 11, 2) + timedelta(days=number))
        file = enter_for_title(organisation=unit, criteria_set=used, year=year, by=head, at=at)
        if number % 3 != 2:
            sent = score_oneself(world, file, number, at)
            score_above(world, sent, number, at + timedelta(days=2))
            passed.append(file.pk)
    officer = world.seat(world.advisory, Role.OFFICER)
    pass_to_council(files=passed, by=officer, at=moment(date(year, 11, 13)))
    terms = CouncilTerms(
        name=f"Hội đồng xét danh hiệu {used.title} năm {year}",
        year=year,
        criteria_set=used,
        quorum=4,
        decision_number="466-QĐ/TU",
        decision_on=date(year, 11, 12),
        scores_due_on=date(year, 12, 5),
    )
    bench = Bench.of(world, year)
    council = _set_up(bench, terms, moment(date(year, 11, 14)))
    at = moment(date(year, 11, 16))
    return move_council(council=council, deed=CouncilDeed.OPEN_SCORING, by=officer, at=at)


def _line(criterion: Criterion, share: Decimal, number: int, note: str = "") -> ScoreLine:
    return ScoreLine(criterion=criterion.pk, points=_points(criterion, share, number), note=note)


def _points(criterion: Criterion, share: Decimal, number: int) -> Decimal:
    """Give a share of the most, less for every third file; conditions are not met."""
    if criterion.kind in {CriterionKind.DISQUALIFYING, CriterionKind.DEDUCTION}:
        return Decimal(0)
    if criterion.kind == CriterionKind.YES_NO:
        return criterion.points
    if criterion.kind == CriterionKind.BONUS:
        return Decimal(0)
    lower = Decimal(number % 5) / 16
    return (criterion.points * (share - lower) * 2).to_integral_value() / 2


def _convene(world: World, used: CriteriaSet, files: int, year: int) -> Council:
    bench = Bench.of(world, year)
    terms = CouncilTerms(
        name=f"Hội đồng thẩm định mô hình, điển hình “Dân vận khéo” năm {year}",
        year=year,
        criteria_set=used,
        quorum=4,
        scorers=min(3, files),
        decision_number="412-QĐ/TU",
        decision_on=date(year, 9, 28),
        scores_due_on=date(year, 10, 8),
        is_secret=True,
        ranked_by=("field",),
    )
    council = _set_up(bench, terms, moment(date(year, 10, 3)))
    _score(bench, council)
    _meet(bench, council)
    return _announce(bench, council)


def _set_up(bench: Bench, terms: CouncilTerms, at: datetime) -> Council:
    province = bench.world.province
    council = create_council(organisation=province, terms=terms, by=bench.officer, at=at)
    named = [
        MemberTerms(seat=bench.chair, role=MemberRole.CHAIR),
        MemberTerms(seat=bench.officer, role=MemberRole.SECRETARY),
        *[MemberTerms(seat=seat) for seat in bench.members],
    ]
    name_members(council=council, members=named, by=bench.officer, at=at)
    take_in_files(council=council, by=bench.officer, at=at)
    allot_evenly(council=council, by_field=False, by=bench.officer, at=at)
    return council


def _score(bench: Bench, council: Council) -> None:
    at = moment(date(bench.year, 10, 6))
    move_council(council=council, deed=CouncilDeed.OPEN_SCORING, by=bench.officer, at=at)
    leaves = [one for one in scored_criteria(council.criteria_set) if Side.COUNCIL in one.scored_by]
    rows = Allotment.objects.filter(file__council=council).select_related("member__seat", "file")
    for allotment in rows.order_by("file__order", "member"):
        # two files come out alike, so that the chair has to decide between them
        number = allotment.file.order // 2
        marks = {
            one.pk: Mark(_points(one, ABOVE, number), CHANGED if number % 5 else "")
            for one in leaves
        }
        seat = allotment.member.seat
        save_member_scores(allotment=allotment, marks=marks, hand_in=True, by=seat, at=at)


def _meet(bench: Bench, council: Council) -> None:
    at = moment(date(bench.year, 10, 9))
    move_council(council=council, deed=CouncilDeed.OPEN_SESSION, by=bench.chair, at=at)
    presence = {
        row.pk: Presence(is_present=True) for row in CouncilMember.objects.filter(council=council)
    }
    terms = SessionTerms(
        held_on=at.date(),
        starts="8 giờ 00",
        ends="11 giờ 15",
        place=f"Phòng họp số 2, {bench.world.province.name}",
        agenda=AGENDA,
        discussion=DISCUSSION,
        conclusion=CONCLUSION,
    )
    save_session(council=council, terms=terms, presence=presence, by=bench.officer, at=at)
    files = [row.pk for row in council.files.order_by("order")]
    settle_changes(council=council, files=files, reason=CHANGED, by=bench.chair, at=at)
    vote = open_vote(council=council, files=files, by=bench.officer, at=at)
    for seat in [bench.chair, bench.officer, *bench.members]:
        choices = dict.fromkeys(files_voted_on(vote, seat), Choice.FOR.value)
        cast_ballot(vote=vote, choices=choices, by=seat, at=at + timedelta(hours=1))


def _announce(bench: Bench, council: Council) -> Council:
    at = moment(date(bench.year, 10, 10))
    council = move_council(council=council, deed=CouncilDeed.DECIDE, by=bench.chair, at=at)
    for group in shared_places(council):
        break_tie(
            council=council,
            order=[outcome.file_id for outcome in group],
            reason=FIRST,
            by=bench.chair,
            at=at,
        )
    announcement = announce_outcome(council=council, by=bench.chair, at=at)
    carry_out_announcement(announcement=announcement, at=at)
    council.refresh_from_db()
    return council
