"""The provinces and communes of today, as the party committees that lead them."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "places.csv"
# since when the provinces and communes stand as they do (Resolution 202/2025/QH15)
SINCE = date(2025, 7, 1)
COMMITTEES = {
    "Tỉnh": "Tỉnh ủy",
    "Thành phố": "Thành ủy",
    "Xã": "Đảng ủy xã",
    "Phường": "Đảng ủy phường",
    "Đặc khu": "Đảng ủy đặc khu",
}


@dataclass(frozen=True)
class Place:
    """A province (code of two digits) or a commune (code of five, with its province's code)."""

    code: str
    name: str
    short_name: str
    kind: str
    parent_code: str
    latitude: float | None
    longitude: float | None
    since: date | None
    former_name: str

    @property
    def is_province(self) -> bool:
        """Tell whether it is a province."""
        return not self.parent_code

    @property
    def organisation_code(self) -> str:
        """Return the code of the committee that leads it."""
        return f"{'TU' if self.is_province else 'DU'}{self.code}"

    @property
    def committee(self) -> str:
        """Return the name of the committee that leads it."""
        return f"{COMMITTEES[self.kind]} {self.short_name}"

    @property
    def former_committee(self) -> str:
        """Return what the committee was called before ``since``; empty when it never changed."""
        kind = next((kind for kind in COMMITTEES if self.former_name.startswith(f"{kind} ")), "")
        return f"{COMMITTEES[kind]} {self.former_name.removeprefix(kind).strip()}" if kind else ""


@cache
def all_places() -> tuple[Place, ...]:
    """Return all places, provinces first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_places(csv.DictReader(file)))


def places_of(province: str = "") -> list[Place]:
    """Return all places, or those of one province given by its code of two digits."""
    return [place for place in all_places() if not province or province in _codes(place)]


def provinces() -> list[Place]:
    """Return the provinces."""
    return [place for place in all_places() if place.is_province]


def _codes(place: Place) -> tuple[str, str]:
    return place.code, place.parent_code


def _places(rows: Iterable[dict[str, str]]) -> Iterator[Place]:
    for row in rows:
        yield Place(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            parent_code=row["parent_code"],
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            since=date.fromisoformat(row["since"]) if row["since"] else None,
            former_name=row["former_name"],
        )
