"""Finds the other papers that a paper names, once each, with how it stands to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kheo.lib.extraction.directives.days import day_of
from kheo.lib.extraction.directives.found import CERTAIN, LIKELY, Finding
from kheo.lib.extraction.directives.paper import Paper
from kheo.lib.extraction.directives.rules import rule, rules, table
from kheo.lib.text.documents import SymbolError, parse_symbol
from kheo.lib.text.folding import fold, normalise

_BEFORE = 220
_RANKS = {"replaces": 4, "amends": 3, "annex_of": 2, "implements": 1, "cites": 0}
_ENDS = re.compile(r"[.!?]\s|\n\n")


@dataclass(frozen=True)
class Own:
    """What the paper is itself, so that it is no reference of its own."""

    symbol: str | None = None
    issued_on: str | None = None


@dataclass(frozen=True)
class Mention:
    """One place where another paper is named."""

    start: int
    end: int
    symbol: str
    kind: str | None
    issued_on: str | None
    issuer: str | None
    relation: str
    sure: str
    flags: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the symbol as it is compared."""
        return fold(self.symbol)


def reference_findings(paper: Paper, own: Own, head_end: int, body_end: int) -> Iterator[Finding]:
    """Yield each paper named once, at the place that tells most about it."""
    seen: dict[tuple[str, str | None], Mention] = {}
    for mention in _mentions(paper, head_end, body_end):
        if _is_own(mention, own):
            continue
        dated = [day for symbol, day in seen if symbol == mention.key]
        if mention.issued_on is None and dated:
            key = (mention.key, dated[0])
        elif (mention.key, None) in seen and mention.issued_on:
            first = seen.pop((mention.key, None))
            key = (mention.key, mention.issued_on)
            seen[key] = replace(first, issued_on=mention.issued_on, issuer=mention.issuer)
        else:
            key = (mention.key, mention.issued_on)
        seen[key] = _merged(seen[key], mention) if key in seen else mention
    for one in sorted(seen.values(), key=lambda found: found.start):
        value = {
            "symbol": one.symbol,
            "kind": one.kind,
            "issued_on": one.issued_on,
            "issuer": one.issuer,
            "relation": one.relation,
        }
        yield paper.finding(
            "reference", (one.start, one.end), value, "reference.symbol", one.sure, one.flags
        )


def named_annex(paper: Paper) -> re.Match[str] | None:
    """Return the first remark of an annex that says to which paper it belongs."""
    return rule("heads", "annex.of-number").pattern.search(paper.plain)


def _merged(first: Mention, again: Mention) -> Mention:
    relation = max(first.relation, again.relation, key=_RANKS.__getitem__)
    return replace(
        first,
        issuer=first.issuer or again.issuer,
        kind=first.kind or again.kind,
        relation=relation,
    )


def _is_own(mention: Mention, own: Own) -> bool:
    if own.symbol is None or fold(own.symbol) != mention.key:
        return False
    # of a draft only the month is known
    return (
        mention.issued_on is None
        or mention.relation == "annex_of"
        or mention.issued_on.startswith(own.issued_on or "")
    )


def _mentions(paper: Paper, head_end: int, body_end: int) -> Iterator[Mention]:
    last = 0
    for found in rule("references", "reference.symbol").found_in(paper, 0, len(paper.text)):
        symbol = "".join(found[0].split()).replace("–", "-").replace("Ð", "Đ")
        try:
            parsed = parse_symbol(symbol)
        except SymbolError:
            continue
        before = max(last, found.start() - _BEFORE)
        last = found.end()
        named = rule("references", "reference.kind").pattern.search(
            paper.folded, max(before, found.start() - 40), found.start()
        )
        if named is None and _is_number_line(paper, found.start()):
            continue
        codes = table("titles")
        kind = codes[named["kind"]] if named and named["kind"] in codes else parsed.kind
        day, issuer, end = _behind(paper, found.end())
        flags: tuple[str, ...] = ()
        if day is None:
            day, issuer = _ahead(paper, before, found.start(), issuer)
        elif day == "":
            day, flags = None, ("no-such-date",)
        relation, sure = _relation(paper, before, found.start())
        if head_end and found.start() >= body_end and _in_annex_head(paper, found.start()):
            relation = "annex_of"
        start = named.start() if named else found.start()
        yield Mention(start, end, symbol, kind, day, issuer, relation, sure, flags)


def _is_number_line(paper: Paper, place: int) -> bool:
    """Tell the paper's own number line, which begins with "Số" and stands on its own."""
    line_start = paper.text.rfind("\n", 0, place) + 1
    return rule("heads", "number.line").pattern.match(paper.folded, line_start) is not None


def _behind(paper: Paper, place: int) -> tuple[str | None, str | None, int]:
    """Return day and issuer that follow a symbol; the day is "" when no calendar has it."""
    day: str | None = None
    if dated := _dated(paper, place):
        day, place = dated
    by = rule("references", "reference.issuer").pattern.match(paper.folded, place, place + 140)
    if by is None:
        return day, None, place
    start, end = by.span("issuer")
    issuer = normalise(paper.told(start, end))
    if day is None and (dated := _dated(paper, end)):
        # "của Ban Dân vận Tỉnh ủy ngày 05/3/2024"
        return dated[0], issuer, dated[1]
    return day, issuer, end


def _dated(paper: Paper, place: int) -> tuple[str, int] | None:
    """Return the day told at an offset, "" when no calendar has it, and where it ends."""
    found = rule("references", "reference.date").pattern.match(paper.plain, place)
    told = day_of(found) if found else None
    if found is None or told is None or not told.year:
        return None
    return told.iso or "", found.end()


def _ahead(paper: Paper, start: int, end: int, issuer: str | None) -> tuple[str | None, str | None]:
    """Return day and issuer of "Ngày 03/4/2017, Ban Thường vụ … ban hành Chỉ thị số"."""
    found = rule("references", "reference.date-before").pattern.search(paper.plain, start, end)
    told = day_of(found) if found else None
    if found is None or told is None or not told.year or told.iso is None:
        return None, issuer
    by_start, by_end = found.span("issuer")
    return told.iso, issuer or paper.told(by_start, by_end)


def _relation(paper: Paper, start: int, end: int) -> tuple[str, str]:
    """Return how the paper stands to the one named, by the words between the two offsets."""
    for one in rules("references"):
        relation = one.means.get("relation")
        if relation in {"replaces", "amends"} and one.pattern.search(paper.plain, start, end):
            return relation, CERTAIN
    block = paper.block_at(end)
    sentence = max(
        [block.start] + [found.end() for found in _ENDS.finditer(paper.plain, block.start, end)]
    )
    opening = rule("references", "relation.implements").pattern
    opens = opening.match(paper.plain, paper.trimmed(sentence, end).start, end)
    if opens and "ban hành" not in paper.plain[opens.end() : end]:
        return "implements", LIKELY
    return "cites", LIKELY


def _in_annex_head(paper: Paper, place: int) -> bool:
    start = paper.text.rfind("(", max(0, place - 60), place)
    return start >= 0 and paper.folded.startswith(("(kem theo", "(ban hanh kem theo"), start)
