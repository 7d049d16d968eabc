"""Finds how many models each body is to register or to nominate, and at what level."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kheo.lib.extraction.directives.audiences import Place, each_of, place_of
from kheo.lib.extraction.directives.found import UNSURE, Finding
from kheo.lib.extraction.directives.paper import Paper, Span
from kheo.lib.extraction.directives.rules import Rule, rule, rules
from kheo.lib.text.folding import fold

_FINDING = (
    "quota.range",
    "quota.least",
    "quota.up",
    "quota.most",
    "quota.each",
    "quota.each-place",
    "quota.each-bare",
    "quota.per-unit",
    "quota.chosen",
    "quota.listed",
)
_WORDS = {
    fold(word): number
    for number, word in enumerate(
        ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), 1
    )
}
_YEARS = re.compile(r"năm\s(20\d\d)")
_WITHIN = re.compile(r"trong đó[^.;\d]{0,60}$")
_LEVEL_REACH = 130
_LEVEL_NEAR = 90
_BEFORE = 200
# what is counted may be nominated, not registered, when it is a person or a body
_MODELS = ("mo hinh", "mo hinh dien hinh", "dien hinh", "noi dung", "tap the", "ca nhan", "guong")
_NOMINATED = ("tap the", "ca nhan", "guong", "don vi")


@dataclass(frozen=True)
class Bound:
    """A number of models as told, before it is known what for."""

    found: re.Match[str]
    rule: Rule
    least: int | None
    most: int | None
    start: int
    end: int
    is_further: bool = False


def quota_findings(
    paper: Paper, start: int, end: int, year: int | None = None
) -> Iterator[Finding]:
    """Yield how many are asked for, in the order of the text.

    :param year: of the paper; what is told of an earlier year is asked of nobody.
    """
    bounds = list(_bounds(paper, start, end))
    for number, bound in enumerate(bounds):
        stop = bounds[number + 1].start if number + 1 < len(bounds) else end
        finding = None if _is_past(paper, bound, year) else _told(paper, bound, stop)
        if finding:
            yield finding


def _bounds(paper: Paper, start: int, end: int) -> Iterator[Bound]:
    matches = [
        (found, one)
        for block in paper.blocks_with(rule("quotas", "number.told").pattern, start, end)
        for one in rules("quotas")
        if one.id in _FINDING
        for found in one.found_in(paper, block.start, min(block.end, end))
    ]
    order = {name: number for number, name in enumerate(_FINDING)}
    matches.sort(key=lambda pair: (pair[0].start("unit"), order[pair[1].id]))
    taken = -1
    for found, one in matches:
        if found.start("unit") <= taken or _is_other(paper, found):
            continue
        taken = found.start("unit")
        least, most = _numbers(found, one.means["bounds"])
        begin = found.start() if one.means["bounds"] != "exact" else found.start("min")
        yield Bound(found, one, least, most, begin, found.end())
        for further in _further(paper, found, one, end):
            if further.found.start("unit") > taken:
                taken = further.found.start("unit")
                yield further


def _is_other(paper: Paper, found: re.Match[str]) -> bool:
    """Tell whether a number only stands for another one: "một mô hình hoặc một điển hình"."""
    told = found.groupdict()
    start = found.start("min" if told.get("min") else "max")
    return paper.plain[max(0, start - 5) : start].strip() == "hoặc"


def _further(paper: Paper, found: re.Match[str], one: Rule, end: int) -> Iterator[Bound]:
    """Yield the numbers strung to a first: "không quá 02 tập thể, 03 cá nhân"."""
    pattern = rule("quotas", "quota.further").pattern
    last = found.end()
    while again := pattern.match(paper.plain, last, end):
        single = again["max"] is None
        parted = ";" in paper.plain[last : again.start("min")]
        bounds = one.means["bounds"] if single else "both"
        if single and (bounds == "both" or parted):
            bounds = "exact"
        named = "min" if not single or bounds != "max" else "max"
        least = _figure(again["min"])
        most = _figure(again["max"]) if not single else least
        told = {"min": (least, None), "max": (None, least)}.get(bounds, (least, most))
        # a range of its own behind a semicolon takes nothing over from the number before it
        own = parted and not single
        yield Bound(again, one, *told, again.start("min"), again.end(), is_further=not own)
        last = again.end()
        if named == "max" and not single:
            return


def _numbers(found: re.Match[str], bounds: str) -> tuple[int | None, int | None]:
    told = found.groupdict()
    least = _figure(told["min"]) if told.get("min") else None
    most = _figure(told["max"]) if told.get("max") else None
    return (least, least) if bounds == "exact" else (least, most)


def _figure(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS[fold(text)]


def _told(paper: Paper, bound: Bound, stop: int) -> Finding | None:
    place = place_of(paper, bound.start)
    before = paper.plain[max(place.sentence.start, bound.start - _BEFORE) : bound.start]
    rest = paper.plain[bound.end : max(bound.end, min(place.sentence.end, bound.end + _BEFORE))]
    what = _what(before, bound, re.split(r"[;.\d]", rest)[0])
    if what is None or not _is_asked(paper, bound, place):
        return None
    flags: tuple[str, ...] = ()
    if bound.least is not None and bound.most is not None and bound.least > bound.most:
        flags = ("contradicts",)
    behind = paper.plain[bound.found.start("unit") : min(place.sentence.end, bound.end + 40)]
    yearly = rule("quotas", "quota.yearly").pattern
    sentence_before = paper.plain[place.sentence.start : bound.start]
    per = "year" if yearly.search(behind) or yearly.search(sentence_before) else None
    level = _level(paper, bound, min(stop, place.sentence.end), place.sentence.start)
    value = {
        "audience": each_of(paper, place, bound.start),
        "level": level,
        "min": bound.least,
        "max": bound.most,
        "per": per,
        "what": what,
    }
    above = paper.plain[place.block.start : bound.start]
    doubtful = _is_doubtful(bound, before, above)
    doubtful = doubtful or _is_far(paper, bound, level, place.block)
    sure = UNSURE if flags or doubtful else bound.rule.confidence
    return paper.finding("quota", (bound.start, bound.end), value, bound.rule.id, sure, flags)


def _is_doubtful(bound: Bound, before: str, above: str) -> bool:
    """Tell whether a person had better look: the words leave room for another reading."""
    # "ít nhất 01 … và 02 …": whether the bound counts for the second as well is not told
    inherited = bound.is_further and bound.least != bound.most
    # "05 mô hình, trong đó ít nhất 01 …" is of the number before it
    told = rule("quotas", "number.told").pattern
    within = _WITHIN.search(before) is not None and told.search(fold(above)) is not None
    said = before + bound.found[0]
    unspoken = _last("register", said) < 0 and _last("nominate", said) < 0
    return inherited or within or unspoken or fold(bound.found["unit"]) not in _MODELS


def _is_far(paper: Paper, bound: Bound, level: str | None, block: Span) -> bool:
    """Tell whether the level, or what the number is for, was told at some distance from it."""
    said = paper.plain[max(block.start, bound.start - _BEFORE) : bound.start]
    clause = re.split(r"[.;]\s", said + bound.found[0])[-1]
    if _last("register", clause) >= 0 and _last("nominate", clause) >= 0:
        return True
    if level is None:
        levels = rule("quotas", "quota.level").pattern
        return levels.search(paper.plain, block.start, block.end) is not None
    unit = bound.found.end("unit")
    behind = paper.plain[unit : unit + _LEVEL_NEAR].replace(", điển hình", "")
    named = f"cấp {level}"
    return named not in re.split(r"[.;,:\d]", behind)[0] and not said.rstrip(" ,").endswith(named)


def _is_past(paper: Paper, bound: Bound, year: int | None) -> bool:
    """Tell whether the sentence speaks of earlier years only."""
    sentence = place_of(paper, bound.start).sentence
    years = [int(one) for one in _YEARS.findall(paper.plain[sentence.start : bound.end])]
    return bool(year and years and max(years) < year)


def _is_asked(paper: Paper, bound: Bound, place: Place) -> bool:
    """Tell whether a plain number is asked for at all, and not only told."""
    if not bound.rule.means.get("asked"):
        return True
    start = max(place.block.start, bound.start - _BEFORE * 5)
    stop = max(bound.end, place.sentence.end)
    return rule("quotas", "quota.asked").pattern.search(paper.plain, start, stop) is not None


def _what(before: str, bound: Bound, behind: str) -> str | None:
    """Return what the number is for by the last verb before it; None for what has been done."""
    if rule("quotas", "quota.past").pattern.search(before[-90:]):
        return None
    said = before + bound.found[0] if bound.rule.means["bounds"] == "exact" else before
    register, nominate = _last("register", said), _last("nominate", said)
    if _last("otherwise", said) > max(register, nominate):
        return None
    if nominate > register:
        return None if rule("quotas", "quota.on-air").pattern.match(behind) else "nominate"
    if fold(bound.found["unit"]) in _NOMINATED and (nominate >= 0 or register < 0):
        return "nominate" if nominate >= 0 else None
    return "register" if register >= 0 else _without_verb(said, behind)


def _without_verb(said: str, behind: str) -> str | None:
    """Return what a number is for whose verb follows: "lựa chọn 05 mô hình đề nghị biểu dương"."""
    if 0 <= _first("nominate", behind) < (_first("register", behind) % 1000):
        return "nominate"
    return "register" if rule("quotas", "quota.told").pattern.search(said + behind) else None


def _last(what: str, text: str) -> int:
    found = rule("quotas", f"quota.{what}").pattern.finditer(text)
    return max((one.start() for one in found), default=-1)


def _first(what: str, text: str) -> int:
    found = rule("quotas", f"quota.{what}").pattern.search(text)
    return found.start() if found else -1


def _level(paper: Paper, bound: Bound, stop: int, sentence: int) -> str | None:
    """Return the level of what is counted, told behind the number or set before it."""
    before = paper.plain[max(sentence, bound.start - _BEFORE) : bound.start]
    ahead = rule("quotas", "quota.level-before").pattern.search(before)
    if ahead and ahead["near"]:
        return ahead["near"]
    start = bound.found.end("unit")
    clause = paper.plain[start : min(stop, start + _LEVEL_REACH)]
    if elsewhere := rule("quotas", "quota.elsewhere").pattern.search(clause):
        clause = clause[: elsewhere.start()]
    if found := rule("quotas", "quota.level").pattern.search(clause):
        return found["level"]
    if ahead:
        return ahead["level"]
    scope = rule("quotas", "quota.level-scope").pattern.match(paper.plain, sentence)
    return scope["level"] if scope else None
