"""What is written in marks, as parts of a paper and as text of a page."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kheo.lib.papers.nodes import Align, Block, Column, Paragraph, Rich, Row, Run, Table
from kheo.lib.text import prose
from kheo.lib.text.prose import FigureMark, Grid, Item, Note, Spans, parse, plain_spans

Words = Mapping[int, str]
_BULLETS = {1: "- ", 2: "+ "}
# a column is at least this wide and at most that, in letters
_NARROWEST, _WIDEST = 5, 45


def blocks_of(text: str, words: Words | None = None) -> tuple[Block, ...]:
    """Return a text as parts of a paper: paragraphs, points with their dash, tables.

    :param text: in the marks of ``lib.text.prose``.
    :param words: what each figure says now; of those not given the words last shown.
    """
    told = words or {}
    return tuple(_block(block, told) for block in parse(text))


def runs_of(spans: Spans, words: Words) -> tuple[Run, ...]:
    """Return the spans of a line as runs of a paper; a footnote keeps its place."""
    return tuple(_run(span, words) for span in spans)


def html_of(
    text: str, words: Words, *, key: str = "", links: Mapping[int, str] | None = None
) -> SafeString:
    """Return a text for a page, everything typed escaped.

    :param text: in the marks of ``lib.text.prose``.
    :param words: what each figure says now; of those not given the words last shown.
    :param key: sets the marks of its footnotes apart from those of other texts on the page.
    :param links: address of each figure's page.
    """
    page = _Page(words, key, links or {})
    html = "".join(page.blocks(parse(text))) + page.notes()
    return mark_safe(html)  # noqa: S308 - every text in it is escaped


def _block(block: prose.Block, words: Words) -> Block:
    match block:
        case Grid(rows):
            return _table(rows, words)
        case Item(spans, depth):
            return Paragraph((Run(_BULLETS[depth]), *runs_of(spans, words)))
        case prose.Paragraph(spans):
            return Paragraph(runs_of(spans, words))


def _run(span: prose.Span, words: Words) -> Run:
    match span:
        case Note(spans):
            return Run("", note=plain_spans(spans, words))
        case FigureMark(number, shown, bold, italic):
            return Run(words.get(number, shown), bold, italic)
        case prose.Text(text, bold, italic):
            return Run(text, bold, italic)


def _table(rows: tuple[tuple[Spans, ...], ...], words: Words) -> Table:
    head, *body = rows
    columns = []
    for place, heading in enumerate(head):
        texts = [plain_spans(row[place], words) for row in body]
        longest = max(map(len, [plain_spans(heading, words), *texts]))
        columns.append(
            Column(
                plain_spans(heading, words) or f"({place + 1})",
                width=min(max(longest, _NARROWEST), _WIDEST),
                align=_align(texts),
            )
        )
    cells: Iterable[tuple[Rich, ...]] = (
        tuple(runs_of(cell, words) for cell in row) for row in body
    )
    return Table(tuple(columns), [Row(row) for row in cells])


def _align(texts: list[str]) -> Align:
    """Return how a column stands: numbers at the right."""
    numbers = [text for text in texts if text.strip()]
    if numbers and all(set(text) <= set("0123456789.,% -–") for text in numbers):
        return "right"
    return "left"


class _Page:
    """One text on its way to a page; it keeps count of the footnotes."""

    def __init__(self, words: Words, key: str, links: Mapping[int, str]) -> None:
        self._words, self._links = words, links
        self._id = f"ct-{key}-" if key else "ct-"
        self._notes: list[str] = []

    def blocks(self, blocks: Iterable[prose.Block]) -> Iterator[str]:
        for is_list, group in groupby(blocks, key=lambda block: isinstance(block, Item)):
            if is_list:
                yield '<ul class="prose-list">'
            for block in group:
                yield self._block(block)
            if is_list:
                yield "</ul>"

    def notes(self) -> str:
        if not self._notes:
            return ""
        items = "".join(
            f'<li id="{self._id}{number}">{note} <a href="#{self._id}{number}-cho" '
            f'aria-label="↩ {number}">↩</a></li>'
            for number, note in enumerate(self._notes, start=1)
        )
        return f'<ol class="prose-notes">{items}</ol>'

    def _block(self, block: prose.Block) -> str:
        match block:
            case Grid(rows):
                return self._grid(rows)
            case Item(spans, depth):
                return f'<li class="prose-depth-{depth}">{self._spans(spans)}</li>'
            case prose.Paragraph(spans):
                return f"<p>{self._spans(spans)}</p>"

    def _grid(self, rows: tuple[tuple[Spans, ...], ...]) -> str:
        head, *body = rows
        heads = "".join(f'<th scope="col">{self._spans(cell)}</th>' for cell in head)
        lines = "".join(
            "<tr>" + "".join(f"<td>{self._spans(cell)}</td>" for cell in row) + "</tr>"
            for row in body
        )
        return (
            f'<div class="table-responsive" role="group" tabindex="0" aria-label="{_("Table")}">'
            '<table class="table table-sm prose-table">'
            f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
        )

    def _spans(self, spans: Spans) -> str:
        return "".join(map(self._span, spans))

    def _span(self, span: prose.Span) -> str:
        match span:
            case Note(spans):
                return self._note(spans)
            case FigureMark(number, shown, bold, italic):
                return _dressed(self._figure(number, shown), bold=bold, italic=italic)
            case prose.Text(text, bold, italic):
                return _dressed(escape(text), bold=bold, italic=italic)

    def _figure(self, number: int, shown: str) -> str:
        words = escape(self._words.get(number, shown))
        if url := self._links.get(number):
            return f'<a class="prose-figure" href="{escape(url)}">{words}</a>'
        return f'<span class="prose-figure">{words}</span>'

    def _note(self, spans: Spans) -> str:
        self._notes.append(self._spans(spans))
        number = len(self._notes)
        return f'<sup><a href="#{self._id}{number}" id="{self._id}{number}-cho">{number}</a></sup>'


def _dressed(html: str, *, bold: bool, italic: bool) -> str:
    if italic:
        html = f"<em>{html}</em>"
    return f"<strong>{html}</strong>" if bold else html
