"""Opens the demonstration's rounds: 2024 and 2025 by the districts, later ones by the province."""

from dataclasses import dataclass
from datetime import date, timedelta

from kheo.demo.world import World, moment
from kheo.directives.actions import DocumentFacts, register_document
from kheo.directives.enums import DocumentKind
from kheo.directives.models import Document
from kheo.organisations.enums import Role
from kheo.organisations.models import Kind, Level, Organisation, Seat
from kheo.rounds.actions import (
    AudienceTerms,
    PeriodTerms,
    QuotaTerms,
    RoundBasics,
    create_period,
    create_round,
    publish_round,
    set_audiences,
)
from kheo.rounds.models import FieldScheme, Layout, Period, Round

DISTRICT_YEARS = (2024, 2025)
PROVINCE_YEAR = 2026
THEMES = {
    2024: "Xây dựng các mô hình, điển hình về phát triển kinh tế và văn hóa - xã hội",
    2025: "Dân vận khéo trong giải phóng mặt bằng và xây dựng nông thôn mới kiểu mẫu",
    2026: "Dân vận khéo trong vận hành chính quyền địa phương hai cấp",
}
THEME_NOW = "Dân vận khéo gắn với chuyển đổi số và chăm lo đời sống nhân dân"


@dataclass(frozen=True)
class Call:
    """A round to be opened: who calls, for which year, from when until when."""

    organiser: Organisation
    officer: Seat
    period: Period
    year: int
    opens_on: date
    due_on: date
    # agencies answer earlier in the round in progress, so that some are late
    agencies_due_on: date
    document: Document


def open_district_rounds(world: World) -> list[Round]:
    """Open and publish the rounds that the districts held in 2024 and 2025."""
    rounds = []
    for district in world.districts:
        officer = world.seat(district.advisory, Role.OFFICER)
        period = _period(district.committee, officer, 2021, 2025)
        for number, year in enumerate(DISTRICT_YEARS, start=41):
            document = _letter(district.committee, officer, f"{number}-CV/HU", year)
            opens_on, due_on = date(year, 2, 5), date(year, 2, 27)
            call = Call(
                district.committee, officer, period, year, opens_on, due_on, due_on, document
            )
            rounds.append(_open(call, _district_audience(call)))
    return rounds


def open_province_round(world: World, year: int = PROVINCE_YEAR) -> Round:
    """Open and publish the first round that the province called without districts."""
    officer = world.seat(world.advisory, Role.OFFICER)
    period = _period(world.province, officer, 2026, 2030)
    document = _letter(world.province, officer, "118-CV/TU", year)
    opens_on, due_on = date(year, 1, 12), date(year, 3, 31)
    call = Call(world.province, officer, period, year, opens_on, due_on, due_on, document)
    return _open(call, _province_audiences(call))


def open_current_round(world: World, today: date) -> Round:
    """Open and publish the round in progress: communes have time, agencies are past theirs."""
    officer = world.seat(world.advisory, Role.OFFICER)
    year = max(PROVINCE_YEAR + 1, (today + timedelta(days=60)).year)
    period = Period.objects.get(organiser=world.province)
    call = Call(
        organiser=world.province,
        officer=officer,
        period=period,
        year=year,
        opens_on=today - timedelta(days=32),
        due_on=today + timedelta(days=9),
        agencies_due_on=today - timedelta(days=4),
        document=_letter(world.province, officer, "342-CV/TU", year, today - timedelta(days=33)),
    )
    return _open(call, _province_audiences(call))


def _period(organiser: Organisation, officer: Seat, first: int, last: int) -> Period:
    terms = PeriodTerms(
        name=f"{first}–{last}",
        first_year=first,
        last_year=last,
        usual_due_month=3,
        usual_due_day=31,
    )
    return create_period(
        organiser=organiser, terms=terms, by=officer, at=moment(date(max(first, 2024), 1, 5))
    )


def _letter(
    issuer: Organisation, officer: Seat, symbol: str, year: int, issued_on: date | None = None
) -> Document:
    day = issued_on or date(year, 1, 10)
    facts = DocumentFacts(
        kind=DocumentKind.CV,
        symbol=symbol,
        issued_on=day,
        place=issuer.place,
        issuer=issuer,
        issuer_name=f"Ban Thường vụ {issuer.name}",
        subject=f"triển khai phong trào thi đua “Dân vận khéo” năm {year}",
    )
    return register_document(owner=issuer, facts=facts, by=officer, at=moment(day))


def _open(call: Call, audiences: list[AudienceTerms]) -> Round:
    at = moment(call.opens_on)
    basics = RoundBasics(
        period=call.period,
        year=call.year,
        title=f"Đăng ký xây dựng mô hình, điển hình “Dân vận khéo” năm {call.year}",
        opens_on=call.opens_on,
        field_scheme=FieldScheme.objects.get(code="s4-m3", issuer=None),
        theme=THEMES.get(call.year, THEME_NOW),
        governing_document=call.document,
        receiver_name=call.officer.organisation.name,
        nomination_cap=5,
    )
    round = create_round(organiser=call.organiser, basics=basics, by=call.officer, at=at)
    set_audiences(round=round, audiences=audiences, by=call.officer, at=at)
    return publish_round(round=round, by=call.officer, at=at)


def _district_audience(call: Call) -> list[AudienceTerms]:
    levels = Level.objects.in_bulk(field_name="code")
    return [
        AudienceTerms(
            name="Các xã, thị trấn",
            due_on=call.due_on,
            kinds=(Kind.objects.get(code="commune_committee"),),
            layouts=_layouts("M1", "M2", "M3"),
            quotas=(
                QuotaTerms(level=levels["province"], minimum=1),
                QuotaTerms(level=levels["district"], minimum=2, maximum=5),
            ),
        )
    ]


def _province_audiences(call: Call) -> list[AudienceTerms]:
    levels = Level.objects.in_bulk(field_name="code")
    agencies = Kind.objects.filter(code__in=["agency", "front", "mass_organisation", "armed_force"])
    return [
        AudienceTerms(
            name="Các xã, phường",
            due_on=call.due_on,
            kinds=(Kind.objects.get(code="commune_committee"),),
            layouts=_layouts("M1", "M2", "M3"),
            quotas=(
                QuotaTerms(level=levels["province"], minimum=1, maximum=2),
                QuotaTerms(level=levels["commune"], minimum=2, maximum=5),
            ),
        ),
        AudienceTerms(
            name="Các cơ quan, Mặt trận Tổ quốc, đoàn thể, lực lượng vũ trang tỉnh",
            due_on=call.agencies_due_on,
            kinds=tuple(agencies),
            layouts=_layouts("M1", "M2", "M4"),
            quotas=(QuotaTerms(level=levels["province"], minimum=1, maximum=3),),
        ),
    ]


def _layouts(*codes: str) -> tuple[Layout, ...]:
    return tuple(Layout.objects.filter(code__in=codes, is_shipped=True))
