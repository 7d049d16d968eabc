"""Tân Yên with the models of 2024 that were accepted, and the people their later life needs."""

from datetime import datetime

from tests.factories.accounts import HANOI, START
from tests.factories.exemplars import make_registration
from tests.factories.organisations import level_of
from tests.factories.rounds import basics, make_period, part_of, s4_audiences
from tests.journeys.s4.models import (
    AN_DUONG,
    CAO_XA,
    CONTENT,
    FARMING,
    NHA_NAM,
    ROAD,
    WOMEN,
    Written,
)
from tests.journeys.s4.world import District, found_district

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.rounds.actions import create_round, publish_round, set_audiences
from kheo.rounds.models import Round

REGISTERED = datetime(2024, 2, 20, 9, 0, tzinfo=HANOI)
# who, code of the organisation, role, full name, post
MORE_PEOPLE = [
    ("above", "24", Role.OFFICER, "Ong Thế Vinh", "Chuyên viên"),
    ("nong-thanh", "TY-13", Role.COUNCIL, "Nông Thị Thanh", "Phó Trưởng phòng"),
    ("tran-ben", "TY-14", Role.COUNCIL, "Trần Văn Bền", "Phó Trưởng Công an huyện"),
]
LIGHT, WATCH = AN_DUONG[0], AN_DUONG[1]
HOUSE, STREET, LYCHEE, PIGGY, MOTHER = CAO_XA[0], NHA_NAM[0], FARMING[0], WOMEN[0], WOMEN[1]
# which unit registered what, and at which level; the last one was declined
ENTERED: list[tuple[str, str, Written, str]] = [
    ("TY-01", "head-an-duong", ROAD, "province"),
    ("TY-01", "head-an-duong", LIGHT, "province"),
    ("TY-01", "head-an-duong", WATCH, "province"),
    ("TY-02", "head-cao-xa", HOUSE, "province"),
    ("TY-03", "head-nha-nam", STREET, "province"),
    ("TY-11", "head-farming", LYCHEE, "province"),
    ("TY-12", "head-women", PIGGY, "district"),
    ("TY-12", "head-women", MOTHER, "district"),
]


def found_world() -> District:
    """Found the district, open its round of 2024 and let the units register."""
    district = found_district()
    for person in MORE_PEOPLE:
        district.seat(*person)
    round = open_round(district, START)
    for code, head, text, level in ENTERED:
        make_registration(
            State.DECLINED if text is MOTHER else State.ACCEPTED,
            part_of(round, district.units[code]),
            head=district.seats[head],
            officer=district.seats["officer"],
            at=REGISTERED,
            name=text.name,
            field=text.field,
            level=level_of(level),
            content=CONTENT,
            scope=text.scope,
            expected_results=text.results,
        )
    return district


def open_round(district: District, at: datetime, **changes: object) -> Round:
    """Open a round of the district, at most five of whose models go up."""
    officer, committee = district.seats["officer"], district.units["TY"]
    period = changes.pop("period", None) or make_period(committee)
    said = basics(period, **changes)
    round = create_round(organiser=committee, basics=said, by=officer, at=at)
    set_audiences(round=round, audiences=s4_audiences(), by=officer, at=at)
    return publish_round(round=round, by=officer, at=at)


def entry_of(text: Written) -> Registration:
    """Return the registration of 2024 with the name of a text, as it stands."""
    return Registration.objects.get(round__year=2024, name=text.name)
