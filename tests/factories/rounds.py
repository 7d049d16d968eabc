"""Makes rounds for tests by the same deeds as people use: the rounds of S4 (2024) and S1 (2021)."""

from datetime import date

from tests.factories.accounts import START
from tests.factories.organisations import Cast, kind_of, level_of

from kheo.organisations.models import Organisation
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
from kheo.rounds.models import FieldScheme, Layout, Participation, Period, Round

S4_THEME = "Xây dựng các mô hình, điển hình về phát triển kinh tế và văn hóa - xã hội"
S4_DUE = date(2024, 2, 27)


def shipped(*codes: str) -> tuple[Layout, ...]:
    return tuple(Layout.objects.filter(is_shipped=True, code__in=codes))


def make_period(organiser: Organisation, **changes) -> Period:
    """A period 2021–2025 of the organiser."""
    terms = {"name": "2021 – 2025", "first_year": 2021, "last_year": 2025} | changes
    return create_period(organiser=organiser, terms=PeriodTerms(**terms), by=None, at=START)


def basics(period: Period, **changes) -> RoundBasics:
    """What S4 says of its round."""
    values = {
        "period": period,
        "year": 2024,
        "title": "Đăng ký mô hình, điển hình “Dân vận khéo” năm 2024",
        "theme": S4_THEME,
        "opens_on": date(2024, 2, 5),
        "field_scheme": FieldScheme.objects.get(code="s4-m1-m2"),
        "receiver_name": "Ban Dân vận Huyện ủy",
        "nomination_cap": 5,
    }
    return RoundBasics(**(values | changes))


def s4_audiences() -> list[AudienceTerms]:
    """The two audiences of S4 §3."""
    quotas = (
        QuotaTerms(level=level_of("province"), minimum=1, maximum=2),
        QuotaTerms(level=level_of("district"), minimum=4, maximum=5),
    )
    return [
        AudienceTerms(
            name="Các xã, thị trấn",
            due_on=S4_DUE,
            kinds=(kind_of("commune_committee"),),
            layouts=shipped("M1", "M2", "M3"),
            quotas=(QuotaTerms(level=level_of("province"), minimum=1), quotas[1]),
        ),
        AudienceTerms(
            name="Các cơ quan, đơn vị",
            due_on=S4_DUE,
            kinds=(kind_of("agency"), kind_of("mass_organisation")),
            levels=(level_of("district"),),
            layouts=shipped("M1", "M2", "M4"),
            quotas=quotas,
        ),
    ]


def make_s4_round(cast: Cast, *, published: bool = True, **changes) -> Round:
    """The round of S4, opened by the officer of the shared cast."""
    period = changes.pop("period", None) or make_period(cast.district)
    round = create_round(
        organiser=cast.district, basics=basics(period, **changes), by=cast.officer, at=START
    )
    set_audiences(round=round, audiences=s4_audiences(), by=cast.officer, at=START)
    return publish_round(round=round, by=cast.officer, at=START) if published else round


def part_of(round: Round, organisation: Organisation) -> Participation:
    """The part an organisation has in a round."""
    return Participation.objects.get(round=round, organisation=organisation)
