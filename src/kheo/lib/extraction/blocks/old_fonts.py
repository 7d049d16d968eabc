"""Turns text typed for the old Vietnamese fonts (TCVN3, VNI) and code pages into Unicode."""

import re
import unicodedata
from collections.abc import Callable

from kheo.lib.extraction.blocks.parts import Cell, Document, Line, Part
from kheo.lib.text.folding import fold

# TCVN 5712:1993, third table, as the fonts called .VnTime show it; each second letter stands for
# the one before it. Capitals with tones had fonts of their own and come out small.
_TCVN3 = dict(
    pair
    for pair in zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans(_TCVN3)

# VNI sets a mark behind the letter it belongs to
_VNI_MARKS = {
    "a": dict(zip("ùøûõïêéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
}
_VNI_ALONE = dict(zip("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", strict=True))
_VNI_PAIR = re.compile("([aeouyôöAEOUYÔÖ])([ùøûõïêéèúüëâáàåãäÙØÛÕÏÊÉÈÚÜËÂÁÀÅÃÄ])")

_MODERN = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_HIGH = re.compile("[\x80-\xff]")
# letters of the old tables that Vietnamese does not have in Unicode
_STRANGE = re.compile("[¡-¦¨-ª¬-¯µ-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñöøûüþÿ]")
# syllables that stand in every form; a text in the wrong letters holds none of them
_EVIDENCE = frozenset(
    re.findall(
        r"\S+",
        "mô hình điển đăng ký tập thể vận khéo kinh tế lĩnh vực xây dựng danh sách địa chỉ tên nội "
        "thực hiện thời gian nhân rộng cá văn hóa xã hội quốc phòng trị huyện tỉnh đơn vị hệ thống "
        "chính mới của và",
    )
)


def decoded_best(content: bytes) -> str:
    """Decode bytes that are no UTF-8 by the page in which most words of Vietnamese come out."""
    western = content.decode("latin-1")
    texts = [
        unicodedata.normalize("NFC", content.decode("cp1258", errors="replace")),
        _from_tcvn3(western),
        _from_vni(western),
    ]
    return max(texts, key=_evidence)


def with_modern_letters(document: Document) -> Document:
    """Return a document whose texts typed for old fonts are told in Unicode.

    A text is changed only where the whole document gives evidence, and only when it holds letters
    of the old tables and none that is Vietnamese in Unicode.
    """
    sample = "\n".join(_sample(document))
    if not _STRANGE.search(sample):
        return document
    suspects = "\n".join(text for text in sample.split("\n") if _is_suspect(text))
    converters: tuple[Callable[[str], str], ...] = (str, _from_tcvn3, _from_vni)
    best = max(converters, key=lambda convert: _evidence(convert(suspects)))
    if best is str:
        return document
    parts = tuple(
        Part(part.name, tuple(_line(line, best) for line in part.lines)) for part in document.parts
    )
    return Document(parts, document.stamp)


def _sample(document: Document) -> list[str]:
    return [cell.text for part in document.parts for line in part.lines[:60] for cell in line.cells]


def _is_suspect(text: str) -> bool:
    return bool(_HIGH.search(text)) and not _MODERN.search(text)


def _line(line: Line, convert: Callable[[str], str]) -> Line:
    cells = tuple(
        Cell(convert(c.text), c.column, c.span, c.depth, c.day, covered=c.covered)
        if _is_suspect(c.text)
        else c
        for c in line.cells
    )
    return Line(cells, line.row, line.table, line.paragraph)


def _evidence(text: str) -> int:
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text).lower())
    return sum(word in _EVIDENCE and word != fold(word) for word in words)


def _from_tcvn3(text: str) -> str:
    # capitals with tones had fonts of their own, so they arrive as small letters among capitals
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    capitals = len(plain) > 3 and all(letter.isupper() for letter in plain)
    found = text.translate(_TCVN3_TABLE)
    return found.upper() if capitals else found


def _from_vni(text: str) -> str:
    """Join letters with the marks behind them; what is joined is not looked at again."""
    found: list[str] = []
    place = 0
    while place < len(text):
        pair = _VNI_PAIR.match(text, place)
        joined = _joined(pair[1], pair[2]) if pair else None
        if pair and joined:
            found.append(joined)
            place += 2
        else:
            found.append(_VNI_ALONE.get(text[place], text[place]))
            place += 1
    return "".join(found)


def _joined(letter: str, mark: str) -> str | None:
    joined = _VNI_MARKS[letter.lower()].get(mark.lower())
    return joined.upper() if joined and letter.isupper() else joined
