"""Recognises the labels of a form for one registration: "1. Tên mô hình đăng ký: …"."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kheo.lib.extraction.blocks.parts import Line
from kheo.lib.extraction.forms.vocabulary import heading_key, vocabulary
from kheo.lib.text.folding import fold

_NUMBER = re.compile(r"^\s*(\d{1,2})\s*[.)\-/]\s*")
_BULLET = re.compile(r"^\s*[-+*•–]\s*")
_HINT = re.compile(r"\s*\(([^()]*)\)[\s.…]*$")
_CLOSE_ENOUGH = 86
_LONGEST_LABEL = 120
# what stands in lists only, or in a letterhead
_NO_LABELS = frozenset(
    {"ordinal", "numbered_name", "form", "collective", "individual", "kept", "new", "replicated"}
    | {"summary", "unit", "note", "state"}
)


@dataclass(frozen=True)
class Label:
    """A label, the number before it (0 for none), and the text behind it in its own cell."""

    key: str
    number: int
    rest: str
    certain: bool
    in_cell: bool = False


def label_of(line: Line) -> Label | None:
    """Return the label a line begins with, or None."""
    text = line.cells[0].text
    found = _NUMBER.match(text)
    number = int(found[1]) if found else 0
    bare = text[found.end() :] if found else _BULLET.sub("", text)
    beside = len(line.cells) > 1
    head, colon, rest = bare.partition(":")
    if colon and len(head) <= _LONGEST_LABEL:
        if key := _known(head):
            return Label(key, number, rest, certain=True, in_cell=beside)
        if number and (key := _misspelt(head)):
            return Label(key, number, rest, certain=False, in_cell=beside)
        return None
    label = _HINT.sub("", bare) if is_hint(bare) else bare
    if len(label) <= _LONGEST_LABEL and (key := _known(label)):
        return Label(key, number, "", certain=True, in_cell=beside)
    return _begun(bare, number) if number else None


def is_hint(text: str) -> bool:
    """Tell whether a text ends in a remark of the form itself, in brackets."""
    found = _HINT.search(text)
    return found is not None and _is_remark(found[1])


def without_hint(text: str) -> str:
    """Return an answer without the remarks of the form around it."""
    held = re.match(r"\s*[.…_]*\s*\(([^()]*)\)[.…_]*", text)
    if held and _is_remark(held[1]):
        text = text[held.end() :]
    found = _HINT.search(text)
    return text[: found.start()] if found and _is_remark(found[1]) else text


def _is_remark(text: str) -> bool:
    folded = fold(text)
    hints = vocabulary().lines["hints"]
    if folded in hints:
        return True
    best = process.extractOne(folded, list(hints), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return best is not None


def _known(text: str) -> str | None:
    key = vocabulary().headings.get(heading_key(text))
    return None if key in _NO_LABELS else key


def _misspelt(text: str) -> str | None:
    folded = heading_key(text)
    if len(folded) < 6:
        return None
    headings = [word for word, key in vocabulary().headings.items() if key not in _NO_LABELS]
    best = process.extractOne(folded, headings, scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return vocabulary().headings[best[0]] if best else None


def _begun(text: str, number: int) -> Label | None:
    """Read "3. Đăng ký mô hình, điển hình ở cấp huyện": the answer follows without a colon."""
    words = text.split()
    for count in range(min(len(words) - 1, 12), 2, -1):
        if key := _known(" ".join(words[:count])):
            return Label(key, number, " ".join(words[count:]), certain=True)
    return None
