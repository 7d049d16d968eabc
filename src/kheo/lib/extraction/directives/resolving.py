"""Brings findings together: what the head leaves out is told by the end of the paper."""

import re
from dataclasses import replace

from kheo.lib.extraction.directives.casing import in_ordinary_letters
from kheo.lib.extraction.directives.days import day_of
from kheo.lib.extraction.directives.deadlines import When
from kheo.lib.extraction.directives.ends import Ends
from kheo.lib.extraction.directives.found import LIKELY, UNSURE, Finding
from kheo.lib.extraction.directives.heads import Head
from kheo.lib.extraction.directives.paper import Paper
from kheo.lib.extraction.directives.references import named_annex
from kheo.lib.text.documents import SymbolError, parse_symbol
from kheo.lib.text.folding import normalise

_COMMITTEE = re.compile(r"(?:tỉnh|huyện|thành|thị|quận|đảng) ủy(?![^\W\d_])")
_YEAR = re.compile(r"năm (20\d\d)")
_OPENING = re.compile(
    r"ban thường vụ\s(?P<name>(?:tỉnh|huyện|thành|thị|quận|đảng) ủy)"
    r"(?=\s(?:báo cáo|ban hành|đề nghị|yêu cầu|hướng dẫn|xây dựng))"
)
_SURE_WITHOUT_HEAD = {"reference"}


def as_when(told: list[Finding]) -> When:
    """Return what days without a year refer to."""
    issued = next((one.value for one in told if one.field == "issued_on" and one.value), None)
    subject = next((str(one.value) for one in told if one.field == "subject"), "")
    years = _YEAR.findall(subject)
    return When(str(issued) if issued else None, int(years[0]) if years else None)


def completed(paper: Paper, head: Head, ends: Ends, told: list[Finding]) -> list[Finding]:
    """Add number, day and issuer from the remark of an annex, and the issuer from the end."""
    found = list(told)
    known = {one.field for one in found}
    annex = named_annex(paper)
    if annex and annex.start() >= ends.start and head.number is None:
        found += _of_annex(paper, annex, known)
        known |= {one.field for one in found}
    if "kind" not in known and "addressee" in known:
        line = next(one for one in found if one.field == "addressee")
        found.append(paper.finding("kind", (line.start, line.end), "CV", "kind.addressed", LIKELY))
    if "issuer" not in known and (issuer := _issuer(paper, head, ends, found)):
        found.append(issuer)
    return found


def resolved(findings: list[Finding], warnings: tuple[str, ...]) -> tuple[Finding, ...]:
    """Return the findings in the order of the text; of what is no directive nothing is sure."""
    if "not-a-directive" in warnings:
        findings = [one if one.field in _SURE_WITHOUT_HEAD else _doubted(one) for one in findings]
    sums = [(one.start, one.end) for one in findings if one.field == "figure"]
    findings = [one for one in findings if not _is_part(one, sums)]
    return tuple(sorted(findings, key=lambda one: (one.start, one.end, one.field)))


def _is_part(finding: Finding, sums: list[tuple[int, int]]) -> bool:
    """Tell whether a number asked for is no more than a part of a sum that is told."""
    if finding.field != "quota":
        return False
    return any(start < finding.start and finding.end <= end for start, end in sums)


def _doubted(finding: Finding) -> Finding:
    return replace(finding, confidence=UNSURE, flags=(*finding.flags, "not-a-directive"))


def _of_annex(paper: Paper, annex: re.Match[str], known: set[str]) -> list[Finding]:
    start, end = annex.start("number"), annex.end("code")
    symbol = "".join(paper.text[start:end].split()).replace("–", "-")
    try:
        parsed = parse_symbol(symbol)
    except SymbolError:
        return []
    rule = "annex.of-number"
    found = [
        paper.finding("number", (start, annex.end("number")), parsed.number, rule, LIKELY),
        paper.finding("symbol", (start, end), symbol, rule, LIKELY),
    ]
    if "kind" not in known:
        found.append(paper.finding("kind", (start, end), parsed.kind, rule, LIKELY))
    day = day_of(annex)
    if "issued_on" not in known and day and day.year and day.iso:
        group = next(n for n in ("1", "2", "3") if annex[f"d{n}"])
        at = annex.start(f"d{group}")
        until = max(annex.end(f"y{group}"), at + 1)
        found.append(paper.finding("issued_on", (at, until), day.iso, rule, LIKELY))
    return found


def _issuer(paper: Paper, head: Head, ends: Ends, told: list[Finding]) -> Finding | None:
    """Return the committee that the paper's opening or its recipients name, with its place."""
    place = next((str(one.value) for one in told if one.field == "place"), "")
    found = _COMMITTEE.search(paper.plain, head.end, min(len(paper.plain), head.end + 1500))
    annex = named_annex(paper)
    if annex and annex["issuer"] and annex.start() >= ends.start:
        found = _COMMITTEE.search(paper.plain, *annex.span("issuer")) or found
        place = ""
    else:
        found = _own_committee(paper, head) or found
    if found is None:
        return None
    name = normalise(paper.text[found.start() : found.end()])
    value = in_ordinary_letters(f"{name[:1].upper()}{name[1:]} {place}".strip())
    return paper.finding(
        "issuer", (found.start(), found.end()), value, "issuer.named", LIKELY if place else UNSURE
    )


def _own_committee(paper: Paper, head: Head) -> re.Match[str] | None:
    """Return the committee that says of itself "Ban Thường vụ … báo cáo", "… ban hành"."""
    found = _OPENING.search(paper.plain, head.end, min(len(paper.plain), head.end + 3000))
    return _COMMITTEE.search(paper.plain, *found.span("name")) if found else None
