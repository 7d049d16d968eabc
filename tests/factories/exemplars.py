"""Makes registrations for tests by the same deeds as people use, as far along as asked."""

from datetime import datetime

from tests.factories.accounts import HANOI
from tests.factories.organisations import Cast, SeatFactory, level_of
from tests.factories.rounds import make_s4_round, part_of

from kheo.exemplars.actions import (
    accept,
    decline,
    return_registration,
    save_draft,
    sign_off,
    start_registration,
    submit,
    withdraw,
)
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.rounds.enums import Form
from kheo.rounds.models import Participation, Round

IN_TIME = datetime(2024, 2, 20, 9, 0, tzinfo=HANOI)
TOO_LATE = datetime(2024, 3, 5, 9, 0, tzinfo=HANOI)


def filled(**changes) -> dict[str, object]:
    """A complete content, as a clerk of a commune would write it."""
    values: dict[str, object] = {
        "name": "Vận động nhân dân hiến đất mở rộng đường thôn Nguyễn",
        "address": "Xã An Dương, huyện Tân Yên, tỉnh Bắc Giang",
        "field": "economy",
        "level": level_of("district"),
        "content": "Họp thôn bàn bạc, công khai phương án mở rộng đường.\n"
        "Vận động từng hộ có đất liền kề hiến đất.\nHuy động ngày công làm đường.",
        "starts": "Tháng 3/2024",
        "ends": "Tháng 12/2024",
        "scope": "Thôn Nguyễn, xã An Dương",
        "expected_results": "45 hộ hiến 1.200 m² đất, bê tông hóa 800 m đường.",
        "nature": "model",
        "continuity": "new",
    }
    return values | changes


PERSON = {
    "full_name": "Ngọ Thị Mẫu",
    "position": "Bí thư chi bộ thôn Nguyễn",
    "workplace": "Chi bộ thôn Nguyễn, xã An Dương",
    "nature": "exemplary",
}


def make_draft(
    part: Participation, by: Seat, *, at=IN_TIME, form=Form.COLLECTIVE, **changes
) -> Registration:
    """A complete draft."""
    row = start_registration(participation=part, form=form, by=by, at=at)
    person = PERSON if form == Form.INDIVIDUAL else {}
    values = filled(**(person | changes))
    return save_draft(registration=row, values=values, version=row.version, by=by, at=at)


def make_registration(
    state: State, part: Participation, *, head: Seat, officer: Seat, at=IN_TIME, **changes
) -> Registration:
    """A registration as far along as asked, by the deeds that lead there."""
    row = make_draft(part, head, at=at, **changes)
    if state == State.DRAFT:
        return row
    row = sign_off(registration=row, by=head, at=at)
    if state == State.SIGNED_OFF:
        return row
    return _decided(state, submit(registration=row, by=head, at=at), head, officer, at)


def _decided(state: State, row: Registration, head: Seat, officer: Seat, at) -> Registration:
    match state:
        case State.RETURNED:
            remarks = [("content", "Nêu rõ cách vận động.")]
            row = return_registration(
                registration=row, remarks=remarks, due_on=at.date(), by=officer, at=at
            )
        case State.ACCEPTED:
            row = accept(registration=row, by=officer, at=at)
        case State.DECLINED:
            row = decline(registration=row, reason="Trùng nội dung.", by=officer, at=at)
        case State.WITHDRAWN:
            row = withdraw(registration=row, reason="Đơn vị không thực hiện.", by=head, at=at)
    return row


class Stage:
    """The shared cast with the round of S4 open, and a head in every asked unit."""

    def __init__(self, cast: Cast, **changes) -> None:
        self.cast = cast
        self.round: Round = make_s4_round(cast, **changes)
        self.clerk, self.head, self.officer = cast.clerk, cast.head, cast.officer
        self.heads: dict[int, Seat] = {cast.communes[0].pk: cast.head}

    def part(self, unit: Organisation | None = None) -> Participation:
        return part_of(self.round, unit or self.cast.communes[0])

    def head_of(self, unit: Organisation) -> Seat:
        if unit.pk not in self.heads:
            self.heads[unit.pk] = SeatFactory(organisation=unit, role=Role.HEAD)
        return self.heads[unit.pk]

    def registration(self, state=State.DRAFT, unit=None, **changes) -> Registration:
        unit = unit or self.cast.communes[0]
        return make_registration(
            state, self.part(unit), head=self.head_of(unit), officer=self.officer, **changes
        )
