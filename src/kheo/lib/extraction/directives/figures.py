"""Finds totals that are told with their parts, and whether the parts add up."""

import re
from collections.abc import Iterator

from kheo.lib.extraction.directives.found import CERTAIN, LIKELY, Finding, JsonValue
from kheo.lib.extraction.directives.paper import Paper, Span
from kheo.lib.extraction.directives.rules import rule

_GROUP = re.compile(
    r"\((?P<parts>[^()\n]{6,500})\)"
    r"|(?<![^\W\d_])(?:trong đó|bao gồm|gồm|cụ thể|chia ra)(?: có)?\s?[:,]?\s"
    r"(?P<list>[^.()\n]{6,500})"
    r"|:\s(?P<after>[^.:()\n]{6,500})"
)
# a number right before the brackets, whatever it counts
_BARE = re.compile(r"(?<![\d.,/])(?P<total>\d{1,3}(?:\.\d{3})+|\d{1,5})\s?[,.;]?\s?$")
_NUMBERS = re.compile(r"\d+")
# what a paragraph must hold for a sum with its parts to stand in it
_PARTED = re.compile(r"\(|trong do|gom|cu the|chia ra|:")
_MOST_GROUPS = 60
_ANY = re.compile(r"(?<![\d.,/])(?P<total>\d{1,3}(?:\.\d{3})+|\d{1,5})(?![\d.,/])")
_KINDS = ("parts", "list", "after")
_SHARE = re.compile(r",?\s(?:chiếm|đạt|bằng|tỷ lệ)\s[\d.,]+\s?%")
_REACH_OF_COLON = 80
_REACH = 460
_LEAST = 2


def figure_findings(paper: Paper, start: int, end: int) -> Iterator[Finding]:
    """Yield each total with its parts, in the order of the text."""
    for block in paper.blocks_with(_PARTED, start, end):
        if "\t" not in paper.of(block):
            yield from _within(paper, block)
    yield from _listed(paper, [b for b in paper.blocks if start <= b.start < end])


def _within(paper: Paper, block: Span) -> Iterator[Finding]:
    pattern = rule("outlines", "figure.total").pattern
    totals = list(pattern.finditer(paper.plain, block.start, block.end))
    found = _GROUP.finditer(paper.plain, block.start, block.end)
    groups = [group for group in found if len(_NUMBERS.findall(group[0])) >= _LEAST]
    for group in groups[:_MOST_GROUPS]:
        name = next(name for name in _KINDS if group[name])
        inside = [g for g in groups[:_MOST_GROUPS] if g["parts"] and g is not group]
        total: re.Match[str] | None = _total_before(totals, group.start(), inside)
        parts = _parts(group[name])
        if parts and (bare := _bare(paper, group, block, parts)):
            total = bare
        if parts is None or total is None or _ends_between(paper, total, group):
            continue
        count = _counted(total)
        adds_up = sum(parts.values()) == count
        told = name == "list" and ":" in group[0][:16]
        if not adds_up and not told and (name != "parts" or len(parts) < 3):
            # parts that are only some of the whole are no fault in the sum
            continue
        yield _told(paper, total.start(), group.end(), count, parts)


def _bare(
    paper: Paper, group: re.Match[str], block: Span, parts: dict[str, int]
) -> re.Match[str] | None:
    """Return the number before an enumeration that its parts make, whatever it counts."""
    reach = _REACH_OF_COLON if group["after"] else 12
    pattern = _ANY if group["after"] else _BARE
    found = pattern.finditer(paper.plain, max(block.start, group.start() - reach), group.start())
    return next((one for one in found if _counted(one) == sum(parts.values())), None)


def _total_before(
    totals: list[re.Match[str]], place: int, brackets: list[re.Match[str]]
) -> re.Match[str] | None:
    """Return the last total before a place that does not itself stand in brackets."""
    near = [total for total in totals if place - _REACH < total.start() <= place]
    for total in reversed(near):
        within = any(one.start() < total.start() < one.end() for one in brackets)
        if total.end() <= place and not within:
            return total
    return None


def _ends_between(paper: Paper, total: re.Match[str], group: re.Match[str]) -> bool:
    between = paper.plain[total.end() : group.start()]
    # "Tổng số: 140. Trong đó: …" is one saying
    return len(between) > 3 and re.search(r"[.!?]\s", between) is not None


def _parts(text: str) -> dict[str, int] | None:
    """Return the parts of an enumeration by name; None where one of them is none."""
    text = _SHARE.sub("", text)
    for separator in (r";", r",", r";|,|\svà\s"):
        pieces = [piece.strip(" .,;") for piece in re.split(separator, text) if piece.strip(" .,;")]
        found: dict[str, int] = {}
        for piece in pieces:
            part = _part(piece)
            if part is None or part[0] in found:
                break
            found[part[0]] = part[1]
        else:
            if len(found) >= _LEAST:
                return found
    return None


def _part(piece: str) -> tuple[str, int] | None:
    for name in ("figure.part", "figure.part-reversed"):
        if found := rule("outlines", name).pattern.match(piece):
            return found["name"].strip(" :-"), _count(found["count"])
    return None


def _listed(paper: Paper, blocks: list[Span]) -> Iterator[Finding]:
    """Yield totals whose parts stand below as items, one a line."""
    for number, block in enumerate(blocks):
        text = paper.plain[block.start : block.end].rstrip()
        if not text.endswith(":"):
            continue
        totals = list(rule("outlines", "figure.total").pattern.finditer(text))
        if not totals:
            continue
        parts: dict[str, int] = {}
        last = block.end
        for item in blocks[number + 1 : number + 15]:
            said = paper.plain[item.start : item.end].strip(" .;,")
            part = _part(said.lstrip("-+*• ")) if said[:1] in "-+*•" else None
            if part is None:
                break
            parts[part[0]], last = part[1], item.end
        if len(parts) >= _LEAST:
            count = _counted(totals[-1])
            yield _told(paper, block.start + totals[-1].start(), last, count, parts)


def _counted(total: re.Match[str]) -> int:
    told = total.groupdict()
    return _count(told["total"] or told.get("sum", ""))


def _count(text: str) -> int:
    return int(text.replace(".", ""))


def _told(paper: Paper, start: int, end: int, total: int, parts: dict[str, int]) -> Finding:
    adds_up = sum(parts.values()) == total
    value: JsonValue = {"total": total, "parts": parts, "adds_up": adds_up}
    flags = () if adds_up else ("does-not-add-up",)
    sure = CERTAIN if adds_up else LIKELY
    return paper.finding("figure", (start, end), value, "figure.total", sure, flags)
