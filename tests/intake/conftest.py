"""The stage of the room's tests: the round of S4, and files whose content says what is read."""

import json

import pytest
from tests.factories.exemplars import IN_TIME, Stage
from tests.factories.organisations import make_cast

from kheo.intake.actions import read_waiting_files, receive_files
from kheo.intake.queries.uploads import handed_files
from kheo.lib.extraction.forms.found import (
    ColumnMatch,
    Entry,
    Place,
    ReadForm,
    Trouble,
    Value,
)
from kheo.lib.extraction.forms.reading import UnreadableFileError

TITLES = ("STT", "Địa chỉ xây dựng mô hình", "Tên mô hình", "Tập thể hoặc cá nhân", "Ghi chú")
KEYS = ("ordinal", "address", "name", "form", "note")


@pytest.fixture
def stage(db) -> Stage:
    return Stage(make_cast())


@pytest.fixture
def signed_in(client):
    """A function that signs somebody in and returns their window."""

    def as_seat(seat):
        client.force_login(seat.user)
        return client

    return as_seat


@pytest.fixture(autouse=True)
def plain_reader(monkeypatch, request) -> None:
    """Read JSON in the place of Word and Excel; the reader itself has tests of its own."""
    if "real_reader" not in request.fixturenames:
        monkeypatch.setattr("kheo.intake.actions.reading.read_forms", read_plain)


@pytest.fixture
def real_reader() -> None:
    """Leave the reader of filled forms in its place."""


def plain_file(*rows, unit="Đảng ủy xã An Dương", layout="M3", year="2024", **head) -> bytes:
    """A file in which each row is a dictionary of items; "!key" holds what is not understood."""
    return json.dumps(
        [{"unit": unit, "layout": layout, "year": year, "rows": rows} | head]
    ).encode()


def row_of(name="Vận động nhân dân hiến đất mở rộng đường", **changes) -> dict[str, str]:
    """What a complete row of a list says."""
    values = {
        "name": name,
        "address": "Xã An Dương",
        "field": "economy",
        "level": "district",
        "content": "Họp thôn bàn bạc, công khai phương án.",
        "starts": "Tháng 3/2024",
        "ends": "Tháng 12/2024",
        "scope": "Thôn Nguyễn",
        "expected_results": "Bê tông hóa 800 m đường.",
    }
    return values | changes


def read_plain(content: bytes, name: str, *, chosen=None) -> tuple[ReadForm, ...]:
    if content.startswith(b"refuse:"):
        raise UnreadableFileError(content.decode().partition(":")[2])
    if content == b"crash":
        raise RuntimeError(name)
    return tuple(_form(form, chosen or {}) for form in json.loads(content))


def _form(form, chosen) -> ReadForm:
    place = Place(part="Sheet1")
    columns = tuple(
        ColumnMatch(
            table=1,
            part="Sheet1",
            column=column,
            title=title,
            key=chosen.get(("Sheet1", 1, column), key),
            certain=True,
        )
        for column, (title, key) in enumerate(zip(TITLES, KEYS, strict=True), 1)
    )
    matched = {match.column: match.key for match in columns}
    return ReadForm(
        layout=form["layout"],
        certain=True,
        place=place,
        unit=Value(form["unit"], form["unit"], place) if form["unit"] else None,
        year=Value(form["year"], form["year"], place) if form["year"] else None,
        stamp=form.get("stamp"),
        columns=columns if form.get("is_list", True) else (),
        entries=tuple(_entry(row, 9 + n, matched) for n, row in enumerate(form["rows"])),
    )


def _entry(row, number, matched) -> Entry:
    values, troubles = {}, []
    for column, (given, text) in enumerate(row.items(), 2):
        place = Place(part="Sheet1", table=1, row=number, column=column)
        # what stands in the last column is taken for what a person says it is
        key = matched[len(KEYS)] if given == "note" else given
        if given.startswith("!"):
            troubles.append(Trouble("not_understood", given[1:], text, place))
        elif key != "note" and key is not None:
            values[key] = Value(text, text, place)
    return Entry(
        place=Place(part="Sheet1", table=1, row=number), values=values, troubles=tuple(troubles)
    )


@pytest.fixture
def take(stage):
    """Return a function that hands files in and reads them: name → content."""

    def taken(by=None, at=IN_TIME, **files):
        handed = [
            one
            for name, content in files.items()
            for one in handed_files(f"{name.replace('__', '.')}", content)
        ]
        intake = receive_files(round=stage.round, files=handed, by=by or stage.clerk, at=at)
        return read_waiting_files(intake=intake)

    return taken
