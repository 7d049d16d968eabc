"""Understands what people write into forms: ticks, fields, levels, collectives, times."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from kheo.lib.extraction.forms.vocabulary import vocabulary
from kheo.lib.text.dates import DateError
from kheo.lib.text.folding import fold, normalise
from kheo.lib.text.periods import parse_period

_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}\s*[.):]+|\(?\d{1,3}\s+[-–]|\d{1,3}\s*[-–](?!\s*\d))\s*")
_ROMAN = re.compile(r"^\s*(?:[IVX]{1,5}|[A-D])\s*(?:[.\-–—):/]+\s*|\s+(?=\S{2,}))")
_FILLER = re.compile(r"[\s._…⋯·\-–—:;,*]*")
_DOTS_BEFORE = re.compile(r"^(?:\s|[._]{2,}|…|⋯)+")
_DOTS_BEHIND = re.compile(r"(?:\s|[._]{4,}|…{2,}|⋯)+$")
_DOTS = "._…⋯" + "".join(filter(str.isspace, map(chr, range(0x3001))))
_RANGE = re.compile(r"\s*[–—]\s*|\s+-\s*|\s*-\s+|\s+(?:đến|tới)\s+(?:hết\s+)?", re.IGNORECASE)
_TIGHT_RANGE = re.compile(r"(?<=\d)-(?=\d{1,2}/)|(?<=\d{4})-(?=\d{4}$)|(?<=\d)-(?=\d{1,2}$)")
_FROM = re.compile(r"^(?:từ|kể từ)\s+", re.IGNORECASE)
_CLOSE_ENOUGH = 84
_BOXES = "☐□◻▢☒☑✓✔✗✘■█▪◼⊠"


@dataclass(frozen=True, slots=True)
class Times:
    """Start and finish as they were written; ``known`` is off where they are no period."""

    starts: str
    ends: str
    known: bool


def without_dots(text: str) -> str:
    """Return a text without the dotted lines that a form prints around the answer."""
    if text[-1:].isalnum() and text[0].isalnum():
        return text
    text = _DOTS_BEFORE.sub("", text)
    found = _DOTS_BEHIND.search(text, len(text.rstrip(_DOTS)))
    return text[: found.start()] if found else text


def is_blank(text: str) -> bool:
    """Tell whether a text holds nothing but a number and dots: "1.....", "…", "-"."""
    if text[:1].isalpha():
        return False
    bare = _NUMBER.sub("", text)
    return not bare.strip() or _FILLER.fullmatch(bare) is not None


def without_number(text: str) -> str:
    """Return a name without the number before it: "3. Đường hoa"."""
    return _NUMBER.sub("", text, count=1)


def without_roman(text: str) -> str | None:
    """Return what follows a Roman number or a capital letter; None where none stands."""
    found = _ROMAN.match(text)
    return text[found.end() :] if found else None


def is_tick(text: str) -> bool | None:
    """Tell whether a box is ticked; None where the text is no tick at all.

    An empty box, "không" and the like say no; a cell without text says no as well.
    """
    bare = text.strip().lower()
    if not bare:
        return False
    words = vocabulary()
    if bare in words.yes:
        return True
    if bare in words.no or is_blank(bare):
        return False
    return None


def ticked(text: str) -> tuple[bool, str]:
    """Return whether a line has a ticked box in it, and the line without its box."""
    bare = text.strip()
    marks = [letter for letter in bare if letter in _BOXES]
    if marks:
        plain = bare.translate({ord(mark): " " for mark in _BOXES}).strip()
        return any(is_tick(mark) for mark in marks), plain
    found = re.search(r"(?:[\[(]\s*([xX×✓✔v]?)\s*[\])]|\s([xX×✓✔v]))\s*$", bare)
    found = found or re.match(r"(?:[\[(]\s*([xX×✓✔v]?)\s*[\])]|([xX×✓✔])(?=\s))", bare)
    if found is None:
        return False, bare
    return bool(found[1] or found[2]), (bare[: found.start()] + bare[found.end() :]).strip()


@lru_cache(maxsize=4096)
def understood(key: str, text: str) -> Sequence[str]:
    """Return the canonical values that a text names, one where it is clear.

    :param key: field, level, form, continuity or nature.
    """
    folded = fold(text)
    for start in ("linh vuc ", "thuoc linh vuc ", "cap ") if key in {"field", "level"} else ():
        folded = folded.removeprefix(start)
    values = vocabulary().values[key]
    alone = [value for value, words in values.items() if folded in words.whole]
    if alone:
        return alone
    found = [
        value
        for value, words in values.items()
        if any(pattern.search(folded) for pattern in words.within)
    ]
    return found or _parts(key, folded, text) or _misspelt(key, folded)


def _parts(key: str, folded: str, text: str) -> list[str]:
    """Return the values of "tỉnh, huyện" and of "Huyện/tỉnh"."""
    if len(folded) > 60:
        return []
    values = vocabulary().values[key]
    parts = [fold(part) for part in re.split(r"[,;/+\n]|\s+và\s+|\s+-\s+", text)]
    if len(parts) < 2:
        return []
    known = [
        value for part in parts for value, words in values.items() if part in words.whole and part
    ]
    return list(dict.fromkeys(known)) if len(known) == len(parts) else []


def _misspelt(key: str, folded: str) -> list[str]:
    if len(folded) < 5:
        return []
    words = {
        word: value
        for value, told in vocabulary().values[key].items()
        for word in told.whole
        if len(word) >= 5
    }
    best = process.extractOne(folded, words.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return [words[best[0]]] if best else []


@lru_cache(maxsize=4096)
def times(text: str, year: int | None) -> Times:
    """Split a period into start and finish, in the words that were written.

    :param year: for "tháng 3" and such.
    """
    bare = normalise(text)
    parts = [part for part in _RANGE.split(_FROM.sub("", bare)) if part]
    if len(parts) == 1:
        parts = _TIGHT_RANGE.split(parts[0])
    known = is_time(bare, year)
    if len(parts) != 2:
        return Times(bare, bare, known)
    first, last = parts
    # "quý I – III", "tháng 3 đến 12": the second leaves out the word of the first
    if not is_time(last, year) or (last.isdigit() and len(last) < 3):
        last = f"{first.partition(' ')[0]} {last}"
    if is_time(first, year) and is_time(last, year):
        return Times(first, last, known)
    return Times(bare, bare, known=False)


@lru_cache(maxsize=4096)
def is_time(text: str, year: int | None) -> bool:
    """Tell whether a text is a day, a month, a quarter, a year, or a stretch of them."""
    try:
        parse_period(text, default_year=year or 2000)
    except DateError:
        return False
    return True
