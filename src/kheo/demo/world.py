"""Founds the province with its districts, seats people, and ends the districts in 2025."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from kheo.accounts.actions import create_user
from kheo.demo.content import BodyText, DistrictText, Person, WorldText, load_world, make_persons
from kheo.organisations.actions import (
    Basis,
    dissolve_organisation,
    establish_organisation,
    grant_seat,
    move_organisation,
)
from kheo.organisations.enums import Role
from kheo.organisations.models import Kind, Level, Organisation, Seat

FOUNDED_ON = date(2020, 6, 1)
SEATED_ON = date(2023, 1, 3)
DISTRICTS_END_ON = date(2025, 7, 1)
ABOLITION = Basis(
    document="Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
    note="Kết thúc hoạt động của cấp huyện từ ngày 01/7/2025.",
)
POSTS = {
    Role.CLERK: "Cán bộ văn phòng",
    Role.HEAD: "Thủ trưởng đơn vị",
    Role.OFFICER: "Chuyên viên theo dõi phong trào thi đua",
    Role.LEADER: "Phó Bí thư Thường trực",
    Role.INSPECTOR: "Ủy viên Đoàn khảo sát",
    Role.COUNCIL: "Ủy viên Hội đồng xét công nhận",
    Role.ADMINISTRATOR: "Quản trị hệ thống",
}


@dataclass
class District:
    """A district committee, its advisory body and the committees of its communes."""

    committee: Organisation
    advisory: Organisation
    communes: list[Organisation]


@dataclass
class World:
    """All that later stages act on: organisations, and seats by organisation and role."""

    province: Organisation
    advisory: Organisation
    bodies: list[Organisation]
    districts: list[District]
    seats: dict[tuple[int, Role], Seat] = field(default_factory=dict)

    @property
    def communes(self) -> list[Organisation]:
        """Return the committees of all communes."""
        return [commune for district in self.districts for commune in district.communes]

    def seat(self, organisation: Organisation, role: Role) -> Seat:
        """Return who holds this role there."""
        return self.seats[organisation.pk, role]


class Founder:
    """Founds organisations below one another, with the kinds and levels at hand."""

    def __init__(self) -> None:
        self.kinds = Kind.objects.in_bulk(field_name="code")
        self.levels = Level.objects.in_bulk(field_name="code")

    def found(self, body: BodyText, level: str, above: Organisation | None) -> Organisation:
        """Found one organisation."""
        return establish_organisation(
            code=body.code,
            name=body.name,
            short_name=body.short_name,
            place=body.place,
            kind=self.kinds[body.kind],
            level=self.levels[level],
            parent=above,
            on=FOUNDED_ON,
            by=None,
            at=moment(FOUNDED_ON),
        )

    def found_district(self, text: DistrictText, province: Organisation) -> District:
        """Found a district committee and all below it."""
        committee = self.found(text.committee, "district", province)
        advisory = self.found(text.advisory, "district", committee)
        communes = [self.found(body, "commune", committee) for body in text.communes]
        return District(committee, advisory, communes)


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a time of a day in the time zone of the installation."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def found_world(chance: random.Random) -> World:
    """Found the province as it stood until 30 June 2025, and seat people in it."""
    text, founder = load_world(), Founder()
    province = founder.found(text.province, "province", None)
    advisory, *bodies = [founder.found(body, "province", province) for body in text.bodies]
    districts = [founder.found_district(district, province) for district in text.districts]
    world = World(province, advisory, bodies, districts)
    seat_people(world, text, chance)
    return world


def seat_people(world: World, text: WorldText, chance: random.Random) -> None:
    """Give every unit a clerk and a head, and the committees their officers and leaders."""
    persons = make_persons(text.names, chance)
    for organisation, roles in _posts(world):
        for role in roles:
            world.seats[organisation.pk, role] = _seat(next(persons), organisation, role)


def end_districts(world: World) -> None:
    """Put the communes under the province and dissolve the districts, as of 1 July 2025."""
    at = moment(DISTRICTS_END_ON)
    for district in world.districts:
        for commune in district.communes:
            move_organisation(
                organisation=commune,
                parent=world.province,
                on=DISTRICTS_END_ON,
                basis=ABOLITION,
                by=None,
                at=at,
            )
        for body in (district.advisory, district.committee):
            dissolve_organisation(
                organisation=body, on=DISTRICTS_END_ON, basis=ABOLITION, by=None, at=at
            )
    refresh(world)


def refresh(world: World) -> None:
    """Read organisations and seats again, since a change of superior moves their paths."""
    seats = Seat.objects.select_related("user", "organisation__kind").in_bulk(
        [seat.pk for seat in world.seats.values()]
    )
    world.seats = {key: seats[seat.pk] for key, seat in world.seats.items()}
    for organisation in [world.province, world.advisory, *world.bodies, *world.communes]:
        organisation.refresh_from_db()


def _posts(world: World) -> Iterator[tuple[Organisation, tuple[Role, ...]]]:
    yield world.province, (Role.ADMINISTRATOR, Role.LEADER, Role.INSPECTOR, Role.COUNCIL)
    yield world.advisory, (Role.OFFICER, Role.CLERK, Role.HEAD)
    for district in world.districts:
        yield district.committee, (Role.LEADER,)
        yield district.advisory, (Role.OFFICER,)
    for unit in [*world.bodies, *world.communes]:
        yield unit, (Role.CLERK, Role.HEAD)


def _seat(person: Person, organisation: Organisation, role: Role) -> Seat:
    at = moment(SEATED_ON)
    user = create_user(
        username=person.username,
        full_name=person.full_name,
        email=f"{person.username}@honggiang.example",
        by=None,
        at=at,
    )
    return grant_seat(
        user=user,
        organisation=organisation,
        role=role,
        title=_title(organisation, role),
        starts_on=SEATED_ON,
        by=None,
        at=at,
    )


def _title(organisation: Organisation, role: Role) -> str:
    if role is Role.HEAD and organisation.kind.code == "commune_committee":
        return "Bí thư Đảng ủy"
    if role is Role.CLERK and organisation.kind.code == "commune_committee":
        return "Cán bộ Ban Xây dựng Đảng"
    return POSTS[role]
