"""Puts the glyphs of a PDF page back into words, rows and paragraphs by where they stand."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_WORD_GAP = 0.14
_CELL_GAP = 1.6
# the horn of a capital reaches over the blank behind it
_HORNED = frozenset("ƯỪỨỬỮỰ")
_HORN = 0.13
_SAME_ROW = 0.45
# a letter that reaches deep below the line of its row stands next to others of that row
_NEXT_BELOW = 0.12
_DEEPEST_IN_ROW = 0.7
_PADDING = 8.0
_SLACK = 1.0


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter and its box, in points from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float

    @property
    def x(self) -> float:
        """Return its middle."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Return a height that glyphs of a row share, whatever marks they carry."""
        return self.bottom + min(self.size, self.top - self.bottom) / 3


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a gap between them."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one height, from left to right."""

    words: tuple[Word, ...]
    top: float
    size: float

    @property
    def left(self) -> float:
        """Return where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Return where it ends."""
        return self.words[-1].right

    @property
    def text(self) -> str:
        """Return its words with single blanks between them."""
        return " ".join(word.text for word in self.words)


def rows_of(glyphs: Sequence[Glyph]) -> list[Row]:
    """Return the rows of glyphs from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: -one.y):
        size = glyph.size or glyph.top - glyph.bottom
        deep = rows[-1][0].y - glyph.y if rows else 0
        follows = bool(rows) and rows[-1][-1].y - glyph.y < size * _NEXT_BELOW
        if rows and (deep < size * _SAME_ROW or (follows and deep < size * _DEEPEST_IN_ROW)):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [row for row in map(_row, rows) if row.words]


def segments(row: Row) -> list[Row]:
    """Part a row where its words stand far apart."""
    parts: list[list[Word]] = [[row.words[0]]]
    for before, word in zip(row.words, row.words[1:], strict=False):
        if word.left - before.right > row.size * _CELL_GAP:
            parts.append([])
        parts[-1].append(word)
    return [Row(tuple(words), row.top, row.size) for words in parts]


def fits_above(row: Row, above: Row, right: float) -> bool:
    """Tell whether a row's first word had room at the end of the row above: a line was broken."""
    first = row.words[0]
    space = above.size * 0.25
    return above.right + space + first.right - first.left <= right - _SLACK


def joined(rows: Sequence[Row]) -> str:
    """Return the text of rows that run on."""
    return " ".join(row.text for row in rows)


def text_of(glyphs: Sequence[Glyph], width: float) -> str:
    """Return the text in a cell, its lines kept where they were broken on purpose.

    :param width: of the cell, in points, its padding included.
    """
    rows = rows_of(glyphs)
    inner = max([width - _PADDING, *(row.right - row.left for row in rows)], default=0)
    text = ""
    for number, row in enumerate(rows):
        if number:
            above = rows[number - 1]
            # rows of a cell may be centred: what counts is their length
            broken = fits_above(row, above, above.left + inner)
            # a date wider than its column goes on with its last figures
            parted = above.text[-1].isdigit() and row.text.isdigit()
            text += "\n" if broken else "" if parted else " "
        text += row.text
    return text


def _row(glyphs: Sequence[Glyph]) -> Row:
    size = max(glyph.size or glyph.top - glyph.bottom for glyph in glyphs)
    words: list[list[Glyph]] = []
    ended = True
    for glyph in sorted(glyphs, key=lambda one: one.left):
        if glyph.text.isspace():
            ended = True
            continue
        apart = bool(words) and glyph.left - _reach(words[-1][-1], size) > size * _WORD_GAP
        if ended or apart:
            words.append([])
        words[-1].append(glyph)
        ended = False
    top = max(glyph.top for glyph in glyphs)
    return Row(tuple(map(_word, words)), top, size)


def _reach(glyph: Glyph, size: float) -> float:
    """Return where the next letter of the same word would begin."""
    return glyph.right - (size * _HORN if glyph.text in _HORNED else 0)


def _word(glyphs: Sequence[Glyph]) -> Word:
    text = unicodedata.normalize("NFC", "".join(glyph.text for glyph in glyphs))
    return Word(text, glyphs[0].left, max(glyph.right for glyph in glyphs))
