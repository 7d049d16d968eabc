"""The words by which forms, columns and values are recognised, read from data and folded once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kheo.lib.text.folding import fold

_DATA = Path(__file__).parent / "data"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_BLANKS = re.compile(r"[ \t]+")


@dataclass(frozen=True)
class Words:
    """What one canonical value is called: alone, or within a longer text."""

    whole: frozenset[str]
    within: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Vocabulary:
    """All words of the forms, folded; ``parts`` finds where a part of a summary begins."""

    headings: Mapping[str, str]
    items: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, Words]]
    yes: frozenset[str]
    no: frozenset[str]
    lines: Mapping[str, frozenset[str]]
    parts: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words of the forms; they are read once."""
    items = tomllib.loads((_DATA / "headings.toml").read_text("utf-8"))["item"]
    words = tomllib.loads((_DATA / "words.toml").read_text("utf-8"))
    return Vocabulary(
        headings={
            heading_key(heading): item["key"] for item in items for heading in item["headings"]
        },
        items={item["key"]: tuple(item["headings"]) for item in items},
        values={
            key: {value: _words(told) for value, told in words[key].items()}
            for key in ("field", "level", "form", "continuity", "nature")
        },
        yes=frozenset(map(str.lower, words["ticks"]["yes"])),
        no=frozenset(map(str.lower, words["ticks"]["no"])),
        lines={key: _folded(told) for key, told in words["lines"].items()},
        parts=_beginnings([*words["lines"]["carried_out_by"], *words["lines"]["results"]]),
    )


@lru_cache(maxsize=4096)
def heading_key(heading: str) -> str:
    """Return a heading as it is compared: folded, without years, without remarks in brackets."""
    bare = _BRACKETS.sub(" ", heading) if "(" in heading else heading
    folded = fold(bare) or fold(heading)
    return _BLANKS.sub(" ", _YEAR.sub("", folded)).strip()


def _words(told: Mapping[str, list[str]]) -> Words:
    within = sorted(_folded(told["within"]))
    return Words(_folded(told["whole"]), tuple(re.compile(rf"\b{word}\b") for word in within))


def _beginnings(labels: Iterable[str]) -> re.Pattern[str]:
    told = "|".join(re.escape(label[:1].upper() + label[1:]) for label in labels)
    return re.compile(rf"\s+(?=(?:{told}):)")


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, texts))
