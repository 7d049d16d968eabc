"""Makes the keys by which Vietnamese text stands in alphabetical order."""

import re
import unicodedata

from kheo.lib.text.folding import LOOKALIKES, fold

# Letters of their own stand behind their plain letter and everything that begins with it:
# "{" and "|" follow "z" in ASCII. Order of the alphabet: a ă â b c d đ e ê … o ô ơ … u ư.
_OWN_LETTERS = {
    "ă": "a{",
    "â": "a|",
    "đ": "d{",
    "ê": "e{",
    "ô": "o{",
    "ơ": "o|",
    "ư": "u{",
}
# The order of tones in Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "\x01", "\u0309": "\x02", "\u0303": "\x03", "\u0301": "\x04", "\u0323": "\x05"}
_TONE = re.compile("[\x01-\x05]")
_NUMBER = re.compile("0*([0-9]+)")
_REMEMBERED = 0x2100


class _OrderTable(dict[int, str]):
    """What each code point weighs: its letter, then its tone."""

    def __missing__(self, code: int) -> str:
        weight = _weigh(chr(code))
        if code < _REMEMBERED:
            self[code] = weight
        return weight


def sort_key(text: str) -> str:
    """Return a key that puts texts in Vietnamese alphabetical order when keys are compared.

    Letters decide first, by word ("an" before "an binh" before "anh"); tones decide between equal
    letters, wherever in the syllable they are written; numbers stand by value ("Thôn 2" before
    "Thôn 10"). Capitals and punctuation do not count. Keys of Vietnamese text are plain ASCII, so
    they compare alike in Python, in SQLite (BINARY) and in PostgreSQL (collation "C"). A key may be
    cut at the end to fit a column; it is never longer than three times its text and one more.
    """
    weighed = unicodedata.normalize("NFC", text).translate(_TABLE).split()
    tones = "".join(_tone_of(word) for word in weighed).rstrip("0")
    letters = _NUMBER.sub(_by_value, _TONE.sub("", "-".join(weighed)))
    return f"{letters} {tones}" if tones else letters


def _weigh(letter: str) -> str:
    parts = unicodedata.normalize("NFD", LOOKALIKES.get(letter, letter).lower())
    tone = next((_TONES[part] for part in parts if part in _TONES), "")
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return (_OWN_LETTERS.get(bare) or fold(bare) or _gap(letter)) + tone


def _gap(letter: str) -> str:
    """Return what stands for a letter that folds to nothing: a mark joins, punctuation parts."""
    joins = unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Mn"}
    return "" if joins else " "


def _tone_of(word: str) -> str:
    found = _TONE.search(word)
    return str(ord(found[0])) if found else "0"


def _by_value(found: re.Match[str]) -> str:
    """Write a number after the count of its digits, so that 2 precedes 10."""
    return f"{min(len(found[1]), 9)}{found[1]}"


_TABLE = _OrderTable()
