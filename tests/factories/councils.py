"""Makes councils for tests: a criteria set, files before a council, members, scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from tests.factories.accounts import HANOI, UserFactory
from tests.factories.organisations import Cast, SeatFactory, level_of

from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile, FileScore, TitleEntry
from kheo.councils.actions import (
    CouncilTerms,
    Mark,
    MemberTerms,
    Presence,
    SessionTerms,
    allot_evenly,
    create_council,
    move_council,
    name_members,
    save_member_scores,
    save_session,
    take_in_files,
)
from kheo.councils.enums import CouncilDeed, MemberRole
from kheo.councils.models import Allotment, Council, CouncilFile, CouncilMember
from kheo.criteria.enums import CriterionKind, SetState, Side, Subject
from kheo.criteria.models import CriteriaSet, Criterion, GradeBand
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=HANOI)
YEAR = 2026
BOTH = [Side.SELF, Side.SUPERIOR, Side.COUNCIL]


def make_criteria_set(issuer: Organisation, *, subject=Subject.TITLE) -> CriteriaSet:
    """A set of 100 points, with bonus, a disqualifying condition and two grades."""
    made = CriteriaSet.objects.create(
        code=f"hoi-dong-{subject}",
        name="Bộ tiêu chí đánh giá “Dân vận khéo”",
        subject=subject,
        title="Cơ quan “Dân vận khéo”" if subject == Subject.TITLE else "",
        issuer=issuer,
        issuer_path=issuer.path,
        state=SetState.IN_FORCE,
        bonus_cap=Decimal(5),
        created_at=NOW,
    )
    group = _criterion(made, "I", "Lãnh đạo, chỉ đạo phong trào", 1)
    _criterion(made, "1", "Ban hành kế hoạch và đăng ký đúng hạn", 2, 40, parent=group)
    _criterion(made, "2", "Kết quả thực hiện trong nhân dân", 3, 50, parent=group)
    yes_no = CriterionKind.YES_NO
    council = [Side.COUNCIL]
    _criterion(made, "3", "Mô hình được nhân dân đồng thuận", 4, 10, kind=yes_no, sides=council)
    _criterion(made, "4", "Có cách làm sáng tạo", 5, 5, kind=CriterionKind.BONUS)
    out = CriterionKind.DISQUALIFYING
    _criterion(made, "5", "Có vụ việc khiếu kiện đông người", 6, 0, kind=out, sides=council)
    GradeBand.objects.create(set=made, name="Tốt", minimum=Decimal(80), order=1)
    GradeBand.objects.create(
        set=made, name="Chưa đạt", minimum=Decimal(0), may_be_recognised=False, order=2
    )
    return made


def _criterion(
    made, number, text, order, points=0, *, kind=CriterionKind.POINTS, sides=None, parent=None
):
    return Criterion.objects.create(
        set=made,
        number=number,
        text=text,
        order=order,
        points=Decimal(points),
        kind=kind,
        scored_by=sides or BOTH,
        parent=parent,
    )


def make_file(
    made: CriteriaSet,
    owner: Organisation,
    unit: Organisation,
    *,
    name: str,
    minutes: int = 0,
    registration: Registration | None = None,
    scores: Sequence[int] = (40, 45, 0),
    superior: Sequence[int] = (40, 45, 0),
    **changes,
) -> AppraisalFile:
    """A file before the council, of a title unless a registration is given."""
    entry = None
    if registration is None:
        entry = TitleEntry.objects.create(
            organisation=unit,
            unit_name=unit.name,
            path=unit.path,
            year=YEAR,
            title=name,
            registered_at=NOW,
        )
    values = {
        "field": registration.field if registration else "",
        "form": registration.form if registration else "",
        "level": level_of("district"),
    } | changes
    file = AppraisalFile.objects.create(
        registration=registration,
        title_entry=entry,
        owner=owner,
        owner_path=owner.path,
        organisation=unit,
        unit_name=unit.name,
        path=unit.path,
        year=YEAR,
        name=name,
        criteria_set=made,
        state=FileState.BEFORE_COUNCIL,
        sent_at=NOW + timedelta(minutes=minutes),
        opened_at=NOW,
        **values,
    )
    leaves = made.criteria.filter(number__in=["1", "2", "4"])
    for side, given in ((Side.SELF, scores), (Side.SUPERIOR, superior)):
        FileScore.objects.bulk_create(
            FileScore(file=file, criterion=leaf, side=side, points=points, scored_at=NOW)
            for leaf, points in zip(leaves, given, strict=True)
        )
    return file


@dataclass
class Chamber:
    """A council with five members and its people."""

    cast: Cast
    council: Council
    officer: Seat
    chair: Seat
    secretary: Seat
    members: list[Seat]
    criteria: dict[str, Criterion]

    def fresh(self) -> Council:
        return Council.objects.select_related("organisation__kind", "criteria_set").get(
            pk=self.council.pk
        )

    def terms(self, **values) -> CouncilTerms:
        return CouncilTerms(**values)

    def member(self, seat: Seat) -> CouncilMember:
        return CouncilMember.objects.get(council=self.council, seat=seat)

    def files(self) -> list[CouncilFile]:
        rows = CouncilFile.objects.filter(council=self.council)
        return list(rows.select_related("file", "council__criteria_set").order_by("order"))

    def marks(self, one=40, two=45, three=10, four=0, five=0, **notes) -> dict[int, Mark]:
        given = {"1": one, "2": two, "3": three, "4": four, "5": five}
        return {
            self.criteria[number].pk: Mark(Decimal(str(points)), notes.get(f"note{number}", ""))
            for number, points in given.items()
        }

    def score(self, file: CouncilFile, seat: Seat, **given) -> Allotment:
        allotment = Allotment.objects.get(file=file, member__seat=seat)
        return save_member_scores(
            allotment=allotment, marks=self.marks(**given), hand_in=True, by=seat, at=NOW
        )

    def score_all(self, **given) -> None:
        for allotment in Allotment.objects.filter(file__council=self.council).select_related(
            "member__seat"
        ):
            seat = allotment.member.seat
            save_member_scores(
                allotment=allotment, marks=self.marks(**given), hand_in=True, by=seat, at=NOW
            )

    def move(self, deed: CouncilDeed, by: Seat, reason: str = "") -> Council:
        return move_council(council=self.council, deed=deed, reason=reason, by=by, at=NOW)

    def meet(self, absent: Sequence[Seat] = ()) -> None:
        """Open the session with everybody present but the absent ones."""
        if self.fresh().state == "scoring":
            self.move(CouncilDeed.OPEN_SESSION, self.chair)
        presence = {
            member.pk: Presence(
                member.seat not in absent, "đi công tác" if member.seat in absent else ""
            )
            for member in CouncilMember.objects.filter(council=self.council).select_related("seat")
        }
        terms = SessionTerms(
            held_on=NOW.date(),
            starts="8 giờ 00",
            ends="11 giờ 30",
            place="Phòng họp số 1, Huyện ủy Tân Yên",
            agenda="Thông qua kết quả chấm điểm\nThảo luận, biểu quyết",
        )
        save_session(
            council=self.council, terms=terms, presence=presence, by=self.secretary, at=NOW
        )


def make_chamber(cast: Cast, *, subject=Subject.TITLE, **changes) -> Chamber:
    """A council of the district: chair, secretary and three members from below."""
    made = make_criteria_set(cast.district, subject=subject)
    terms = {
        "name": "Hội đồng thẩm định phong trào thi đua “Dân vận khéo” năm 2026",
        "year": YEAR,
        "criteria_set": made,
        "quorum": 4,
        "scorers": 3,
        "decision_number": "215-QĐ/HU",
        "decision_on": NOW.date() - timedelta(days=10),
    } | changes
    council = create_council(
        organisation=cast.district, terms=CouncilTerms(**terms), by=cast.officer, at=NOW
    )
    names = ("Nông Thị Thanh", "Trần Văn Bền", "Đỗ Thị Hoa")
    units = (cast.communes[1], cast.agency, cast.communes[2])
    members = [
        SeatFactory(
            user=UserFactory(full_name=name),
            organisation=unit,
            role=Role.COUNCIL,
            title="Ủy viên",
        )
        for name, unit in zip(names, units, strict=True)
    ]
    name_members(
        council=council,
        members=[
            MemberTerms(seat=cast.leader, role=MemberRole.CHAIR),
            MemberTerms(seat=cast.officer, role=MemberRole.SECRETARY, is_scoring=False),
            *[MemberTerms(seat=seat) for seat in members],
        ],
        by=cast.officer,
        at=NOW,
    )
    return Chamber(
        cast=cast,
        council=council,
        officer=cast.officer,
        chair=cast.leader,
        secretary=cast.officer,
        members=members,
        criteria={one.number: one for one in made.criteria.all()},
    )


def with_files(chamber: Chamber, count: int = 3, **changes) -> Chamber:
    """Take in files, one of each unit in turn, and open the scoring."""
    cast, made = chamber.cast, chamber.council.criteria_set
    units = [*cast.communes, cast.agency]
    for number in range(count):
        unit = units[number % len(units)]
        make_file(made, cast.district, unit, name=f"Hồ sơ {number + 1}", minutes=number, **changes)
    take_in_files(council=chamber.council, by=chamber.officer, at=NOW)
    allot_evenly(council=chamber.council, by_field=False, by=chamber.officer, at=NOW)
    chamber.move(CouncilDeed.OPEN_SCORING, chamber.officer)
    return chamber
