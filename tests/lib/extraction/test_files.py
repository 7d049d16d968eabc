"""Irregular files, each beside what a reader with eyes finds in it; compared value by value."""

import json
from pathlib import Path

import pytest

from kheo.lib.extraction.blocks.old_fonts import with_modern_letters
from kheo.lib.extraction.blocks.opening import open_document
from kheo.lib.extraction.forms.found import Entry, Place, ReadForm
from kheo.lib.extraction.forms.reading import Limits, read_forms
from kheo.lib.text.folding import fold

FILES = Path(__file__).parent / "files"
EXPECTED = sorted(FILES.glob("*.json"))


def told(form: ReadForm, wanted: dict) -> dict:
    """Return a form as the expectation beside a file tells it."""
    found = {
        "layout": form.layout,
        "unit": form.unit.understood if form.unit else None,
        "year": form.year.understood if form.year else None,
        "entries": [entry_told(entry) for entry in form.entries],
    }
    if form.troubles or "troubles" in wanted:
        found["troubles"] = [[one.code, one.key] for one in form.troubles]
    if "columns" in wanted:
        found["columns"] = [[column.key, column.certain] for column in form.columns]
    for key in ("part", "table"):
        if key in wanted:
            found[key] = getattr(form.place, key)
    return found


def entry_told(entry: Entry) -> dict:
    values = {key: value.understood for key, value in entry.values.items()}
    if entry.troubles:
        values["troubles"] = [[one.code, one.key] for one in entry.troubles]
    return values


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_every_value_of_a_file_is_right_or_flagged(path: Path) -> None:
    wanted = json.loads(path.read_text("utf-8"))
    source = path.with_suffix("")
    found = read_forms(source.read_bytes(), source.name)
    assert [told(*pair) for pair in zip(found, wanted, strict=False)] == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_every_value_stands_where_it_is_said_to_stand(path: Path) -> None:
    source = path.with_suffix("")
    document = with_modern_letters(open_document(source.read_bytes(), source.name, Limits()))
    texts = {
        (part.name, line.table if line.paragraph is None else None, line.row, line.paragraph): fold(
            line.text
        )
        for part in document.parts
        for line in part.lines
    }
    for form in read_forms(source.read_bytes(), source.name):
        for entry in form.entries:
            for value in entry.values.values():
                assert fold(value.found.split("\n")[0]) in _at(texts, value.place), value


def _at(texts: dict, place: Place) -> str:
    if place.paragraph is not None:
        return texts[place.part, None, None, place.paragraph]
    inside = texts.get((place.part, place.table, place.row, None))
    # tables of a sheet are counted only when their heads are recognised
    return inside or texts[place.part, None, place.row, None]


def test_the_files_cover_word_and_every_kind_of_workbook() -> None:
    kinds = [path.with_suffix("").suffix for path in EXPECTED]
    assert len(kinds) >= 25
    assert {".docx", ".xlsx", ".xls", ".ods", ".pdf", ".csv", ".txt"} <= set(kinds)
    assert sum(path.stat().st_size for path in FILES.iterdir()) < 600_000
