"""Folds Vietnamese text for searching and normalises its spelling for keeping."""

import codecs
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Eth and African D look like Đ and stand in for it in text converted from old fonts.
LOOKALIKES = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}

_REMEMBERED = 0x2100  # code points above are folded each time, so that the table stays small

_OPEN_SYLLABLES = ("oa", "oe", "uy")
_VOWELS = "aăâeêioôơuưy"
_TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng

_WORD = re.compile(r"[^\W_]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


class _FoldingTable(dict[int, str | int]):
    """What each code point becomes; worked out when it is first met.

    A single letter is held as its code point, which `str.translate` takes quickest.
    """

    def __missing__(self, code: int) -> str | int:
        letters = _fold_letter(chr(code))
        folded = ord(letters) if len(letters) == 1 else letters
        if code < _REMEMBERED:
            self[code] = folded
        return folded


def fold(text: str) -> str:
    """Return text as it is searched: lower-case words of plain letters, single spaces between.

    Tone marks and letter marks fall away, đ becomes d, punctuation parts words. Composed (NFC) and
    decomposed (NFD) spellings fold alike, and a folded text folds to itself.
    """
    try:
        page = codecs.charmap_encode(text, "strict", _PAGE)[0]
        folded = page.translate(_PAGE_FOLDED).decode("ascii")
    except UnicodeEncodeError:
        folded = text.translate(_TABLE)
    while "  " in folded:
        folded = folded.replace("  ", " ")
    return folded.strip()


def words_with_marks(text: str) -> Iterable[str]:
    """Return the words of a text that carry tone or letter marks, in small letters, each once."""
    try:
        page = codecs.charmap_encode(text, "strict", _PAGE)[0]
    except UnicodeEncodeError:
        return filter(_is_marked, dict.fromkeys(_WORD.findall(text.casefold())))
    return filter(None, map(_if_marked, dict.fromkeys(page.translate(_SMALL_WORDS).split())))


def normalise(text: str, *, keep_lines: bool = False) -> str:
    """Return text as it is kept: NFC, tones placed as in "ủy" and "hòa", nothing invisible.

    Spaces are squeezed and trimmed. Line breaks become spaces too, unless `keep_lines`; then each
    line is trimmed, and empty lines stay only between lines, at most one at a time.
    """
    # single breaks between trimmed lines stay as they are
    if _is_normal(text.replace("\n", " ") if keep_lines else text):
        return text
    if not text.isprintable():
        text = _without_invisible(_LINE_BREAK.sub("\n" if keep_lines else " ", text))
    if not text.isascii():
        text = _spelt_alike(text)
    if "\n" not in text:
        return " ".join(text.split())
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", lines).strip()


def _is_normal(text: str) -> bool:
    """Tell quickly of a text on one line that nothing of it has to be changed; unsure is no."""
    try:
        # what fits the page is composed and holds no lookalikes
        kinds = codecs.charmap_encode(text, "strict", _PAGE)[0].translate(_KINDS)
    except UnicodeEncodeError:
        return False
    spaced = b" " + kinds + b" "
    return not (b"  " in spaced or b"x" in kinds or b"ov " in spaced or b"ov." in kinds)


def _fold_letter(letter: str) -> str:
    if LOOKALIKES.get(letter, letter) in "đĐ":
        return "d"
    if unicodedata.category(letter) == "Cf" or unicodedata.combining(letter):
        return ""
    plain = unicodedata.normalize("NFKD", letter).casefold()
    if plain != letter:
        return "".join(_fold_letter(part) for part in plain)
    if unicodedata.category(letter) == "Mn":
        return ""
    return letter if letter.isalnum() else " "


def _without_invisible(text: str) -> str:
    return "".join(
        letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter) not in _INVISIBLE
    )


def _spelt_alike(text: str) -> str:
    for lookalike, letter in LOOKALIKES.items():
        text = text.replace(lookalike, letter)
    return _NEW_STYLE.sub(_place_tone, unicodedata.normalize("NFC", text))


def _tone_moves() -> dict[str, str]:
    """Return each open syllable's end in the new placing with its end in the old: oà → òa."""
    moves = {}
    for syllable in _OPEN_SYLLABLES:
        for cased in (syllable, syllable.title(), syllable.upper()):
            first, second = cased[0], cased[1]
            for tone in _TONE_MARKS:
                moves[_compose(first, second, tone)] = _compose(first, tone, second)
    return moves


def _compose(*parts: str) -> str:
    return unicodedata.normalize("NFC", "".join(parts))


def _place_tone(found: re.Match[str]) -> str:
    return _MOVES.get(found[0], found[0])


def _code_page() -> str:
    """Return 256 characters, one for each byte: ASCII, the letters of Vietnamese, marks."""
    letters = [_compose(vowel, tone) for vowel in _VOWELS for tone in ("", *_TONE_MARKS)] + ["đ"]
    both = dict.fromkeys(
        cased for letter in letters for cased in (letter, letter.upper()) if not cased.isascii()
    )
    page = "\0\t\n\r" + "".join(map(chr, range(32, 127))) + "".join(both)
    return (page + "“”‘’–—…\xa0").ljust(256, "\ufffe")  # the code point that is no character


def _small_words(page: str) -> bytes:
    """Return what each byte of the page becomes where words are parted: its small letter or " ".

    What bytes part words at (blanks and breaks) stands for punctuation on the page.
    """
    small = (letter.casefold() if letter.isalnum() else "" for letter in page)
    return bytes(page.index(letter) if letter else ord(" ") for letter in small)


@lru_cache(maxsize=50_000)
def _if_marked(word: bytes) -> str:
    """Return a word of the page where it carries marks, "" where it carries none."""
    spelt = codecs.charmap_decode(word, "strict", _LETTERS)[0]
    return spelt if _is_marked(spelt) else ""


def _is_marked(word: str) -> bool:
    return not word.isascii() and fold(word) != word


def _kind(letter: str) -> str:
    """Tell what a character of the page is, as far as it matters to how a text is kept."""
    if letter in "oOuU":
        return "o"
    if letter in _TONED:
        return "v"
    if letter.isalpha():
        return "l"
    return "x" if not letter.isprintable() else " " if letter == " " else "."


_TABLE = _FoldingTable()
# Nearly every text fits one page of 256 characters, and bytes are folded five times as fast.
_LETTERS = _code_page()
_PAGE = codecs.charmap_build(_LETTERS)
_PAGE_FOLDED = "".join(_fold_letter(letter)[0] for letter in _LETTERS).encode("ascii")
_SMALL_WORDS = _small_words(_LETTERS)
_TONED = "àảãáạÀẢÃÁẠèẻẽéẹÈẺẼÉẸỳỷỹýỵỲỶỸÝỴ"
_KINDS = "".join(map(_kind, _LETTERS)).encode("ascii")
_MOVES = _tone_moves()
# The syllable must end there ("hoàn" is spelt one way only), and the u of "quý" belongs to the q.
# It begins with one set of letters, which the engine looks for far faster than for alternatives.
_NEW_STYLE = re.compile(rf"[oOuU](?<![qQ][uU])[{_TONED}](?![^\W\d_]|[\u0300-\u036f])")
