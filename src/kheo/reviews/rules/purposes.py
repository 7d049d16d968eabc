"""What a heading of an outline asks for, where nobody said so: read off its words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kheo.lib.text.folding import fold
from kheo.reviews.enums import HeadingPurpose
from kheo.reviews.models import OutlineHeading
from kheo.rounds.enums import Field

# the words of S0 and S3, folded; the first that fits is taken
_PURPOSES = tuple(
    (re.compile(pattern), purpose)
    for pattern, purpose in (
        (r"kien nghi|de xuat", HeadingPurpose.PETITIONS),
        (
            r"phuong huong|nhiem vu.*(thoi gian toi|thoi gian den|nam toi)",
            HeadingPurpose.DIRECTIONS,
        ),
        (r"bai hoc|kinh nghiem", HeadingPurpose.LESSONS),
        (r"han che|khuyet diem|ton tai|vuong mac", HeadingPurpose.LIMITS),
        (r"nguyen nhan", HeadingPurpose.CAUSES),
        (r"uu diem|mat manh", HeadingPurpose.STRENGTHS),
        (r"khen thuong|bieu duong", HeadingPurpose.HONOURS),
        (r"nhan rong|xay dung.*mo hinh", HeadingPurpose.BUILDING),
        (r"linh vuc (?!khac)(?=kinh te|phat trien|van hoa|quoc phong|an ninh|xay dung)", "field"),
        (r"tren cac linh vuc|ket qua.*(linh vuc|phong trao thi dua)", HeadingPurpose.RESULTS),
        (r"lanh dao|chi dao|trien khai|quan triet", HeadingPurpose.GUIDANCE),
        (r"tinh hinh|khai quat|dac diem", HeadingPurpose.GENERAL),
        (r"ket qua", HeadingPurpose.RESULTS),
    )
)
_FIELDS = (
    (re.compile(r"linh vuc.*(he thong chinh tri|xay dung dang)"), Field.POLITICAL_SYSTEM),
    (re.compile(r"linh vuc.*(quoc phong|an ninh)"), Field.DEFENCE_SECURITY),
    (re.compile(r"linh vuc.*van hoa"), Field.CULTURE_SOCIETY),
    (re.compile(r"linh vuc.*kinh te"), Field.ECONOMY),
)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a heading asks for, and of which field; both may be unknown."""

    purpose: str = ""
    field: str = ""


def purpose_of_words(title: str) -> Purpose:
    """Return what a heading asks for by its words alone ("2.1.1. Lĩnh vực phát triển kinh tế")."""
    # what stands in brackets explains and may name anything
    words = fold(title.partition("(")[0])
    for pattern, field in _FIELDS:
        if pattern.match(words):
            return Purpose(HeadingPurpose.FIELD, field)
    for pattern, purpose in _PURPOSES:
        if pattern.search(words):
            return Purpose(str(purpose))
    return Purpose()


def purposes_of(outline: Iterable[OutlineHeading]) -> Mapping[int, Purpose]:
    """Return what each heading asks for: as said, else by its words, else as the one above it.

    :param outline: the whole outline from top to bottom.
    """
    found: dict[int, Purpose] = {}
    for heading in outline:
        if heading.purpose:
            purpose = Purpose(heading.purpose, heading.field)
        else:
            purpose = purpose_of_words(heading.title)
            above = found.get(heading.parent_id or 0, Purpose())
            purpose = purpose if purpose.purpose else above
        found[heading.pk] = purpose
    return found


def headings_for(
    outline: Iterable[OutlineHeading], *wanted: HeadingPurpose
) -> list[OutlineHeading]:
    """Return the headings that ask for one of the wanted things, in the order of the outline."""
    headings = list(outline)
    purposes = purposes_of(headings)
    return [heading for heading in headings if purposes[heading.pk].purpose in wanted]
