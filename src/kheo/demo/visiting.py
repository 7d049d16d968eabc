"""Lets a survey team visit two units that carried models out, and announce a third visit."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from uuid import UUID, uuid5

from kheo.criteria.models import CriteriaSet
from kheo.demo.appraising import MODELS
from kheo.demo.world import World, moment
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.visits.actions import (
    AdviceTerms,
    EntryTerms,
    MemberTerms,
    Person,
    RecordTerms,
    TeamTerms,
    VisitTerms,
    announce_visits,
    answer_advice,
    choose_visited_models,
    conclude_visit,
    lay_criteria,
    plan_visit,
    record_visit,
    set_up_survey_team,
    take_entries,
)
from kheo.visits.enums import Found, TeamPart
from kheo.visits.models import SurveyTeam, Visit, VisitSheet
from kheo.visits.rules.values import TEXTS

# keys of entries follow from what they are about, so that the same demonstration comes out again
NAMES = UUID("5b0f6c1e-6d0c-4b52-9f63-2d9b0b6e7a10")
WORDS = {
    Found.MET: "Xem tại thực địa, trao đổi với nhân dân: đạt yêu cầu.",
    Found.PARTLY: "Có làm nhưng chưa đều giữa các khu dân cư.",
}
SEEN = "Đoàn xem thực địa, trao đổi với Ban Công tác Mặt trận và năm hộ dân tham gia mô hình."
ASSESSED = "Mô hình làm thật, dân biết, dân làm; đề nghị hoàn thiện hồ sơ để xét công nhận."
CONCLUSIONS = (
    "Mô hình hoạt động đúng bản đăng ký, có kết quả cụ thể, được nhân dân đồng tình ủng hộ; hồ sơ"
    " minh chứng còn thiếu biên bản họp dân."
)
ADVICE = "Bổ sung biên bản họp dân và danh sách các hộ tham gia vào hồ sơ của mô hình"
ANSWER = "Đơn vị đã bổ sung đủ biên bản họp dân của các thôn và danh sách hộ tham gia."


def survey(world: World, rows: Sequence[Registration], today: date) -> None:
    """Visit the units of the first two models, and plan to visit a third one soon."""
    year = rows[0].year
    officer = world.seat(world.advisory, Role.OFFICER)
    team = _set_up(world, officer, year)
    visited = _one_of_each_unit(rows)
    for number, row in enumerate(visited[:2]):
        on = date(year, 8, 18) + timedelta(days=2 * number)
        visit = _plan(team, row, officer, on)
        _hold(visit, officer, answered=number == 0)
    if len(visited) > 2:
        _plan(team, visited[2], officer, today + timedelta(days=12))


def _one_of_each_unit(rows: Sequence[Registration]) -> list[Registration]:
    return list({row.organisation_id: row for row in reversed(rows)}.values())[::-1]


def _set_up(world: World, officer: Seat, year: int) -> SurveyTeam:
    terms = TeamTerms(
        name="Đoàn khảo sát số 1",
        year=year,
        basis=f"Quyết định số 37-QĐ/BTGDV, ngày 03/8/{year}",
        members=(
            MemberTerms(part=TeamPart.HEAD, seat=world.seat(world.province, Role.LEADER)),
            MemberTerms(part=TeamPart.SECRETARY, seat=officer),
            MemberTerms(part=TeamPart.MEMBER, seat=world.seat(world.province, Role.INSPECTOR)),
        ),
    )
    at = moment(date(year, 8, 4))
    return set_up_survey_team(organisation=world.advisory, terms=terms, by=officer, at=at)


def _plan(team: SurveyTeam, row: Registration, officer: Seat, on: date) -> Visit:
    terms = VisitTerms(
        organisation=row.organisation,
        held_on=on,
        starts=time(8, 0),
        place=f"Trụ sở {row.organisation.name}",
        purpose=f"Việc xây dựng và thực hiện mô hình “Dân vận khéo” năm {row.year}",
    )
    at = moment(on - timedelta(days=13))
    visit = plan_visit(team=team, terms=terms, by=officer, at=at)
    choose_visited_models(visit=visit, registrations=[row], by=officer, at=at)
    announce_visits(visits=[visit], by=officer, at=at)
    return visit


def _hold(visit: Visit, officer: Seat, *, answered: bool) -> None:
    visit.refresh_from_db()
    at = moment(visit.held_on, 10)
    used = CriteriaSet.objects.get(code=MODELS, issuer=None)
    for sheet in visit.sheets.all():
        laid = lay_criteria(sheet=sheet, criteria_set=used, by=officer, at=at)
        take_entries(sheet=laid, entries=_entries(laid), by=officer, at=at)
    head = Seat.objects.get(organisation=visit.organisation, role=Role.HEAD, acting_for=None)
    people = [
        Person(name=member.name, position=member.position) for member in visit.team.members.all()
    ]
    terms = RecordTerms(
        starts=time(8, 0),
        ends=time(10, 45),
        place=visit.place,
        conclusions=CONCLUSIONS,
        team=people,
        unit=[Person(name=head.user.full_name, position=head.title)],
        advice=[
            AdviceTerms(
                text=ADVICE,
                organisation=visit.organisation,
                due_on=visit.held_on + timedelta(days=30),
            )
        ],
    )
    record_visit(visit=visit, terms=terms, seen_version=None, by=officer, at=at)
    concluded = conclude_visit(visit=visit, by=officer, at=at)
    if answered:
        advice = concluded.recommendations.get()
        answer_advice(advice=advice, text=ANSWER, by=head, at=at + timedelta(days=20))


def _entries(sheet: VisitSheet) -> list[EntryTerms]:
    """Return what is found on each criterion, and what the sheet says in words."""
    judged = [row for row in sheet.findings.select_related("criterion") if row.criterion]
    entries = []
    for number, row in enumerate(judged):
        found = Found.PARTLY if number == 1 else Found.MET
        value: dict[str, object] = {"found": found.value, "words": WORDS[found]}
        entries.append(_entry(sheet, str(row.key), row.version, value))
    return [*entries, _entry(sheet, TEXTS, sheet.version, {"seen": SEEN, "assessment": ASSESSED})]


def _entry(sheet: VisitSheet, piece: str, base: int, value: dict[str, object]) -> EntryTerms:
    key = uuid5(NAMES, f"{sheet.pk}/{piece}")
    return EntryTerms(client_key=key, piece=piece, base=base, value=value)
