"""Recognises rows that head a section of a list: "I. LĨNH VỰC KINH TẾ", "B. Cá nhân"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kheo.lib.extraction.blocks.parts import Cell, Line
from kheo.lib.extraction.forms.headings import Head
from kheo.lib.extraction.forms.values import understood, without_roman
from kheo.lib.text.folding import fold, normalise

_ROMAN = re.compile(r"\s*(?:[IVX]{1,5}|[A-D])\s*[.\-–:)/]?\s*")
_FIELD_WORDS = re.compile(r"^\W*lĩnh vực\b", re.IGNORECASE)
_REMARK = re.compile(r"\s*[(\[].*", re.DOTALL)
_KEYS = ("field", "level", "form", "continuity", "nature")


@dataclass(frozen=True)
class Section:
    """What a section's row says about the rows below it; empty where it is not understood."""

    found: str
    values: Mapping[str, str]


def section_of(line: Line, head: Head) -> Section | None:
    """Return the section that a row begins, or None where it is an ordinary row."""
    fresh = [cell for cell in line.cells if not cell.covered]
    if len(fresh) == 2 and _ROMAN.fullmatch(fresh[0].text):
        # "I | Lĩnh vực kinh tế": the number in a cell of its own
        return _section(fresh[1].text)
    if len(fresh) != 1:
        return None
    first = fresh[0]
    bare = without_roman(first.text)
    if bare is not None or _FIELD_WORDS.match(normalise(first.text)):
        return _section(bare or first.text)
    wide = first.span >= max(2, len(head.columns) - 1)
    if wide or head.columns.get(first.column) is None or _is_ordinal(first, head):
        found = _section(first.text)
        return found if found.values else None
    return None


def _is_ordinal(cell: Cell, head: Head) -> bool:
    return head.columns[cell.column].key == "ordinal"


def _section(text: str) -> Section:
    found = normalise(text)
    bare = _REMARK.sub("", found) or found
    values: dict[str, str] = {}
    for key in _KEYS:
        told = understood(key, bare)
        if len(told) == 1 and len(fold(bare)) < 120:
            values[key] = told[0]
    if "field" in values:
        # "Lĩnh vực xây dựng hệ thống chính trị" says nothing about what is new
        values = {"field": values["field"]}
    return Section(found, values)
