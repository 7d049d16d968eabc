"""Plain rows as a workbook or as CSV, streamed: memory does not grow with the number of rows."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import IO
from xml.sax.saxutils import escape

from kheo.lib.sheets.columns import Column
from kheo.lib.sheets.writing_parts import (
    CONTENT_TYPES,
    DATE_STYLE,
    DATETIME_STYLE,
    HEAD_STYLE,
    RELS,
    STYLES,
    sheet_head,
    sheet_tail,
    workbook_parts,
)

MOST_ROWS = 1_048_575
"""Rows a worksheet holds under its head."""
CELL_LIMIT = 32_767
"""Letters a cell holds; longer texts are cut and end in "…"."""

_BATCH = 500
_REMEMBERED = 4_000
_MOST_EXACT = 10**15
_EPOCH = date(1899, 12, 30).toordinal()
_FIRST_DATE = date(1900, 3, 1)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EMPTY = "<c/>"


class TooManyRowsError(ValueError):
    """More rows were given than a worksheet can hold."""


def write_rows(
    stream: IO[bytes], *, title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]
) -> int:
    """Write rows as an .xlsx workbook of one sheet and return how many there were.

    Head in bold, frozen, with filters; numbers and dates are typed where the column says so and the
    value is one; anything else is text and never a formula. None leaves a cell empty. The same rows
    always give the same bytes.

    :param stream: where the bytes go; it need not be seekable.
    :param title: name of the sheet, cut to what the format allows.
    :param rows: as many values in each as there are columns.
    :raises TooManyRowsError: when a worksheet cannot hold them all.
    :raises ValueError: when a row has more or fewer values than there are columns.
    """
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        _put(archive, "[Content_Types].xml", CONTENT_TYPES)
        _put(archive, "_rels/.rels", RELS)
        with archive.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            count = _write_sheet(sheet, columns, rows)
        for name, text in workbook_parts(title, len(columns), count).items():
            _put(archive, name, text)
        _put(archive, "xl/styles.xml", STYLES)
    return count


def write_csv(
    stream: IO[bytes], *, columns: Sequence[Column], rows: Iterable[Sequence[object]]
) -> int:
    """Write rows as CSV that Excel reads as UTF-8, and return how many there were.

    A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV
    Injection"); numbers keep their sign. Dates are written dd/mm/yyyy.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([_csv_value(column.title) for column in columns])
    values_of = [_Memory(_csv_value, "") for _ in columns]
    count = 0
    for row in rows:
        writer.writerow([kept[value] for kept, value in zip(values_of, row, strict=True)])
        count += 1
    text.detach()
    return count


def _csv_value(value: object) -> str:
    match value:
        case str():
            text = _FORBIDDEN.sub("", unicodedata.normalize("NFC", value))
            return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
        case datetime():
            return value.strftime("%d/%m/%Y %H:%M")
        case date():
            return value.strftime("%d/%m/%Y")
        case bool() | int() | float() | Decimal():
            return str(value)
        case _:
            return _csv_value(str(value))


def _entry(name: str) -> zipfile.ZipInfo:
    # stamped 1980, so that no clock gets into the file
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(_entry(name), text)


def _write_sheet(
    out: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[object]]
) -> int:
    titles = "".join(_text(column.title, style=f' s="{HEAD_STYLE}"') for column in columns)
    out.write(sheet_head(columns, titles).encode())
    cells_of = [_Memory(_WRITERS.get(column.kind, _text), _EMPTY) for column in columns]
    width = len(columns)
    count = 0
    batch: list[str] = []
    for row in rows:
        count += 1
        if count > MOST_ROWS:
            msg = f"a worksheet holds at most {MOST_ROWS} rows"
            raise TooManyRowsError(msg)
        if len(row) != width:
            msg = f"row {count} has {len(row)} values, the sheet {width} columns"
            raise ValueError(msg)
        # zip(strict=True) costs a quarter more in this, the innermost loop
        cells = [cell[value] for cell, value in zip(cells_of, row)]  # noqa: B905
        batch.append(f'<row r="{count + 1}">{"".join(cells)}</row>')
        if len(batch) == _BATCH:
            out.write("".join(batch).encode())
            batch.clear()
    out.write("".join(batch).encode())
    out.write(sheet_tail(len(columns), count).encode())
    return count


class _Memory(dict[object, str]):
    """Written cells of one column by value, for lists repeat the same texts and days."""

    def __init__(self, write: Callable[[object], str], empty: str) -> None:
        """Keep how values are written, and that None is `empty`."""
        super().__init__({None: empty})
        self._write = write
        self._empty = empty

    def __missing__(self, value: object) -> str:
        """Write a value not met lately; numbers are not kept, since 1, 1.0 and True are equal."""
        cell = self._write(value)
        if isinstance(value, str | date):
            if len(self) > _REMEMBERED:
                self.clear()
                self[None] = self._empty
            self[value] = cell
        return cell


def _text(value: object, style: str = "") -> str:
    text = value if type(value) is str else str(value)
    usual = text.isprintable() and len(text) <= CELL_LIMIT and "_x" not in text
    if not (usual and unicodedata.is_normalized("NFC", text)):
        text = _allowed(text)
    if not text:
        return _EMPTY
    if "&" in text or "<" in text or ">" in text:
        text = escape(text)
    # white space at the ends is kept only where asked for
    space = ' xml:space="preserve"' if text[0] <= " " or text[-1] <= " " else ""
    return f'<c{style} t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _allowed(text: str) -> str:
    """Return a text with what the format cannot carry taken out, and no escapes read into it."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _FORBIDDEN.sub("", text)
    if len(text) > CELL_LIMIT:
        text = text[: CELL_LIMIT - 1] + "…"
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def _number(value: object) -> str:
    match value:
        case bool():
            return f"<c><v>{int(value)}</v></c>"
        case int() if abs(value) < _MOST_EXACT:
            return f"<c><v>{value}</v></c>"
        case float() if isfinite(value):
            return f"<c><v>{value!r}</v></c>"
        case Decimal() if value.is_finite() and len(value.as_tuple().digits) <= 15:
            return f"<c><v>{value}</v></c>"
        case _:
            # a spreadsheet would round longer numbers, so they stay readable as text
            return _text(value)


def _date(value: object) -> str:
    if isinstance(value, datetime):
        return _moment(value)
    if not isinstance(value, date) or value < _FIRST_DATE:
        return _text(value)
    return f'<c s="{DATE_STYLE}"><v>{value.toordinal() - _EPOCH}</v></c>'


def _moment(value: object) -> str:
    if not isinstance(value, datetime):
        return _date(value)
    if value.date() < _FIRST_DATE:
        return _text(value)
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    serial = value.toordinal() - _EPOCH + seconds / 86_400
    return f'<c s="{DATETIME_STYLE}"><v>{serial!r}</v></c>'


_WRITERS: dict[str, Callable[[object], str]] = {
    "integer": _number,
    "number": _number,
    "decimal": _number,
    "date": _date,
    "datetime": _moment,
}
