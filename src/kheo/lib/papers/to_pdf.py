"""A paper as PDF, set by typst with our own fonts from data alone: no text becomes markup."""

import json
from functools import cache
from pathlib import Path
from typing import assert_never

import typst

from kheo.lib.papers.layout import (
    ADDRESSEES_LABEL,
    RECIPIENTS_LABEL,
    BodyCell,
    field_runs,
    head_rows,
    lines_needed,
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
    Orientation,
    PageBreak,
    Paper,
    Paragraph,
    Rich,
    Run,
    SectionRow,
    Table,
    Title,
)
from kheo.lib.papers.runs import as_runs, clean, in_brackets, pieces, plain

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "paper.typ"
_FONTS = _HERE / "fonts"

_KEPT_WHOLE = 12
"""Rows of more lines than this may break across pages; a row taller than a page must."""

Data = dict[str, object]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]
    )


def to_pdf(paper: Paper) -> bytes:
    """Write a paper as PDF; the same paper gives the same bytes."""
    data = json.dumps(_paper(paper), ensure_ascii=False)
    return typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"paper": data},
        timestamp=0,
    )


def _paper(paper: Paper) -> Data:
    profile = PROFILES[paper.profile]
    return {
        "title": clean(paper.title),
        "author": clean(paper.author),
        "dated": paper.dated and [paper.dated.year, paper.dated.month, paper.dated.day],
        "label": clean(paper.label),
        "profile": _profile(profile),
        "head": paper.head and _letterhead(paper.head, profile),
        "sheets": [
            {
                "orientation": sheet.orientation,
                "blocks": [_block(n, b, profile, sheet.orientation) for n, b in sheet.blocks],
            }
            for sheet in sheets(paper)
        ],
    }


def _profile(profile: Profile) -> Data:
    names = (name for name in profile.__slots__ if name not in {"margins", "sources", "motto"})
    margins = profile.margins
    return {name: getattr(profile, name) for name in names} | {
        "top": margins.top,
        "bottom": margins.bottom,
        "left": margins.left,
        "right": margins.right,
    }


def _letterhead(head: Letterhead, profile: Profile) -> Data:
    return {
        "superiors": [_lines(line) for line in head.superiors],
        "issuers": [_lines(line) for line in head.issuers],
        "number": _lines(head.number),
        "about": _lines(head.about),
        "place_and_date": _lines(head.place_and_date),
        "motto": profile.motto if head.motto else [],
        "mark": profile.issuer_mark if head.mark else "",
    }


def _lines(text: Rich) -> str | list[object]:
    """Return a text as [text, bold, italic, underline] pieces, null for a line break.

    A text of one plain line, as most are, stays a string: that is faster.
    """
    runs = as_runs(text)
    if not runs:
        return ""
    first = runs[0]
    if len(runs) == 1 and first == Run(first.text) and "\n" not in first.text:
        return first.text
    return [
        piece and [piece[1], piece[0].bold, piece[0].italic, piece[0].underline]
        for piece in pieces(runs)
    ]


def _block(number: str, block: Block, profile: Profile, orientation: Orientation) -> Data:  # noqa: C901, PLR0911, PLR0912 - one arm for each part
    match block:
        case Title(kind, subject):
            return {"is": "title", "kind": _lines(kind), "subject": _lines(subject)}
        case Addressees(items):
            texts = [_lines(item) for item in items]
            return {"is": "addressees", "label": ADDRESSEES_LABEL, "items": texts}
        case Heading(text, level):
            return {"is": "heading", "number": number, "text": _lines(text), "level": level}
        case Paragraph(text, align, indent):
            return {"is": "paragraph", "text": _lines(text), "align": align, "indent": indent}
        case Hint(text):
            return {"is": "hint", "text": _lines(in_brackets(text))}
        case FieldLine():
            return {"is": "field", "text": _lines(field_runs(block))}
        case CheckBoxes(options):
            boxes = [[_lines(option.label), option.checked] for option in options]
            return {"is": "boxes", "boxes": boxes}
        case Table():
            return _table(block, profile, orientation)
        case AnnexHead(title, attached_to, label):
            attached = _lines(in_brackets(attached_to))
            return {
                "is": "annex",
                "title": _lines(title),
                "attached": attached,
                "label": _lines(label),
            }
        case Closing():
            return _closing(block)
        case PageBreak():
            return {"is": "nothing"}
        case _:
            assert_never(block)


def _table(table: Table, profile: Profile, orientation: Orientation) -> Data:
    widths = [share * profile.text_width(orientation) for share in shares(table)]
    rows = []
    for row in table.body:
        cells = row_cells(row, table.columns)
        data = [[_lines(cell.runs), cell.align, cell.colspan] for cell in cells]
        whole = _fits(cells, widths, profile.cell_size)
        rows.append([whole, isinstance(row, SectionRow), data])
    head = [
        [[_lines(cell.runs), cell.colspan, cell.rowspan] for cell in row]
        for row in head_rows(table)
    ]
    return {"is": "table", "shares": shares(table), "head": head, "rows": rows}


def _fits(cells: list[BodyCell], widths: list[float], size: float) -> bool:
    """Tell whether a row is low enough to be kept on one page."""
    if len(cells) < len(widths):
        return True
    pairs = zip(cells, widths, strict=True)
    return all(lines_needed(plain(cell.runs), width, size) <= _KEPT_WHOLE for cell, width in pairs)


def _closing(closing: Closing) -> Data:
    signers = [
        {
            "authority": _lines(signer.authority),
            "position": _lines(signer.position),
            "note": _lines(in_brackets(signer.note)),
            "name": _lines(signer.name),
        }
        for signer in closing.signers
    ]
    return {
        "is": "closing",
        "label": RECIPIENTS_LABEL,
        "recipients": [_lines(item) for item in closing.recipients],
        "date": _lines(closing.place_and_date),
        "signers": signers,
    }
