"""Tells how alike two models are by name, text and place, whatever the spelling or word order."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kheo.lib.text.folding import fold, normalise
from kheo.lib.text.likeness_words import (
    ABBREVIATIONS,
    BODIES,
    KIND_WORD,
    LONGEST,
    PAIRS,
    PLACE,
    WEIGHTS,
)

# what is compared of a content: the rest of a long text changes nothing any more
CONTENT_LETTERS = 1_200
# the same letters with other marks, where both texts are marked: dưa is not dừa
OTHER_MARKS = 0.25
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\d+\w?")
_MARKED = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable, folded, as it was marked, and how much it says."""

    plain: str
    exact: str
    weight: float


@dataclass(frozen=True, slots=True)
class Subject:
    """A model prepared for comparing: name and content without places, and the places."""

    name: tuple[Syllable, ...]
    content: tuple[Syllable, ...]
    places: frozenset[str]
    name_marked: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two subjects are, from 0 to 1: together, by name, by text; and by place."""

    score: float
    name: float
    text: float | None
    same_place: bool


# a content of set phrases only ("ký cam kết, cuối năm bình xét") is no content to compare
TELLING = 4.0
# a name of few telling words is never quite told
DOUBT = 0.5

# fitted on the train half of bench/data/likeness.csv (bench.likeness.fit)
BIAS = -7.0
OF_TOLD = 8.88
OF_TEXT = 6.23
OF_NO_TEXT = 3.34
# from here on a pair is more probably alike than not
THRESHOLD = 0.5


def prepare(name: str, content: str = "", unit: str = "") -> Subject:
    """Return a model's words as they are compared.

    :param unit: the name of the unit that registers it; its place is taken out of the texts.
    """
    name, content = normalise(name), normalise(content)[:CONTENT_LETTERS]
    own = place_of(unit)
    places = {fold(found) for text in (name, content) for found in PLACE.findall(text)}
    return Subject(
        name=_weighed(_syllables(PLACE.sub(" ", name), own)),
        content=_weighed(_syllables(PLACE.sub(" ", content), own)),
        places=frozenset(places | ({own} if own else set())),
        name_marked=bool(_MARKED.search(name)),
    )


def compare(one: Subject, other: Subject) -> Likeness:
    """Return how alike two subjects are; the order of the two changes nothing."""
    text = None
    if min(_mass(one.content), _mass(other.content)) >= TELLING:
        text = _overlap(one.content, other.content, marked=False)
    marked = one.name_marked and other.name_marked
    return Likeness(
        score=_score(features(one, other, text)),
        name=_overlap(one.name, other.name, marked=marked),
        text=text,
        same_place=bool(one.places & other.places),
    )


def features(one: Subject, other: Subject, text: float | None) -> tuple[float, ...]:
    """Return what the score weighs: a constant, names told by the other, text, its absence."""
    told = (_told(one, other) + _told(other, one)) / 2
    return (1.0, told, text or 0.0, float(text is None))


def place_of(unit: str) -> str:
    """Return the bare name of a unit's place, folded: "Đảng ủy xã An Dương" is "an duong"."""
    words = fold(unit)
    bare = KIND_WORD.sub("", BODIES.sub("", words))
    return "" if bare == words and " " not in bare else bare


def _score(values: Iterable[float]) -> float:
    weights = (BIAS, OF_TOLD, OF_TEXT, OF_NO_TEXT)
    total = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-total))


