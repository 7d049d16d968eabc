"""Scores one reading of a directive against its gold: which facts are right, wrong and missing.

A fact is one thing an officer would check: a number, a name, a deadline, a body in charge of a
task. Case, marks, quotes, white space and final punctuation do not count, as scans get them wrong.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Fact = tuple[Hashable, ...]
Facts = Counter[Fact]
Node = Mapping[str, Any]

SCALARS = ("kind", "number", "symbol", "issued_on", "place", "issuer", "subject", "theme")
LISTS = ("addressees", "recipients", "forms")
ROLES = ("directing", "executing", "cooperating")
SIGNATURE = ("authority", "body", "position", "name")

_QUOTES = re.compile(r"[\"'“”‘’«»*_]")
_AROUND = re.compile(r"\s*([-/,;:()])\s*")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Score:
    """How many facts the gold holds, how many were found, and how many of these are right."""

    wanted: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.wanted + other.wanted, self.found + other.found, self.right + other.right)

    @property
    def precision(self) -> float:
        """Return the share of right facts among those found; 1 when there was nothing to find."""
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        """Return the share of wanted facts that were found; 1 when none was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def fold(value: Any) -> Any:
    """Return a text without what scanning gets wrong; what is no text stays as it is."""
    if not isinstance(value, str):
        return value
    parted = unicodedata.normalize("NFD", value.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    bare = _QUOTES.sub("", bare).replace("–", "-")
    return _BLANKS.sub(" ", _AROUND.sub(r"\1", bare)).strip(" .,;:/")


def facts_of(paper: Node, gold: Node | None = None) -> Facts:
    """Return the facts of a paper, told in the words of its gold where that allows several.

    :param paper: a reading or a gold, in the shape of the samples.
    :param gold: what it is measured by; without it, the paper is its own.
    """
    measure = paper if gold is None else gold
    found = Counter(_scalars(paper, measure))
    found.update(_signature(paper))
    for key in LISTS:
        found.update((key, fold(value)) for value in paper.get(key) or ())
    for make in (_references, _deadlines, _quotas, _assignments, _figures):
        found.update(make(paper))
    titled = {path for path, title in _headings(measure.get("outline")) if title}
    for path, title in _headings(paper.get("outline")):
        found[("outline", path, title if path in titled else None)] += 1
    return found


def score(gold: Node, reading: Node) -> dict[str, Score]:
    """Return the score of each field, and of all together under the name "all"."""
    wanted, found = facts_of(gold, gold), facts_of(reading, gold)
    fields = {str(fact[0]) for fact in wanted | found}
    scores = {field: compare(_only(wanted, field), _only(found, field)) for field in fields}
    return scores | {"all": compare(wanted, found)}


def compare(wanted: Facts, found: Facts) -> Score:
    """Count what was wanted, found and right."""
    return Score(wanted.total(), found.total(), (wanted & found).total())


def differences(gold: Node, reading: Node) -> tuple[Facts, Facts]:
    """Return the facts that are missing and those that are wrong."""
    wanted, found = facts_of(gold, gold), facts_of(reading, gold)
    return wanted - found, found - wanted


def sure_facts(paper: Node, gold: Node) -> dict[str, Facts]:
    """Return what must never be wrong, apart: symbols, dates and quotas.

    A date of a reference counts with its symbol, as it is wrong only where that is named.
    """
    rows = [row for row in paper.get("references") or () if row.get("symbol")]
    symbols: Facts = Counter(("symbol", fold(row["symbol"])) for row in rows)
    if paper.get("symbol"):
        symbols[("own", fold(paper["symbol"]))] += 1
    dates: Facts = Counter(
        ("reference", fold(row["symbol"]), row["issued_on"]) for row in rows if row.get("issued_on")
    )
    dates.update(_deadlines(paper))
    if paper.get("issued_on"):
        dates[("issued_on", paper["issued_on"])] += 1
    return {"symbols": symbols, "dates": dates, "quotas": _only(facts_of(paper, gold), "quota")}


def named_papers(gold: Node, reading: Node) -> Score:
    """Count who issued the named papers and how the paper stands to them, where the gold says so.

    Only papers that were found are asked about; finding them is counted with the references.
    """
    found = {_key(row): row for row in reading.get("references") or ()}
    total = Score()
    for row in gold.get("references") or ():
        other = found.get(_key(row))
        for detail in ("issuer", "relation"):
            if other is None or not row.get(detail):
                continue
            right = row[detail] if isinstance(row[detail], list) else [row[detail]]
            total += Score(1, 1, int(fold(other.get(detail)) in map(fold, right)))
    return total


def _key(row: Node) -> Fact:
    return fold(row.get("symbol")), row.get("issued_on")


def _only(facts: Facts, field: str) -> Facts:
    return Counter({fact: count for fact, count in facts.items() if fact[0] == field})


def _scalars(paper: Node, measure: Node) -> Iterator[Fact]:
    for key in SCALARS:
        value, right = paper.get(key), measure.get(key)
        if isinstance(right, list):
            value = value[0] if isinstance(value, list) else value
            value = right[0] if fold(value) in map(fold, right) else value
        if value not in (None, ""):
            yield key, fold(value)


def _signature(paper: Node) -> Iterator[Fact]:
    for key, value in (paper.get("signature") or {}).items():
        if value and key in SIGNATURE:
            yield "signature", key, fold(value)


def _references(paper: Node) -> Iterator[Fact]:
    for row in paper.get("references") or ():
        if row.get("symbol"):
            yield "reference", fold(row["symbol"]), row.get("issued_on")


def _deadlines(paper: Node) -> Iterator[Fact]:
    for row in paper.get("deadlines") or ():
        yield "deadline", row.get("on"), row.get("every")


def _quotas(paper: Node) -> Iterator[Fact]:
    for row in paper.get("quotas") or ():
        level = fold(row["level"]).removeprefix("cap ") if row.get("level") else None
        yield "quota", level, row.get("min"), row.get("max"), row.get("what")


def _assignments(paper: Node) -> Iterator[Fact]:
    for row in paper.get("assignments") or ():
        for role in ROLES:
            for body in row.get(role) or ():
                yield "assignment", row["ordinal"], role, fold(body)
        yield "assignment", row["ordinal"], "time", fold(row.get("time"))


def _figures(paper: Node) -> Iterator[Fact]:
    for row in paper.get("figures") or ():
        parts = tuple(sorted((fold(name), part) for name, part in (row.get("parts") or {}).items()))
        if parts:
            yield "figure", row.get("total"), parts, row.get("adds_up")


def _headings(
    nodes: Iterable[Node] | None, above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str | None]]:
    for node in nodes or ():
        path = (*above, str(node.get("number")))
        yield path, fold(node["title"]) if node.get("title") else None
        yield from _headings(node.get("children"), path)
