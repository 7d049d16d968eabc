"""Who speaks in an own paper: how the body calls itself, its letters in the symbol, who signs."""

import re
from dataclasses import dataclass

from kheo.lib.papers.nodes import Signer
from kheo.lib.text.documents import Style, Symbol
from kheo.organisations.models import Kind, Organisation

# letters in the symbol of a committee's papers (31-KH/TU, 62-KH/HU)
_LETTERS = (
    (re.compile(r"^Tỉnh ủy\b", re.IGNORECASE), "TU"),
    (re.compile(r"^Thành ủy\b", re.IGNORECASE), "TU"),
    (re.compile(r"^Thị ủy\b", re.IGNORECASE), "TU"),
    (re.compile(r"^Quận ủy\b", re.IGNORECASE), "QU"),
    (re.compile(r"^Huyện ủy\b", re.IGNORECASE), "HU"),
    (re.compile(r"^Đảng ủy\b", re.IGNORECASE), "ĐU"),
    (re.compile(r"^Đảng bộ\b", re.IGNORECASE), "ĐU"),
    (re.compile(r"^Chi bộ\b", re.IGNORECASE), "CB"),
)
_COMMITTEES = frozenset({"party_committee", "commune_committee"})
_HEADS = (
    (re.compile(r"^Sở\b", re.IGNORECASE), "GIÁM ĐỐC"),
    (re.compile(r"^Phòng\b", re.IGNORECASE), "TRƯỞNG PHÒNG"),
    (re.compile(r"^Ban\b", re.IGNORECASE), "TRƯỞNG BAN"),
    (re.compile(r"^Trường\b", re.IGNORECASE), "HIỆU TRƯỞNG"),
    (re.compile(r"^Đảng (?:ủy|bộ)\b", re.IGNORECASE), "BÍ THƯ"),
    (re.compile(r"^Chi bộ\b", re.IGNORECASE), "BÍ THƯ"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A body as its own paper speaks of it."""

    name: str
    letters: str
    authority: str
    position: str
    is_party: bool
    office: str

    def symbol(self, kind: str) -> Symbol:
        """Return the symbol of a paper without its number, -KH/HU or /KH-UBND."""
        style = Style.PARTY if self.is_party else Style.STATE
        return Symbol(None, kind, self.letters, style)

    def signer(self, position: str, name: str) -> Signer:
        """Return the place to sign, for a position and a name that may be left blank."""
        return Signer(
            authority=self.authority, position=(position or self.position).upper(), name=name
        )


def speaker_of(organisation: Organisation) -> Speaker:
    """Return how an organisation speaks: committees through their standing committee."""
    kind, name = organisation.kind, organisation.name
    if kind.code in _COMMITTEES:
        return Speaker(
            name=f"Ban Thường vụ {_short(name)}",
            letters=_letters(name),
            authority="T/M BAN THƯỜNG VỤ",
            position="PHÓ BÍ THƯ",
            is_party=True,
            office=f"Văn phòng {_short(name)}",
        )
    authority, position = _signing(kind, name)
    return Speaker(
        name=name,
        letters=_letters(name),
        authority=authority,
        position=position,
        is_party=kind.is_party,
        office="Văn thư",
    )


def _signing(kind: Kind, name: str) -> tuple[str, str]:
    if kind.code == "government":
        return "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
    if kind.code == "front":
        return "TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"
    if kind.code in {"mass_organisation", "association"}:
        return "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"
    for pattern, position in _HEADS:
        if pattern.search(name):
            return "", position
    return "", "THỦ TRƯỞNG ĐƠN VỊ"


def _letters(name: str) -> str:
    for pattern, letters in _LETTERS:
        if pattern.search(name):
            return letters
    if found := re.match(r"^(Ban .+?) (Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy|Đảng ủy)\b", name):
        return _initials(found[1]) + _letters(found[2])
    if name.startswith("Ủy ban nhân dân"):
        return "UBND"
    if "Mặt trận Tổ quốc" in name:
        return "MTTQ-BTT"
    return _initials(re.sub(r"\s+(?:tỉnh|huyện|thị xã|thành phố|xã|phường)\b.*$", "", name))


def _initials(words: str) -> str:
    plain = [word for word in re.findall(r"\w+", words) if word.casefold() not in {"và", "của"}]
    return "".join(word[0].upper() for word in plain)[:8] or "CQ"


def _short(name: str) -> str:
    """Return "Huyện ủy" for "Huyện ủy Tân Yên": a paper names its own place in the head alone."""
    found = re.match(r"^(?:Tỉnh|Thành|Thị|Quận|Huyện|Đảng)\s+ủy\b", name, re.IGNORECASE)
    return found[0] if found else name
