"""Footnotes of a paper: numbered from its beginning to its end, and set off where needed."""

from collections.abc import Callable
from dataclasses import replace

from kheo.lib.papers.nodes import (
    Block,
    Heading,
    Paper,
    Paragraph,
    Rich,
    Row,
    Run,
    Table,
    TableRow,
    Title,
    TotalRow,
)
from kheo.lib.papers.runs import clean

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Change = Callable[[Rich], Rich]


def numbered_notes(paper: Paper) -> tuple[Paper, tuple[str, ...]]:
    """Give every footnote its number, in order of reading, and return the texts of all.

    A paper without footnotes comes back as it is. Footnotes belong to running text, headings,
    titles and cells of tables; heads, annex heads and signatures have none.
    """
    notes: list[str] = []

    def number(text: Rich) -> Rich:
        if isinstance(text, str) or not any(run.note for run in text):
            return text
        return tuple(_marked(run, notes) for run in text)

    body = tuple(_changed(block, number) for block in paper.body)
    return (replace(paper, body=body), tuple(notes)) if notes else (paper, ())


def notes_as_lines(paper: Paper) -> Paper:
    """Return a paper whose footnotes stand as lines at its end, for formats that know none."""
    marked, notes = numbered_notes(paper)
    if not notes:
        return paper
    body = [_changed(block, _raised) for block in marked.body]
    lines = [
        Paragraph(f"{raised(number)} {note}", indent=False)
        for number, note in enumerate(notes, start=1)
    ]
    return replace(marked, body=(*body, *lines))


def raised(number: int) -> str:
    """Write a number in raised figures, as S3 does: ¹²."""
    return str(number).translate(_RAISED)


def _marked(run: Run, notes: list[str]) -> Run:
    if not run.note:
        return run
    notes.append(clean(run.note))
    return replace(run, mark=len(notes))


def _raised(text: Rich) -> Rich:
    if isinstance(text, str):
        return text
    return tuple(
        replace(run, text=run.text + raised(run.mark), note="", mark=0) if run.note else run
        for run in text
    )


def _changed(block: Block, change: Change) -> Block:
    match block:
        case Title(kind, subject):
            return Title(kind, change(subject))
        case Heading(text, level):
            return Heading(change(text), level)
        case Paragraph(text, align, indent):
            return Paragraph(change(text), align, indent)
        case Table(columns, numbering=numbering, body=body) if _has_notes(body):
            return Table(columns, [_row(row, change) for row in body], numbering)
        case _:
            return block


def _has_notes(rows: tuple[TableRow, ...]) -> bool:
    return any(
        run.note
        for row in rows
        if isinstance(row, Row | TotalRow)
        for cell in row.cells
        if not isinstance(cell, str)
        for run in cell
    )


def _row(row: TableRow, change: Change) -> TableRow:
    match row:
        case Row(cells):
            return Row(tuple(change(cell) for cell in cells))
        case TotalRow(label, cells):
            return TotalRow(label, tuple(change(cell) for cell in cells))
        case _:
            return row
