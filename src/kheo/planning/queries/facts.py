"""What a person has accepted of a paper, each fact with the sentence it stands in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kheo.directives.enums import FindingState
from kheo.directives.models import Document, Finding, Reading
from kheo.lib.text.folding import normalise

USABLE = (FindingState.ACCEPTED, FindingState.CORRECTED, FindingState.ADDED)
_SENTENCE_END = re.compile(r"[.;!?:](?=\s)|\n")
# either "gửi về Ban Dân vận Huyện ủy" or, in brackets, "qua Ban Dân vận Tỉnh ủy"
_RECEIVER = re.compile(
    r"\(\s*qua\s+(?P<through>[^()\n]{3,120}?)\s*\)"
    r"|\bgửi\s+về\s+(?P<to>Ban\s+[^,.;()\n]{3,120}?)(?=\s+(?:chậm\s+nhất|trước|\()|[,.;])",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 600
# a line as long as this that ends without a mark was broken by the page
BROKEN_LINE = 60


@dataclass(frozen=True, slots=True)
class Fact:
    """A finding that holds, with the sentence around it."""

    finding: Finding
    sentence: str

    @property
    def value(self) -> Any:
        """Return the value as it holds now; a mapping, a text or a number by its field."""
        return self.finding.value

    def get(self, name: str) -> Any:
        """Return one part of a value that has parts, else nothing."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    @property
    def audience(self) -> str:
        """Return to whom it applies, as the paper says it; empty when it applies to all."""
        return normalise(str(self.get("audience") or ""))


@dataclass(frozen=True)
class CheckedPaper:
    """A document with its latest reading and the facts that hold, in the order of the text."""

    document: Document
    reading: Reading
    facts: tuple[Fact, ...]
    unchecked: int

    def of(self, *fields: str) -> list[Fact]:
        """Return the facts of some fields, in the order of the text."""
        return [fact for fact in self.facts if fact.finding.field in fields]

    def first(self, field: str) -> Fact | None:
        """Return the first fact of a field."""
        return next(iter(self.of(field)), None)

    @property
    def text(self) -> str:
        """Return the text of the reading."""
        return self.reading.text

    @property
    def decided(self) -> dict[str, int]:
        """Return which organisation a person said a name means, by the name."""
        pairs = [pair for fact in self.facts for pair in fact.finding.bodies.items()]
        return {name: int(pk) for name, pk in pairs if pk}

    @property
    def day(self) -> date | None:
        """Return the date of issue, when it is known to the day."""
        return self.document.issued_on


def checked_paper(document: Document) -> CheckedPaper | None:
    """Return what holds of a document's latest reading, in two statements; None when unread."""
    reading = document.readings.order_by("-read_at", "-pk").first()
    if reading is None:
        return None
    findings = list(reading.findings.order_by("start", "ordinal"))
    facts = tuple(
        Fact(finding, sentence_of(reading.text, finding.start, finding.end))
        for finding in findings
        if finding.state in USABLE
    )
    waiting = sum(finding.state == FindingState.PROPOSED for finding in findings)
    return CheckedPaper(document, reading, facts, waiting)


def sentence_of(text: str, start: int, end: int) -> str:
    """Return the sentence of a text in which a stretch stands, on one line."""
    first = max((found.end() for found in _SENTENCE_END.finditer(text, 0, start)), default=0)
    after = _SENTENCE_END.search(text, max(start, end - 1))
    last = after.end() if after else len(text)
    if last - first > LONGEST_SENTENCE:
        first, last = max(first, start - 200), min(last, end + 200)
    return " ".join(text[first:last].split())


def paragraph_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the paragraph around a stretch begins and ends.

    A paragraph is a line; one that a page broke, so that it ends without a mark, goes on.
    """
    first = text.rfind("\n", 0, start) + 1
    while first > 0:
        before = text[:first].rstrip()
        line = before[before.rfind("\n") + 1 :]
        if len(line) < BROKEN_LINE or line[-1] in ".:;!?*/”)":
            break
        first = before.rfind("\n") + 1
    last = text.find("\n", end)
    return first, len(text) if last < 0 else last


def receiver_in(texts: Iterable[str]) -> str:
    """Return through whom the first of some sentences asks to send: "Ban Dân vận Huyện ủy"."""
    for text in texts:
        if found := _RECEIVER.search(text):
            return normalise(found["through"] or found["to"])
    return ""


def day_of(value: object) -> date | None:
    """Return a full date written as ISO has it, else nothing."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def yearly_day(value: object) -> tuple[int, int] | None:
    """Return month and day of a date without a year, "--03-31", else nothing."""
    found = re.fullmatch(r"--(\d\d)-(\d\d)", str(value))
    return (int(found[1]), int(found[2])) if found else None
