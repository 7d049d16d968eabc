"""A paper as PDF, set by typst with our own fonts from data alone: no text becomes markup."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import assert_never

import typst

from kheo.lib.papers.layout import (
    ADDRESSEES_LABEL,
    NOTE_SIZE,
    RECIPIENTS_LABEL,
    BodyCell,
    Sheet,
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
    PageBreak,
    Paper,
    Paragraph,
    Rich,
    Run,
    SectionRow,
    Table,
    Title,
)
from kheo.lib.papers.runs import as_runs, breakable, clean, in_brackets, pieces, plain

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "paper.typ"
_FONTS = _HERE / "fonts"

_KEPT_WHOLE = 12
"""Rows of more lines than this may break across pages; a row taller than a page must."""

_MOST_TIED = 6
"""Rows kept together at most, however many empty sections follow each other."""

_LONGEST_WORD = 40
"""Letters of a word that fit on half the width of a sheet."""

Data = dict[str, object]


class TypesettingError(RuntimeError):
    """Typst broke down while it set a paper."""


@cache
def our_fonts() -> typst.Fonts:
    """Return the fonts that papers are set in; none of the machine is looked at."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]
    )


def to_pdf(paper: Paper) -> bytes:
    """Write a paper as PDF; the same paper gives the same bytes.

    :raises TypesettingError: when typst breaks down on it.
    """
    data = json.dumps(_paper(paper), ensure_ascii=False)
    try:
        return typst.compile(
            _TEMPLATE.read_bytes(),
            font_paths=our_fonts(),
            format="pdf",
            sys_inputs={"paper": data},
            timestamp=0,
        )
    except BaseException as error:
        # a panic inside typst is no Exception and would pass by every handler above
        if type(error).__name__ == "PanicException":
            raise TypesettingError from error
        raise


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
                "blocks": _blocks(sheet, profile),
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
        "note_size": NOTE_SIZE,
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


def _lines(text: Rich, longest: int = _LONGEST_WORD) -> str | list[object]:
    """Return a text as [text, bold, italic, underline] pieces, null for a line break.

    A piece of one text alone is a footnote.

    A text of one plain line, as most are, stays a string: that is faster. Words of more letters
    than `longest` may break.
    """
    runs = as_runs(text)
    if not runs:
        return ""
    first = runs[0]
    if len(runs) == 1 and first == Run(first.text) and "\n" not in first.text:
        return breakable(first.text, longest)
    return [piece and _piece(*piece, longest) for piece in pieces(runs)]


def _piece(run: Run, text: str, longest: int) -> list[object]:
    if not text:
        return [breakable(run.note, _LONGEST_WORD)]
    return [breakable(text, longest), run.bold, run.italic, run.underline]


def _blocks(sheet: Sheet, profile: Profile) -> list[Data]:
    width = profile.text_width(sheet.orientation)
    following = [block for _, block in sheet.blocks[1:]]
    return [
        _table(block, width, profile.cell_size, signed=isinstance(after, Closing))
        if isinstance(block, Table)
        else _block(number, block)
        for (number, block), after in zip(sheet.blocks, [*following, None], strict=True)
    ]


def _block(number: str, block: Block) -> Data:  # noqa: C901, PLR0911, PLR0912 - one arm for each part
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
        case PageBreak() | Table():
            msg = f"{type(block).__name__} is laid out with its sheet"
            raise TypeError(msg)
        case _:
            assert_never(block)


def _table(table: Table, width: float, size: float, *, signed: bool) -> Data:
    widths = [share * width for share in shares(table)]
    # letters of long words are seldom wider than this; 3.2 mm of a cell are padding
    longest = [max(1, int((width - 3.2) / (size * 0.3528 * 0.55))) for width in widths]
    rows: list[list[object]] = []
    held: list[bool] = []
    for row in table.body:
        cells = row_cells(row, table.columns)
        letters = longest if len(cells) == len(widths) else [_LONGEST_WORD] * len(cells)
        whole = _fits(cells, widths, size)
        if not whole and held:
            held[-1] = False
        held.append(isinstance(row, SectionRow))
        data = [
            [_lines(cell.runs, most), cell.align, cell.colspan]
            for cell, most in zip(cells, letters, strict=True)
        ]
        rows.append([whole, 0, data])
    if held:
        held[-1] = signed and rows[-1][0] is True
    for place, rows_tied in _ties(held):
        rows[place][1] = rows_tied
    head = [
        [[_lines(cell.runs), cell.colspan, cell.rowspan] for cell in row]
        for row in head_rows(table)
    ]
    return {
        "is": "table",
        "shares": shares(table),
        "head": head,
        "rows": rows,
        "tied_end": bool(held) and held[-1],
    }


def _ties(held: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield where rows that stay together begin, and how many they are.

    A row held at the very end is tied to the signature, one row more than there are.
    """
    start = 0
    for place, stays in enumerate(held):
        if not stays or (place < len(held) - 1 and place - start >= _MOST_TIED):
            yield start, place + 1 - start
            start = place + 1
    if start < len(held):
        yield start, len(held) + 1 - start


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
