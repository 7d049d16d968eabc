"""Takes plain text and CSV apart, in UTF-8 or in the code pages of old Vietnamese fonts."""

import csv
import io
from collections.abc import Iterator

from kheo.lib.extraction.blocks.old_fonts import decoded_best
from kheo.lib.extraction.blocks.parts import Cell, Document, Line, Part
from kheo.lib.files.refusals import Limits, UnreadableFileError

_DELIMITERS = ",;\t"


def plain_document(content: bytes, limits: Limits) -> Document:
    """Take a text apart: rows of cells where it is a table, paragraphs where it is none.

    :raises UnreadableFileError: unknown_type, corrupt, too_many_rows.
    """
    text = plain_text(content)
    delimiter = max(_DELIMITERS, key=text[:10_000].count)
    # prose has commas too; a table has as many in one line as in the next
    tabled = _is_table(text, delimiter)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if tabled else None
        lines = _rows(rows, limits) if rows is not None else _paragraphs(text, limits)
    except csv.Error as error:
        raise UnreadableFileError("corrupt") from error
    return Document((Part("", tuple(lines)),))


def _is_table(text: str, delimiter: str) -> bool:
    counts = [line.count(delimiter) for line in text[:20_000].splitlines() if line.strip()]
    return sum(count >= 3 for count in counts) * 3 >= len(counts) > 0


def _rows(rows: Iterator[list[str]], limits: Limits) -> list[Line]:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = tuple(
            Cell(text, column)
            for column, text in enumerate(row[: limits.columns], 1)
            if text and not text.isspace()
        )
        if cells:
            lines.append(Line(cells, row=number))
        if len(lines) > limits.rows:
            raise UnreadableFileError("too_many_rows", limits.rows)
    return lines


def _paragraphs(text: str, limits: Limits) -> list[Line]:
    lines = [
        Line((Cell(line),), paragraph=number)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]
    if len(lines) > limits.rows:
        raise UnreadableFileError("too_many_rows", limits.rows)
    return lines


def plain_text(content: bytes) -> str:
    """Return the text of bytes in UTF-8, UTF-16 or a code page of the old fonts.

    :raises UnreadableFileError: unknown_type.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = decoded_best(content)
    if "\0" in text:
        raise UnreadableFileError("unknown_type")
    return text
