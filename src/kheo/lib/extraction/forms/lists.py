"""Reads lists of registrations: M3 and M4, the lists of S0 and S1, row by row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kheo.lib.extraction.blocks.parts import Cell, Line
from kheo.lib.extraction.forms.cells import RowReader
from kheo.lib.extraction.forms.found import Entry, Place, Trouble, Value
from kheo.lib.extraction.forms.headings import Head, find_head, is_numbering
from kheo.lib.extraction.forms.heads import is_title
from kheo.lib.extraction.forms.sections import section_of
from kheo.lib.extraction.forms.values import is_blank, without_number
from kheo.lib.extraction.forms.vocabulary import vocabulary
from kheo.lib.text.folding import fold, normalise

_SIGNING = 90
_LONG_NUMBER = 8
_FIGURES = re.compile(r" \d.*")
_TOTAL_BEGINS = ("T", "t", "C", "c")


@dataclass
class ListRows:
    """The rows of one table as they are read: what the sections say, what has been found."""

    part: str
    table: int
    head: Head
    year: int | None
    entries: list[Entry] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    # whose each entry is, where the table has a column for it
    unit_columns: frozenset[int] = frozenset()
    units: list[Value | None] = field(default_factory=list)
    sections: dict[str, Value] = field(default_factory=dict)
    has_fields: bool = False
    stopped_at: int = 0


def read_rows(lines: Sequence[Line], start: int, rows: ListRows) -> ListRows:
    """Read the rows below a head, up to the place to sign, the next head or another table.

    ``stopped_at`` tells the first line that is not of the table any more.
    """
    reader = RowReader(rows.part, rows.table, rows.head, rows.year)
    place = start
    while place < len(lines):
        line = lines[place]
        if line.table != lines[start].table or ends_table(line):
            break
        if _is_new_head(lines, place, rows.head):
            break
        _read_line(line, rows, reader)
        place += 1
    rows.stopped_at = place
    return rows


def _read_line(line: Line, rows: ListRows, reader: RowReader) -> None:
    cells = {cell.column: cell for cell in line.cells if cell.column in rows.head.columns}
    if not cells or (not rows.entries and is_numbering(line, len(rows.head.columns))):
        return
    if _is_empty(cells, rows.head) or _is_total(line):
        return
    if _read_section(line, rows):
        return
    if rows.entries and reader.goes_on(cells):
        rows.entries[-1] = reader.continued(rows.entries[-1], line, cells)
        return
    name = reader.name_cell(cells)
    if name is None and len(cells) == 1:
        _unknown_row(line, rows)
        return
    rows.entries.append(reader.entry(line, cells, name, rows.sections))
    rows.units.append(_unit(rows, line, cells))


def _unit(rows: ListRows, line: Line, cells: dict[int, Cell]) -> Value | None:
    """Return the unit that a row names; a row that names none belongs to the one above."""
    for number, cell in cells.items():
        if number in rows.unit_columns and not is_blank(cell.text):
            return Value(normalise(cell.text), cell.text, _place(rows, line, cell))
    return rows.units[-1] if rows.units else None


def _is_empty(cells: dict[int, Cell], head: Head) -> bool:
    """Tell whether a row is one of the template's, not filled in: a number and dots at most."""
    for cell in cells.values():
        if cell.covered or (len(cell.text) < _LONG_NUMBER and _is_ordinal(cell, head)):
            continue
        if not is_blank(cell.text):
            return False
    return True


def _is_ordinal(cell: Cell, head: Head) -> bool:
    return head.columns[cell.column].key == "ordinal"


def _is_total(line: Line) -> bool:
    """Tell whether a row adds up: "Tổng cộng: 3 mô hình"; "Cổng trường an toàn" is a name."""
    totals = vocabulary().lines["total"]
    for cell in line.cells[:2]:
        if cell.text[:1] in _TOTAL_BEGINS and _FIGURES.sub("", fold(cell.text)) in totals:
            return True
    return False


def _read_section(line: Line, rows: ListRows) -> bool:
    section = section_of(line, rows.head)
    if section is None:
        return False
    place = _place(rows, line, line.cells[0])
    for key, understood in section.values.items():
        rows.sections[key] = Value(understood, section.found, place)
        rows.has_fields |= key == "field"
    if not section.values:
        rows.sections.pop("field", None)
        rows.troubles.append(Trouble("section_unknown", "field", section.found, place))
    return True


def _unknown_row(line: Line, rows: ListRows) -> None:
    cell = line.cells[0]
    folded = fold(cell.text)
    if any(folded.startswith(word) for word in vocabulary().lines["remark"]):
        return
    place = _place(rows, line, cell)
    rows.troubles.append(Trouble("row_unknown", "", normalise(cell.text)[:200], place))


def _place(rows: ListRows, line: Line, cell: Cell) -> Place:
    return Place(part=rows.part, table=line.table or rows.table, row=line.row, column=cell.column)


def ends_table(line: Line) -> bool:
    """Tell whether a line is the place to sign, or the title of the next form."""
    if len(line.cells) > 3 or (text := line.text).isdigit() or len(text) > _SIGNING:
        return False
    if is_title(line):
        return True
    folded = [fold(without_number(cell.text)) for cell in line.cells]
    if any(f"{text} ".startswith(_closing()) for text in folded):
        return line.cells[0].text.strip()[:1] not in "0123456789"
    return " ngay " in f" {folded[-1]} " and " nam" in folded[-1] and " thang " in folded[-1]


@cache
def _closing() -> tuple[str, ...]:
    return tuple(f"{word} " for word in vocabulary().lines["closing"])


def _is_new_head(lines: Sequence[Line], place: int, head: Head) -> bool:
    cells = lines[place].cells
    if len(cells) < 3 or cells[0].text.isdigit():
        return False
    found = find_head(lines, place)
    return found is not None and len(found.keys & head.keys) >= 2
