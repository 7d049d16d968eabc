"""The text of a document laid out for checking: paragraphs, table rows, and marked pieces."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A finding as far as the text shows it."""

    pk: int
    start: int
    end: int
    # figures as texts: pages write keys and places without separators
    key: str
    number: str
    state: str
    group: str
    icon: str
    label: str | Promise


@dataclass(frozen=True)
class Segment:
    """A piece of text that the same findings cover; the innermost one comes first."""

    start: int
    text: str
    covering: tuple[Mark, ...] = ()
    # the findings whose mark stands before this piece
    opening: tuple[Mark, ...] = ()

    @property
    def place(self) -> str:
        """Return where it starts, for the script that reads selections."""
        return str(self.start)

    @property
    def inner(self) -> Mark | None:
        """Return the innermost finding."""
        return self.covering[0] if self.covering else None

    @property
    def is_nested(self) -> bool:
        """Tell whether several findings lie over one another here."""
        return len(self.covering) > 1

    @property
    def keys(self) -> str:
        """Return the keys of all findings here, the innermost first."""
        return " ".join(mark.key for mark in self.covering)


@dataclass(frozen=True)
class Block:
    """A paragraph (one line of one cell), or the rows of a flattened table."""

    # rows of cells of segments
    rows: list[list[list[Segment]]]
    is_table: bool = False


def laid_out(text: str, findings: Iterable[Mark]) -> list[Block]:
    """Return the text in blocks, cut wherever a finding begins or ends.

    Line breaks and tabs stand between lines and cells and are in no segment; each segment knows
    where in the text it starts.
    """
    marks = _Spans(text, findings)
    lines: list[tuple[bool, list[list[Segment]]]] = []
    start = 0
    for line in text.split("\n"):
        cells = []
        at = start
        for cell in line.split("\t"):
            cells.append(marks.segments(at, at + len(cell)))
            at += len(cell) + 1
        lines.append(("\t" in line, cells))
        start += len(line) + 1
    blocks = []
    for is_table, group in groupby(lines, key=lambda line: line[0]):
        rows = [cells for _, cells in group]
        if is_table:
            blocks.append(Block(_squared(rows), is_table=True))
        else:
            blocks += [Block([cells]) for cells in rows if cells[0]]
    return blocks


class _Spans:
    """The findings of a text by where they begin and end."""

    def __init__(self, text: str, findings: Iterable[Mark]) -> None:
        self.text = text
        spans = sorted(
            (one for one in findings if 0 <= one.start < one.end <= len(text)),
            key=lambda one: (one.end - one.start, one.pk),
        )
        self.cuts = sorted({place for one in spans for place in (one.start, one.end)})
        self.spans = spans
        self.covering = self._covering()
        self.shown: set[int] = set()

    def _covering(self) -> list[tuple[Mark, ...]]:
        """Return for each stretch between two cuts the findings over it, the shortest first."""
        stretches: list[list[Mark]] = [[] for _ in self.cuts]
        places = {place: index for index, place in enumerate(self.cuts)}
        for one in self.spans:
            for index in range(places[one.start], places[one.end]):
                stretches[index].append(one)
        return [tuple(found) for found in stretches]

    def segments(self, start: int, end: int) -> list[Segment]:
        """Return the pieces of one line or cell."""
        if start == end:
            return []
        first, last = bisect_right(self.cuts, start), bisect_right(self.cuts, end - 1)
        edges = [start, *self.cuts[first:last], end]
        return [self._segment(left, right) for left, right in pairwise(edges)]

    def _segment(self, start: int, end: int) -> Segment:
        index = bisect_right(self.cuts, start) - 1
        covering = self.covering[index] if index >= 0 else ()
        # the mark of a finding stands where its text first shows; the outermost comes first
        opening = tuple(one for one in reversed(covering) if one.pk not in self.shown)
        self.shown.update(one.pk for one in opening)
        return Segment(start, self.text[start:end], covering, opening)


def _squared(rows: Sequence[list[list[Segment]]]) -> list[list[list[Segment]]]:
    """Return rows of equally many cells, so that a table can be drawn."""
    width = max(len(row) for row in rows)
    return [[*row, *([] for _ in range(width - len(row)))] for row in rows]
