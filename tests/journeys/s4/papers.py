"""How the chapters read a produced list back: its table as rows of texts, whatever the format."""

from pathlib import Path

import docx
import openpyxl
import pypdfium2
from docx.table import Table

Rows = list[list[str]]
WIDTH = 8


def word_table(path: Path) -> Table:
    """Return the list's table of a Word paper: the one that is as wide as the list."""
    return next(table for table in docx.Document(str(path)).tables if len(table.columns) == WIDTH)


def word_rows(path: Path) -> Rows:
    """Return the rows of the list in a Word paper; joined cells give their text once."""
    return [_once([cell.text for cell in row.cells]) for row in word_table(path).rows]


def excel_rows(path: Path) -> Rows:
    """Return the rows of the list in a workbook, from the head of the table on."""
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]
    first = next(place for place, row in enumerate(rows) if row[0] == "STT")
    return [row for row in rows[first:] if row[0]]


def pdf_text(path: Path) -> str:
    """Return the words of a PDF paper, with one blank between them."""
    paper = pypdfium2.PdfDocument(path)
    words = [page.get_textpage().get_text_bounded() for page in paper]
    paper.close()
    return " ".join(" ".join(words).split())


def sections(rows: Rows) -> dict[str, list[str]]:
    """Return the names below each section's head; what stands below none is below ""."""
    found: dict[str, list[str]] = {}
    head = ""
    for row in rows:
        if not row[0][:1].isdigit():
            head = row[0]
        else:
            found.setdefault(head, []).append(row[2])
    return found


def _once(cells: list[str]) -> list[str]:
    return [cells[0]] + [""] * (WIDTH - 1) if len(set(cells)) == 1 else cells
