"""The rules by which things are found, read from data: a pattern, what it means, examples."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kheo.lib.extraction.directives.cleaning import cleaned, folded_of, plain_of
from kheo.lib.extraction.directives.paper import Paper

_DATA = Path(__file__).parent / "data"
_STARTS = re.compile(r"[\n\t]")
_PART = re.compile(r"%(\w+)%")


@dataclass(frozen=True)
class Rule:
    """One way to find something; ``view`` says in which spelling the pattern is sought.

    One that ``opens`` is sought only where a line, a cell or a paragraph begins. The pattern is
    found in each of the ``examples`` and in none of the ``others``.
    """

    id: str
    view: str
    pattern: re.Pattern[str]
    confidence: str
    means: Mapping[str, Any]
    examples: tuple[str, ...]
    others: tuple[str, ...]
    opens: bool = False

    def found_in(self, paper: Paper, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield each place of a paper between two offsets where the pattern stands."""
        return self.pattern.finditer(getattr(paper, self.view), start, end)

    def matches(self, sample: str) -> bool:
        """Tell whether the pattern stands anywhere in a text, cleaned as papers are."""
        text = cleaned(sample)
        views = {"text": text, "plain": plain_of(text), "folded": folded_of(plain_of(text))}
        if not self.opens:
            return self.pattern.search(views[self.view]) is not None
        starts = [0, *(found.end() for found in _STARTS.finditer(text))]
        return any(self.pattern.match(views[self.view], start) for start in starts)


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """Return the rules of a file of data in their order."""
    told = _told(name)
    parts = _told("parts")["part"]
    return tuple(_rule(one, parts) for one in told["rule"])


@cache
def rule(name: str, rule_id: str) -> Rule:
    """Return one rule by its id."""
    return next(one for one in rules(name) if one.id == rule_id)


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return a table of words by its name."""
    found: Mapping[str, Any] = _told("words")[name]
    return found


def rule_files() -> tuple[str, ...]:
    """Return the names of all files of rules."""
    return tuple(
        sorted(path.stem for path in _DATA.glob("*.toml") if path.stem not in {"parts", "words"})
    )


@cache
def _told(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))


def _rule(told: Mapping[str, Any], parts: Mapping[str, str]) -> Rule:
    return Rule(
        id=told["id"],
        view=told.get("view", "plain"),
        # a caret would stand for the start of a line only, not for that of a cell
        pattern=re.compile(_filled(told["pattern"].removeprefix("^"), parts), re.MULTILINE),
        confidence=told.get("confidence", "likely"),
        means=told.get("means", {}),
        examples=tuple(told["examples"]),
        others=tuple(told.get("others", ())),
        opens=told["pattern"].startswith("^"),
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Put the shared parts into a pattern, also those within parts."""
    while found := _PART.search(pattern):
        pattern = pattern.replace(found[0], f"(?:{parts[found[1]]})")
    return pattern
