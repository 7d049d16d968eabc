"""Makes survey teams and visits for tests, by the same deeds as people use, as far as asked."""

import struct
import zlib
from datetime import date, time
from uuid import uuid4

from tests.factories.accounts import START, UserFactory
from tests.factories.exemplars import Stage
from tests.factories.organisations import SeatFactory

from kheo.exemplars.enums import State
from kheo.organisations.enums import Role
from kheo.visits.actions import (
    AdviceTerms,
    EntryTerms,
    MemberTerms,
    Person,
    RecordTerms,
    TeamTerms,
    VisitTerms,
    announce_visits,
    choose_visited_models,
    conclude_visit,
    plan_visit,
    record_visit,
    set_up_survey_team,
    take_entries,
)
from kheo.visits.enums import Found, TeamPart, VisitState
from kheo.visits.models import SurveyTeam, Visit, VisitSheet

HELD_ON = date(2024, 10, 8)


def team_terms(**changes) -> TeamTerms:
    """A team of the district with a head by name only."""
    values = {
        "name": "Đoàn khảo sát số 1",
        "year": 2024,
        "basis": "Quyết định số 15-QĐ/BDVHU, ngày 20/9/2024",
        "members": (
            MemberTerms(part=TeamPart.HEAD, name="Dương Văn Toàn", position="Trưởng ban Dân vận"),
        ),
    }
    return TeamTerms(**(values | changes))


class Survey:
    """The stage of registrations with a survey team: its head, a member by seat, an inspector."""

    def __init__(self, cast, stage: Stage | None = None) -> None:
        self.cast = cast
        self.stage = stage or Stage(cast)
        self.officer, self.clerk, self.unit_head = cast.officer, cast.clerk, cast.head
        self.unit = cast.communes[0]
        self.head = self._seat("Dương Văn Toàn", Role.LEADER, "Trưởng ban")
        self.inspector = self._seat("Nguyễn Thị Soi", Role.INSPECTOR, "Ủy viên Ủy ban Kiểm tra")
        self.member = SeatFactory(
            user=UserFactory(full_name="Trần Thị Ghi"),
            organisation=cast.agency,
            role=Role.CLERK,
            title="Chuyên viên",
        )
        self.team: SurveyTeam = set_up_survey_team(
            organisation=cast.advisory,
            terms=team_terms(
                members=(
                    MemberTerms(part=TeamPart.HEAD, seat=self.head),
                    MemberTerms(part=TeamPart.SECRETARY, name="Lê Thị Bút", position="Chuyên viên"),
                    MemberTerms(part=TeamPart.MEMBER, seat=self.member),
                )
            ),
            by=self.officer,
            at=START,
        )

    def _seat(self, name: str, role: Role, title: str):
        user = UserFactory(full_name=name)
        body = self.cast.advisory
        return SeatFactory(user=user, organisation=body, role=role, title=title)

    def plan(self, unit=None, **changes) -> Visit:
        values = {
            "organisation": unit or self.unit,
            "held_on": HELD_ON,
            "starts": time(8, 0),
            "place": "Trụ sở Đảng ủy xã An Dương",
            "purpose": "Việc xây dựng và thực hiện mô hình “Dân vận khéo” năm 2024",
        }
        terms = VisitTerms(**(values | changes))
        return plan_visit(team=self.team, terms=terms, by=self.officer, at=START)

    def visit(self, state=VisitState.ANNOUNCED, *, models: int = 1) -> Visit:
        """A visit with sheets, as far as asked."""
        visit = self.plan()
        names = [f"Mô hình số {number}" for number in range(1, models + 1)]
        rows = [self.stage.registration(State.ACCEPTED, name=name) for name in names]
        choose_visited_models(visit=visit, registrations=rows, by=self.officer, at=START)
        if state == VisitState.PLANNED:
            return visit
        announce_visits(visits=[visit], by=self.officer, at=START)
        if state == VisitState.CONCLUDED:
            self.conclude(visit)
        visit.refresh_from_db()
        return visit

    def conclude(self, visit: Visit, **changes) -> Visit:
        values = {
            "starts": time(8, 0),
            "ends": time(10, 30),
            "place": visit.place,
            "conclusions": "Mô hình hoạt động đúng kế hoạch, được nhân dân đồng tình.",
            "team": [Person(name="Dương Văn Toàn", position="Trưởng ban Dân vận Huyện ủy")],
            "unit": [Person(name="Giáp Văn Lâm", position="Bí thư Đảng ủy xã")],
            "advice": [
                AdviceTerms(
                    text="Bổ sung hồ sơ minh chứng của mô hình",
                    organisation=visit.organisation,
                    due_on=date(2024, 11, 15),
                )
            ],
        }
        terms = RecordTerms(**(values | changes))
        record_visit(visit=visit, terms=terms, seen_version=None, by=self.officer, at=START)
        return conclude_visit(visit=visit, by=self.officer, at=START)


def entry(piece="texts", base=1, key=None, **value) -> EntryTerms:
    """One entry as a device would send it."""
    return EntryTerms(client_key=key or uuid4(), piece=piece, base=base, value=value)


def judge(sheet: VisitSheet, item: str, found: Found, by, words="") -> str:
    """Write a finding in words of one's own; return its key."""
    piece = str(uuid4())
    terms = entry(piece, 0, item=item, found=found.value, words=words)
    take_entries(sheet=sheet, entries=[terms], by=by, at=START)
    return piece


def photo_bytes(width: int = 40, height: int = 30) -> bytes:
    """A small picture that a browser can draw."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    row = b"\0" + b"\x1e\x6e\x5a" * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(row * height)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts
