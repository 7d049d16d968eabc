"""A paper as plain text: the mirror in which tests read what the other formats carry."""

from collections.abc import Iterator
from typing import assert_never

from kheo.lib.papers.footnotes import notes_as_lines
from kheo.lib.papers.layout import (
    ADDRESSEES_LABEL,
    RECIPIENTS_LABEL,
    field_runs,
    head_rows,
    row_cells,
    sheets,
)
from kheo.lib.papers.measures import PROFILES
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
    Run,
    Table,
    Title,
)
from kheo.lib.papers.runs import clean, in_brackets, plain

PAGE_BREAK = "\f"


def to_text(paper: Paper) -> bytes:
    """Write a paper as UTF-8 text, cells parted by tabs, sheets by a form feed."""
    paper = notes_as_lines(paper)
    lines: list[str] = []
    if paper.label:
        lines.append(clean(paper.label))
    if paper.head:
        lines += _letterhead(paper.head, PROFILES[paper.profile].motto)
    for place, sheet in enumerate(sheets(paper)):
        if place:
            lines.append(PAGE_BREAK)
        for number, block in sheet.blocks:
            lines += _block(number, block)
    return ("\n".join(lines) + "\n").encode()


def _letterhead(head: Letterhead, motto: tuple[str, ...]) -> Iterator[str]:
    yield from map(clean, head.superiors)
    yield from map(clean, head.issuers)
    if head.mark:
        yield "*"
    if head.motto:
        yield from motto
    yield from (clean(line) for line in (head.number, head.about, head.place_and_date) if line)


def _block(number: str, block: Block) -> Iterator[str]:  # noqa: C901, PLR0912 - one arm for each part
    match block:
        case Title(kind, subject):
            yield from (clean(kind), *([plain(subject)] if subject else []))
        case Addressees(items):
            yield from _listed(ADDRESSEES_LABEL, items)
        case Heading(text):
            yield f"{number} {plain(text)}"
        case Paragraph(text):
            yield plain(text)
        case Hint(text):
            yield in_brackets(text)
        case FieldLine():
            yield plain(field_runs(block))
        case CheckBoxes(options):
            for option in options:
                yield f"- {clean(option.label)} [{'x' if option.checked else ' '}]"
        case Table():
            yield from _table(block)
        case AnnexHead(title, attached_to, label):
            yield from (clean(line) for line in (label, title) if line)
            if attached_to:
                yield in_brackets(attached_to)
        case Closing():
            yield from _closing(block)
        case PageBreak():
            yield PAGE_BREAK
        case _:
            assert_never(block)


def _listed(label: str, items: tuple[str, ...]) -> Iterator[str]:
    yield label if len(items) > 1 else f"{label} {clean(items[0])}"
    if len(items) > 1:
        yield from (f"- {clean(item)}" for item in items)


def _cell(runs: Rich | tuple[Run, ...]) -> str:
    return plain(runs).replace("\n", " / ")


def _table(table: Table) -> Iterator[str]:
    for row in head_rows(table):
        yield "\t".join(_cell(cell.runs) for cell in row)
    for body_row in table.body:
        yield "\t".join(_cell(cell.runs) for cell in row_cells(body_row, table.columns))


def _closing(closing: Closing) -> Iterator[str]:
    if closing.recipients:
        yield RECIPIENTS_LABEL
        yield from (f"- {clean(item)}" for item in closing.recipients)
    if closing.place_and_date:
        yield clean(closing.place_and_date)
    for signer in closing.signers:
        lines = (signer.authority, signer.position, in_brackets(signer.note), signer.name)
        yield from (clean(line) for line in lines if line)
