"""Turns the lines and cells of a file into one text: tables with tabs, heads column by column."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from kheo.lib.extraction.blocks.parts import Cell, Document, Line
from kheo.lib.text.folding import fold

_SETTING = re.compile(
    r"\b(?:dang cong san viet nam|cong hoa xa hoi chu nghia viet nam|noi nhan|kinh gui)\b"
)
_MOST_CELLS = 3
_ITEM = re.compile(r"[-+*•]|[A-ZÀ-Ỹ]")
_DASHES = "-–—+*•"
_LONGEST_BESIDE = 75


def text_of(document: Document) -> str:
    """Return the text of a file, its parts in their order."""
    return "\n\n".join(_part(part.lines) for part in document.parts)


def _part(lines: Iterable[Line]) -> str:
    pieces: list[str] = []
    for table, rows in groupby(lines, key=lambda line: line.table):
        held = list(rows)
        if table is None:
            pieces += _paragraphs(held)
        elif _sets_a_page(held):
            pieces += _by_columns(held)
        else:
            pieces.append("\n".join(_row(line) for line in held))
    return "\n\n".join(pieces)


def _sets_a_page(rows: list[Line]) -> bool:
    """Tell a table that only sets things side by side: a letterhead, the end of a paper."""
    if max(len(row.cells) for row in rows) > _MOST_CELLS:
        return False
    return bool(_SETTING.search(fold(" ".join(row.text for row in rows[:8]))))


def _by_columns(rows: list[Line]) -> Iterator[str]:
    """Yield the text of each column of such a table, from left to right."""
    columns: dict[int, list[str]] = {}
    for row in rows:
        for cell in row.cells:
            if not cell.covered:
                columns.setdefault(cell.column, []).append(cell.text)
    for column in sorted(columns):
        yield "\n".join(columns[column])


def _paragraphs(lines: list[Line]) -> Iterator[str]:
    """Yield paragraphs; what a PDF page sets side by side is put column by column."""
    place = 0
    while place < len(lines):
        line = lines[place]
        folded = fold(line.text[:200]) if len(line.text) < 200 else ""
        if folded.startswith("noi nhan"):
            beside = _beside(lines, place)
            yield from _by_columns(beside)
            place += len(beside)
        elif len(line.cells) > 1:
            rows = [line]
            while place + len(rows) < len(lines) and len(lines[place + len(rows)].cells) > 1:
                rows.append(lines[place + len(rows)])
            is_head = _SETTING.search(fold(" ".join(row.text for row in rows)))
            yield from _by_columns(rows) if is_head else iter(["\n".join(map(_row, rows))])
            place += len(rows)
        else:
            yield line.text
            place += 1


def _beside(lines: list[Line], place: int) -> list[Line]:
    """Return the lines of recipients and signing, which stand side by side."""
    found = [lines[place]]
    if max(len(line.cells) for line in lines[place : place + 12]) == 1 and not any(
        line.cells[0].column > 1 for line in lines[place : place + 12]
    ):
        return found
    left = ""
    for line in lines[place + 1 :]:
        cells = {cell.column: cell.text for cell in line.cells}
        beside = cells.get(1, "")
        ended = left.rstrip().endswith(".") and beside and beside[0] not in _DASHES
        if ended or len(beside) > _LONGEST_BESIDE:
            break
        left = beside or left
        found.append(line)
    return found


def _row(line: Line) -> str:
    """Return a row of a table: its cells parted by tabs, empty ones told by their tabs."""
    text, column = "", line.cells[0].column if line.table is None else 1
    for cell in line.cells:
        text += "\t" * max(0, cell.column - column) + ("" if cell.covered else _flat(cell))
        column = cell.column
    return text


def _flat(cell: Cell) -> str:
    """Return a cell on one line; items that stand on lines of their own are parted by ";"."""
    lines = [line.strip() for line in cell.text.replace("\t", " ").splitlines() if line.strip()]
    if len(lines) > 1 and all(_ITEM.match(line) for line in lines):
        return "; ".join(line.rstrip(";,. ") for line in lines)
    return " ".join(lines)
