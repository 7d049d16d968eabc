"""Reads the invented world and its models from the data files, and makes up persons."""

import itertools
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from kheo.lib.text.folding import fold


@dataclass(frozen=True, kw_only=True)
class BodyText:
    """An invented organisation, as written in the data file."""

    code: str
    name: str
    short_name: str = ""
    place: str = ""
    kind: str = "party_committee"


@dataclass(frozen=True, kw_only=True)
class DistrictText:
    """An invented district: its committee, its advisory body, its communes."""

    committee: BodyText
    advisory: BodyText
    communes: list[BodyText]


@dataclass(frozen=True, kw_only=True)
class WorldText:
    """The whole invented province, and the names of which its persons are made."""

    province: BodyText
    bodies: list[BodyText]
    districts: list[DistrictText]
    names: dict[str, list[str]]


@dataclass(frozen=True)
class Person:
    """An invented person."""

    full_name: str
    username: str


@dataclass(frozen=True)
class ModelText:
    """What an invented model says; ``{unit}`` and ``{hamlet}`` stand for places."""

    field: str
    name: str
    content: str
    expected: str
    form: str = "collective"
    nature: str = "model"

    def at(self, *, unit: str, hamlet: str) -> "ModelText":
        """Return the text with the places filled in."""
        return replace(self, name=self.name.format(unit=unit, hamlet=hamlet))


def load_world() -> WorldText:
    """Return the province of the data file."""
    data = _read("world.toml")
    return WorldText(
        province=BodyText(**data["province"]),
        bodies=[BodyText(**row) for row in data["body"]],
        districts=[_district(row) for row in data["district"]],
        names=data["names"],
    )


def load_models() -> list[ModelText]:
    """Return the models, in the order of the file."""
    return [ModelText(**row) for row in _read("models.toml")["model"]]


def make_persons(names: dict[str, list[str]], chance: random.Random) -> Iterator[Person]:
    """Make up persons, no name twice, each with a sign-in name of plain letters."""
    combinations = list(itertools.product(names["family"], names["middle"], names["given"]))
    chance.shuffle(combinations)
    for number, (family, middle, given) in enumerate(combinations, start=1):
        username = f"{fold(given)}.{fold(family[0] + middle[0])}{number}"
        yield Person(f"{family} {middle} {given}", username)


def _district(row: dict[str, Any]) -> DistrictText:
    code, place = row["code"], row["place"]
    communes = [
        BodyText(
            code=f"{code}-{number:02}",
            name=f"Đảng ủy {commune}",
            short_name=commune[0].upper() + commune[1:],
            place=commune.removeprefix("xã ").removeprefix("thị trấn "),
            kind="commune_committee",
        )
        for number, commune in enumerate(row["communes"], start=1)
    ]
    return DistrictText(
        committee=BodyText(code=code, name=row["name"], place=place),
        advisory=BodyText(
            code=f"{code}-BDV", name=row["advisory"], place=place, kind="party_advisory"
        ),
        communes=communes,
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("kheo.demo").joinpath("data", name).read_text("utf-8"))
