"""WordprocessingML in small pieces: runs, paragraphs, cells and rows as strings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from kheo.lib.papers.nodes import Rich, Run
from kheo.lib.papers.runs import as_runs

BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right")
)
INNER_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("insideH", "insideV")
)

VMerge = Literal["", "restart", "continue"]


def twips(mm: float) -> int:
    """Turn millimetres into twentieths of a point."""
    return round(mm * 1440 / 25.4)


def _face(run: Run) -> str:
    bold = "<w:b/><w:bCs/>" if run.bold else ""
    italic = "<w:i/><w:iCs/>" if run.italic else ""
    underline = '<w:u w:val="single"/>' if run.underline else ""
    face = bold + italic + underline
    return f"<w:rPr>{face}</w:rPr>" if face else ""


def runs_xml(text: Rich) -> str:
    """Write a text as runs; line feeds become breaks."""
    return "".join(
        "<w:r>" + _face(run) + _broken(run.text) + "</w:r>" + _note_mark(run)
        for run in as_runs(text)
    )


def _note_mark(run: Run) -> str:
    if not run.note:
        return ""
    style = '<w:rPr><w:rStyle w:val="NoteMark"/></w:rPr>'
    return f'<w:r>{style}<w:footnoteReference w:id="{run.mark}"/></w:r>'


def _broken(text: str) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return "<w:br/>".join(lines)


def paragraph(style: str, text: Rich, *, more: str = "", keep: bool = False) -> str:
    """Write one paragraph.

    :param style: id of a paragraph style.
    :param more: further paragraph properties, in the order the schema asks for.
    :param keep: whether it stays on the page of the next paragraph.
    """
    held = "<w:keepNext/>" if keep else ""
    inner = runs_xml(text)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{held}{more}</w:pPr>{inner}</w:p>'


def rule(cell_mm: float, length_mm: float) -> str:
    """Write a thin line centred in a cell, as a low paragraph with a border on top."""
    side = max(0, twips((cell_mm - length_mm) / 2 - 1.9))
    return (
        '<w:p><w:pPr><w:pStyle w:val="Thin"/><w:pBdr>'
        '<w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        '<w:spacing w:before="50" w:line="80" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell ready to write: `inner` is its paragraphs, `width` twentieths of a point."""

    width: int
    inner: str
    span: int = 1
    merge: VMerge = ""
    boxed: bool = False
    middle: bool = False


def cell_xml(cell: Cell) -> str:
    """Write one cell; elements stand in the order the schema asks for."""
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    boxed = f"<w:tcBorders>{BORDERS}</w:tcBorders>" if cell.boxed else ""
    middle = '<w:vAlign w:val="center"/>' if cell.middle else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{cell.width}" w:type="dxa"/>'
        f"{span}{merge}{boxed}{middle}</w:tcPr>{cell.inner}</w:tc>"
    )


def row_xml(cells: Iterable[Cell], *, head: bool = False, height_mm: float = 0) -> str:
    """Write one row that does not break across pages.

    :param head: whether it is repeated at the top of every page.
    :param height_mm: exact height, or 0 to fit the text.
    """
    height = f'<w:trHeight w:val="{twips(height_mm)}" w:hRule="exact"/>' if height_mm else ""
    repeated = "<w:tblHeader/>" if head else ""
    inner = "".join(map(cell_xml, cells))
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeated}</w:trPr>{inner}</w:tr>"


def table_xml(
    widths: Sequence[int], rows: Iterable[str], *, ruled: bool, indent: int = 0
) -> Iterable[str]:
    """Yield a table of fixed column widths.

    :param widths: twentieths of a point.
    :param ruled: whether every cell has borders.
    """
    borders = f"<w:tblBorders>{BORDERS}{INNER_BORDERS}</w:tblBorders>" if ruled else ""
    pad = 45 if ruled else 0
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{indent}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="{pad}" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        f'<w:bottom w:w="{pad}" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr><w:tblGrid>"
    )
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    yield from rows
    yield "</w:tbl>"
