"""Reads and writes the number and symbol of an official document."""

import re
from dataclasses import dataclass
from enum import Enum

from kheo.lib.text.folding import fold, normalise
from kheo.lib.text.numbers import two_digits

KINDS = ("CT", "KH", "CV", "HD", "QĐ", "BC", "CTr", "TTr", "TB", "NQ", "KL", "QC", "BB", "ĐA")
# Kinds that only the state issues.
STATE_KINDS = ("NĐ", "TT", "NQLT", "TTLT", "CĐ", "QyĐ", "GM", "GT")

_KIND_BY_FOLD = {fold(kind): kind for kind in (*KINDS, *STATE_KINDS)}
_LABEL = re.compile(r"^số\b\s*:?", re.IGNORECASE)
_CODE = r"[^\W\d_][\w&.]*"
_PARTY = re.compile(rf"(?P<number>\d{{0,5}})-(?P<kind>{_CODE})/(?P<issuer>{_CODE}(?:[-/]{_CODE})*)")
_STATE = re.compile(
    rf"(?P<number>\d{{0,5}})/(?:(?P<year>\d{{4}})/)?(?P<kind>{_CODE})-(?P<issuer>{_CODE}(?:-{_CODE})*)"
)
_LONGEST = 60


class SymbolError(ValueError):
    """The text is not the number and symbol of a document."""


class Style(Enum):
    """Whose way of writing a symbol follows."""

    PARTY = "party"
    STATE = "state"


@dataclass(frozen=True)
class Symbol:
    """The number and symbol of a document; a draft has no number yet."""

    number: int | None
    kind: str
    issuer: str
    style: Style = Style.PARTY
    year: int | None = None

    def __str__(self) -> str:
        """Write 31-KH/TU or 30/QĐ-UBND, with a zero before numbers below 10."""
        number = "" if self.number is None else two_digits(self.number)
        if self.style is Style.PARTY:
            return f"{number}-{self.kind}/{self.issuer}"
        year = f"/{self.year}" if self.year else ""
        # A state letter names its issuer only: 123/UBND-NC.
        kind = "" if self.kind == "CV" else f"{self.kind}-"
        return f"{number}{year}/{kind}{self.issuer}"


def format_number_line(symbol: Symbol) -> str:
    """Write the line under the letterhead: "Số 31-KH/TU" (party), "Số: 30/QĐ-UBND" (state).

    A draft leaves room for the number. Sources: guidance 36-HD/VPTW; decree 30/2020/NĐ-CP, annex I.
    """
    label = "Số" if symbol.style is Style.PARTY else "Số:"
    room = "      " if symbol.number is None else " "
    return f"{label}{room}{symbol}"


def parse_symbol(text: str) -> Symbol:
    """Read a symbol in either style, with or without "Số", spaces or a number.

    :raises SymbolError: when the text is none.
    """
    bare = _LABEL.sub("", normalise(text[: _LONGEST + 1])).replace(" ", "").replace("–", "-")
    if len(text) > _LONGEST:
        raise SymbolError(text[:_LONGEST])
    if found := _PARTY.fullmatch(bare):
        return Symbol(_number(found), _kind(found["kind"]), found["issuer"])
    if found := _STATE.fullmatch(bare):
        return _state_symbol(found)
    raise SymbolError(text)


def _state_symbol(found: re.Match[str]) -> Symbol:
    year = int(found["year"]) if found["year"] else None
    kind, issuer = found["kind"], found["issuer"]
    if fold(kind) not in _KIND_BY_FOLD:
        kind, issuer = "CV", f"{kind}-{issuer}"
    return Symbol(_number(found), _kind(kind), issuer, Style.STATE, year)


def _number(found: re.Match[str]) -> int | None:
    return int(found["number"]) if found["number"] else None


def _kind(code: str) -> str:
    return _KIND_BY_FOLD.get(fold(code), code.upper())
