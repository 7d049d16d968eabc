"""What reading a paper yields: findings with their spans, warnings, and the whole as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

JsonValue = str | int | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]

CERTAIN, LIKELY, UNSURE = "certain", "likely", "unsure"
FIELDS = (
    "kind",
    "number",
    "symbol",
    "issued_on",
    "place",
    "issuer",
    "subject",
    "theme",
    "signature",
    "addressee",
    "recipient",
    "reference",
    "deadline",
    "quota",
    "assignment",
    "outline",
    "form",
    "figure",
    "annex",
)


@dataclass(frozen=True)
class Finding:
    """Something that a paper says, where it says it, and by which rule it was found.

    ``start`` and ``end`` are offsets into the text of the reading; ``confidence`` is certain,
    likely or unsure; ``flags`` say what a person should look at.
    """

    field: str
    start: int
    end: int
    text: str
    rule: str
    confidence: str
    value: JsonValue
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """The clean text of a paper, what was found in it, and warnings about the paper as a whole."""

    text: str
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the facts in the shape that `kheo documents read --json` prints."""
        facts: dict[str, Any] = {name: self._first(name) for name in _SCALARS}
        facts["signature"] = self._first("signature")
        for name, field in _LISTS.items():
            facts[name] = [finding.value for finding in self._known(field)]
        facts["outline"] = _tree(self._known("outline"))
        facts["findings"] = [_plain(finding) for finding in self.findings]
        facts["warnings"] = list(self.warnings)
        return facts

    def _known(self, field: str) -> list[Finding]:
        return [
            finding for finding in self.findings if finding.field == field and _is_fact(finding)
        ]

    def _first(self, field: str) -> JsonValue:
        known = self._known(field)
        return known[0].value if known else None


_SCALARS = ("kind", "number", "symbol", "issued_on", "place", "issuer", "subject", "theme")
_LISTS = {
    "addressees": "addressee",
    "recipients": "recipient",
    "references": "reference",
    "deadlines": "deadline",
    "quotas": "quota",
    "assignments": "assignment",
    "forms": "form",
    "figures": "figure",
    "annexes": "annex",
}


def _is_fact(finding: Finding) -> bool:
    """Tell whether a finding may be told as a fact: not a day that no calendar has."""
    if "not-a-directive" in finding.flags:
        return False
    value = finding.value
    return not (isinstance(value, Mapping) and "on" in value and value["on"] is None)


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "field": finding.field,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "rule": finding.rule,
        "confidence": finding.confidence,
        "value": finding.value,
        "flags": list(finding.flags),
    }


def _tree(headings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Hang each heading below the last one of lesser depth."""
    roots: list[dict[str, Any]] = []
    open_ones: list[tuple[int, dict[str, Any]]] = []
    for heading in headings:
        value: Any = heading.value
        node = {"number": value["number"], "title": value["title"], "children": []}
        while open_ones and open_ones[-1][0] >= value["depth"]:
            open_ones.pop()
        (open_ones[-1][1]["children"] if open_ones else roots).append(node)
        open_ones.append((value["depth"], node))
    return roots
