"""Writes the provinces and communes of today to places.csv, from a maintained package.

Run it in a checkout as `python tools/places.py`; building the wheel runs it too (hatch_build.py).
"""

import csv
import importlib.util
import sqlite3
import tomllib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, fields, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("src/kheo/organisations/data")
PROVINCES = 34
COMMUNES = 3321

_PROVINCES = """
    select distinct provinceCode, province, provinceShort, '', provinceLat, provinceLon
    from admin_units order by provinceCode
"""
_COMMUNES = """
    select wardCode, ward, wardShort, provinceCode, wardLat, wardLon
    from admin_units order by wardCode
"""
_KINDS = ("Thành phố", "Tỉnh", "Xã", "Phường", "Đặc khu")


class PlacesError(Exception):
    """The list of places or a correction is not what it should be."""


@dataclass(frozen=True)
class Place:
    """A province (code of two digits) or a commune (code of five); a line of places.csv."""

    code: str
    name: str
    short_name: str
    kind: str
    parent_code: str
    latitude: float
    longitude: float
    since: str = ""
    former_name: str = ""


def write_places(root: Path = ROOT) -> Path:
    """Write places.csv under the root of the project and return its path."""
    folder = root / FOLDER
    corrections = tomllib.loads((folder / "corrections.toml").read_text(encoding="utf-8"))
    places = corrected(read_places(), corrections["corrections"])
    path = folder / "places.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        names = [field.name for field in fields(Place)]
        writer.writerow(names)
        writer.writerows([getattr(place, name) for name in names] for place in places)
    return path


def read_places() -> list[Place]:
    """Return all provinces, then all communes, each in the order of codes."""
    with closing(sqlite3.connect(f"file:{_database()}?mode=ro", uri=True)) as database:
        provinces = [_place(row) for row in database.execute(_PROVINCES)]
        communes = [_place(row) for row in database.execute(_COMMUNES)]
    places = provinces + communes
    found = len(provinces), len(communes), len({place.code for place in places})
    if found != (PROVINCES, COMMUNES, PROVINCES + COMMUNES):
        raise PlacesError(f"provinces, communes and different codes found: {found}")
    return places


def corrected(places: Iterable[Place], corrections: list[dict[str, object]]) -> list[Place]:
    """Return the places with each correction applied to the place of its code, oldest first."""
    by_code = {place.code: place for place in places}
    for correction in sorted(corrections, key=lambda each: str(each["on"])):
        code, former_name = str(correction["code"]), str(correction["former_name"])
        place = by_code.get(code)
        if place is None or place.name != former_name:
            raise PlacesError(f"no place {code} called {former_name} is left to correct")
        by_code[code] = replace(
            place,
            name=str(correction["name"]),
            kind=str(correction["kind"]),
            since=str(correction["on"]),
            former_name=former_name,
        )
    return list(by_code.values())


def _database() -> Path:
    # Found, not imported: importing the package would load numpy to read one file.
    package = importlib.util.find_spec("vietnamadminunits")
    if package is None or package.origin is None:
        raise PlacesError("the package vietnamadminunits is not installed (it is in the dev extra)")
    return Path(package.origin).parent / "data" / "dataset.db"


def _place(row: tuple[str, str, str, str, float, float]) -> Place:
    code, name, short_name, parent_code, latitude, longitude = row
    # The kind is read from the name: the package has another one for four communes.
    kind = next(kind for kind in _KINDS if name == f"{kind} {short_name}")
    return Place(code, name, short_name, kind, parent_code, latitude, longitude)


if __name__ == "__main__":
    print(write_places())
