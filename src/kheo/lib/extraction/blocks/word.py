"""Takes .docx files apart by their XML: paragraphs, nested tables, merged cells, boxes ticked."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from kheo.lib.extraction.blocks.parts import Cell, Document, Line, Part
from kheo.lib.files.refusals import Limits, UnreadableFileError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
# crosses and boxes of the fonts Wingdings and Wingdings 2, in their private code points
_SYMBOLS = {
    "F0FE": "☒",
    "F0FD": "☒",
    "F0FC": "✓",
    "F0FB": "✗",
    "F052": "☑",
    "F051": "☒",
    "F050": "✓",
    "F04F": "✗",
    "F06E": "■",
    "F0A8": "☐",
    "F06F": "☐",
    "F071": "☐",
    "F0A3": "☐",
    "F02A": "☐",
}
_SYMBOL_TABLE = str.maketrans({chr(int(code, 16)): mark for code, mark in _SYMBOLS.items()})
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "smartTag")
)
_LIGHT_FILLS = frozenset({"", "auto", "FFFFFF", "ffffff"})
_DEEPEST = 8


@dataclass(slots=True)
class _Reader:
    limits: Limits
    lines: list[Line] = field(default_factory=list)
    tables: int = 0
    paragraphs: int = 0

    def read(self, body: ET.Element) -> None:
        """Take the blocks of a body in their order."""
        for block in _blocks(body):
            if block.tag == f"{_W}tbl":
                self.table(block, 0)
            else:
                self.paragraphs += 1
                text = _text(block)
                if not text.isspace() and text:
                    self.add(Line((Cell(text),), paragraph=self.paragraphs))

    def add(self, line: Line) -> None:
        """Keep a line, as many as are allowed."""
        self.lines.append(line)
        if len(self.lines) > self.limits.rows:
            raise UnreadableFileError("too_many_rows", self.limits.rows)

    def table(self, table: ET.Element, depth: int) -> None:
        """Take a table row by row; tables within its cells follow the row they stand in."""
        if depth > _DEEPEST:
            return
        self.tables += 1
        number = self.tables
        above: dict[int, Cell] = {}
        for row_number, row in enumerate(_wrapped(table, f"{_W}tr"), 1):
            elements = list(_placed(row, self.limits.columns))
            cells = [_merged(_cell(*one), one[0], above) for one in elements]
            filled = tuple(cell for cell in cells if cell.text and not cell.text.isspace())
            if filled:
                self.add(Line(filled, row=row_number, table=number))
            for element, _, _ in elements:
                for inner in _wrapped(element, f"{_W}tbl"):
                    self.table(inner, depth + 1)


def word_document(content: bytes, limits: Limits) -> Document:
    """Take a Word file apart.

    :raises UnreadableFileError: corrupt, too_many_rows.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("word/document.xml")
        names = archive.namelist()
        custom = archive.read("docProps/custom.xml") if "docProps/custom.xml" in names else b""
    body = _parsed(data).find(f"{_W}body")
    if body is None:
        raise UnreadableFileError("corrupt")
    reader = _Reader(limits)
    reader.read(body)
    return Document((Part("", tuple(reader.lines)),), _stamp(custom))


def _parsed(data: bytes) -> ET.Element:
    # entities that unfold into each other need a document type, and a Word file has none
    if re.search(rb"<!DOCTYPE|<!ENTITY", data[:100_000]):
        raise UnreadableFileError("corrupt")
    try:
        return ET.fromstring(data)  # noqa: S314 -- without a document type nothing can unfold
    except (ET.ParseError, ValueError) as error:
        raise UnreadableFileError("corrupt") from error


def _stamp(custom: bytes) -> str | None:
    if b'"kheo"' not in custom:
        return None
    for one in _parsed(custom).iter(f"{_CUSTOM}property"):
        if one.get("name") == "kheo":
            return "".join(one.itertext()) or None
    return None


def _blocks(parent: ET.Element) -> Iterator[ET.Element]:
    """Yield paragraphs and tables, through the wrappers that Word puts around them."""
    for child in parent:
        tag = child.tag
        if tag in {f"{_W}p", f"{_W}tbl"}:
            yield child
        elif tag in _WRAPPERS and child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is None:
            yield from _blocks(child)


