"""A paper as a Word file that people correct and sign, written as XML row by row."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from kheo.lib.papers.docx_package import package, section_xml
from kheo.lib.papers.docx_xml import (
    Cell,
    VMerge,
    paragraph,
    row_xml,
    rule,
    table_xml,
    twips,
)
from kheo.lib.papers.footnotes import numbered_notes
from kheo.lib.papers.layout import (
    ADDRESSEES_LABEL,
    RECIPIENTS_LABEL,
    HeadCell,
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
    Align,
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
    Row,
    Run,
    Signer,
    Table,
    Title,
)
from kheo.lib.papers.runs import as_runs, in_brackets

_JC: dict[Align, str] = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_GAP = '<w:p><w:pPr><w:pStyle w:val="Thin"/><w:keepNext/></w:pPr></w:p>'
_SIGNING_LINES = 4


def to_docx(paper: Paper) -> bytes:
    """Write a paper as .docx; the same paper gives the same bytes."""
    profile = PROFILES[paper.profile]
    paper, notes = numbered_notes(paper)
    return package(paper, profile, _document(paper, profile), notes)


def _document(paper: Paper, profile: Profile) -> Iterator[str]:
    found = sheets(paper)
    if paper.label:
        yield paragraph("Label", paper.label)
    if paper.head:
        yield from _letterhead(paper.head, profile, profile.text_width(paper.orientation))
    for place, sheet in enumerate(found):
        yield from _sheet(sheet, profile)
        section = section_xml(profile, sheet.orientation, first=place == 0)
        if place < len(found) - 1:
            yield f'<w:p><w:pPr><w:pStyle w:val="Thin"/>{section}</w:pPr></w:p>'
        else:
            yield section


def _sheet(sheet: Sheet, profile: Profile) -> Iterator[str]:
    width = profile.text_width(sheet.orientation)
    following = [block for _, block in sheet.blocks[1:]]
    for (number, block), after in zip(sheet.blocks, [*following, None], strict=True):
        # a signature does not stand alone on a page
        yield from _block(number, block, width, keep=isinstance(after, Closing))


def _letterhead(head: Letterhead, profile: Profile, width: float) -> Iterator[str]:
    left_mm = width * profile.issuer_share
    right_mm = width - left_mm
    left, right = twips(left_mm), twips(right_mm)
    issuer = _all("Superior", head.superiors) + _all("Issuer", head.issuers)
    if head.mark and profile.issuer_mark == "asterisk":
        issuer += paragraph("Issuer", (Run("*"),))
    elif head.mark:
        issuer += rule(left_mm, 20)
    motto = ""
    if head.motto:
        lines = enumerate(profile.motto)
        motto = "".join(paragraph(f"Motto{place}", line) for place, line in lines)
        motto += rule(right_mm, profile.motto_rule_mm)
    rows = [row_xml((Cell(left, issuer), Cell(right, motto or paragraph("Number", ""))))]
    if head.number or head.place_and_date:
        number = paragraph("Number", head.number)
        rows.append(
            row_xml(
                (
                    Cell(left, number),
                    Cell(
                        right, _all("PlaceDate", [head.place_and_date]) or paragraph("Number", "")
                    ),
                )
            )
        )
    if head.about:
        about = paragraph("About", head.about)
        rows.append(row_xml((Cell(left, about), Cell(right, paragraph("About", "")))))
    yield from table_xml((left, right), rows, ruled=False)
    yield paragraph("Subject", "")


def _all(style: str, texts: Iterable[str]) -> str:
    return "".join(paragraph(style, text) for text in texts if text)


def _block(number: str, block: Block, width: float, *, keep: bool) -> Iterable[str]:  # noqa: C901, PLR0911, PLR0912 - one arm for each part
    match block:
        case Title(kind, subject):
            parts = [paragraph("Kind", kind, keep=True)]
            if subject:
                parts.append(paragraph("Subject", subject))
            return [*parts, paragraph("Cell", "")]
        case Addressees(items):
            return _addressees(items, width)
        case Heading(text, level):
            return [paragraph(f"Heading{level}", (Run(f"{number} "), *as_runs(text)))]
        case Paragraph(text, align, indent):
            first_line = "" if indent else '<w:ind w:firstLine="0"/>'
            more = f'{first_line}<w:jc w:val="{_JC[align]}"/>'
            return [paragraph("Body", text, more=more, keep=keep)]
        case Hint(text):
            return [paragraph("Hint", in_brackets(text), keep=keep)]
        case FieldLine():
            return [paragraph("Body", field_runs(block), keep=keep)]
        case CheckBoxes():
            return _boxes(block)
        case Table():
            return _table(block, width, keep=keep)
        case AnnexHead(title, attached_to, label):
            attached = in_brackets(attached_to)
            return [_all("Subject", (label, title)), paragraph("Attached", attached)]
        case Closing():
            return _closing(block, width)
        case PageBreak():
            return []
        case _:
            assert_never(block)


def _addressees(items: tuple[str, ...], width: float) -> Iterable[str]:
    label = Run(ADDRESSEES_LABEL, italic=True)
    if len(items) == 1:
        return [paragraph("Centre", (label, Run(f" {items[0]}")))]
    left, right = twips(50), twips(width - 50)
    more = '<w:jc w:val="right"/>'
    row = row_xml(
        (
            Cell(left, paragraph("Item", (label,), more=more)),
            Cell(right, "".join(paragraph("Item", f"- {item}") for item in items)),
        )
    )
    return [*table_xml((left, right), [row], ruled=False), paragraph("Cell", "")]


def _boxes(boxes: CheckBoxes) -> Iterable[str]:
    widths = (twips(105), twips(8))
    rows = []
    for place, option in enumerate(boxes.options):
        if place:
            rows.append(row_xml((Cell(w, paragraph("Thin", "")) for w in widths), height_mm=1.4))
        label = paragraph("Item", f"- {option.label}")
        mark = paragraph("HeadCell", "x" if option.checked else "")
        cells = (
            Cell(widths[0], label, middle=True),
            Cell(widths[1], mark, boxed=True, middle=True),
        )
        rows.append(row_xml(cells, height_mm=6.5))
    return [*table_xml(widths, rows, ruled=False, indent=twips(10)), _GAP]


def _table(table: Table, width: float, *, keep: bool) -> Iterator[str]:
    widths = [twips(share * width) for share in shares(table)]
    yield from table_xml(widths, _rows(table, widths, keep=keep), ruled=True)
    yield _GAP if keep else paragraph("Thin", "")


def _rows(table: Table, widths: list[int], *, keep: bool) -> Iterator[str]:
    heads = head_rows(table)
    for place in range(len(heads)):
        yield row_xml(_head(heads, place, widths), head=True)
    last = len(table.body) - 1
    for place, row in enumerate(table.body):
        # a section's name stays with its first row, the last row with the signature
        held = not isinstance(row, Row) or (keep and place == last)
        start = 0
        cells = []
        for cell in row_cells(row, table.columns):
            more = f'<w:jc w:val="{_JC[cell.align]}"/>' if cell.align != "left" else ""
            inner = paragraph("Cell", cell.runs, more=more, keep=held)
            wide = sum(widths[start : start + cell.colspan])
            cells.append(Cell(wide, inner, cell.colspan))
            start += cell.colspan
        yield row_xml(cells)


def _head(heads: list[list[HeadCell]], place: int, widths: list[int]) -> Iterator[Cell]:
    """Yield the cells of one head row, with a stand-in under each cell that reaches down."""
    here = {cell.column: cell for cell in heads[place]}
    above = {c.column: c for row in heads[:place] for c in row if c.row + c.rowspan > place}
    for column in sorted(here | above):
        cell = here.get(column)
        if cell is None:
            yield Cell(widths[column], paragraph("HeadCell", ""), merge="continue")
            continue
        wide = sum(widths[column : column + cell.colspan])
        merge: VMerge = "restart" if cell.rowspan > 1 else ""
        inner = paragraph("HeadCell", cell.runs)
        yield Cell(wide, inner, cell.colspan, merge, middle=True)


def _closing(closing: Closing, width: float) -> Iterator[str]:
    recipients = _recipients(closing.recipients)
    signers = [_signer(signer) for signer in closing.signers]
    alone = len(signers) == 1
    columns = [recipients or paragraph("Cell", ""), signers[0]] if alone else signers
    wide = twips(width / len(columns))
    rows = []
    if closing.place_and_date:
        blank = [Cell(wide, paragraph("PlaceDate", "", keep=True))] * (len(columns) - 1)
        date = Cell(wide, paragraph("PlaceDate", closing.place_and_date, keep=True))
        rows.append(row_xml([*blank, date]))
    rows.append(row_xml(Cell(wide, inner) for inner in columns))
    yield paragraph("Recipients", "", keep=True)
    yield from table_xml([wide] * len(columns), rows, ruled=False)
    yield paragraph("Thin", "") if alone else recipients + paragraph("Thin", "")


def _recipients(items: tuple[str, ...]) -> str:
    if not items:
        return ""
    label = paragraph("RecipientsLabel", RECIPIENTS_LABEL)
    return label + "".join(paragraph("Recipients", f"- {item}") for item in items)


def _signer(signer: Signer) -> str:
    return (
        _all("Position", (signer.authority, signer.position))
        + _all("SignNote", (in_brackets(signer.note),))
        + paragraph("Position", "") * _SIGNING_LINES
        + paragraph("Position", signer.name)
    )
