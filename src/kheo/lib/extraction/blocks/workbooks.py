"""Takes .xlsx, .xls and .ods workbooks apart, merged cells and date cells told as such."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from kheo.lib.extraction.blocks.merging import Spans, merged_of_ods
from kheo.lib.extraction.blocks.parts import Cell, Document, Line, Part, new_cell
from kheo.lib.files.refusals import Limits, UnreadableFileError
from kheo.lib.text.dates import format_date

STAMP = "_kheo"
_STAMP_NAME = re.compile(rb"<definedName\b[^>]*\bname=\"_kheo\"[^>]*>([^<]*)</definedName>")

Raw = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def workbook_document(content: bytes, limits: Limits, *, kind: str) -> Document:
    """Take the visible sheets of a workbook apart.

    :param kind: xlsx, xls or ods.
    :raises UnreadableFileError: corrupt, password, too_spread, too_many_rows.
    """
    with _refusing_what_fails():
        workbook = load_workbook(io.BytesIO(content))
    with workbook:
        names = workbook.sheet_names
        repeated = merged_of_ods(content) if kind == "ods" else {}
        parts = tuple(
            _part(_sheet(workbook, number), limits, repeated)
            for number, about in enumerate(workbook.sheets_metadata)
            if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible
            if about.name != STAMP
        )
        stamp = _stamp_sheet(_sheet(workbook, names.index(STAMP))) if STAMP in names else None
    if stamp is None and kind == "xlsx":
        stamp = _stamp_name(content)
    return Document(parts, stamp)


def _part(sheet: CalamineSheet, limits: Limits, repeated: Mapping[str, Spans]) -> Part:
    if sheet.total_height * sheet.total_width > limits.cells:
        raise UnreadableFileError("too_spread", limits.cells)
    spans = repeated.get(sheet.name) or _spans(sheet)
    # most rows of a list have nothing merged in them
    merged = {row for row, _column in spans}
    lines: list[Line] = []
    covering: dict[int, tuple[int, Cell]] = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [
            new_cell((value, column, 1, 1, "", False))
            if type(value) is str
            else _cell(value, column)
            for column, value in enumerate(row[: limits.columns], 1)
            if value != "" and not (value.__class__ is str and value.isspace())
        ]
        if number in merged:
            cells = [_spanning(cell, spans.get((number, cell.column))) for cell in cells]
        if covering or number in merged:
            cells = _with_covered(cells, number, covering)
        if cells:
            lines.append(Line(tuple(cells), row=number))
            if len(lines) > limits.rows:
                raise UnreadableFileError("too_many_rows", limits.rows)
    return Part(sheet.name, tuple(lines))


def _spans(sheet: CalamineSheet) -> Spans:
    return {
        (top + 1, left + 1): (right - left + 1, bottom - top + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    }


def _cell(value: Raw, column: int) -> Cell:
    if isinstance(value, str):
        return Cell(value, column)
    if isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        return Cell(format_date(day), column, day=day.isoformat())
    return Cell(_figure(value), column)


def _spanning(cell: Cell, taken: tuple[int, int] | None) -> Cell:
    return cell._replace(span=taken[0], depth=taken[1]) if taken else cell


def _figure(value: float | dt.time | dt.timedelta) -> str:
    """Write a number as Vietnamese does, without points between thousands: 2024, 1,5."""
    if isinstance(value, bool):
        return "x" if value else "☐"
    if isinstance(value, float):
        whole = int(value) if value == value // 1 else None
        return str(value).replace(".", ",") if whole is None else str(whole)
    return str(value)


def _with_covered(cells: list[Cell], row: int, covering: dict[int, tuple[int, Cell]]) -> list[Cell]:
    """Add what merged cells above reach down to, and remember those that begin here."""
    taken = {cell.column for cell in cells}
    for column, (last, cell) in list(covering.items()):
        if last < row:
            del covering[column]
        elif column not in taken:
            cells.append(Cell(cell.text, column, cell.span, 1, cell.day, covered=True))
    for cell in cells:
        if cell.depth > 1:
            covering[cell.column] = (row + cell.depth - 1, cell)
    cells.sort(key=lambda cell: cell.column)
    return cells


def _sheet(workbook: CalamineWorkbook, number: int) -> CalamineSheet:
    with _refusing_what_fails():
        return workbook.get_sheet_by_index(number)


def _stamp_sheet(sheet: CalamineSheet) -> str | None:
    first = next(iter(sheet.iter_rows()), [])
    return first[0] if first and isinstance(first[0], str) and first[0] else None


def _stamp_name(content: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = _STAMP_NAME.search(archive.read("xl/workbook.xml"))
    return unescape(found[1].decode(errors="replace")).strip('"') if found else None


@contextmanager
def _refusing_what_fails() -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise UnreadableFileError("password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFileError("corrupt") from error
    except BaseException as error:
        # a panic of the parser, which is written in Rust, arrives as no ordinary Exception
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFileError("corrupt") from error
