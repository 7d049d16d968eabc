"""How papers name bodies: one name taken apart into what it is, on which level, and where."""

import re
from dataclasses import dataclass
from functools import lru_cache

from kheo.lib.text.folding import fold, normalise

# written short on paper; capitals only, since "hu" or "tu" are also syllables
_SHORT = {
    "UBMTTQVN": "Mặt trận Tổ quốc",
    "UBMTTQ": "Mặt trận Tổ quốc",
    "MTTQVN": "Mặt trận Tổ quốc",
    "MTTQ": "Mặt trận Tổ quốc",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "UBKT": "Ủy ban Kiểm tra",
    "BDVTU": "Ban Dân vận Tỉnh ủy",
    "BDVHU": "Ban Dân vận Huyện ủy",
    "BDV": "Ban Dân vận",
    "BTGDV": "Ban Tuyên giáo và Dân vận",
    "BTG": "Ban Tuyên giáo",
    "BTV": "Ban Thường vụ",
    "BCH": "Ban Chấp hành",
    "BCHQS": "Ban Chỉ huy Quân sự",
    "BĐBP": "Bộ đội Biên phòng",
    "LLVT": "lực lượng vũ trang",
    "LHPN": "Liên hiệp Phụ nữ",
    "LĐLĐ": "Liên đoàn Lao động",
    "CCB": "Cựu chiến binh",
    "ĐTN": "Đoàn Thanh niên",
    "TNCS": "Thanh niên",
    "CT-XH": "chính trị - xã hội",
    "CTXH": "chính trị - xã hội",
    "VP": "Văn phòng",
    "TU": "Tỉnh ủy",
    "HU": "Huyện ủy",
    "ĐU": "Đảng ủy",
    "TW": "Trung ương",
    "TƯ": "Trung ương",
    "TQ": "Tổ quốc",
    "TP": "thành phố",
}
_SHORT_WORDS = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(map(re.escape, _SHORT), key=len, reverse=True)) + r")(?![\w-])"
)
# ways of writing that mean the same, on small letters with their marks
_SAME: tuple[tuple[str, str], ...] = (
    (r"\bcq\b", "cơ quan"),
    (r"mật trận", "mặt trận"),
    (r"\bủy ban mặt trận\b", "mặt trận"),
    (r"\btổ quốc việt nam\b", "tổ quốc"),
    (r"\bphụ nữ việt nam\b", "phụ nữ"),
    (r"\bnông dân việt nam\b", "nông dân"),
    (r"\bthanh niên( cộng sản)? hồ chí minh\b", "thanh niên"),
    (r"\b(tỉnh|huyện|thành|thị) đoàn\b", r"đoàn thanh niên \1"),
    (r"\b(thanh niên) thành\b", r"\1 thành phố"),
    (r"\b(thanh niên) thị\b", r"\1 thị xã"),
    (r"\bđảng bộ\b", "đảng ủy"),
    (r"\bban chấp hành đảng ủy\b", "đảng ủy"),
    # the standing bodies of a committee speak for it
    (r"^(ban thường vụ|thường trực|ban chấp hành)\s+(?=\S)", ""),
)
_LEVELS: dict[str, frozenset[str]] = {
    "trung ương": frozenset({"central"}),
    "tỉnh": frozenset({"province"}),
    "thành phố": frozenset({"province", "district"}),
    "thành": frozenset({"province", "district"}),
    "huyện": frozenset({"district"}),
    "thị xã": frozenset({"district"}),
    "thị": frozenset({"district"}),
    "quận": frozenset({"district"}),
    "xã": frozenset({"commune"}),
    "phường": frozenset({"commune"}),
    "thị trấn": frozenset({"commune"}),
    "đặc khu": frozenset({"commune"}),
}
# "tỉnh ủy" and "tỉnh"; "thành" and "thị" stand for a level only before "ủy"; "xã hội" is none
_LEVEL = re.compile(
    r"\b(?:(?P<committee>tỉnh|thành|huyện|thị|quận) ủy"
    r"|(?P<word>trung ương|thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|phường"
    r"|xã(?! hội)))\b"
)
_PLURAL = re.compile(r"\b(?:các|những|mỗi|mọi|tất cả|toàn thể|lực lượng vũ trang)\b")
# "mỗi cơ quan, đơn vị, tổ chức từ tỉnh đến cơ sở": everybody; the first word is often cut off
_EVERYBODY = re.compile(
    r"(?:đối với )?(?:(?:các|những|mỗi|mọi|tất cả|toàn thể) )*"
    r"(?:(?:cơ quan|đơn vị|địa phương|tổ chức)(?:, | và |\s|$))+(?:từ .*)?"
)
_HEAD = re.compile(
    r"(?:ban|bộ|công an|đài|đảng|đoàn|hội|huyện|liên|mặt trận|phòng|sở|thành|thị|tỉnh|tòa án|"
    r"trung tâm|trường|ủy ban|văn phòng|viện|xã|phường|chi cục|kho bạc)\b"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_COMMITTEE = "dang uy"


@dataclass(frozen=True)
class BodyName:
    """A name taken apart: "Ban Dân vận Huyện ủy Tân Yên" → ban dan van, district, tan yen."""

    written: str
    core: str
    levels: frozenset[str]
    place: str
    outer: tuple[str, ...] = ()
    spelt_out: str = ""

    @property
    def is_group(self) -> bool:
        """Tell whether it means many bodies: "các xã, thị trấn"."""
        return bool(_PLURAL.search(self.spelt_out)) or self.is_everybody

    @property
    def is_everybody(self) -> bool:
        """Tell whether it means every body there is: "mỗi đơn vị"."""
        return bool(_EVERYBODY.fullmatch(self.spelt_out))

    @property
    def is_committee(self) -> bool:
        """Tell whether it is the party committee of a level or a place."""
        return self.core == _COMMITTEE


def spell_out(text: str) -> str:
    """Return a name in small letters without abbreviations: "Ủy ban MTTQ huyện" → "mặt trận …"."""
    words = _SHORT_WORDS.sub(lambda found: _SHORT[found[1]], normalise(_BRACKETS.sub(" ", text)))
    words = words.strip(" .,;:-*“”\"'").lower()
    for pattern, same in _SAME:
        words = re.sub(pattern, same, words)
    return words.strip()


@lru_cache(maxsize=20_000)
def take_apart(text: str) -> BodyName:
    """Return what a name says of the body: its kind, its level and its place, all folded."""
    words = spell_out(text)
    found = _LEVEL.search(words)
    if found is None:
        return BodyName(text, _core(words), frozenset(), "", spelt_out=words)
    before, after = words[: found.start()].strip(), words[found.end() :]
    word = found["committee"] or found["word"]
    core = _core(before)
    if not core and found["committee"]:
        core = _COMMITTEE
    place, outer = _places(after)
    return BodyName(text, core, _LEVELS[word], place, outer, words)


def spellings(name: BodyName) -> set[str]:
    """Return the ways in which the register may spell a name that is written out in full."""
    words = name.spelt_out.partition(",")[0]
    found = {words, normalise(name.written).partition(",")[0].lower()}
    found.add(re.sub(r"\bđảng ủy\b", "đảng bộ", words))
    if name.core == "mat tran to quoc":
        found.add(f"ủy ban {words}")
        found.add(words.replace("tổ quốc", "tổ quốc việt nam"))
        found.add(f"ủy ban {words}".replace("tổ quốc", "tổ quốc việt nam"))
    if not name.core:
        # "xã An Dương" as a unit is its party committee
        found.add(f"đảng ủy {words}")
    return found - {""}


def parts_of(text: str) -> list[str]:
    """Return the names in a list of bodies; what is one name, or a group, stays whole.

    >>> parts_of("Ban Tuyên giáo, Ban Dân vận Tỉnh ủy")
    ['Ban Tuyên giáo', 'Ban Dân vận Tỉnh ủy']
    """
    whole = normalise(text).strip(" .,;:")
    if not whole:
        return []
    if take_apart(whole).is_group:
        return [whole]
    parts = [part.strip(" .,;:") for part in re.split(r"[,;]| và (?=[A-ZĐƯ])", whole)]
    named = len(parts) > 1 and all(_HEAD.match(spell_out(part)) for part in parts)
    return parts if named and not _qualifies(parts) else [whole]


def _qualifies(parts: list[str]) -> bool:
    """Tell whether what follows the comma only says where the first one lies: "…, huyện Y"."""
    return any(not take_apart(part).core for part in parts[1:])


def _core(words: str) -> str:
    kept = [word for word in fold(words).split() if word not in {"va", "cua", "thuoc", "cap"}]
    return " ".join(kept)


def _places(after: str) -> tuple[str, tuple[str, ...]]:
    """Return the place that follows the word for the level, and the places around it."""
    parts = [fold(part) for part in _LEVEL.sub(",", after).split(",")]
    return parts[0], tuple(part for part in parts[1:] if part)
