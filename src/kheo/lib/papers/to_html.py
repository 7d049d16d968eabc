"""A paper as an HTML fragment that looks like the sheet: classes only, styled by paper.css."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import assert_never

from kheo.lib.papers.footnotes import numbered_notes
from kheo.lib.papers.layout import (
    ADDRESSEES_LABEL,
    RECIPIENTS_LABEL,
    BodyCell,
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
    AnnexHead,
    Block,
    CheckBox,
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
    SectionRow,
    Signer,
    Table,
    Title,
    TotalRow,
)
from kheo.lib.papers.runs import as_runs, clean, in_brackets, pieces


def to_html(paper: Paper) -> bytes:
    """Write a paper as one `<article class="paper">`, each run of pages a `<section>` in it."""
    profile = PROFILES[paper.profile]
    paper, notes = numbered_notes(paper)
    parts = [
        f'<article class="paper paper-{profile.key}" lang="vi" aria-label="{_text(paper.title)}">'
    ]
    found = sheets(paper)
    for place, sheet in enumerate(found):
        parts.append(f'<section class="paper-sheet paper-sheet-{sheet.orientation}">')
        if place == 0:
            parts += _top(paper, profile)
        parts += _blocks(sheet)
        if place == len(found) - 1:
            parts += _notes(notes)
        parts.append("</section>")
    parts.append("</article>")
    return "\n".join(parts).encode()


def _text(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")


def _rich(text: Rich) -> str:
    return "".join("<br>" if piece is None else _dressed(*piece) for piece in pieces(as_runs(text)))


def _dressed(run: Run, text: str) -> str:
    if not text:
        return _mark(run)
    dressed = escape(text)
    for wanted, tag in ((run.underline, "u"), (run.italic, "i"), (run.bold, "b")):
        if wanted:
            dressed = f"<{tag}>{dressed}</{tag}>"
    return dressed


def _mark(run: Run) -> str:
    number = run.mark
    return (
        f'<sup class="paper-note-mark"><a href="#ghi-chu-{number}" id="cho-ghi-chu-{number}" '
        f'aria-label="Chú thích {number}">{number}</a></sup>'
    )


def _notes(notes: tuple[str, ...]) -> Iterator[str]:
    if not notes:
        return
    yield '<ol class="paper-notes" role="doc-endnotes" aria-label="Chú thích">'
    for number, note in enumerate(notes, start=1):
        yield (
            f'<li id="ghi-chu-{number}">{_text(note)} <a href="#cho-ghi-chu-{number}" '
            f'aria-label="Về chỗ mang chú thích {number}">↩</a></li>'
        )
    yield "</ol>"


def _paragraphs(css: str, texts: Iterable[str]) -> Iterator[str]:
    return (f'<p class="{css}">{_text(text)}</p>' for text in texts if text)


def _top(paper: Paper, profile: Profile) -> Iterator[str]:
    yield from _paragraphs("paper-label", [paper.label])
    if paper.head:
        yield from _letterhead(paper.head, profile)


def _letterhead(head: Letterhead, profile: Profile) -> Iterator[str]:
    yield '<header class="paper-head"><div class="paper-head-left">'
    yield from _paragraphs("paper-superior", head.superiors)
    yield from _paragraphs("paper-issuer", head.issuers)
    if head.mark:
        yield f'<p class="paper-mark-{profile.issuer_mark}" aria-hidden="true"></p>'
    yield from _paragraphs("paper-number", [head.number])
    yield from _paragraphs("paper-about", [head.about])
    yield '</div><div class="paper-head-right">'
    if head.motto:
        yield '<div class="paper-motto">'
        yield from _paragraphs("paper-motto-line", profile.motto)
        yield "</div>"
    yield from _paragraphs("paper-date", [head.place_and_date])
    yield "</div></header>"


def _blocks(sheet: Sheet) -> Iterator[str]:
    for number, block in sheet.blocks:
        yield from _block(number, block)


def _block(number: str, block: Block) -> Iterator[str]:  # noqa: C901, PLR0912, PLR0915 - one arm for each part
    match block:
        case Title(kind, subject):
            yield f'<h2 class="paper-kind">{_text(kind)}</h2>'
            if subject:
                yield f'<p class="paper-subject">{_rich(subject)}</p>'
        case Addressees(items):
            yield from _addressees(items)
        case Heading(text, level):
            tag = f"h{level + 2}"
            yield f'<{tag} class="paper-heading">{number} {_rich(text)}</{tag}>'
        case Paragraph(text, align, indent):
            css = f"paper-{align}" + (" paper-indent" if indent else "")
            yield f'<p class="{css}">{_rich(text)}</p>'
        case Hint(text):
            yield from _paragraphs("paper-hint", [in_brackets(text)])
        case FieldLine():
            yield f'<p class="paper-field">{_rich(field_runs(block))}</p>'
        case CheckBoxes(options):
            yield '<ul class="paper-boxes">'
            yield from map(_box, options)
            yield "</ul>"
        case Table():
            yield from _table(block)
        case AnnexHead(title, attached_to, label):
            yield from _paragraphs("paper-annex-label", [label])
            yield f'<h2 class="paper-kind">{_text(title)}</h2>'
            yield from _paragraphs("paper-attached", [in_brackets(attached_to)])
        case Closing():
            yield from _closing(block)
        case PageBreak():
            yield "<hr>"
        case _:
            assert_never(block)


def _addressees(items: tuple[str, ...]) -> Iterator[str]:
    if len(items) == 1:
        yield f'<p class="paper-center"><i>{ADDRESSEES_LABEL}</i> {_text(items[0])}</p>'
        return
    yield f'<div class="paper-addressees"><p><i>{ADDRESSEES_LABEL}</i></p><ul>'
    yield from (f"<li>{_text(item)}</li>" for item in items)
    yield "</ul></div>"


def _box(option: CheckBox) -> str:
    state, mark = ("có chọn", "x") if option.checked else ("không chọn", "")
    return (
        f'<li><span class="paper-box-label">- {_text(option.label)}</span>'
        f'<span class="paper-box" role="img" aria-label="{state}">{mark}</span></li>'
    )


def _table(table: Table) -> Iterator[str]:
    # on a telephone the table is pushed sideways, by keyboard too
    yield '<div class="paper-table-frame" role="group" aria-label="Bảng" tabindex="0">'
    yield '<table class="paper-table"><colgroup>'
    yield from (f'<col class="paper-w{max(1, round(share * 100))}">' for share in shares(table))
    yield "</colgroup><thead>"
    for row in head_rows(table):
        yield "<tr>" + "".join(map(_head_cell, row)) + "</tr>"
    yield "</thead><tbody>"
    for body_row in table.body:
        css = _row_class(body_row)
        cells = row_cells(body_row, table.columns)
        yield f"<tr{css}>" + "".join(map(_body_cell, cells)) + "</tr>"
    yield "</tbody></table></div>"


def _row_class(row: Row | SectionRow | TotalRow) -> str:
    match row:
        case Row():
            return ""
        case SectionRow():
            return ' class="paper-section-row"'
        case TotalRow():
            return ' class="paper-total-row"'
        case _:
            assert_never(row)


def _spans(colspan: int, rowspan: int = 1) -> str:
    across = f' colspan="{colspan}"' if colspan > 1 else ""
    return across + (f' rowspan="{rowspan}"' if rowspan > 1 else "")


def _head_cell(cell: HeadCell) -> str:
    scope = "colgroup" if cell.colspan > 1 else "col"
    return f'<th scope="{scope}"{_spans(cell.colspan, cell.rowspan)}>{_rich(cell.runs)}</th>'


def _body_cell(cell: BodyCell) -> str:
    return f'<td class="paper-{cell.align}"{_spans(cell.colspan)}>{_rich(cell.runs)}</td>'


def _closing(closing: Closing) -> Iterator[str]:
    yield '<footer class="paper-closing">'
    if closing.recipients:
        yield '<div class="paper-recipients">'
        yield f'<p class="paper-recipients-label">{RECIPIENTS_LABEL}</p><ul>'
        yield from (f"<li>{_text(item)}</li>" for item in closing.recipients)
        yield "</ul></div>"
    last = len(closing.signers) - 1
    for place, signer in enumerate(closing.signers):
        yield '<div class="paper-signer">'
        if place == last:
            yield from _paragraphs("paper-date", [closing.place_and_date])
        yield from _signer(signer)
        yield "</div>"
    yield "</footer>"


def _signer(signer: Signer) -> Iterator[str]:
    yield from _paragraphs("paper-position", [signer.authority, signer.position])
    yield from _paragraphs("paper-sign-note", [in_brackets(signer.note)])
    yield f'<p class="paper-name">{_text(signer.name)}</p>'
