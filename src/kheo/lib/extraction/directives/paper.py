"""A paper as it is searched: its text in three spellings, its lines, cells and paragraphs."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kheo.lib.extraction.directives.cleaning import folded_of, plain_of, squeezed
from kheo.lib.extraction.directives.found import Finding, JsonValue
from kheo.lib.text.folding import normalise

_MOTTO = re.compile(
    r"dang cong san viet nam|cong hoa xa hoi chu nghia viet nam|doc lap\s*-\s*tu do\s*-\s*hanh phuc"
)
_MARK = re.compile(
    r"(?:[-+*•·o]|\d{1,2}(?:\.\d{1,2}){0,4}[.)]?|[IVXivx]{1,5}[.)]|[A-ZĐa-zđ][.)])\s"
)
_ENDED = re.compile(r"[.:;!?)/\"]$|,$")
# words with which no line ends that is not broken, and figures with which none begins
_DANGLING = re.compile(r"\s(?:của|ngày|tháng|năm|các|và|về|số|cấp|với|cho|từ|đến|Ban|Ủy)$")
_FIGURE = re.compile(r"\d{1,3}[/%,]\d")
_BROKEN = 45
_MOST_CELLS = 100
_LONG_ENOUGH = 55


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text; ``column`` counts the cells of a line from 0."""

    start: int
    end: int
    column: int = 0


class Paper:
    """The clean text of a paper beside its plain and its folded spelling, all of one length."""

    def __init__(self, text: str) -> None:
        """Take a clean text."""
        self.text = text
        # broken lines of a paragraph run on for the rules; the length stays
        self.flat = self._run_on()
        self.plain = plain_of(self.flat)
        self.folded = folded_of(self.plain)

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """Return the lines that hold something."""
        found, start = [], 0
        for line in self.text.split("\n"):
            if line.strip():
                found.append(Span(start, start + len(line)))
            start += len(line) + 1
        return tuple(found)

    @cached_property
    def blocks(self) -> tuple[Span, ...]:
        """Return the paragraphs: lines that were broken are joined, also over the end of a page."""
        found: list[Span] = []
        for line in self.lines:
            if found and self._goes_on(found[-1], line):
                found[-1] = Span(found[-1].start, line.end)
            else:
                found.append(line)
        return tuple(found)

    def cells(self, line: Span) -> list[Span]:
        """Return the cells of a line; a motto set beside something else is a cell of its own."""
        found: list[Span] = []
        start = line.start
        for column, part in enumerate(self.of(line).split("\t", _MOST_CELLS)):
            bounds = [0]
            motto = _MOTTO.search(self.folded[start : start + len(part)])
            if motto:
                bounds += [motto.start(), motto.end()]
            bounds.append(len(part))
            pieces = [self.trimmed(start + one, start + other) for one, other in pairwise(bounds)]
            found += [Span(p.start, p.end, column) for p in pieces if p.start < p.end]
            start += len(part) + 1
        return found

    def trimmed(self, start: int, end: int) -> Span:
        """Return a stretch without the blanks at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def block_at(self, place: int) -> Span:
        """Return the paragraph that holds a place, or the one before it."""
        return self.blocks[self.index_at(place)]

    def index_at(self, place: int) -> int:
        """Return the number of the paragraph that holds a place, or of the one before it."""
        return max(0, bisect_right(self._starts, place) - 1)

    def blocks_with(self, pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
        """Return the paragraphs between two offsets in which a pattern of the folded text stands.

        Most paragraphs hold neither day nor number; the many rules need not be tried there.
        """
        return [
            block
            for block in self.blocks
            if start <= block.start < end and pattern.search(self.folded, block.start, block.end)
        ]

    def of(self, span: Span) -> str:
        """Return the text of a stretch as written."""
        return self.text[span.start : span.end]

    def told(self, start: int, end: int) -> str:
        """Return a stretch as a value: on one line, tones placed alike, bare of final marks."""
        return normalise(squeezed(self.text[start:end]))

    def finding(
        self,
        field: str,
        span: tuple[int, int],
        value: JsonValue,
        rule: str,
        confidence: str,
        flags: tuple[str, ...] = (),
    ) -> Finding:
        """Return a finding with the text of its span."""
        start, end = span
        return Finding(field, start, end, self.text[start:end], rule, confidence, value, flags)

    def _run_on(self) -> str:
        pieces, last = [], 0
        for block in self.blocks:
            pieces += [self.text[last : block.start], self.of(block).replace("\n", " ")]
            last = block.end
        return "".join((*pieces, self.text[last:]))

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def _goes_on(self, block: Span, line: Span) -> bool:
        first = self.text[line.start]
        above = self.text[max(block.start, block.end - 200) : block.end].rpartition("\n")[2]
        if "\t" in above or "\t" in self.of(line) or _MARK.match(self.text, line.start, line.end):
            return False
        parted = "\n\n" in self.text[block.end : line.start]
        if _ENDED.search(above) and (parted or not above.endswith(",")):
            return False
        if above.isupper() or len(above) < 4:
            return False
        if parted:
            return (first.islower() or first in '"“') and len(above) >= _LONG_ENOUGH
        dangling = _DANGLING.search(above) or _FIGURE.match(self.text, line.start, line.end)
        return first.islower() or len(above) >= _BROKEN or dangling is not None
