"""Reads what stands above a form: its title, whose it is, and the year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kheo.lib.extraction.blocks.parts import Cell, Line
from kheo.lib.extraction.forms.found import Place, Value
from kheo.lib.extraction.forms.vocabulary import vocabulary
from kheo.lib.text.folding import fold, normalise

_YEAR = re.compile(r"(?:năm|nam)\s*:?\s*((?:19|20)\d\d)\b", re.IGNORECASE)
_DATED = re.compile(r"ngày\s*[\d.…\s]*tháng\s*[\d.…\s]*năm", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*số\s*:?\s*[\d.…\s]*[-/]|^\s*số\s*:", re.IGNORECASE)
_RULE = re.compile(r"[\s*_\-–—.…]+")
_LABEL = re.compile(r"^(?:mau|bieu|phu luc)\b")
_QUOTED = re.compile(r"[“\"”«']([^“\"”«»']{4,60})[”\"“»']")
_AGREED = re.compile(r"[;,]\s*(.{3,150}?)\s+đã tổ chức họp", re.IGNORECASE | re.DOTALL)
_PLACEHOLDERS = frozenset({"ten co quan don vi", "ten to chuc co quan don vi", "ten don vi"})
_TITLES = ("ban dang ky", "danh sach dang ky", "so mo hinh dien hinh", "mau dang ky cua")
_TITLE_LINES = 4


@dataclass(frozen=True)
class Heading:
    """What stands above a form; ``first`` is its title's first line, ``whole`` all, folded."""

    first: str
    title: str
    folded: str
    whole: str
    place: Place
    unit: Value | None
    year: Value | None

    @property
    def names_movement(self) -> bool:
        """Tell whether the title names the movement."""
        return any(name in self.folded for name in vocabulary().lines["movement"])

    @property
    def other_movement(self) -> str:
        """Return what movement the title names instead, or nothing."""
        if self.names_movement:
            return ""
        found = _QUOTED.search(self.title)
        return found[1] if found else ""


def place_of(line: Line, part: str, cell: Cell | None = None) -> Place:
    """Return where a line stands, or one of its cells."""
    if line.paragraph is not None:
        return Place(part=part, paragraph=line.paragraph)
    column = (cell or line.cells[0]).column
    return Place(part=part, table=line.table, row=line.row, column=column)


def read_heading(lines: Sequence[Line], part: str) -> Heading:
    """Read the lines above a form, the nearest last."""
    titles = [number for number, line in enumerate(lines) if is_title(line)]
    first = titles[-1] if titles else None
    titled = lines[first : first + _TITLE_LINES] if first is not None else lines[-_TITLE_LINES:]
    title = normalise("\n".join(line.text for line in titled))
    place = place_of(titled[0], part) if titled else Place(part=part)
    above = lines[:first] if first is not None else lines
    unit = _unit_line(lines, part) or _letterhead(above, part) or _agreed(lines, part)
    year = _year(titled, part) or _year(lines, part)
    own = titled[0].text if titled else ""
    return Heading(own, title, fold(title), fold(" ".join(map(_text, lines))), place, unit, year)


def _text(line: Line) -> str:
    return line.text


def is_title(line: Line) -> bool:
    """Tell whether a line is the title of a form."""
    folded = fold(line.text[:200])
    return folded.startswith(_TITLES) or " ban dang ky" in folded


def _year(lines: Sequence[Line], part: str) -> Value | None:
    for line in lines:
        for cell in line.cells:
            found = _YEAR.search(normalise(cell.text))
            if found and not _DATED.search(normalise(cell.text)):
                return Value(found[1], found[0], place_of(line, part, cell))
    return None


def _unit_line(lines: Sequence[Line], part: str) -> Value | None:
    """Return the unit of a line "ĐƠN VỊ: …", the name in the same cell or in the next."""
    for line in lines:
        for number, cell in enumerate(line.cells):
            label, colon, name = cell.text.partition(":")
            if fold(label) not in vocabulary().lines["unit"]:
                continue
            if not name.strip(" .…_") and number + 1 < len(line.cells):
                cell = line.cells[number + 1]  # noqa: PLW2901 -- the name stands beside its label
                name, colon = cell.text, ":"
            name = name.strip().partition("\n")[0]
            if colon and (bare := normalise(name).strip(" .…_")):
                return Value(bare, name.strip(), place_of(line, part, cell))
    return None


def _letterhead(lines: Sequence[Line], part: str) -> Value | None:
    """Return the last name at the left of the head, above the asterisk, the rule or the number."""
    found: Value | None = None
    for line in lines:
        cell = line.cells[0]
        if len(line.cells) == 1 and cell.column > 1 and line.table is None:
            continue
        for text in cell.text.split("\n"):
            if found is not None and (_RULE.fullmatch(text) or _NUMBERED.match(normalise(text))):
                return found
            if _names_unit(text):
                found = Value(normalise(text), text.strip(), place_of(line, part, cell))
    return found


def _names_unit(text: str) -> bool:
    bare = normalise(text)
    folded = fold(bare)
    return (
        3 < len(folded) < 120
        and folded not in vocabulary().lines["motto"]
        and folded not in _PLACEHOLDERS
        and not _LABEL.match(folded)
        and not folded.startswith(("ve viec", "v v ", "kem theo", "thuc hien ", "kinh gui"))
        and not _NUMBERED.match(bare)
        and not _DATED.search(bare)
        and not folded.startswith(_TITLES)
        and not bare.startswith("(")
    )


def _agreed(lines: Sequence[Line], part: str) -> Value | None:
    for line in lines:
        if found := _AGREED.search(normalise(line.text)):
            name = found[1].strip("() ")
            if fold(name) not in _PLACEHOLDERS:
                return Value(name, found[1], place_of(line, part))
    return None