def _wrapped(parent: ET.Element, wanted: str) -> Iterator[ET.Element]:
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _wrapped(child, wanted)


def _placed(row: ET.Element, most: int) -> Iterator[tuple[ET.Element, int, int]]:
    """Yield the cells of a row, the column each begins in, and how many it takes."""
    column = 1 + _skipped(row)
    for element in _wrapped(row, f"{_W}tc"):
        span = max(1, _number(element.find(f"{_W}tcPr/{_W}gridSpan"), 1))
        yield element, column, span
        column += span
        if column > most:
            return


def _merged(cell: Cell, element: ET.Element, above: dict[int, Cell]) -> Cell:
    """Return a cell, or what stands above where it is merged with that."""
    found = element.find(f"{_W}tcPr/{_W}vMerge")
    merge = "" if found is None else found.get(f"{_W}val") or "continue"
    if merge == "continue" and cell.column in above:
        return Cell(above[cell.column].text, cell.column, cell.span, covered=True)
    if merge == "restart":
        above[cell.column] = cell
    else:
        above.pop(cell.column, None)
    return cell


def _skipped(row: ET.Element) -> int:
    found = row.find(f"{_W}trPr/{_W}gridBefore")
    return _number(found, 0)


def _number(element: ET.Element | None, default: int) -> int:
    text = "" if element is None else element.get(f"{_W}val", "")
    return int(text) if text.isdigit() and len(text) < 4 else default


def _cell(element: ET.Element, column: int, span: int) -> Cell:
    texts = [_text(block) for block in _blocks(element) if block.tag == f"{_W}p"]
    text = "\n".join(texts).strip("\n")
    if not text.strip() and _is_filled(element):
        text = "■"
    return Cell(text, column, span)


def _is_filled(element: ET.Element) -> bool:
    shade = element.find(f"{_W}tcPr/{_W}shd")
    if shade is None:
        return False
    fill = shade.get(f"{_W}fill", "")
    dark = fill not in _LIGHT_FILLS and len(fill) == 6 and _lightness(fill) < 128
    return dark or shade.get(f"{_W}val") == "solid"


def _lightness(fill: str) -> int:
    try:
        parts = [int(fill[start : start + 2], 16) for start in (0, 2, 4)]
    except ValueError:
        return 255
    return sum(parts) // 3


def _text(paragraph: ET.Element) -> str:
    return "".join(_pieces(paragraph)).translate(_SYMBOL_TABLE)


def _pieces(parent: ET.Element) -> Iterator[str]:  # noqa: C901, PLR0912 -- one arm for each part
    """Yield the text of runs: deleted text and alternatives left out, boxes as characters."""
    for child in parent:
        match child.tag.rpartition("}")[2]:
            case "t":
                yield child.text or ""
            case "br" | "cr":
                yield "\n"
            case "tab":
                yield "\t"
            case "noBreakHyphen":
                yield "-"
            case "sym":
                yield _SYMBOLS.get(child.get(f"{_W}char", "").upper(), "")
            case "sdt":
                yield from _control(child)
            case "checkBox":
                # a box of the forms of Word 97
                mark = child.find(f"{_W}checked")
                on = mark is not None and mark.get(f"{_W}val", "1") not in {"0", "false"}
                yield "☒" if on else "☐"
            case "del" | "moveFrom" | "Fallback" | "pPr" | "rPr" | "instrText" | "delText":
                continue
            case _:
                yield from _pieces(child)


def _control(control: ET.Element) -> Iterator[str]:
    box = control.find(f"{_W}sdtPr/{_W14}checkbox")
    if box is not None:
        mark = box.find(f"{_W14}checked")
        value = "0" if mark is None else mark.get(f"{_W14}val", "1")
        yield "☐" if value in {"0", "false"} else "☒"
        return
    showing = control.find(f"{_W}sdtPr/{_W}showingPlcHdr")
    content = control.find(f"{_W}sdtContent")
    # the words that invite to choose are no answer
    if content is not None and showing is None:
        yield from _pieces(content)
