"""Plans the organisations of a world: centre, provinces, communes, grassroots, as flat rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from bench.tables import Table
from kheo.lib.text.folding import fold
from kheo.lib.text.ordering import sort_key
from kheo.organisations.models import Kind, Level, Organisation, Placement, Profile
from kheo.organisations.queries.places import Place, places_of, provinces

FOUNDED_ON = "2020-01-01"
UNITS_PER_COMMUNE = 18
COMMUNES_PER_PROVINCE = 98
GRASSROOTS = (
    "Chi bộ thôn {n} {place}",
    "Chi bộ Trường Tiểu học số {n} {place}",
    "Chi bộ Trạm Y tế {place} (cơ sở {n})",
    "Chi bộ tổ dân phố {n} {place}",
    "Chi bộ Trường Trung học cơ sở số {n} {place}",
    "Chi bộ Hợp tác xã Nông nghiệp {n} {place}",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation that is asked to register: a commune's committee or one below it."""

    pk: int
    name: str
    place: str
    path: str
    sort_key: str
    folded: str
    is_commune: bool


@dataclass(frozen=True, slots=True)
class Province:
    """A province's committee, its advisory body, and the units below it."""

    pk: int
    path: str
    name: str
    advisory: int
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """All organisations of a world."""

    centre: int
    centre_path: str
    provinces: tuple[Province, ...]

    @property
    def units(self) -> Iterator[Unit]:
        """Yield the units of all provinces."""
        for province in self.provinces:
            yield from province.units


class Planter:
    """Writes organisations with their dated names and places."""

    def __init__(self, rows: tuple[Table, Table, Table]) -> None:
        self.organisations, self.profiles, self.placements = rows
        self.kinds = dict(Kind.objects.values_list("code", "pk"))
        self.levels = dict(Level.objects.values_list("code", "pk"))

    def plant(  # noqa: PLR0913 what an organisation is
        self,
        *,
        code: str,
        name: str,
        kind: str,
        level: str,
        parent: tuple[int, str] | None,
        place: str = "",
        national_code: str = "",
    ) -> tuple[int, str]:
        """Write one organisation and return its key and path."""
        pk = self.organisations.count + 1
        path = f"{parent[1] if parent else '.'}{pk}."
        key = sort_key(name)[:1000]
        called = {
            "name": name,
            "kind_id": self.kinds[kind],
            "level_id": self.levels[level],
            "sort_key": key,
        }
        self.organisations.add(
            **called,
            code=code,
            national_code=national_code,
            established_on=FOUNDED_ON,
            parent_id=parent[0] if parent else None,
            path=path,
            place=place,
            search_key=fold(f"{name} {code}")[:500],
        )
        self.profiles.add(**called, organisation_id=pk, valid_from=FOUNDED_ON)
        self.placements.add(
            organisation_id=pk,
            parent_id=parent[0] if parent else None,
            line="party",
            is_main=True,
            path=path,
            valid_from=FOUNDED_ON,
        )
        return pk, path


def plant_tree(organisations: int) -> Tree:
    """Write so many organisations and return the plan of them.

    :raises ValueError: for fewer than ten organisations.
    """
    if organisations < 10:
        raise ValueError("a world has ten organisations or more")
    with Table(Organisation) as first, Table(Profile) as second, Table(Placement) as third:
        planter = Planter((first, second, third))
        centre = planter.plant(
            code="TW",
            name="Ban Chấp hành Trung ương",
            kind="party_committee",
            level="central",
            parent=None,
            place="Hà Nội",
        )
        return Tree(*centre, tuple(_provinces(planter, centre, organisations)))


def _provinces(planter: Planter, centre: tuple[int, str], organisations: int) -> Iterator[Province]:
    chosen = _chosen_places(organisations)
    communes = sum(map(len, chosen.values()))
    left = organisations - 1 - 2 * len(chosen) - communes
    for province, places in chosen.items():
        seat = planter.plant(
            code=province.organisation_code,
            name=province.committee,
            kind="party_committee",
            level="province",
            parent=centre,
            place=province.short_name,
            national_code=province.code,
        )
        advisory, _path = planter.plant(
            code=f"BTGDV{province.code}",
            name=f"Ban Tuyên giáo và Dân vận {province.committee}",
            kind="party_advisory",
            level="province",
            parent=seat,
            place=province.short_name,
        )
        units: list[Unit] = []
        for place in places:
            share = left // communes
            units += _commune(planter, seat, place, share)
            left, communes = left - share, communes - 1
        yield Province(*seat, province.committee, advisory, tuple(units))


def _commune(
    planter: Planter, province: tuple[int, str], place: Place, grassroots: int
) -> Iterator[Unit]:
    committee = planter.plant(
        code=place.organisation_code,
        name=place.committee,
        kind="commune_committee",
        level="commune",
        parent=province,
        place=place.short_name,
        national_code=place.code,
    )
    yield _unit(committee, place.committee, place, is_commune=True)
    locality = f"{place.kind.lower()} {place.short_name}"
    for number, pattern in zip(range(grassroots), cycle(GRASSROOTS), strict=False):
        name = pattern.format(n=number // len(GRASSROOTS) + 1, place=locality)
        seat = planter.plant(
            code=f"CB{place.code}-{number + 1:03}",
            name=name,
            kind="grassroots_party",
            level="commune",
            parent=committee,
            place=place.short_name,
        )
        yield _unit(seat, name, place, is_commune=False)


def _unit(seat: tuple[int, str], name: str, place: Place, *, is_commune: bool) -> Unit:
    folded = fold(name)
    return Unit(seat[0], name, place.short_name, seat[1], sort_key(name), folded, is_commune)


def _chosen_places(organisations: int) -> dict[Place, list[Place]]:
    """Return provinces with their communes: all of the country, or a part of it."""
    wanted = max(organisations // UNITS_PER_COMMUNE, 3)
    country = provinces()
    count = min(max(wanted // COMMUNES_PER_PROVINCE, 2), len(country))
    chosen: dict[Place, list[Place]] = {}
    for number, province in enumerate(country[:count]):
        share = (wanted - sum(map(len, chosen.values()))) // (count - number)
        communes = [place for place in places_of(province.code) if not place.is_province]
        chosen[province] = communes if count == len(country) else communes[:share]
    return chosen


def as_json(value: object) -> str:
    """Return a value as the databases keep it."""
    return json.dumps(value, ensure_ascii=False)
