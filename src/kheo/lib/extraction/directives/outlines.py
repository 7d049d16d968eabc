"""Finds the outline for reports that a paper carries, and the titles of what is annexed."""

import re
from collections.abc import Iterator

from kheo.lib.extraction.directives.casing import in_sentence_letters
from kheo.lib.extraction.directives.found import CERTAIN, LIKELY, Finding
from kheo.lib.extraction.directives.paper import Paper, Span
from kheo.lib.extraction.directives.rules import rule, table
from kheo.lib.text.folding import fold

_DEPTHS = {"part": 0, "capital": 0, "roman": 1, "arabic": 2, "deeper": 3, "letter": 8}
_LAYOUTS = (
    ("outline", re.compile(r"^(?:phu luc \w* ?)?de cuong|^noi dung bao cao")),
    ("M1", re.compile(r"mau dang ky cua tap the|dang ky.*\bm1\b|mau m1")),
    ("M2", re.compile(r"mau dang ky cua ca nhan|mau m2")),
    ("M3", re.compile(r"mau m3")),
    ("M4", re.compile(r"mau m4")),
    ("documents", re.compile(r"tong hop van ban|danh muc van ban|thong ke van ban")),
    ("S0", re.compile(r"so mo hinh.*dang ky xay dung.*trong nam")),
    ("S1", re.compile(r"so mo hinh.*dang ky xay dung")),
)
_NEAR = 400
_LONGEST_TITLE = 300


def outline_findings(paper: Paper, start: int) -> Iterator[Finding]:
    """Yield the headings of each outline in their order."""
    inside = False
    path: list[tuple[int, str]] = []
    pending: tuple[Span, re.Match[str]] | None = None
    for block in paper.blocks:
        text = paper.of(block)
        if rule("outlines", "outline.title").pattern.match(text):
            inside, path, pending = True, [], None
            continue
        if not inside or block.start < start:
            continue
        heading = rule("outlines", "outline.heading").pattern.match(text)
        if pending:
            # "Phần thứ nhất" has its title on the next line
            last = block.end if heading is None else pending[0].end
            yield _heading(paper, Span(pending[0].start, last), pending[1], path)
            pending = None
        elif heading is None and path and _ends_outline(text):
            inside = False
        if heading and heading.end() == len(text):
            pending = block, heading
        elif heading:
            yield _heading(paper, block, heading, path)


def _ends_outline(text: str) -> bool:
    first = text.partition("\n")[0]
    return (first.isupper() and len(first) > 8) or "\t" in text or fold(text).startswith("kem theo")


def _heading(
    paper: Paper, block: Span, heading: re.Match[str], path: list[tuple[int, str]]
) -> Finding:
    kind = next(name for name, said in heading.groupdict().items() if said)
    number = heading[kind]
    depth = _DEPTHS[kind] + (number.count(".") - 1 if kind == "deeper" else 0)
    while path and path[-1][0] >= depth:
        path.pop()
    path.append((depth, number))
    title = paper.told(block.start + heading.end(), block.end)
    value = {
        "number": number,
        "title": title,
        "depth": len(path),
        "path": [one for _, one in path],
    }
    return paper.finding("outline", (block.start, block.end), value, "outline.heading", CERTAIN)


def annex_findings(paper: Paper, start: int) -> Iterator[Finding]:
    """Yield the title of each annex behind the signature, with the layout that it follows."""
    last = -_NEAR
    titles: list[Span] = []
    for line in paper.lines:
        text = paper.of(line)
        if line.start < start or "\t" in text:
            continue
        bare = text.split("(")[0]
        if not bare.isupper():
            continue
        if titles and line.start <= titles[-1].end + 1 and titles[-1].end - titles[-1].start < 200:
            titles[-1] = Span(titles[-1].start, line.end)
        elif rule("outlines", "annex.title").pattern.match(paper.folded, line.start, line.end):
            # the heading of a form stands right below its name
            if line.start - last > _NEAR or not fold(text).startswith("ban dang ky"):
                titles.append(line)
            last = line.end
    for number, title in enumerate(titles):
        stop = titles[number + 1].start if number + 1 < len(titles) else len(paper.text)
        yield _annex(paper, title, stop)


def annexed_regions(paper: Paper, start: int) -> list[tuple[int, int]]:
    """Return where papers of their own are annexed, such as the rules that a decision issues."""
    regions: list[tuple[int, int]] = []
    inside = False
    for line in paper.lines:
        text = paper.of(line)
        if line.start < start or not text.split("(", 1)[0].isupper():
            continue
        is_form = rule("outlines", "annex.title").pattern.match(paper.folded, line.start, line.end)
        if fold(text) in table("titles"):
            if inside:
                regions[-1] = (regions[-1][0], line.start)
            regions.append((line.start, len(paper.text)))
            inside = True
        elif is_form and inside:
            regions[-1] = (regions[-1][0], line.start)
            inside = False
    return regions


def plans_within(paper: Paper, start: int, end: int) -> list[tuple[int, int]]:
    """Return the part of a report that says what is to come."""
    pattern = rule("outlines", "plans.heading").pattern
    for block in paper.blocks:
        if start <= block.start < end and pattern.match(paper.folded, block.start, block.end):
            return [(block.start, end)]
    return []


def _annex(paper: Paper, title: Span, stop: int) -> Finding:
    said = paper.told(title.start, min(title.end, title.start + _LONGEST_TITLE))
    folded = fold(said)
    layout = next((name for name, pattern in _LAYOUTS if pattern.search(folded)), None)
    if layout is None and folded.startswith("danh sach dang ky"):
        below = paper.folded[title.end : min(stop, title.end + 3000)]
        layout = "M3" if re.search(r"\n[ivx]+\s?[.-]\s?linh vuc", below) else "M4"
    value = {"title": in_sentence_letters(said), "layout": layout}
    return paper.finding("annex", (title.start, title.end), value, "annex.title", LIKELY)
