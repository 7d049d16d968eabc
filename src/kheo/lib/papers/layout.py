"""How parts are laid out, alike in every format: sheets, numbers, heads of tables, widths."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from typing import assert_never

from kheo.lib.papers.nodes import (
    Align,
    Block,
    Column,
    FieldLine,
    Heading,
    Orientation,
    PageBreak,
    Paper,
    Rich,
    Row,
    Run,
    SectionRow,
    Table,
    TableRow,
    TotalRow,
)
from kheo.lib.papers.runs import as_runs, clean, in_brackets, plain

DOTS = "…………………………………"
NOTE_SIZE = 11
"""Letters of footnotes in points, smaller than the text; no rule names their size."""
RECIPIENTS_LABEL = "Nơi nhận:"
ADDRESSEES_LABEL = "Kính gửi:"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stretch of pages of one orientation, each part with the number it is given."""

    orientation: Orientation
    blocks: tuple[tuple[str, Block], ...]


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell in the head of a table; `row` and `column` count from 0."""

    runs: tuple[Run, ...]
    row: int
    column: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class BodyCell:
    """A cell in the body of a table."""

    runs: tuple[Run, ...]
    align: Align
    colspan: int = 1


def sheets(paper: Paper) -> list[Sheet]:
    """Split a paper where its pages break, and number its headings."""
    found: list[Sheet] = []
    orientation = paper.orientation
    current: list[tuple[str, Block]] = []
    for number, block in _numbered(paper.body):
        if isinstance(block, PageBreak):
            found.append(Sheet(orientation, tuple(current)))
            orientation = block.orientation or orientation
            current = []
        else:
            current.append((number, block))
    return [*found, Sheet(orientation, tuple(current))]


def _numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Give headings the numbers that outlines have: I. / 1. / 2.1. / 2.1.1."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, PageBreak):
            counts = [0, 0, 0, 0]
        if not isinstance(block, Heading):
            yield "", block
            continue
        level = block.level
        counts[level - 1] += 1
        counts[level:] = [0] * (4 - level)
        if level == 1:
            yield f"{roman(counts[0])}.", block
        else:
            yield ".".join(str(count) for count in counts[1:level]) + ".", block


def roman(number: int) -> str:
    """Return a number from 1 to 399 in roman numerals."""
    digits = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
    found = ""
    for value, letters in (*digits, (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        found += letters * (number // value)
        number %= value
    return found


def head_rows(table: Table) -> list[list[HeadCell]]:
    """Return the rows of a table's head: groups above their columns, then the numbering row."""
    grouped = any(column.group for column in table.columns)
    top: list[HeadCell] = []
    below: list[HeadCell] = []
    place = 0
    for group, members in groupby(table.columns, key=lambda column: column.group):
        columns = list(members)
        if group:
            runs = (Run(clean(group), bold=True),)
            top.append(HeadCell(runs, 0, place, colspan=len(columns)))
        for offset, column in enumerate(columns):
            cell_row, span = (1, 1) if group else (0, 1 + grouped)
            cell = HeadCell(_heading(column), cell_row, place + offset, rowspan=span)
            (below if group else top).append(cell)
        place += len(columns)
    rows = [top, below] if grouped else [top]
    if table.numbering:
        numbers = range(len(table.columns))
        rows.append([HeadCell((Run(str(n + 1), italic=True),), len(rows), n) for n in numbers])
    return rows


def _heading(column: Column) -> tuple[Run, ...]:
    note = in_brackets(column.note)
    heading = Run(clean(column.heading), bold=True)
    return (heading, Run(f"\n{note}", italic=True)) if note else (heading,)


def row_cells(row: TableRow, columns: tuple[Column, ...]) -> list[BodyCell]:
    """Return the cells of a row, a spanning one first where the row has one."""
    match row:
        case Row(cells):
            return [
                BodyCell(as_runs(cell), column.align)
                for cell, column in zip(cells, columns, strict=True)
            ]
        case SectionRow(text, note):
            runs = as_runs((Run(text, bold=True), Run(note and f" {in_brackets(note)}")))
            return [BodyCell(runs, "left", len(columns))]
        case TotalRow(label, cells):
            span = len(columns) - len(cells)
            rest = zip(cells, columns[span:], strict=True)
            return [
                BodyCell(_bold(label), "left", span),
                *(BodyCell(_bold(cell), column.align) for cell, column in rest),
            ]
        case _:
            assert_never(row)


def _bold(text: Rich) -> tuple[Run, ...]:
    return tuple(replace(run, bold=True, underline=False) for run in as_runs(text))


def field_runs(line: FieldLine) -> tuple[Run, ...]:
    """Return the text of an item: label and colon, value or dots, hint in brackets."""
    label = clean(line.label).rstrip().rstrip(":")
    value = clean(line.value).strip("\n")
    hint = in_brackets(line.hint)
    runs = [Run(f"{label}: "), Run(value or (DOTS if line.dots else ""))]
    if hint:
        runs.append(Run(f" {hint}", italic=True))
    return tuple(runs)


def shares(table: Table) -> list[float]:
    """Return the part of the page's width each column takes; together they make 1."""
    whole = sum(column.width for column in table.columns)
    return [column.width / whole for column in table.columns]


def lines_needed(text: Rich, width_mm: float, size_pt: float) -> int:
    """Estimate how many lines a text takes in a column of a given width.

    A letter of Times New Roman is on average 0.42 of its size wide, the loss at the ends of lines
    included, and a capital half as wide again.
    """
    per_line = max(1.0, width_mm / (size_pt * 0.3528 * 0.42))
    if not isinstance(text, str):
        text = plain(text)
    return sum(_lines(line, per_line) for line in text.split("\n"))


def _lines(text: str, per_line: float) -> int:
    letters = len(text) * (1.5 if text.isupper() else 1)
    return ceil(letters / per_line) or 1
