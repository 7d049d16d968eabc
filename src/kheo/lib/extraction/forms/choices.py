"""Reads boxes of which one is ticked: crosses beside, before or below the words they belong to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kheo.lib.extraction.blocks.parts import Cell, Line
from kheo.lib.extraction.forms.values import is_blank, is_tick, ticked, understood

_CROSSED = re.compile(r"[\[(]\s*[xX×✓✔vV]\s*[\])]")
_OPEN = re.compile(r"\[\s*\]|\(\s*\)")
_BOX = re.compile(r"[☐□◻▢☒☑✓✔✗✘■█◼⊠]")


@dataclass(frozen=True)
class Choice:
    """What is chosen, and where; ``told`` holds what was written where nothing is a box."""

    values: tuple[str, ...]
    cell: Cell | None
    line: Line | None
    told: str = ""


def read_choice(key: str, answers: Sequence[tuple[Line, tuple[Cell, ...]]]) -> Choice:
    """Return what is chosen among boxes, or what is written in words.

    :param key: field or level.
    :param answers: lines below a label and their cells, without the label itself.
    """
    found = _Boxes(key)
    for line, cells in answers:
        found.take(line, cells)
    if found.chosen:
        line, cell = next(iter(found.chosen.values()))
        return Choice(tuple(found.chosen), cell, line)
    # three or more without a cross are what could be chosen
    if len(found.offered) > 2 or not found.words:
        return Choice((), None, None)
    told = "\n".join(cell.text for _, cell in found.words)
    return Choice(tuple(found.offered), found.words[0][1], found.words[0][0], told)


@dataclass
class _Boxes:
    """What is offered and what is chosen, while lines are gone through."""

    key: str
    chosen: dict[str, tuple[Line, Cell]] = field(default_factory=dict)
    offered: dict[str, None] = field(default_factory=dict)
    words: list[tuple[Line, Cell]] = field(default_factory=list)
    columns: dict[int, str] = field(default_factory=dict)

    def take(self, line: Line, cells: tuple[Cell, ...]) -> None:
        """Take a line of words and boxes, or of boxes under the words above."""
        if below := _ticked_below(cells, self.columns):
            self.chosen |= {value: (line, cell) for value, cell in below.items()}
            return
        told = {cell.column: understood(self.key, cell.text) for cell in cells}
        self.columns = {column: values[0] for column, values in told.items() if len(values) == 1}
        for cell, is_on, text in _options(cells):
            if is_on is None:
                self.words.append((line, cell))
            for value in understood(self.key, text):
                self.offered[value] = None
                if is_on:
                    self.chosen[value] = (line, cell)


def _ticked_below(cells: Sequence[Cell], columns: dict[int, str]) -> dict[str, Cell]:
    """Return what is ticked in a row of boxes under a row of words."""
    if len(columns) < 2 or not all(is_tick(cell.text) is not None for cell in cells):
        return {}
    return {columns[c.column]: c for c in cells if c.column in columns and is_tick(c.text)}


def _options(cells: Sequence[Cell]) -> list[tuple[Cell, bool | None, str]]:
    """Return the words of a line, each with its box: on, off, or None where it has none."""
    found: list[tuple[Cell, bool | None, str]] = []
    for cell in cells:
        for row in cell.text.split("\n"):
            found += [(cell, *option) for option in _boxed(row) if not is_blank(row) or option[0]]
    return _beside(found)


def _beside(found: list[tuple[Cell, bool | None, str]]) -> list[tuple[Cell, bool | None, str]]:
    """Give words the cross that stands in a cell before or after them."""
    joined: list[tuple[Cell, bool | None, str]] = []
    pending: bool | None = None
    for cell, is_on, text in found:
        tick = is_tick(text) if text else is_on
        if text and tick is None:
            joined.append((cell, is_on if is_on is not None else pending, text))
            pending = None
        elif tick is not None and joined and joined[-1][1] is None:
            joined[-1] = (cell if tick else joined[-1][0], tick or None, joined[-1][2])
        else:
            pending = tick
    return joined


def _boxed(text: str) -> list[tuple[bool | None, str]]:
    """Split "☐ Tỉnh ☒ Huyện" into its boxes and words."""
    plain = _OPEN.sub("☐", _CROSSED.sub("☒", text))
    boxes = list(_BOX.finditer(plain))
    if not boxes:
        is_on, words = ticked(plain)
        return [(is_on or None, words)]
    before = not plain[: boxes[0].start()].strip(" -+–•")
    starts = [box.end() for box in boxes] if before else [0, *(box.end() for box in boxes[:-1])]
    ends = (
        [*(box.start() for box in boxes[1:]), len(plain)] if before else [b.start() for b in boxes]
    )
    return [
        (bool(is_tick(box[0])), plain[start:end].strip(" -+–•;,"))
        for box, start, end in zip(boxes, starts, ends, strict=True)
    ]
