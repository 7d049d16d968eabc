"""Reads what somebody typed into the search box; nothing that can be typed is an error."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kheo.lib.text.abbreviations import same_meaning
from kheo.lib.text.folding import fold, normalise, words_with_marks

LONGEST = 300
MOST_WORDS = 12
LONGEST_WORD = 60
OTHERS = same_meaning()
LONGEST_WAY = max(len(way) for way in OTHERS)
_QUOTES = re.compile('["“”„«»]')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side; the last one may be only begun."""

    words: tuple[str, ...]
    is_begun: bool = False


# any of these ways of saying it, each of which needs all of its phrases
Choice = tuple[tuple[Phrase, ...], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A question: of each choice one way must be there; records with the marks come first."""

    choices: tuple[Choice, ...] = ()
    marked: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is asked at all."""
        return bool(self.choices)

    @property
    def whole(self) -> "Wording":
        """Return the question with its last word taken for a whole one."""
        choices = tuple(
            tuple(tuple(_whole(phrase) for phrase in way) for way in choice)
            for choice in self.choices
        )
        return Wording(choices, tuple(_whole(phrase) for phrase in self.marked))

    @property
    def finished(self) -> "Wording":
        """Return what of the question does not depend on how its last word goes on."""
        choices = (one for one in self.choices if not any(p.is_begun for way in one for p in way))
        return Wording(tuple(choices), tuple(one for one in self.marked if not one.is_begun))

    @property
    def beginning(self) -> str:
        """Return how the last word begins, where it is begun and says nothing else."""
        match self.choices[-1:]:
            case ((((Phrase(words=(word,), is_begun=True),)),),):
                return word
        return ""

    @property
    def phrases(self) -> list[Phrase]:
        """Return all phrases that may have been found, for highlighting."""
        return [phrase for choice in self.choices for way in choice for phrase in way]


def _whole(phrase: Phrase) -> Phrase:
    return replace(phrase, is_begun=False) if phrase.is_begun else phrase


def read_wording(text: str, *, begun: bool = True) -> Wording:
    """Return the question in a text: words in any order, "phrases in quotes", abbreviations.

    :param begun: take the last word for the beginning of a word, as while somebody types.
    """
    kept = normalise(text[: 4 * LONGEST])[:LONGEST]
    pieces = _QUOTES.split(kept)
    ends_open = begun and bool(fold(pieces[-1]))
    choices: list[Choice] = []
    for number, piece in enumerate(pieces):
        is_last = ends_open and number == len(pieces) - 1
        words = [word[:LONGEST_WORD] for word in fold(piece).split()]
        words = words[: MOST_WORDS - _counted(choices)]
        if number % 2:
            choices += [((Phrase(tuple(words), is_last),),)] if words else []
        else:
            choices += _loose(words, is_last=is_last)
    return Wording(tuple(choices), _marked(kept, is_begun=ends_open))


def marked_words(text: str) -> list[str]:
    """Return the words of a normalised text that carry tone or letter marks, each once."""
    words = list(words_with_marks(text))
    if max(map(len, words), default=0) <= LONGEST_WORD:
        return words
    return [word[:LONGEST_WORD] for word in words]


@lru_cache(maxsize=50_000)
def folded_word(word: str) -> str:
    """Return a word as it is searched; Vietnamese has few, and texts repeat them."""
    return fold(word)


def _marked(kept: str, *, is_begun: bool) -> tuple[Phrase, ...]:
    words = marked_words(kept)[:MOST_WORDS]
    last = _WORD.findall(kept.casefold())[-1:]
    return tuple(Phrase((word,), is_begun and [word] == last) for word in words)


def _counted(choices: Sequence[Choice]) -> int:
    return sum(len(phrase.words) for choice in choices for phrase in choice[0])


def _loose(words: Sequence[str], *, is_last: bool) -> Iterator[Choice]:
    """Yield a choice for each word, or for several that together have another way of writing."""
    start = 0
    while start < len(words):
        way = _longest_way(words, start)
        end = start + len(way)
        begun = is_last and end == len(words)
        typed = (
            *(Phrase((word,)) for word in way[:-1]),
            Phrase(way[-1:], begun),
        )
        yield (typed, *((Phrase(other),) for other in OTHERS.get(way, ())))
        start = end


def _longest_way(words: Sequence[str], start: int) -> tuple[str, ...]:
    for length in range(LONGEST_WAY, 1, -1):
        way = tuple(words[start : start + length])
        if len(way) == length and way in OTHERS:
            return way
    return (words[start],)