def _syllables(text: str, own: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for word in _YEARS.sub(" ", text).lower().split():
        for part in re.split(r"[^\w]+", word):
            plain = fold(part)
            if plain and not _NUMBER.fullmatch(plain):
                found.extend(_expanded(plain, part))
    return _without(_joined_pairs(found), own.split())


def _expanded(plain: str, exact: str) -> list[tuple[str, str]]:
    long = ABBREVIATIONS.get(plain)
    if long is None or (len(plain) == 2 and exact != plain):
        return [(plain, exact)]
    # an abbreviation carries no marks: it agrees with any
    return [(syllable, syllable) for syllable in long.split()]


def _joined_pairs(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    joined: list[tuple[str, str]] = []
    place = 0
    while place < len(found):
        pair = PAIRS.get((found[place][0], found[place + 1][0])) if place + 1 < len(found) else None
        if pair is not None and found[place][1].isascii() and found[place + 1][1].isascii():
            joined += [(syllable, syllable) for syllable in pair.split()]
            place += 2
        else:
            joined.append(found[place])
            place += 1
    return joined


def _without(found: list[tuple[str, str]], place: Sequence[str]) -> list[tuple[str, str]]:
    if not place:
        return found
    plain, size = [syllable for syllable, _exact in found], len(place)
    for start in range(len(plain) - size, -1, -1):
        if plain[start : start + size] == list(place):
            del found[start : start + size], plain[start : start + size]
    return found


def _weighed(found: Sequence[tuple[str, str]]) -> tuple[Syllable, ...]:
    weighed: list[Syllable] = []
    place = 0
    while place < len(found):
        size, weight = _phrase_at(found, place)
        weighed += [Syllable(*pair, weight) for pair in found[place : place + size]]
        place += size
    return tuple(weighed)


def _phrase_at(found: Sequence[tuple[str, str]], place: int) -> tuple[int, float]:
    longest = LONGEST.get(found[place][0], 0)
    for size in range(min(longest, len(found) - place), 0, -1):
        words = tuple(plain for plain, _exact in found[place : place + size])
        if words in WEIGHTS:
            return size, WEIGHTS[words]
    return 1, 1.0


def _overlap(one: Sequence[Syllable], other: Sequence[Syllable], *, marked: bool) -> float:
    """Return the share of weight that both have, single syllables and neighbours together."""
    singles = _shared(_bag(one), _bag(other), marked=marked)
    neighbours = _shared(_pairs(one), _pairs(other), marked=marked)
    return 0.6 * singles + 0.4 * neighbours


def _told(one: Subject, other: Subject) -> float:
    """Return how much of the one's name the other tells, in its name or content."""
    marked = one.name_marked and other.name_marked
    name, words = _bag(one.name), _bag((*other.name, *other.content))
    told = 0.0
    for plain, (weight, exact) in name.items():
        if plain in words:
            told += weight * _agreement(plain, exact, words[plain][1], marked=marked)
    return told / (sum(weight for weight, _exact in name.values()) + DOUBT)


def _mass(syllables: Iterable[Syllable]) -> float:
    return sum(one.weight for one in syllables)


Bag = dict[str, tuple[float, set[str]]]


def _bag(syllables: Iterable[Syllable]) -> Bag:
    bag: Bag = {}
    for one in syllables:
        _put(bag, one.plain, one.exact, one.weight)
    return bag


def _pairs(syllables: Sequence[Syllable]) -> Bag:
    bag: Bag = {}
    for first, second in pairwise(syllables):
        # a pair says as much as the rarer of its two
        weight = max(first.weight, second.weight)
        _put(bag, f"{first.plain} {second.plain}", f"{first.exact} {second.exact}", weight)
    return bag


def _put(bag: Bag, plain: str, exact: str, weight: float) -> None:
    known = bag.get(plain)
    if known is None:
        bag[plain] = (weight, {exact})
        return
    known[1].add(exact)
    if weight > known[0]:
        bag[plain] = (weight, known[1])


def _shared(one: Bag, other: Bag, *, marked: bool) -> float:
    whole = sum(weight for weight, _exact in one.values())
    whole += sum(weight for weight, _exact in other.values())
    both = 0.0
    for plain in one.keys() & other.keys():
        (mine, my_marks), (yours, your_marks) = one[plain], other[plain]
        both += (mine + yours) * _agreement(plain, my_marks, your_marks, marked=marked)
    return both / whole if whole else 0.0


def _agreement(plain: str, one: set[str], other: set[str], *, marked: bool) -> float:
    # an abbreviation written out stands there without marks, and says nothing about them
    if not marked or one & other or plain in one or plain in other:
        return 1.0
    return OTHER_MARKS
