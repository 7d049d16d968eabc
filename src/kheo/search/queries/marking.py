"""Shows where in a text the words of a question stand, safely for HTML."""

import re
from collections.abc import Iterable, Iterator

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from kheo.lib.text.folding import fold
from kheo.search.queries.wording import Phrase, Wording, folded_word

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
    places = [(found.start(), found.end()) for found in _WORD.finditer(text)]
    words = [folded_word(text[start:end]) for start, end in places]
    taken: set[int] = set()
    for phrase in wording.phrases:
        taken.update(_positions(words, phrase))
    return _joined((*places[index], index) for index in sorted(taken))


def holds(text: str, wording: Wording) -> bool:
    """Tell whether a text alone answers the whole question."""
    words = f" {fold(text)} "
    return all(
        any(all(_spelt(phrase) in words for phrase in way) for way in choice)
        for choice in wording.choices
    )


def _spelt(phrase: Phrase) -> str:
    return f" {' '.join(phrase.words)}{'' if phrase.is_begun else ' '}"


def _positions(words: list[str], phrase: Phrase) -> Iterator[int]:
    """Yield the places of all words of a phrase, wherever it stands."""
    *before, last = phrase.words
    length = len(phrase.words)
    for end, word in enumerate(words):
        if word != last and not (phrase.is_begun and word.startswith(last)):
            continue
        start = end - length + 1
        if start >= 0 and words[start:end] == before:
            yield from range(start, end + 1)


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
