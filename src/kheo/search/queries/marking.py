"""Shows where in a text the words of a question stand, safely for HTML."""

import re
from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from kheo.lib.text.folding import fold
from kheo.search.queries.wording import Phrase, Wording

SNIPPET = 220
BEFORE = 60
_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int]


def highlighted(text: str, wording: Wording) -> SafeString:
    """Return the whole text with what was found in it marked."""
    return _marked(text, found_spans(text, wording))


def snippet(text: str, wording: Wording) -> SafeString:
    """Return a piece of the text around the first thing found in it, marked; else its beginning."""
    line = " ".join(text.split())
    spans = found_spans(line, wording)
    first = spans[0][0] if spans else 0
    start = _word_start(line, first - BEFORE) if first > BEFORE + 20 else 0
    end = _word_start(line, start + SNIPPET) if start + SNIPPET < len(line) else len(line)
    inside = [(a - start, b - start) for a, b in spans if a >= start and b <= end]
    piece = _marked(line[start:end].rstrip(), inside)
    before, after = "… " if start else "", " …" if end < len(line) else ""
    return format_html("{}{}{}", before, piece, after)


def found_spans(text: str, wording: Wording) -> list[Span]:
    """Return where the phrases of a question stand, in order, without overlaps."""
    words = [(fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]
    taken: set[int] = set()
    for phrase in wording.phrases:
        taken.update(_places(words, phrase))
    return _joined((words[index][1], words[index][2], index) for index in sorted(taken))


def holds(text: str, wording: Wording) -> bool:
    """Tell whether a text alone answers the whole question."""
    words = [(word, 0, 0) for word in fold(text).split()]
    return all(
        any(all(_places(words, phrase) for phrase in way) for way in choice)
        for choice in wording.choices
    )


def _places(words: list[tuple[str, int, int]], phrase: Phrase) -> set[int]:
    length = len(phrase.words)
    found: set[int] = set()
    for start in range(len(words) - length + 1):
        here = tuple(word for word, _start, _end in words[start : start + length])
        last = here[-1].startswith(phrase.words[-1]) if phrase.is_begun else here == phrase.words
        if last and here[:-1] == phrase.words[:-1]:
            found.update(range(start, start + length))
    return found


def _joined(places: Iterable[tuple[int, int, int]]) -> list[Span]:
    """Return spans; words side by side become one."""
    spans: list[Span] = []
    before = -2
    for start, end, index in places:
        if index == before + 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        before = index
    return spans


def _marked(text: str, spans: list[Span]) -> SafeString:
    pieces: list[tuple[str | SafeString]] = []
    done = 0
    for start, end in spans:
        pieces += [(text[done:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        done = end
    pieces.append((text[done:],))
    return format_html_join("", "{}", ((conditional_escape(piece),) for (piece,) in pieces))


def _word_start(text: str, near: int) -> int:
    space = text.find(" ", max(near, 0))
    return len(text) if space < 0 else space + 1
