"""Cleans the text of a paper, and folds it letter by letter so that offsets stay what they are."""

import re
import unicodedata

from kheo.lib.text.folding import LOOKALIKES

_TAG = re.compile(r"</?[a-z][a-z0-9]{0,9}/?>", re.IGNORECASE)
# emphasis of pasted text; a star before a blank or alone on a line is a bullet or the star that
# stands below a letterhead
_STARS = re.compile(r"\*{2,3}|(?<=[^\s*])\*(?=[\s*]|$)|\*(?=[^\s*])|(?<=\S)\*(?=\S)")
# bold text glued to what stands before it began a line of its own
_GLUED = re.compile(
    r"(?<=[\w.;:])\*\*(?=[A-ZĐÁÀẢÃẠÂẤẦẨẪẬĂẮẰẲẴẶÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ])"
)
_UNDERLINE = re.compile(r"(?<!\w)_(?=\w)|(?<=\w)_(?!\w)")
_BREAK = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n\t]+")
_AROUND_TABS = re.compile(r" ?\t ?")
# words set with a blank between their letters: "B Á O   C Á O"
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){2,20}[^\W\d_](?!\S)")
_EMPTY_LINES = re.compile(r"\n{3,}")
# columns set apart by blanks; room left for a number or a day parts none
_GAP = re.compile(r"(?<=\S) {4,}(?=\S)")
_ROOM = re.compile(r"(?:số|ngày|tháng|năm|/)\s*:?$|^$", re.IGNORECASE)
_QUOTES = dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′`´", "'")
_DASHES = dict.fromkeys("–—‒‑−―‐", "-")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def cleaned(raw: str) -> str:
    """Return the text that is read and printed: NFC, without marks of emphasis, blanks squeezed.

    Line breaks and tabs between cells stay; of empty lines one stays. Words are left as written.
    """
    text = _TAG.sub("", _BREAK.sub("\n", raw))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_SEEN))
    text = _UNDERLINE.sub("", _lines_without_stars(_GLUED.sub("\n", text)))
    text = _SPACED.sub(lambda found: found[0].replace(" ", ""), text)
    text = "\n".join(map(_columns, text.split("\n")))
    text = _AROUND_TABS.sub("\t", _BLANKS.sub(" ", text))
    text = "\n".join(line.rstrip().lstrip(" ") for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def plain_of(text: str) -> str:
    """Return a text of the same length in small letters, tones placed as in "ủy", quotes alike."""
    return _MOVED.sub(lambda found: _MOVES.get(found[0], found[0]), text.translate(_PLAIN))


def folded_of(plain: str) -> str:
    """Return a text of the same length without marks: đ becomes d, ủ becomes u."""
    return plain.translate(_FOLDED)


def squeezed(text: str) -> str:
    """Return a text on one line, without blanks and punctuation at its ends."""
    return " ".join(text.split()).strip(" .,;:…·")


def _lines_without_stars(text: str) -> str:
    return "\n".join(
        line if line.strip() == "*" else _STARS.sub("", line) for line in text.split("\n")
    )


def _columns(line: str) -> str:
    if "    " not in line:
        return line
    return _GAP.sub(lambda gap: " " if _ROOM.search(line[: gap.start()][-8:]) else "\t", line)


class _Table(dict[int, str]):
    """What each code point becomes, always one character; worked out when it is first met."""

    def __init__(self, *, bare: bool) -> None:
        super().__init__()
        self.bare = bare

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        found = _QUOTES.get(letter) or _DASHES.get(letter) or letter
        if letter in _SUPERSCRIPTS:
            found = " "
        elif self.bare and letter in "đĐ":
            found = "d"
        elif self.bare:
            found = unicodedata.normalize("NFD", letter)[0]
        if letter.isspace() and letter not in "\n\t":
            found = " "
        lowered = found.lower()
        self[code] = lowered if len(lowered) == 1 else found
        return self[code]


def _tone_moves() -> dict[str, str]:
    moves = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            new = first + unicodedata.normalize("NFC", second + tone)
            moves[new] = unicodedata.normalize("NFC", first + tone) + second
    return moves


class _Visible(dict[int, str]):
    """What each code point is kept as: nothing where it cannot be seen."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        hidden = letter not in "\n\t" and unicodedata.category(letter) in _INVISIBLE
        blank = letter not in "\n\t" and letter.isspace()
        self[code] = "" if hidden else " " if blank else LOOKALIKES.get(letter, letter)
        return self[code]


_SEEN = _Visible()
_PLAIN, _FOLDED = _Table(bare=False), _Table(bare=True)
_MOVES = _tone_moves()
# The syllable must end there, and the u of "quý" belongs to the q. It begins with one set of
# letters, which the engine looks for far faster than for alternatives.
_ENDS_OF_MOVES = "".join(sorted({move[1] for move in _MOVES}))
_MOVED = re.compile(rf"[ou](?<!qu)[{_ENDS_OF_MOVES}](?![^\W\d_])")
