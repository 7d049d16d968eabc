"""Tells whom a demand is for: by its clause, its sentence, its paragraph or the heading above."""

import re
from dataclasses import dataclass

from kheo.lib.extraction.directives.paper import Paper, Span
from kheo.lib.extraction.directives.rules import rule

_SENTENCE_END = re.compile(r'[.!?](?=\s+["(*+-]?\s?[A-ZÀ-Ỹ0-9])|\n')
_GENERIC = re.compile(r"(?:cơ quan|đơn vị|tổ chức|địa phương|[,;]|và|\s)+")
_BULLET = re.compile(r"[-+*•·]|[a-zđ][.)]\s")
_MOST_ABOVE = 12
_LONGEST = 3000
# the word behind a name tells where it ends
_LOOK = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a demand stands: its paragraph, its sentence and its clause."""

    block: Span
    sentence: Span
    clause: int


def place_of(paper: Paper, start: int) -> Place:
    """Return the sentence and clause around an offset."""
    block = paper.block_at(start)
    # a paragraph may be as long as a file; a sentence is not
    begin, end = max(block.start, start - _LONGEST), min(block.end, start + _LONGEST)
    for found in _SENTENCE_END.finditer(paper.flat, begin, end):
        if found.end() <= start:
            begin = found.end()
        else:
            end = found.start()
            break
    sentence = paper.trimmed(begin, max(begin, end))
    clause = paper.plain.rfind(";", sentence.start, start) + 1
    return Place(block, sentence, clause or sentence.start)


def audience_of(paper: Paper, place: Place, at: int, *, by_level: bool = True) -> str | None:
    """Return the bodies that a demand at an offset is for, in the words of the paper.

    :param by_level: whether "cấp huyện" right before it names bodies; of a number it is the level.
    """
    clause, sentence, block = place.clause, place.sentence.start, place.block.start
    near = rule("audiences", "audience.near").pattern.search(paper.plain, max(clause, at - 40), at)
    if near and by_level:
        return paper.told(*near.span("audience"))
    for start in dict.fromkeys((clause, sentence, block)):
        if said := _said(paper, "audience.for", start, place.block.end, at):
            return paper.told(*said)
    # who is the subject of one sentence need not be that of the next
    whole = _said(paper, "audience.subject", sentence, place.block.end, at)
    if whole and whole[1] > clause:
        return paper.told(*whole)
    for start in dict.fromkeys((clause, sentence)):
        for name in ("audience.told", "audience.subject"):
            if said := _said(paper, name, start, place.block.end, at):
                return paper.told(*said)
    return _heading(paper, place)


def each_of(paper: Paper, place: Place, at: int) -> str | None:
    """Return the bodies of "mỗi xã, thị trấn", or those around where it says only "mỗi đơn vị"."""
    around = audience_of(paper, place, at, by_level=False)
    pattern = rule("audiences", "audience.each").pattern
    found = pattern.finditer(paper.plain, place.sentence.start, at + _LOOK)
    told = [one for one in found if one.end("audience") <= at]
    if not told:
        return around
    last = told[-1]
    if last.start() < place.clause and _names_bodies(paper, place, at):
        return around
    said = paper.told(*last.span("audience"))
    if _GENERIC.fullmatch(last["audience"]) and around and not around.lower().startswith("mỗi"):
        return around
    return said


def _names_bodies(paper: Paper, place: Place, at: int) -> bool:
    """Tell whether the clause itself names whom it is for."""
    names = ("audience.for", "audience.told", "audience.subject")
    return any(_said(paper, name, place.clause, place.block.end, at) for name in names)


def behind_of(paper: Paper, end: int) -> str | None:
    """Return the bodies told right behind a day: "trước ngày 25/02 đối với cấp xã"."""
    found = rule("audiences", "audience.behind").pattern.match(paper.plain, end)
    if found is None:
        return None
    return paper.told(*found.span("audience" if found["audience"] else "behind"))


def _said(paper: Paper, name: str, start: int, end: int, at: int) -> tuple[int, int] | None:
    """Return where bodies are named between the start of a clause and the demand at an offset."""
    start = paper.trimmed(start, at).start
    # what the verb behind the name is may stand right where the demand begins
    stop = min(end, at + 40)
    pattern = rule("audiences", name).pattern
    found = pattern.match(paper.plain, start, stop)
    if found is None and name == "audience.told":
        found = pattern.search(paper.plain, start, stop)
    if found is None or found.end("audience") > at:
        return None
    return found.span("audience")


def _heading(paper: Paper, place: Place) -> str | None:
    """Return the bodies of the numbered heading that a bullet stands below."""
    if not _BULLET.match(paper.plain, place.block.start):
        return None
    index = paper.index_at(place.block.start)
    pattern = rule("audiences", "audience.heading").pattern
    for block in reversed(paper.blocks[max(0, index - _MOST_ABOVE) : index]):
        if _BULLET.match(paper.plain, block.start) and paper.text[block.start] in "-+*•·":
            continue
        found = pattern.match(paper.plain, block.start, block.end)
        if found is None:
            return None
        said = paper.told(*found.span("audience"))
        return re.sub(r"^[Đđ]ối với ", "", said)
    return None
