"""The round of the year before, made by the same deeds as people use; it stands behind S4."""

from dataclasses import replace
from datetime import date, datetime

from tests.factories.accounts import HANOI
from tests.factories.exemplars import make_registration
from tests.factories.rounds import basics, part_of, s4_audiences
from tests.journeys.s4.models import LAST_YEAR
from tests.journeys.s4.world import District

from kheo.exemplars.enums import State
from kheo.rounds.actions import close_round, create_round, publish_round, set_audiences
from kheo.rounds.models import Period

OPENED = datetime(2023, 2, 6, 8, tzinfo=HANOI)
REGISTERED = datetime(2023, 2, 20, 9, tzinfo=HANOI)
CLOSED = datetime(2023, 12, 20, 9, tzinfo=HANOI)
TITLE = "Đăng ký mô hình, điển hình “Dân vận khéo” năm 2023"


def play_last_year(district: District) -> None:
    """Let An Dương have registered, in 2023, one model that was accepted."""
    officer = district.seats["officer"]
    said = basics(Period.objects.get(), year=2023, title=TITLE, opens_on=OPENED.date(), theme="")
    round = create_round(organiser=district.units["TY"], basics=said, by=officer, at=OPENED)
    audiences = [replace(one, due_on=date(2023, 2, 28)) for one in s4_audiences()]
    set_audiences(round=round, audiences=audiences, by=officer, at=OPENED)
    publish_round(round=round, by=officer, at=OPENED)
    make_registration(
        State.ACCEPTED,
        part_of(round, district.units["TY-01"]),
        head=district.seats["head-an-duong"],
        officer=officer,
        at=REGISTERED,
        name=LAST_YEAR,
        field="political_system",
        starts="Tháng 3/2023",
        ends="Tháng 12/2023",
        expected_results="Hòa giải thành 95% vụ việc ở thôn.",
    )
    close_round(round=round, by=officer, at=CLOSED)
