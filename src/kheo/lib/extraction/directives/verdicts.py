"""Tells what is odd about a paper as a whole: empty, secret, foreign, no directive at all."""

import re

from kheo.lib.extraction.directives.found import Finding
from kheo.lib.extraction.directives.heads import Head
from kheo.lib.extraction.directives.paper import Paper
from kheo.lib.extraction.directives.rules import rule

# about 150 pages; beyond that nobody writes directives
LONGEST = 400_000
_OWN_LETTERS = re.compile("[đăơưĂĐƠƯ\u1ea0-\u1ef9]")
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 40
_LEAST_SHARE = 0.04
_MOST_LINES = 60
_WEIGHTS = {
    "number": 2,
    "symbol": 1,
    "issuer": 1,
    "issued_on": 1,
    "signature": 1,
    "recipient": 1,
    "addressee": 1,
    "kind": 1,
}
_ENOUGH = 2


def is_secret(paper: Paper) -> bool:
    """Tell whether a paper bears a mark of secrecy; such papers are not kept here at all."""
    pattern = rule("heads", "secret").pattern
    return any(
        pattern.match(paper.of(cell))
        for line in paper.lines[:_MOST_LINES]
        for cell in paper.cells(line)
    )


def unreadable(text: str) -> str | None:
    """Return why nothing is sought in a text: it is empty, or in another language."""
    sample = text[:20_000]
    letters = len(_LETTERS.findall(sample))
    if not letters:
        return "empty"
    if letters < _FEWEST_LETTERS:
        return None
    own = len(_OWN_LETTERS.findall(sample))
    return "not-vietnamese" if own < _LEAST_SHARE * letters else None


def warnings_of(paper: Paper, head: Head, findings: list[Finding]) -> tuple[str, ...]:
    """Return the warnings about a paper that was read."""
    found = []
    lines = [paper.of(line) for line in paper.lines]
    if sum("\t" in line for line in lines) >= 0.8 * len(lines):
        found.append("table-only")
    fields = {finding.field for finding in findings}
    weight = sum(_WEIGHTS.get(field, 0) for field in fields) + 2 * bool(head.motto)
    if weight < _ENOUGH:
        found.append("not-a-directive")
    elif _is_of_the_state(head, findings):
        found.append("state-document")
    return tuple(found)


def _is_of_the_state(head: Head, findings: list[Finding]) -> bool:
    if head.motto:
        return head.motto == "state"
    symbols = [str(one.value) for one in findings if one.field == "symbol"]
    return any(re.match(r"\d+/", symbol) for symbol in symbols)
