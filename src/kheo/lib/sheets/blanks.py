"""A workbook to be filled in by hand: heads that hold still, lists to choose from, a stamp."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any

import xlsxwriter

from kheo.lib.sheets.writing import CELL_LIMIT

STAMP_SHEET = "_kheo"
"""Name of the sheet that nobody sees; the stamp stands in its cell A1."""

_MOST_ROWS = 500
_HEAD_PIXELS = 66
_LINE_PIXELS = 21
_LEAST_LINES = 2
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_LINE = {"border": 1, "text_wrap": True}
_HEAD = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E6F0EF"}
_TABLE_FIRST = 5
_PAPER_A4 = 9
_UNDATED = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankColumn:
    """A column to be filled in: what may be chosen in it, and what to say when it is entered."""

    title: str
    width: float
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankSheet:
    """A list to be filled in.

    ``head`` holds up to four lines over the table: whose it is, its title, and what to know;
    ``rows`` are filled in already, ``room`` rows more are drawn empty. ``stamp`` comes back as it
    is, whatever is typed.
    """

    name: str
    head: tuple[str, ...]
    columns: tuple[BlankColumn, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    room: int = 20
    stamp: str = ""
    author: str = ""
    dated: date | None = None


def write_blank(sheet: BlankSheet) -> bytes:
    """Return the .xlsx workbook of a list to be filled in; the same list gives the same bytes.

    Heads are locked (without a password), what is to be filled in is not; texts stay texts, so
    that "3/2024" does not become a day.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        made = datetime.combine(sheet.dated or _UNDATED, datetime.min.time())
        book.set_properties({"title": sheet.head[1], "author": sheet.author, "created": made})
        page = book.add_worksheet(sheet.name[:31])
        hidden = book.add_worksheet(STAMP_SHEET)
        _write_head(book, page, sheet)
        _write_table(book, page, sheet)
        _write_hidden(hidden, sheet)
        _offer_choices(page, sheet)
        _set_page(page, sheet)
        hidden.very_hidden()
    return stream.getvalue()


def _write_head(book: Any, page: Any, sheet: BlankSheet) -> None:
    faces: tuple[dict[str, object], ...] = (
        {"bold": True},
        {"bold": True, "font_size": 14},
        {},
        {"italic": True},
    )
    for row, (line, face) in enumerate(zip(sheet.head, faces, strict=False)):
        page.write_string(row, 0, _plain(line), book.add_format(_FONT | face))


def _write_table(book: Any, page: Any, sheet: BlankSheet) -> None:
    head = book.add_format(_FONT | _LINE | _HEAD)
    free = book.add_format(_FONT | {"text_wrap": True, "locked": False, "num_format": "@"})
    body = book.add_format(_FONT | _LINE | {"locked": False, "num_format": "@"})
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, free)
        page.write_string(_TABLE_FIRST, place, _plain(column.title), head)
    page.set_row_pixels(_TABLE_FIRST, _HEAD_PIXELS)
    first = _TABLE_FIRST + 1
    for row in range(len(sheet.rows) + sheet.room):
        filled = sheet.rows[row] if row < len(sheet.rows) else ()
        page.set_row_pixels(first + row, _LINE_PIXELS * max(_lines(sheet, filled), _LEAST_LINES))
        for place in range(len(sheet.columns)):
            text = filled[place] if filled else str(row + 1) if place == 0 else ""
            if plain := _plain(text):
                page.write_string(first + row, place, plain, body)
            else:
                page.write_blank(first + row, place, None, body)


def _write_hidden(hidden: Any, sheet: BlankSheet) -> None:
    hidden.write_string(0, 0, sheet.stamp)
    for place, column in enumerate(sheet.columns, start=1):
        for row, choice in enumerate(column.choices):
            hidden.write_string(row, place, choice)


def _offer_choices(page: Any, sheet: BlankSheet) -> None:
    first = _TABLE_FIRST + 1
    for place, column in enumerate(sheet.columns):
        rule: dict[str, Any] = {"validate": "any", "ignore_blank": True}
        if column.choices:
            letter = xlsxwriter.utility.xl_col_to_name(place + 1)
            rule |= {
                "validate": "list",
                "source": f"={STAMP_SHEET}!${letter}$1:${letter}${len(column.choices)}",
                "error_title": "Chưa có trong danh sách",
                "error_message": "Hãy chọn một giá trị trong danh sách của ô này.",
            }
        if column.hint:
            rule |= {"input_title": column.title[:32], "input_message": column.hint[:255]}
        if column.choices or column.hint:
            page.data_validation(first, place, first + _MOST_ROWS, place, rule)


def _lines(sheet: BlankSheet, texts: tuple[str, ...]) -> int:
    """Return how many lines a row takes; not every program finds that out by itself."""
    return max(
        (
            sum(max(ceil(len(line) * 1.15 / column.width), 1) for line in text.split("\n"))
            for column, text in zip(sheet.columns, texts, strict=False)
        ),
        default=0,
    )


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign >= " " or sign == "\n")[:CELL_LIMIT]


def _set_page(page: Any, sheet: BlankSheet) -> None:
    page.protect(
        "",
        {
            "format_columns": True,
            "format_rows": True,
            "insert_rows": True,
            "delete_rows": True,
            "sort": True,
        },
    )
    page.freeze_panes(_TABLE_FIRST + 1, 2)
    page.set_landscape()
    page.set_paper(_PAPER_A4)
    page.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    # so many columns fit on two pages side by side, each with number and name
    page.fit_to_pages(2, 0)
    page.repeat_rows(_TABLE_FIRST)
    page.repeat_columns(0, 1)
    page.print_area(0, 0, _TABLE_FIRST + len(sheet.rows) + sheet.room, len(sheet.columns) - 1)
    page.set_footer("&C&P/&N")
