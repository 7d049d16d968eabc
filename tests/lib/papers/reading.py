"""Readers of produced papers: what a person would see in each format, without our own code."""

import io
import zipfile
from html.parser import HTMLParser

import docx
import openpyxl
import pypdfium2
from docx.document import Document
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text: str) -> str:
    """Text without white space, for lines break at other places in each format."""
    return "".join(text.replace("\u200b", "").split())


def word(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def docx_text(data: bytes) -> str:
    root = part(data, "word/document.xml")
    return "\n".join("".join(p.itertext(f"{W}t")) for p in root.iter(f"{W}p"))


def pdf_pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded().replace("\ufffe", "-") for page in document]


def pdf_sizes(data: bytes) -> list[tuple[int, int]]:
    with pypdfium2.PdfDocument(data) as document:
        sizes = [page.get_size() for page in document]
    return [(round(w / 72 * 25.4), round(h / 72 * 25.4)) for w, h in sizes]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def html_text(data: bytes) -> str:
    parser = _Text()
    parser.feed(data.decode())
    parser.close()
    return "".join(parser.found)


def workbook(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def xlsx_text(data: bytes) -> str:
    cells = [cell for sheet in workbook(data) for row in sheet.iter_rows() for cell in row]
    return "\n".join(str(cell.value) for cell in cells if cell.value is not None)


def seen(data: bytes, fmt: str) -> str:
    """All text of a produced paper, squeezed."""
    match fmt:
        case "docx":
            text = docx_text(data)
        case "pdf":
            text = "".join(pdf_pages(data))
        case "html":
            text = html_text(data)
        case "xlsx":
            text = xlsx_text(data)
        case _:
            text = data.decode()
    return squeezed(text)
