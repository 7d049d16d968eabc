"""Looks through a zipped document before it is parsed, for what would exhaust the machine."""

import io
import re
import string
import zipfile
import zlib
from dataclasses import dataclass
from typing import Literal

from kheo.lib.files.refusals import Limits, UnreadableFileError

_CHUNK = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_WIDE_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")

# A cell of .xlsx that holds something; empty formatted cells close themselves and cost nothing.
_XLSX_CELL = re.compile(
    rb"""<(?:\w+:)?c\s(?>[^<>]*?\br\s*=\s*["']([A-Za-z]{1,7})([0-9]{1,9})["'])[^<>]*+(?<!/)>"""
)
# as nearly every program writes them; a pattern that begins with letters is found far sooner
_PLAIN_CELL = re.compile(rb'<c r="([A-Za-z]{1,7}[0-9]{1,9})"[^<>]*+(?<!/)>')
_ODD_BLANKS = tuple(b"c" + blank for blank in (b"\t", b"\n", b"\r", b"\f", b"\v"))
_DIGITS, _LETTERS = string.digits.encode(), string.ascii_letters.encode()
_ODS_PART = re.compile(rb"<table:(table-row|table|(?:covered-)?table-cell)(?=[\s/>])([^<>]*)>")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,9})["']""")


@dataclass(frozen=True)
class Archive:
    """What a zipped document is, and whether it carries macros."""

    kind: Literal["xlsx", "ods", "docx"]
    has_macros: bool


def check_archive(data: bytes, limits: Limits) -> Archive:
    """Unpack a zipped document once and count, so that parsing it stays within the limits.

    :raises UnreadableFileError: unknown_type, corrupt, password, unpacks_too_large, too_spread.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = _told(set(archive.namelist()))
            _check_parts(archive, found.kind, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableFileError("corrupt") from error
    return found


def _told(names: set[str]) -> Archive:
    has_macros = any(name.endswith("vbaProject.bin") or "Basic/" in name for name in names)
    if "content.xml" in names and "mimetype" in names:
        return Archive("ods", has_macros)
    if "xl/workbook.xml" in names:
        return Archive("xlsx", has_macros)
    if "word/document.xml" in names:
        return Archive("docx", has_macros)
    raise UnreadableFileError("unknown_type")


def _check_parts(archive: zipfile.ZipFile, kind: str, limits: Limits) -> None:
    room = limits.unpacked
    for info in archive.infolist():
        content = _unpack(archive, info, room, limits)
        room -= len(content)
        if info.filename == "META-INF/manifest.xml" and b"encryption-data" in content:
            raise UnreadableFileError("password")
        if kind == "docx":
            continue
        cells = _ods_cells(content) if kind == "ods" else _xlsx_cells(content)
        if cells > limits.cells:
            raise UnreadableFileError("too_spread", limits.cells)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int, limits: Limits) -> bytes:
    if info.flag_bits & 1:
        raise UnreadableFileError("password")
    told = info.file_size
    if told > room:
        raise UnreadableFileError("unpacks_too_large", limits.unpacked)
    if info.compress_type not in _METHODS:
        raise UnreadableFileError("corrupt")
    # The size told in the archive may lie: read to the real end, one byte beyond what is allowed.
    info.file_size = room + 1
    with archive.open(info) as part:
        content = b"".join(iter(lambda: part.read(_CHUNK), b""))
    if len(content) > room:
        raise UnreadableFileError("unpacks_too_large", limits.unpacked)
    if len(content) != told or content.startswith(_WIDE_ENCODINGS):
        raise UnreadableFileError("corrupt")
    return content


def _xlsx_cells(content: bytes) -> int:
    """Return the area from the first cell to the farthest: the parser makes room for all of it."""
    cells = content.count(b"<c ") + content.count(b":c ")
    is_odd = any(odd in content for odd in _ODD_BLANKS)
    if not cells and not is_odd:
        return 0
    if content.count(b'<c r="') == cells and not is_odd:
        found = b" ".join(_PLAIN_CELL.findall(content))
    else:
        found = b" ".join(map(b"".join, _XLSX_CELL.findall(content)))
    columns = set(found.translate(None, _DIGITS).split())
    rows = set(found.translate(None, _LETTERS).split())
    return max(map(_column_number, columns), default=0) * max(map(int, rows), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _ods_cells(content: bytes) -> int:
    """Return the area of all tables together, repeated rows and columns counted."""
    area = rows = row_repeats = column = widest = deepest = 0
    for name, attributes in _ODS_PART.findall(content):
        times = _repeats(attributes)
        if name == b"table":
            area, rows, row_repeats, widest, deepest = area + widest * deepest, 0, 0, 0, 0
        elif name == b"table-row":
            rows, row_repeats, column = rows + times, times, 0
        else:
            column += times
            if row_repeats and (not attributes.endswith(b"/") or b"value" in attributes):
                widest, deepest = max(widest, column), rows
    return area + widest * deepest


def _repeats(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1
