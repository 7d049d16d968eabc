"""A paper as a workbook to print: each run of pages is a worksheet laid on its table's columns."""

import io
import zipfile
from datetime import datetime
from itertools import zip_longest
from typing import assert_never

import xlsxwriter

from kheo.lib.papers.footnotes import notes_as_lines
from kheo.lib.papers.layout import (
    ADDRESSEES_LABEL,
    RECIPIENTS_LABEL,
    Sheet,
    field_runs,
    head_rows,
    row_cells,
    shares,
    sheets,
)
from kheo.lib.papers.measures import PROFILES, Profile
from kheo.lib.papers.nodes import (
    Addressees,
    AnnexHead,
    Block,
    CheckBoxes,
    Closing,
    FieldLine,
    Heading,
    Hint,
    Letterhead,
    PageBreak,
    Paper,
    Paragraph,
    Rich,
    Row,
    Run,
    Table,
    TableRow,
    Title,
)
from kheo.lib.papers.runs import as_runs, clean, in_brackets
from kheo.lib.papers.xlsx_pen import CELL_LIMIT, Face, Pen

_EVEN_COLUMNS = 8
"""Columns of a sheet that has no table to take them from."""
_FEWEST_COLUMNS = 4
_UNDATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone
_SIGNING_ROWS = 4
_A4 = 9

_Line = tuple[Rich, float, Face]
"""A text, its size, its face."""


def to_xlsx(paper: Paper) -> bytes:
    """Write a paper as .xlsx; the same paper gives the same bytes and no text is a formula."""
    profile = PROFILES[paper.profile]
    paper = notes_as_lines(paper)
    stream = io.BytesIO()
    # widths of columns are counted in digits of the default font, 7 pixels wide at 11 points
    font = {"font_name": profile.font, "font_size": 11}
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_format_properties": font})
    on = paper.dated
    stamp = datetime(on.year, on.month, on.day) if on else _UNDATED  # noqa: DTZ001 - as above
    properties = {"title": clean(paper.title), "author": clean(paper.author), "created": stamp}
    book.set_properties(properties)
    for place, sheet in enumerate(sheets(paper)):
        page = book.add_worksheet(f"Trang {place + 1}")
        pen = Pen(book, page, profile, _widths(sheet, profile))
        _set_page(pen, sheet)
        if place == 0:
            pen.line(paper.label, profile.body_size, bold=True, align="right")
            if paper.head:
                _letterhead(pen, paper.head)
        for number, block in sheet.blocks:
            _block(pen, number, block)
    book.close()
    return _unnumbered_first_page(stream)


def _unnumbered_first_page(stream: io.BytesIO) -> bytes:
    """Copy the workbook, telling the first sheet that its first page has a header of its own."""
    copy = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"<headerFooter>", b'<headerFooter differentFirst="1">')
            new.writestr(entry, data)
    return copy.getvalue()


def _widths(sheet: Sheet, profile: Profile) -> list[float]:
    table = next((block for _, block in sheet.blocks if isinstance(block, Table)), None)
    parts = shares(table) if table else [1 / _EVEN_COLUMNS] * _EVEN_COLUMNS
    parts += [1 / _FEWEST_COLUMNS] * (_FEWEST_COLUMNS - len(parts))
    return [part * profile.text_width(sheet.orientation) for part in parts]


def _set_page(pen: Pen, sheet: Sheet) -> None:
    page, profile = pen.sheet, pen.profile
    page.set_paper(_A4)
    if sheet.orientation == "landscape":
        page.set_landscape()
    margins = profile.margins
    sides = (margins.left, margins.right, margins.top, margins.bottom)
    page.set_margins(*(mm / 25.4 for mm in sides))
    number = f'&C&"{profile.font}"&{profile.page_number_size:.0f}&P'
    page.set_header(number, {"margin": margins.top / 2 / 25.4})
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    pen.set_widths()


def _abreast(pen: Pen, stacks: list[list[_Line]]) -> None:
    """Write stacks of centred lines side by side, the rows of the longest stack."""
    groups = pen.groups(len(stacks))
    for lines in zip_longest(*stacks):
        heights = []
        for columns, line in zip(groups, lines, strict=True):
            if line is None or not line[0]:
                continue
            text, size, face = line
            heights.append(pen.height(columns, text, size))
            pen.span(columns, text, size, **({"align": "center"} | face))
        if heights:
            pen.sheet.set_row(pen.row, max(heights))
        pen.row += 1


def _letterhead(pen: Pen, head: Letterhead) -> None:
    p = pen.profile
    left: list[_Line] = [(text, p.superior_size, {}) for text in head.superiors]
    left += [(text, p.issuer_size, {"bold": True}) for text in head.issuers]
    right: list[_Line] = []
    if head.motto:
        faces: list[Face] = [{"bold": True}] * len(p.motto)
        faces[-1] = {"bold": True, "underline": 1}
        right = list(zip(p.motto, p.motto_sizes, faces, strict=True))
    if head.mark:
        left.append(("*" if p.issuer_mark == "asterisk" else "_______", p.issuer_size, {}))
    _abreast(pen, [left, right])
    about: Face = {"italic": True} if p.about_italic else {}
    below: list[_Line] = [(head.number, p.number_size, {}), (head.about, p.about_size, about)]
    date: list[_Line] = [(head.place_and_date, p.date_size, {"italic": True})]
    if head.number or head.place_and_date or head.about:
        _abreast(pen, [below, date])
    pen.row += 1


