"""Turns the cells of one row of a list into the values of a registration."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kheo.lib.extraction.blocks.parts import Cell, Line
from kheo.lib.extraction.forms.found import Entry, Place, Trouble, Value
from kheo.lib.extraction.forms.headings import Column, Head
from kheo.lib.extraction.forms.values import (
    is_blank,
    is_tick,
    is_time,
    times,
    understood,
    without_dots,
    without_number,
)
from kheo.lib.extraction.forms.vocabulary import vocabulary
from kheo.lib.text.folding import fold, normalise

_MANY_LINES = frozenset({"content", "expected_results"})
_IGNORED = frozenset({"ordinal", "note", "state", "numbered_name", "unit"})
_CANONICAL = frozenset({"field", "level", "intended_level", "nature", "continuity"})
_MARKS = {
    "collective": ("form", "collective"),
    "individual": ("form", "individual"),
    "new": ("continuity", "new"),
    "kept": ("continuity", "kept"),
    "replicated": ("continuity", "replicated"),
}
_MARKED = {
    "form": ("form:collective", "form:individual"),
    "continuity": ("continuity:new", "continuity:kept", "continuity:replicated"),
}
_PERSON = re.compile(r"^\s*(?:cá nhân|tập thể)\s*[:(–-]\s*(.+?)\)?\s*$", re.IGNORECASE | re.DOTALL)


class Row:
    """The values and troubles of one row while they are gathered."""

    def __init__(self) -> None:
        """Begin without any."""
        self.values: dict[str, Value] = {}
        self.troubles: list[Trouble] = []

    def put(self, key: str, understood: str, found: str, place: Place) -> None:
        """Keep a value; what was kept first stays."""
        self.values.setdefault(key, Value(understood, found, place))

    def doubt(self, code: str, key: str, found: str, place: Place) -> None:
        """Keep a trouble with an item."""
        self.troubles.append(Trouble(code, key, found, place))


@dataclass(frozen=True)
class RowReader:
    """Reads rows of one table by its head."""

    part: str
    table: int
    head: Head
    year: int | None

    def name_cell(self, cells: Mapping[int, Cell]) -> Cell | None:
        """Return the cell that names the model, if the row has one that is filled."""
        for number, column in self.head.columns.items():
            if column.key in {"name", "numbered_name"} and number in cells:
                return None if is_blank(cells[number].text) else cells[number]
        return None

    def entry(self, line: Line, cells: Mapping[int, Cell], sections: Mapping[str, Value]) -> Entry:
        """Return the registration that a row proposes, with what its section says."""
        row = Row()
        name = self.name_cell(cells)
        if name is None:
            row.doubt("no_name", "name", "", self._place(line, line.cells[0].column))
        else:
            numbered = self.head.columns[name.column].key == "numbered_name"
            text = without_number(name.text) if numbered else name.text
            row.put("name", normalise(text), name.text, self._place(line, name.column))
        for number, cell in cells.items():
            self._cell(row, self.head.columns[number], cell, self._place(line, number))
        _settle_marks(row)
        for key, value in sections.items():
            if key not in row.values and not any(t.key == key for t in row.troubles):
                row.values[key] = value
        place = Place(part=self.part, table=line.table or self.table, row=line.row)
        return Entry(place=place, values=row.values, troubles=tuple(row.troubles))

    def continued(self, entry: Entry, line: Line, cells: Mapping[int, Cell]) -> Entry:
        """Add the texts of a row that goes on with the one above."""
        more = Row()
        for number, cell in cells.items():
            column, place = self.head.columns[number], self._place(line, number)
            if column.key == "summary" and not cell.covered:
                read_summary(more, cell.text, place, _last_part(entry, number))
            elif not cell.covered:
                self._cell(more, column, cell, place)
        values = dict(entry.values)
        for key, value in more.values.items():
            held = values.get(key)
            if held is None:
                values[key] = value
            elif held.understood != value.understood and key not in _CANONICAL:
                both = f"{held.understood}\n{value.understood}"
                values[key] = replace(held, understood=both, found=f"{held.found}\n{value.found}")
        return replace(entry, values=values, troubles=(*entry.troubles, *more.troubles))

    def _place(self, line: Line, column: int) -> Place:
        return Place(part=self.part, table=line.table or self.table, row=line.row, column=column)

    def _cell(self, row: Row, column: Column, cell: Cell, place: Place) -> None:
        key, text = column.key, cell.text
        if key is None or key in _IGNORED or key == "name":
            return
        if column.option:
            _read_option(row, column, text, place)
        elif key in _MARKS:
            _read_mark(row, column, cell, place, self.year)
        elif key in _CANONICAL:
            read_canonical(row, key, text, place)
        elif key == "form":
            _read_form(row, text, place)
        elif key in {"starts", "ends", "period"}:
            _read_time(row, key, cell, place, self.year)
        elif key == "summary":
            read_summary(row, text, place)
        else:
            put_text(row, key, text, place)


def put_text(row: Row, key: str, text: str, place: Place) -> None:
    """Keep a text as it stands, its lines only where the item has lines."""
    bare = without_dots(text)
    lines = key in _MANY_LINES or key.startswith("extra.")
    kept = normalise(bare, keep_lines=lines)
    if not is_blank(kept):
        row.put(key, kept, text, place)


def read_canonical(row: Row, key: str, text: str, place: Place) -> None:
    """Keep the one value a text names, or the trouble with it."""
    bare = without_dots(text)
    if is_blank(bare):
        return
    kind = "level" if key == "intended_level" else key
    values = understood(kind, bare)
    if len(values) == 1:
        row.put(key, values[0], text, place)
    else:
        row.doubt(f"{kind}_{'several' if values else 'unknown'}", key, text, place)


def _read_option(row: Row, column: Column, text: str, place: Place) -> None:
    key = column.key or ""
    tick = is_tick(text)
    if tick is None:
        read_canonical(row, key, text, place)
    elif tick and key in row.values:
        del row.values[key]
        row.doubt(f"{key}_several", key, text, place)
    elif tick:
        row.put(key, column.option, text, place)


def _read_form(row: Row, text: str, place: Place) -> None:
    values = understood("form", text)
    if len(values) != 1:
        if not is_blank(text):
            row.doubt(f"form_{'several' if values else 'unknown'}", "form", text, place)
        return
    row.put("form", values[0], text, place)
    person = _PERSON.match(normalise(text))
    if person and values[0] == "individual":
        row.put("full_name", person[1], text, place)


def _read_mark(row: Row, column: Column, cell: Cell, place: Place, year: int | None) -> None:
    """Read a box that is ticked, or filled with what there is to say instead of a tick."""
    key, value = _MARKS[column.key or ""]
    text = cell.text
    tick = is_tick(text)
    if tick is False:
        return
    if tick or (told := understood(key, text)) == [value]:
        row.put(f"{key}:{value}", value, text, place)
        return
    if key == "continuity" and len(told) == 1:
        # a list without a column for it says "Duy trì" in another
        row.put(f"{key}:{told[0]}", told[0], text, place)
        return
    row.put(f"{key}:{value}", value, text, place)
    if value == "replicated":
        read_canonical(row, "intended_level", text, place)
    elif key == "continuity":
        _read_time(row, "starts", cell, place, year)
    else:
        put_text(row, "full_name" if value == "individual" else "extra.leads", text, place)


def _settle_marks(row: Row) -> None:
    """Keep the form and continuity that one box told; two boxes contradict each other."""
    for key, names in _MARKED.items():
        marked = [name for name in names if name in row.values]
        found = [row.values.pop(name) for name in marked]
        if len(found) == 1:
            row.values.setdefault(key, found[0])
        elif found:
            texts = ", ".join(one.found for one in found)
            row.doubt(f"{key}_several", key, texts, found[-1].place)


def _read_time(row: Row, key: str, cell: Cell, place: Place, year: int | None) -> None:
    if cell.day:
        for end in ("starts", "ends") if key == "period" else (key,):
            row.put(end, cell.day, cell.text, place)
        return
    text = without_dots(cell.text)
    if is_blank(text):
        return
    read = times(text, year)
    if key == "period" or (key == "starts" and read.known and read.starts != read.ends):
        row.put("starts", read.starts, cell.text, place)
        row.put("ends", read.ends, cell.text, place)
    else:
        row.put(key, normalise(text), cell.text, place)
    if not (read.known and is_time(text, year)):
        row.doubt("period_unknown", "starts" if key == "period" else key, cell.text, place)


def _last_part(entry: Entry, column: int) -> str:
    """Return the item with which a summary ended, to go on with in the next row."""
    parts = ("expected_results", "extra.leads", "full_name")
    held = [key for key in parts if key in entry.values]
    return next((key for key in held if entry.values[key].place.column == column), "content")


def read_summary(row: Row, text: str, place: Place, key: str = "content") -> None:
    """Part a summary into what is done, who does it and what is expected of it."""
    told: dict[str, list[str]] = {key: []}
    words = vocabulary().lines
    bare = normalise(without_dots(text), keep_lines=True)
    for line in vocabulary().parts.sub("\n", bare).split("\n"):
        label, colon, rest = line.partition(":")
        folded = fold(label) if colon else ""
        if folded in words["carried_out_by"]:
            key = "extra.leads"
        elif folded in words["results"]:
            key = "expected_results"
        else:
            rest = line
        told.setdefault(key, []).append(rest.strip())
    individual = "form:individual" in row.values
    for name, lines in told.items():
        whole = "\n".join(lines).strip()
        if name == "extra.leads" and individual and "full_name" not in row.values:
            name = "full_name"  # noqa: PLW2901 -- a person carries out what a person registers
        if whole and not is_blank(whole):
            row.put(name, whole, text, place)
