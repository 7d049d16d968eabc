"""Reads a table with known columns from a file: its rows, and each problem with its place."""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kheo.lib.files.refusals import Limits, UnreadableFileError
from kheo.lib.sheets.columns import Column
from kheo.lib.sheets.opening import Cell, Sheet, open_sheets
from kheo.lib.text.dates import DateError, format_date, parse_date
from kheo.lib.text.folding import fold, normalise
from kheo.lib.text.numbers import NumberError, format_number, parse_number

__all__ = ["CellError", "Limits", "Row", "Table", "UnreadableFileError", "Value", "read_table"]

Value = str | int | Decimal | dt.date | None

DEFAULT_LIMITS = Limits()
_HEADER_WITHIN = 60  # rows of letterhead and titles that may stand above the header
_FOUND_LENGTH = 120
_TRUE, _FALSE = "x", ""  # a ticked box in a form is an x


@dataclass(frozen=True)
class CellError:
    """A problem and where it is; the caller puts `code` into words.

    Codes: header_missing, column_missing, column_twice, blank, not_a_number, not_an_integer,
    not_a_date, no_such_day, year_out_of_range. `row` counts from 1 as the sheet shows it, and is
    None where no row can be told; `column` is the title of the column; `expected` and `found` are
    words of the form itself or of the file, never sentences.
    """

    code: str
    sheet: str
    row: int | None
    column: str
    expected: str = ""
    found: str = ""


@dataclass(frozen=True)
class Row:
    """A row by its number in the sheet; a cell that is blank or wrong has the value None."""

    sheet: str
    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Table:
    """What was read: `columns` holds the keys whose columns were found."""

    sheet: str = ""
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


class _WrongValueError(Exception):
    def __init__(self, code: str, expected: str) -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected


def read_table(
    data: bytes,
    filename: str,
    *,
    columns: Sequence[Column],
    limits: Limits = DEFAULT_LIMITS,
) -> Table:
    """Read the first visible sheet that has a header with these columns, in any order.

    Titles and aliases are compared folded, so capitals, tone marks and punctuation do not matter.
    Columns that are not asked for are passed over, and so are blank rows. Values are str for text
    (normalised, lines kept), int, Decimal and date for columns of kind integer, number and date.

    :raises UnreadableFileError: when the file as a whole is refused.
    """
    names = [""]
    for sheet in open_sheets(data, filename, limits):
        names.append(sheet.name)
        rows = _numbered(sheet, limits)
        if places := _find_header(rows, columns):
            return _read_rows(sheet.name, rows, places, columns)
    titles = "; ".join(column.title for column in columns)
    error = CellError("header_missing", names[min(1, len(names) - 1)], None, "", titles)
    return Table(errors=[error])


@dataclass(frozen=True)
class _Header:
    row: int
    cells: list[str]  # folded titles as found
    places: dict[str, int]  # key of a column → index in a row


def _numbered(sheet: Sheet, limits: Limits) -> Iterator[tuple[int, list[Cell]]]:
    """Give the rows that hold something, with their numbers, up to the limit."""
    held = 0
    for number, row in enumerate(sheet.rows, 1):
        cells = row[: limits.columns]
        if any(cell != "" and not (isinstance(cell, str) and cell.isspace()) for cell in cells):
            held += 1
            if held > limits.rows:
                raise UnreadableFileError("too_many_rows", limits.rows)
            yield number, cells


def _find_header(
    rows: Iterator[tuple[int, list[Cell]]], columns: Sequence[Column]
) -> _Header | None:
    """Return the first row that bears most titles: at least two, or the only one asked for."""
    least = min(2, len(columns))
    for _, (number, row) in zip(range(_HEADER_WITHIN), rows, strict=False):
        cells = [fold(cell) if isinstance(cell, str) else "" for cell in row]
        places = {column.key: _place(column, cells) for column in columns}
        found = {key: place for key, place in places.items() if place is not None}
        if len(found) >= least:
            return _Header(number, cells, found)
    return None


def _place(column: Column, cells: list[str]) -> int | None:
    for title in _titles(column):
        if title in cells:
            return cells.index(title)
    return None


def _titles(column: Column) -> list[str]:
    return [fold(title) for title in (column.title, *column.aliases)]


def _read_rows(
    sheet: str,
    rows: Iterator[tuple[int, list[Cell]]],
    header: _Header,
    columns: Sequence[Column],
) -> Table:
    errors = _header_errors(sheet, header, columns)
    present = [column for column in columns if column.key in header.places]
    table = Table(sheet, tuple(column.key for column in present), errors=errors)
    for number, cells in rows:
        values: dict[str, Value] = {}
        for column in present:
            place = header.places[column.key]
            cell = cells[place] if place < len(cells) else ""
            try:
                values[column.key] = _value(column, cell)
            except _WrongValueError as wrong:
                values[column.key] = None
                found = _as_text(cell)[:_FOUND_LENGTH]
                error = CellError(wrong.code, sheet, number, column.title, wrong.expected, found)
                errors.append(error)
        if any(values.values()):
            table.rows.append(Row(sheet, number, values))
    return table


def _header_errors(sheet: str, header: _Header, columns: Sequence[Column]) -> list[CellError]:
    errors = []
    for column in columns:
        count = sum(header.cells.count(title) for title in set(_titles(column)))
        if count > 1:
            errors.append(CellError("column_twice", sheet, header.row, column.title))
        elif column.required and count == 0:
            error = CellError("column_missing", sheet, header.row, column.title, column.title)
            errors.append(error)
    return errors


def _value(column: Column, cell: Cell) -> Value:
    text = _as_text(cell)
    if not text:
        if column.required:
            raise _WrongValueError("blank", column.title)
        return None
    read = _READERS.get(column.kind)
    return read(cell, text) if read else text


def _as_text(cell: Cell) -> str:
    match cell:
        case str():
            return normalise(cell, keep_lines=True)
        case bool():
            return _TRUE if cell else _FALSE
        case int() | float() if math.isfinite(cell):
            return str(int(cell)) if cell == int(cell) else format_number(cell).replace(".", "")
        case dt.date():
            return format_date(cell)
        case _:
            return str(cell)


def _number(cell: Cell, text: str) -> Decimal:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
        return Decimal(str(cell)).normalize()
    try:
        return parse_number(text)
    except NumberError as error:
        raise _WrongValueError("not_a_number", "1.234,5") from error


def _integer(cell: Cell, text: str) -> int:
    number = _number(cell, text)
    if number != number.to_integral_value():
        raise _WrongValueError("not_an_integer", "1.234")
    return int(number)


def _date(cell: Cell, text: str) -> dt.date:
    if isinstance(cell, dt.datetime):
        return cell.date()
    try:
        return parse_date(text)
    except DateError as error:
        raise _WrongValueError(error.code, "dd/mm/yyyy") from error


_READERS: dict[str, Callable[[Cell, str], Value]] = {
    "number": _number,
    "integer": _integer,
    "date": _date,
}
