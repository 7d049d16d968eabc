"""Opens .xlsx, .xls, .ods and .csv files and gives the rows of their sheets as they stand."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from kheo.lib.files.archives import check_archive
from kheo.lib.files.refusals import Limits, UnreadableFileError

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OOXML = "EncryptedPackage".encode("utf-16-le")
_XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")
_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Sheet:
    """A sheet by name; `rows` gives its rows once, from the first row of the sheet on."""

    name: str
    rows: Iterator[list[Cell]]


def open_sheets(data: bytes, filename: str, limits: Limits) -> Iterator[Sheet]:
    """Give the visible sheets of a file, in their order.

    What the file is, is told by its content; only text is told by the ending of its name.

    :raises UnreadableFileError: when the file cannot be read or passes a limit.
    """
    if not data:
        raise UnreadableFileError("empty")
    if len(data) > limits.size:
        raise UnreadableFileError("too_large", limits.size)
    if data.startswith(_ZIP):
        if check_archive(data, limits).kind == "docx":
            raise UnreadableFileError("unknown_type")
        return _workbook_sheets(data, limits)
    if data.startswith(_OLE):
        _check_old_workbook(data)
        return _workbook_sheets(data, limits)
    if filename.lower().endswith(_TEXT_ENDINGS):
        return iter([Sheet("", _text_rows(_decoded(data)))])
    raise UnreadableFileError("unknown_type")


def _check_old_workbook(data: bytes) -> None:
    if _ENCRYPTED_OOXML in data:
        raise UnreadableFileError("password")
    if not any(stream in data for stream in _XLS_STREAMS):
        raise UnreadableFileError("unknown_type")


def _workbook_sheets(data: bytes, limits: Limits) -> Iterator[Sheet]:
    with _refusing_what_fails():
        workbook = load_workbook(io.BytesIO(data))
    with workbook:
        for number, about in enumerate(workbook.sheets_metadata):
            if (about.typ, about.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible):
                sheet = _sheet(workbook, number)
                if sheet.total_height * sheet.total_width > limits.cells:
                    raise UnreadableFileError("too_spread", limits.cells)
                yield Sheet(about.name, sheet.iter_rows())


def _sheet(workbook: CalamineWorkbook, number: int) -> CalamineSheet:
    with _refusing_what_fails():
        return workbook.get_sheet_by_index(number)


@contextmanager
def _refusing_what_fails() -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise UnreadableFileError("password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFileError("corrupt") from error
    except BaseException as error:
        # A panic of the parser, which is written in Rust, arrives as no ordinary Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFileError("corrupt") from error


def _decoded(data: bytes) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError("encoding") from error
    if "\0" in text:
        raise UnreadableFileError("unknown_type")
    return text


def _text_rows(text: str) -> Iterator[list[Cell]]:
    head = text[:10_000]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield list(row)
    except csv.Error as error:
        raise UnreadableFileError("corrupt") from error
