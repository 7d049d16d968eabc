"""Takes PDF files apart: words with their places become lines, ruled lines become tables."""

import re
import threading
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from kheo.lib.extraction.blocks.parts import Cell, Document, Line, Part
from kheo.lib.extraction.blocks.ruling import Edge, Grid, edges_of_box, grids
from kheo.lib.extraction.blocks.setting import (
    Glyph,
    Row,
    fits_above,
    joined,
    rows_of,
    segments,
    text_of,
)
from kheo.lib.files.refusals import Limits, UnreadableFileError

_MOST_GLYPHS = 2_000_000
_MOST_EDGES = 20_000
_THIN = 2.5
_INDENT = 8.0
_ITEM = re.compile(r"\d{1,2}[.)]\s")
_RIGHT_SHARE = 0.9
# a page on which no row reaches this far has no full row
_FULL_SHARE = 0.75
_MIDDLE_SHARE = 0.45
# pdfium keeps state of its own and breaks when two threads enter it
ONE_AT_A_TIME = threading.Lock()


def pdf_document(content: bytes, limits: Limits) -> Document:
    """Take a PDF apart.

    :raises UnreadableFileError: corrupt, password, image_only, too_many_pages, too_large.
    """
    with ONE_AT_A_TIME:
        pages = _pages(content, limits)
    reader = _Reader(limits)
    for page in pages:
        reader.take(page)
    if not reader.lines:
        raise UnreadableFileError("image_only")
    return Document((Part("", tuple(reader.lines)),))


class _Page:
    """What is drawn on a page: glyphs and ruled edges, with its width."""

    def __init__(self, width: float, glyphs: list[Glyph], edges: list[Edge]) -> None:
        self.width = width
        self.glyphs = glyphs
        self.edges = edges


def _pages(content: bytes, limits: Limits) -> list[_Page]:
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        code = "password" if "assword" in str(error) else "corrupt"
        raise UnreadableFileError(code) from error
    try:
        if len(pdf) > limits.pages:
            raise UnreadableFileError("too_many_pages", limits.pages)
        room = _MOST_GLYPHS
        found = []
        for number in range(len(pdf)):
            page = pdf[number]
            glyphs = _glyphs(page, room)
            room -= len(glyphs)
            found.append(_Page(page.get_width(), glyphs, _edges(page)))
            page.close()
    except pdfium.PdfiumError as error:
        raise UnreadableFileError("corrupt") from error
    finally:
        pdf.close()
    return found


def _glyphs(page: pdfium.PdfPage, room: int) -> list[Glyph]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > room:
        raise UnreadableFileError("too_large", _MOST_GLYPHS)
    found = []
    for number in range(count):
        code = raw.FPDFText_GetUnicode(text.raw, number)
        # spaces and line ends that pdfium only supposes are told from the gaps instead
        if code < 0x20 or raw.FPDFText_IsGenerated(text.raw, number) == 1:
            continue
        left, bottom, right, top = text.get_charbox(number, loose=True)
        size = raw.FPDFText_GetFontSize(text.raw, number)
        found.append(Glyph(chr(code), left, right, bottom, top, size))
    text.close()
    return found


def _edges(page: pdfium.PdfPage) -> list[Edge]:
    found: list[Edge] = []
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        if top - bottom <= _THIN < right - left:
            found.append(Edge((bottom + top) / 2, left, right, level=True))
        elif right - left <= _THIN < top - bottom:
            found.append(Edge((left + right) / 2, bottom, top, level=False))
        elif right - left > _THIN and raw.FPDFPath_CountSegments(thing.raw) <= 6:
            found += edges_of_box(left, bottom, right, top)
        if len(found) > _MOST_EDGES:
            return []
    return found


class _Reader:
    """Gathers the lines of all pages; tables and paragraphs are counted through."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.lines: list[Line] = []
        self.tables = 0
        self.paragraphs = 0

    def take(self, page: _Page) -> None:
        """Take the paragraphs and tables of a page from top to bottom."""
        tables = grids(page.edges)
        inside: dict[int, list[Glyph]] = {}
        outside: list[Glyph] = []
        for glyph in page.glyphs:
            held = next((n for n, grid in enumerate(tables) if grid.holds(glyph.x, glyph.y)), None)
            (outside if held is None else inside.setdefault(held, [])).append(glyph)
        blocks: list[tuple[float, list[Line]]] = [
            (tables[number].top, list(self._table(tables[number], glyphs)))
            for number, glyphs in sorted(inside.items(), key=lambda one: -tables[one[0]].top)
        ]
        blocks += self._paragraphs(page, rows_of(outside))
        for _, lines in sorted(blocks, key=lambda block: -block[0]):
            self.lines += lines
        if len(self.lines) > self.limits.rows:
            raise UnreadableFileError("too_many_rows", self.limits.rows)

    def _table(self, grid: Grid, glyphs: list[Glyph]) -> Iterator[Line]:
        self.tables += 1
        texts: dict[int, list[Glyph]] = {}
        for glyph in glyphs:
            texts.setdefault(grid.cell_at(glyph.x, glyph.y), []).append(glyph)
        filled = [
            (box, text_of(texts[number], box.right - box.left))
            for number, box in enumerate(grid.boxes)
            if number in texts
        ]
        for row in range(grid.rows):
            cells = tuple(
                Cell(text, box.column, box.span, box.depth, covered=box.row < row)
                for box, text in filled
                if box.row <= row < box.row + box.depth and text
            )
            if any(not cell.covered for cell in cells):
                ordered = tuple(sorted(cells, key=lambda cell: cell.column))
                yield Line(ordered, row=row + 1, table=self.tables)

    def _paragraphs(self, page: _Page, rows: list[Row]) -> Iterator[tuple[float, list[Line]]]:
        """Join rows that are one paragraph; what stands far apart on a row are cells of a line."""
        left = min((row.left for row in rows), default=0)
        right = max((row.right for row in rows), default=0)
        if right < page.width * _FULL_SHARE:
            right = page.width * _RIGHT_SHARE
        items = [row for row in rows if _ITEM.match(row.text)]
        flush = all(row.left < left + _INDENT for row in items)
        held: list[Row] = []
        for number, row in enumerate(rows):
            if _is_page_number(row, number, len(rows)):
                continue
            goes_on = (
                held
                and len(segments(row)) == len(segments(held[-1])) == 1
                and row.left < left + _INDENT
                and not fits_above(row, held[-1], right)
                # where items are not set in, only their numbers tell that they begin
                and not (flush and _ITEM.match(row.text))
            )
            if held and not goes_on:
                yield held[0].top, [self._paragraph(page, held)]
                held = []
            held.append(row)
        if held:
            yield held[0].top, [self._paragraph(page, held)]

    def _paragraph(self, page: _Page, rows: list[Row]) -> Line:
        self.paragraphs += 1
        if len(rows) > 1:
            return Line((Cell(joined(rows)),), paragraph=self.paragraphs)
        parts = segments(rows[0])
        column = 1 + (parts[0].left > page.width * _MIDDLE_SHARE)
        cells = tuple(Cell(part.text, column + number) for number, part in enumerate(parts))
        return Line(cells, paragraph=self.paragraphs)


def _is_page_number(row: Row, number: int, count: int) -> bool:
    bare = row.text.strip("- ").lower().removeprefix("trang ")
    return number in {0, count - 1} and bare.replace("/", "").isdigit() and len(bare) < 8