def _block(pen: Pen, number: str, block: Block) -> None:  # noqa: C901, PLR0912, PLR0915 - one arm for each part
    p = pen.profile
    match block:
        case Title(kind, subject):
            pen.line(kind, p.kind_size, bold=True, align="center")
            pen.line(subject, p.subject_size, bold=True, align="center")
            pen.row += 1
        case Addressees(items):
            label = Run(f"{ADDRESSEES_LABEL} ", italic=True)
            listed = "\n".join(f"- {item}" for item in items)
            pen.line((label, Run(items[0] if len(items) == 1 else f"\n{listed}")), p.body_size)
        case Heading(text, level):
            pen.line((Run(f"{number} "), *as_runs(text)), p.body_size, bold=level <= 2)
        case Paragraph(text, align):
            pen.line(text, p.body_size, align=align)
        case Hint(text):
            pen.line(in_brackets(text), p.hint_size, italic=True)
        case FieldLine():
            pen.line(field_runs(block), p.body_size)
        case CheckBoxes():
            _boxes(pen, block)
        case Table():
            _table(pen, block)
        case AnnexHead(title, attached_to, label):
            pen.line(label, p.subject_size, bold=True, align="center")
            pen.line(title, p.subject_size, bold=True, align="center")
            pen.line(in_brackets(attached_to), p.body_size, italic=True, align="center")
            pen.row += 1
        case Closing():
            _closing(pen, block)
        case PageBreak():
            return
        case _:
            assert_never(block)


def _boxes(pen: Pen, boxes: CheckBoxes) -> None:
    size = pen.profile.body_size
    column = min(pen.last, 5)
    for option in boxes.options:
        pen.sheet.set_row(pen.row, pen.height((0, column - 1), option.label, size))
        pen.span((0, column - 1), f"- {option.label}", size)
        pen.cell(column, "x" if option.checked else "", size, align="center", border=1)
        pen.row += 1


def _table_head(pen: Pen, table: Table) -> None:
    size = pen.profile.cell_size
    first = pen.row
    heads = head_rows(table)
    face = pen.face(size, border=1, align="center", valign="vcenter")
    for row in heads:
        tallest = 0.0
        for cell in row:
            columns = (cell.column, cell.column + cell.colspan - 1)
            tallest = max(tallest, pen.height(columns, cell.runs, size) / cell.rowspan)
            if cell.rowspan > 1 or cell.colspan > 1:
                bottom = pen.row + cell.rowspan - 1
                pen.sheet.merge_range(pen.row, columns[0], bottom, columns[1], "", face)
            pen.cell(cell.column, cell.runs, size, border=1, align="center", valign="vcenter")
        pen.sheet.set_row(pen.row, tallest)
        pen.row += 1
    pen.sheet.repeat_rows(first, pen.row - 1)


def _table(pen: Pen, table: Table) -> None:
    _table_head(pen, table)
    size = pen.profile.cell_size
    faces = [pen.face(size, border=1, align=column.align) for column in table.columns]
    for row in table.body:
        texts = (
            [cell for cell in row.cells if isinstance(cell, str)] if isinstance(row, Row) else []
        )
        if len(texts) == len(faces):
            for column, (text, face) in enumerate(zip(texts, faces, strict=True)):
                pen.sheet.write_string(pen.row, column, clean(text)[:CELL_LIMIT], face)
            pen.fit(texts, size)
        else:
            _dressed_row(pen, row, table)
        pen.row += 1
    pen.row += 1


def _dressed_row(pen: Pen, row: TableRow, table: Table) -> None:
    size = pen.profile.cell_size
    column = 0
    tallest = 0.0
    for cell in row_cells(row, table.columns):
        columns = (column, column + cell.colspan - 1)
        tallest = max(tallest, pen.height(columns, cell.runs, size))
        pen.span(columns, cell.runs, size, border=1, align=cell.align)
        column += cell.colspan
    pen.sheet.set_row(pen.row, tallest)


def _closing(pen: Pen, closing: Closing) -> None:
    p = pen.profile
    stacks: list[list[_Line]] = []
    for place, signer in enumerate(closing.signers):
        last = place == len(closing.signers) - 1
        bold: Face = {"bold": True}
        stack: list[_Line] = []
        if closing.place_and_date:
            date = closing.place_and_date if last else ""
            stack.append((date, p.date_size, {"italic": True}))
        stack += [(t, p.signature_size, bold) for t in (signer.authority, signer.position) if t]
        stack.append((in_brackets(signer.note), p.signature_size, {"italic": True}))
        stack += [("", p.signature_size, {})] * _SIGNING_ROWS
        stack.append((signer.name, p.signature_size, bold))
        stacks.append(stack)
    recipients = _recipients(closing.recipients, p)
    if len(stacks) == 1:
        _abreast(pen, [recipients, stacks[0]])
    else:
        _abreast(pen, stacks)
        for text, size, face in recipients:
            pen.line(text, size, **face)


def _recipients(items: tuple[str, ...], p: Profile) -> list[_Line]:
    if not items:
        return []
    bold = p.recipients_label == "bold-italic"
    face: Face = {"bold": True, "italic": True} if bold else {"underline": 1}
    left: Face = {"align": "left"}
    rows = [(f"- {item}", p.recipients_size, left) for item in items]
    return [(RECIPIENTS_LABEL, 12.0, face | left), *rows]
