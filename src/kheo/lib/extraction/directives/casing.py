"""Writes names in capitals, as letterheads have them, the way ordinary text has them."""

import re
from functools import cache

from kheo.lib.extraction.directives.rules import table
from kheo.lib.text.folding import normalise

_QUOTED = re.compile(r"(?<=[\"“])\w")
_WORD = re.compile(r"[^\W_]+")


def in_ordinary_letters(text: str) -> str:
    """Return "Huyện ủy Tân Yên" for "HUYỆN ỦY TÂN YÊN"; what is in small letters stays."""
    told = normalise(text)
    if not told.isupper():
        return told
    kept, small = set(table("spelling")["kept"]), set(table("spelling")["small"])

    def written(found: re.Match[str]) -> str:
        word = found[0]
        if word in kept:
            return word
        return word.lower() if word.lower() in small else word.capitalize()

    said = _WORD.sub(written, told)
    for pattern, phrase in _phrases():
        said = pattern.sub(phrase, said)
    return said[:1].upper() + said[1:]


def in_sentence_letters(text: str) -> str:
    """Return a title in capitals as a sentence; what is quoted in it begins with a capital."""
    told = normalise(text)
    if sum(map(str.isupper, told)) * 2 < sum(map(str.isalpha, told)):
        return told
    said = _WORD.sub(
        lambda found: found[0] if found[0] in table("spelling")["kept"] else found[0].lower(), told
    )
    said = _QUOTED.sub(lambda found: found[0].upper(), said)
    return said[:1].upper() + said[1:]


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    phrases: list[str] = sorted(table("spelling")["phrases"], key=len)
    return tuple((re.compile(rf"\b{re.escape(one)}\b", re.IGNORECASE), one) for one in phrases)
