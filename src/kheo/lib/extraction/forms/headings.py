"""Recognises the head of a table: which column holds which item, renamed and moved ones too."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from kheo.lib.extraction.blocks.parts import Cell, Line
from kheo.lib.extraction.forms.found import ColumnMatch
from kheo.lib.extraction.forms.values import understood
from kheo.lib.extraction.forms.vocabulary import heading_key, vocabulary

_CLOSE_ENOUGH = 84
_LONGEST = 300
_LEAST_BEGUN = 6
_LONGEST_OPTION = 40
_NUMBERING = re.compile(r"\(?\d{1,2}\)?|[A-Z]|\(?\d\s*=\s*[\d+\s]+\)?")
# a heading that is a value of its own: "Cấp tỉnh", "Kinh tế"; the boxes below it are ticked
_OPTIONS = ("level", "field")
_NEEDED = frozenset({"name", "numbered_name"})
_LEAST_KNOWN = 3
_FEWEST_EXACT = 2


@dataclass(frozen=True)
class Column:
    """A column of a table and what is understood of its heading.

    ``option`` is the value that a tick in the column means; ``timed`` tells that its heading asks
    for a time.
    """

    number: int
    title: str
    key: str | None
    certain: bool
    option: str = ""
    timed: bool = False


@dataclass(frozen=True)
class Head:
    """The head of a table: its columns by number, and how many lines it takes."""

    columns: Mapping[int, Column]
    lines: int
    has_numbers: bool = False
    keys: frozenset[str | None] = field(default=frozenset())

    def matches(self, part: str, table: int) -> tuple[ColumnMatch, ...]:
        """Return the columns as the result tells them."""
        return tuple(
            ColumnMatch(
                table=table,
                part=part,
                column=one.number,
                title=one.title,
                key=one.key,
                certain=one.certain,
            )
            for one in self.columns.values()
        )


def find_head(lines: Sequence[Line], start: int) -> Head | None:
    """Return the head of a table that begins with a line, or None where none does.

    A head is one to three lines of which at least three cells are headings known, the name among
    them.
    """
    first = lines[start]
    # "Tập thể" is a heading and a value: one word known does not make a head
    if len(first.cells) < 2 or sum(_is_known(cell.text) for cell in first.cells) < _FEWEST_EXACT:
        return None
    count = _head_lines(lines, start)
    columns = _named(_columns(lines[start : start + count]))
    keys = frozenset(column.key for column in columns.values())
    if len(keys - {None, "note", "ordinal"}) + ("ordinal" in keys) < _LEAST_KNOWN:
        return None
    if not keys & _NEEDED:
        return None
    rest = lines[start + count : start + count + 1]
    numbered = bool(rest) and is_numbering(rest[0], len(columns))
    return Head(columns, count + numbered, numbered, keys)


def is_numbering(line: Line, width: int) -> bool:
    """Tell whether a row only numbers the columns: 1 … 7, even where a number comes twice."""
    texts = [cell.text.strip() for cell in line.cells]
    return len(texts) >= max(3, width - 2) and all(_NUMBERING.fullmatch(text) for text in texts)


def with_chosen(
    head: Head, part: str, table: int, chosen: Mapping[tuple[str, int, int], str | None]
) -> Head:
    """Return a head whose columns a person has matched anew."""
    columns = {
        number: _as_chosen(column, chosen[part, table, number])
        if (part, table, number) in chosen
        else column
        for number, column in head.columns.items()
    }
    return replace(head, columns=columns, keys=frozenset(c.key for c in columns.values()))


def _as_chosen(column: Column, key: str | None) -> Column:
    own = column.title.rpartition(" – ")[2]
    values = understood(key, own) if key in _OPTIONS and len(own) < _LONGEST_OPTION else ()
    option = values[0] if key and len(values) == 1 else ""
    return replace(column, key=key, certain=True, option=option)


def _is_known(text: str) -> bool:
    return len(text) < _LONGEST and heading_key(text) in vocabulary().headings


def _head_lines(lines: Sequence[Line], start: int) -> int:
    """Return how many lines the head takes: as deep as its cells, or as headings go on below."""
    first = lines[start]
    base = first.row or 0
    deepest = max(cell.depth for cell in first.cells)
    count = 1
    for line in lines[start + 1 : start + 3]:
        fresh = [cell for cell in line.cells if not cell.covered]
        if line.table != first.table or not fresh or is_numbering(line, len(first.cells)):
            break
        # merged cells that reach down tell how deep the head is; without them, what stands there
        covered = 0 < (line.row or 0) - base < deepest or len(fresh) < len(line.cells)
        known = sum(_is_known(cell.text) for cell in fresh)
        if not covered and known * 2 < max(len(fresh), 2):
            break
        count += 1
    return count


def _columns(lines: Sequence[Line]) -> dict[int, Column]:
    titles: dict[int, list[str]] = {}
    for line in lines:
        for cell in line.cells:
            wide = range(cell.column, cell.column + _reach(cell, line, lines))
            for number in wide:
                stack = titles.setdefault(number, [])
                if cell.text not in stack:
                    stack.append(cell.text)
    return _unrepeated([_column(number, stack) for number, stack in sorted(titles.items())])


def _reach(cell: Cell, line: Line, lines: Sequence[Line]) -> int:
    """Return how many columns a heading stands over.

    Where cells are not merged, a heading with empty cells at its right stands over the headings
    of the line below.
    """
    if cell.span > 1 or line is lines[-1]:
        return cell.span
    after = min((c.column for c in line.cells if c.column > cell.column), default=cell.column + 1)
    below = {c.column for c in lines[-1].cells if not c.covered}
    reach = 1
    while cell.column + reach < after and cell.column + reach in below and cell.column in below:
        reach += 1
    return reach


def _named(columns: dict[int, Column]) -> dict[int, Column]:
    """Take "Mô hình, điển hình" for the name where no other column holds names."""
    if any(column.key in _NEEDED for column in columns.values()):
        return columns
    return {
        number: replace(column, key="name", certain=False) if column.key == "nature" else column
        for number, column in columns.items()
    }


def _unrepeated(columns: list[Column]) -> dict[int, Column]:
    """Leave an item to the column that has it for certain, where two were taken for the same."""
    best: dict[str, Column] = {}
    for column in columns:
        if column.key and not column.option:
            held = best.get(column.key)
            if held is None or (column.certain and not held.certain):
                best[column.key] = column
    return {
        column.number: column
        if not column.key or column.option or best[column.key] is column
        else replace(column, key=None, certain=False)
        for column in columns
    }


def _column(number: int, titles: list[str]) -> Column:
    title = " – ".join(" ".join(text.split()) for text in titles)
    timed = "thoi gian" in heading_key(title)
    own, whole = titles[-1], " ".join(titles)
    for text in (own, whole) if len(titles) > 1 else (own,):
        if key := vocabulary().headings.get(heading_key(text)):
            return Column(number, title, key, certain=True, timed=timed)
    if option := _option(titles):
        return Column(number, title, option[0], certain=True, option=option[1])
    key = _misspelt(heading_key(own))
    return Column(number, title, key, certain=False, timed=timed)


def _option(titles: list[str]) -> tuple[str, str] | None:
    if len(titles) < 2 and not heading_key(titles[-1]).startswith("cap "):
        return None
    for key in _OPTIONS:
        values = understood(key, titles[-1])
        if len(values) == 1 and len(titles[-1]) < _LONGEST_OPTION:
            return key, values[0]
    return None


@lru_cache(maxsize=4096)
def _misspelt(folded: str) -> str | None:
    if len(folded) < 5:
        return None
    headings = vocabulary().headings
    best = process.extractOne(folded, list(headings), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    if best:
        return headings[best[0]]
    # "Địa chỉ nơi đặt mô hình" goes on where a known heading ends
    begun = [heading for heading in headings if folded.startswith(f"{heading} ")]
    longest = max(begun, key=len, default="")
    return headings[longest] if len(longest) >= _LEAST_BEGUN else None
