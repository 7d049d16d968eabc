"""Groups of bodies as papers name them: "các xã, thị trấn" as kinds on a level, not as one body."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kheo.directives.queries.body_names import spell_out, take_apart

# what a part of the name says, the kinds meant, and the level: "own" is the issuer's, "next" the
# one below it; an example stands beside each
_KINDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    # các xã, phường, thị trấn
    (
        r"\b(?:xã(?! hội)|phường|thị trấn|đặc khu)\b(?!.*đảng ủy trực thuộc)",
        ("commune_committee",),
        "commune",
    ),
    # các huyện, thị, thành ủy
    (
        r"các (?:huyện|thị|thành|quận)\b|huyện, (?:thị|thành)",
        ("party_committee",),
        "district",
    ),
    # các chi, đảng bộ trực thuộc Huyện ủy
    (
        r"\b(?:chi bộ|chi, đảng ủy|đảng ủy trực thuộc|đảng ủy cơ sở|tổ chức (?:cơ sở )?đảng)\b",
        ("grassroots_party", "commune_committee", "party_committee"),
        "next",
    ),
    # các cơ quan chuyên trách tham mưu, giúp việc Tỉnh ủy
    (
        r"tham mưu|giúp việc|\bban đảng\b|(?:cơ quan|đơn vị) thuộc (?:tỉnh|huyện|thành|thị) ủy",
        ("party_advisory",),
        "own",
    ),
    # các sở, ban, ngành; các cơ quan, đơn vị thuộc UBND huyện
    (r"\b(?:sở|ngành|phòng|cơ quan, đơn vị)\b|thuộc.* ủy ban nhân dân", ("agency",), "own"),
    (r"mặt trận", ("front",), "own"),
    # các tổ chức chính trị - xã hội; đoàn thể
    (r"chính trị\W+xã hội|đoàn thể", ("mass_organisation",), "own"),
    (r"hội quần chúng|tổ chức hội|hội đặc thù", ("association",), "own"),
    (r"lực lượng vũ trang|công an.*quân sự", ("armed_force",), "own"),
    (r"đơn vị sự nghiệp", ("public_service",), "own"),
    (r"\btrường(?: học)?\b", ("school",), ""),
    (r"doanh nghiệp", ("enterprise",), ""),
    (r"\b(?:thôn|tổ dân phố|bản|khu phố)\b", ("locality",), ""),
)


@dataclass(frozen=True)
class Group:
    """Kinds of bodies with their levels; an empty level means all of them, no kinds everybody."""

    kinds: tuple[tuple[str, str], ...]
    count: int = 0


def group_of(text: str, *, own: str, following: str) -> Group | None:
    """Return which kinds of bodies a name means, or None when it means none that is known.

    :param own: the code of the issuer's level; the name may say another one.
    :param following: the code of the level below it.
    """
    name = take_apart(text)
    if name.is_everybody:
        return Group(())
    if not name.is_group:
        return None
    words = spell_out(text)
    said = _level_said(words) or own
    levels = {"own": said, "next": following}
    found: dict[tuple[str, str], None] = {}
    for pattern, kinds, level in _KINDS:
        if re.search(pattern, words):
            found.update(dict.fromkeys((kind, levels.get(level, level)) for kind in kinds))
    return Group(tuple(found)) if found else None


def counted(group: Group, counts: Mapping[tuple[str, str], int]) -> Group:
    """Return the group with the number of bodies it means, from counts by kind and level."""
    if not group.kinds:
        return Group((), sum(counts.values()))
    count = sum(
        number
        for (kind, level), number in counts.items()
        if (kind, level) in group.kinds or (kind, "") in group.kinds
    )
    return Group(group.kinds, count)


def _level_said(words: str) -> str:
    """Return the level that stands behind the list: "… chính trị - xã hội huyện"."""
    found = re.search(r"\b(tỉnh|huyện)(?: ủy)?(?:$|[,.;]|\s+[^,.;]+$)", words)
    return {"tỉnh": "province", "huyện": "district"}[found[1]] if found else ""
