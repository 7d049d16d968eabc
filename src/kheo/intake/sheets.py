"""The remarks of an import in a workbook: in a copy of the workbook itself, or as a list."""

import io
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook

from kheo.intake.models import IntakeFile
from kheo.intake.queries.pages import ShownProblem, round_words, rows_of, shown_problem
from kheo.lib.sheets.columns import Column
from kheo.lib.sheets.writing import write_rows

COLUMNS = (
    Column("place", "Vị trí", 34),
    Column("item", "Mục", 24),
    Column("happened", "Vấn đề", 48),
    Column("found", "Trong tệp ghi", 40),
    Column("expected", "Cần ghi", 48),
)
TITLE = "Ghi chú"
AUTHOR = "Khéo"
FILL = PatternFill("solid", fgColor="FFF3C4")
OPENXML = ".xlsx"
# nobody goes through more notes cell by cell, and each takes its memory
MOST_MARKED = 2_000

Remark = tuple[Mapping[str, Any], ShownProblem]


def remarked_copy(file: IntakeFile) -> tuple[str, bytes]:
    """Return the name and the bytes of a workbook that holds the remarks on a file.

    They stand in a copy of the workbook; of another kind of file, or when there are thousands, in
    a list of their own.
    """
    stem = PurePath(file.name).stem[:120]
    remarks = list(_remarks(file))
    if PurePath(file.name).suffix.lower() == OPENXML and len(remarks) <= MOST_MARKED:
        try:
            return f"{stem} - ghi chú.xlsx", _marked(file, remarks)
        except (InvalidFileException, KeyError, ValueError, OSError):
            # a workbook that only the reader of lists understands still gets its list
            pass
    return f"{stem} - danh sách ghi chú.xlsx", _listed(remarks)


def _remarks(file: IntakeFile) -> Iterator[Remark]:
    words = round_words(file.intake.round)
    for form in file.forms.all():
        for entry in rows_of(form, show="problems").iterator(chunk_size=500):
            for problem in entry.problems:
                yield problem.get("place") or entry.place, shown_problem(problem, words)


def _marked(file: IntakeFile, remarks: list[Remark]) -> bytes:
    with file.file.open("rb") as stream:
        workbook = load_workbook(io.BytesIO(stream.read()))
    said: dict[tuple[str, int, int], list[str]] = {}
    for place, shown in remarks:
        part = str(place.get("part") or "")
        sheet = part if part in workbook.sheetnames else workbook.sheetnames[0]
        key = (sheet, int(place.get("row") or 1), int(place.get("column") or 1))
        said.setdefault(key, []).append(f"{shown.item}: {shown.happened} → {shown.expected}")
    for (name, row, column), lines in said.items():
        sheet = workbook[name]
        if isinstance(sheet, Worksheet):
            _mark(sheet, row, column, "\n".join(lines))
    out = io.BytesIO()
    save_workbook(workbook, out)
    return out.getvalue()


def _mark(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            # only the first cell of a merged range can carry anything
            cell = sheet.cell(merged.min_row, merged.min_col)
    cell.fill = FILL
    cell.comment = Comment(text, AUTHOR, width=360, height=140)


def _listed(remarks: list[Remark]) -> bytes:
    out = io.BytesIO()
    rows = (
        (shown.place, shown.item, shown.happened, shown.found, shown.expected)
        for _place, shown in remarks
    )
    write_rows(out, title=TITLE, columns=COLUMNS, rows=rows)
    return out.getvalue()
