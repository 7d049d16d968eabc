"""Tells which cells of an .ods workbook are merged, which its parser does not say."""

import io
import re
import zipfile
from html import unescape

Spans = dict[tuple[int, int], tuple[int, int]]
"""(row, column) of a merged cell's corner, counted from 1 → how many columns and rows it takes."""

_PART = re.compile(r"<table:(table-row|table|(?:covered-)?table-cell)(?=[\s/>])([^<>]*)>")
_REPEATED = re.compile(r"number-(?:rows|columns)-repeated=\"(\d{1,7})\"")
_SPANNED = re.compile(r"number-(columns|rows)-spanned=\"(\d{1,5})\"")
_NAME = re.compile(r"table:name=\"([^\"]*)\"")


def merged_of_ods(content: bytes) -> dict[str, Spans]:
    """Return the merged cells of each sheet by its name; the archive was checked before."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("content.xml").decode(errors="replace")
    found: dict[str, Spans] = {}
    spans: Spans = {}
    row = column = 0
    for part in _PART.finditer(text):
        name, attributes = part[1], part[2]
        repeated = _REPEATED.search(attributes)
        times = int(repeated[1]) if repeated else 1
        if name == "table":
            titled = _NAME.search(attributes)
            spans = found.setdefault(unescape(titled[1]) if titled else "", {})
            row = 0
        elif name == "table-row":
            # a repeated row is an empty one: nothing in it is merged
            row, column = row + times, 0
        else:
            if taken := dict(_SPANNED.findall(attributes)):
                wide, deep = int(taken.get("columns", 1)), int(taken.get("rows", 1))
                spans[row, column + 1] = (wide, deep)
            column += times
    return found
