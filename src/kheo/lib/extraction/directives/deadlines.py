"""Finds by when something is to be done, by whom, and whether every year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kheo.lib.extraction.directives.audiences import Place, audience_of, behind_of, place_of
from kheo.lib.extraction.directives.days import Day, day_of, last_day, quarter_end
from kheo.lib.extraction.directives.found import CERTAIN, LIKELY, UNSURE, Finding
from kheo.lib.extraction.directives.paper import Paper
from kheo.lib.extraction.directives.rules import Rule, rule, rules

_FINDING = (
    "deadline.by-day",
    "deadline.changed",
    "deadline.meeting",
    "deadline.end-of-month",
    "deadline.end-of-quarter",
    "deadline.period",
    "deadline.on-day",
)
# rules whose own words tell that the day is demanded
_TELLING = {"deadline.changed", "deadline.period"}
_LONGEST_TASK = 600
_FEWEST_WORDS = 3
_MARKS = "-+*•·,:;() "
_YEARS = re.compile(r"năm\s(20\d\d)")
_SOON = 60
_PAST = {"before-the-document"}
_MOST_COMPARED = 100
_ROLES = (
    ("meeting", re.compile(r"(?:tổ chức|dự) (?:hội nghị|hội thi|lễ)")),
    ("register", re.compile(r"đăng ký")),
    ("report", re.compile(r"báo cáo|sơ kết|tổng kết|kết quả thực hiện")),
    ("plan", re.compile(r"(?:xây dựng|ban hành|gửi|lập) kế hoạch")),
    ("nominate", re.compile(r"giới thiệu|đề cử|hồ sơ")),
)


@dataclass(frozen=True)
class When:
    """What dates without a year refer to: the paper's own day, and the year of its subject."""

    issued_on: str | None = None
    subject_year: int | None = None

    @property
    def year(self) -> int | None:
        """Return the year of the paper."""
        return int(self.issued_on[:4]) if self.issued_on else self.subject_year


@dataclass(frozen=True)
class Demand:
    """A day that is demanded, before it is told as a finding."""

    start: int
    end: int
    day: Day
    rule: Rule
    place: Place
    trigger: int
    audience: str | None
    role: str
    every: str | None = None
    flags: tuple[str, ...] = ()


def deadline_findings(paper: Paper, start: int, end: int, when: When) -> list[Finding]:
    """Return what is demanded by a day, in the order of the text."""
    demands: list[Demand] = []
    taken = -1
    for found, one in _matches(paper, start, end):
        if found.start("trigger") < taken:
            continue
        chain = [] if _is_idle(paper, found, one) else list(_chain(paper, found, one))
        taken = max([found.end(), *(demand.end for demand in chain)])
        dated = [_dated(paper, demand, when) for demand in chain]
        # a meeting that lies before the paper is told, not called
        demands += [one for one in dated if not (one.role == "meeting" and _PAST & set(one.flags))]
    return _told(paper, demands)


def _matches(paper: Paper, start: int, end: int) -> list[tuple[re.Match[str], Rule]]:
    places = paper.blocks_with(rule("deadlines", "day.told").pattern, start, end)
    found = [
        (match, one)
        for block in places
        for one in rules("deadlines")
        if one.id in _FINDING
        for match in one.found_in(paper, block.start, min(block.end, end))
        if not _is_tabled(paper, match.end())
    ]
    order = {name: number for number, name in enumerate(_FINDING)}
    # of two that end at the same day the one that stands first in the list is kept
    found.sort(key=lambda pair: (pair[0].end(), order[pair[1].id]))
    kept: list[tuple[re.Match[str], Rule]] = []
    for match, one in found:
        if not kept or match.end() > kept[-1][0].end():
            kept.append((match, one))
    return kept


def _is_tabled(paper: Paper, place: int) -> bool:
    """Tell whether a place lies in a row of a table, whose times belong to its tasks."""
    start = paper.text.rfind("\n", max(0, place - 3000), place) + 1
    return paper.text.count("\t", start, place) > 1


def _is_idle(paper: Paper, found: re.Match[str], one: Rule) -> bool:
    """Tell whether the words around say that nothing is demanded by this day."""
    at = found.start("trigger")
    place = place_of(paper, at)
    before = paper.plain[max(place.sentence.start, at - 260) : at]
    if rule("deadlines", "not.demanded").pattern.search(before):
        return one.id not in _TELLING
    behind = paper.plain[found.end() : found.end() + 160]
    if rule("deadlines", "not.demanded-told").pattern.match(behind):
        return True
    changes = re.search(r"sửa|điều chỉnh|thay", paper.plain[place.block.start : at])
    return bool(changes and rule("deadlines", "not.demanded-behind").pattern.match(behind))


def _chain(paper: Paper, found: re.Match[str], one: Rule) -> Iterator[Demand]:
    """Yield the day of a match, and the further days that are strung to it."""
    day = _day(found)
    if day is None:
        return
    at = found.start("trigger")
    place = place_of(paper, at)
    audience = audience_of(paper, place, at)
    start = at if one.means.get("role") != "meeting" else found.start()
    role = _role(paper, place, at, one)
    yield Demand(start, found.end(), day, one, place, at, audience, role)
    further = rule("deadlines", "deadline.further")
    last = found.end()
    while next_one := further.pattern.match(paper.plain, last, place.block.end):
        day = day_of(next_one)
        if day is None:
            return
        begin = next_one.end() - len(next_one[0].lstrip(" ,;"))
        yield Demand(begin, next_one.end(), day, further, place, at, audience, role)
        last = next_one.end()


def _day(found: re.Match[str]) -> Day | None:
    told = found.groupdict()
    year = int(told["year"]) if told.get("year") else None
    if told.get("month"):
        return last_day(int(told["month"]), year)
    if told.get("quarter"):
        return quarter_end(told["quarter"], year)
    return day_of(found)


def _role(paper: Paper, place: Place, at: int, one: Rule) -> str:
    if role := one.means.get("role"):
        return str(role)
    sentence = paper.plain[place.sentence.start : at]
    clause = paper.plain[place.clause : at]
    for said in (clause, sentence):
        for role, pattern in _ROLES[1:]:
            if pattern.search(said):
                return role
    return "task"


def _dated(paper: Paper, demand: Demand, when: When) -> Demand:
    """Put the year where it is missing, and say what is odd about the day."""
    demand = replace(demand, audience=behind_of(paper, demand.end) or demand.audience)
    flags: tuple[str, ...] = ()
    if demand.day.year is None:
        if _is_yearly(paper, demand):
            demand = replace(demand, every="year")
        else:
            year = _year(paper, demand, when)
            demand = replace(demand, day=replace(demand.day, year=year))
            flags = ("year-assumed",) if year else ("year-unknown",)
    iso = demand.day.iso
    if iso is None:
        flags = (*flags, "no-such-date")
    elif when.issued_on and not iso.startswith("--") and iso < when.issued_on[: len(iso)]:
        flags = (*flags, "before-the-document")
    return replace(demand, flags=flags)


def _is_yearly(paper: Paper, demand: Demand) -> bool:
    pattern = rule("deadlines", "every.year").pattern
    apart = rule("deadlines", "year.apart").pattern
    start = demand.place.sentence.start
    last = max(pattern.finditer(paper.plain, start, demand.trigger), key=_start, default=None)
    stop = min(demand.end + _SOON, demand.place.block.end)
    behind = pattern.search(paper.plain, demand.end, stop)
    if behind and not re.search(r"[.;]", paper.plain[demand.end : behind.start()]):
        return True
    if last is None:
        return False
    return apart.search(paper.plain, last.end(), demand.end) is None


def _year(paper: Paper, demand: Demand, when: When) -> int | None:
    """Return the year of the sentence where it is told for the day, else that of the paper."""
    sentence = demand.place.sentence
    pattern = rule("deadlines", "year.apart").pattern
    told = pattern.finditer(paper.plain, sentence.start, demand.end)
    if apart := max(told, key=_start, default=None):
        return int(apart["year"])
    behind = _YEARS.match(paper.plain, demand.end + 1)
    if behind:
        return int(behind[1])
    years = [int(year) for year in _YEARS.findall(paper.plain[sentence.start : demand.trigger])]
    if when.year is None:
        return years[-1] if years else None
    here = Day(demand.day.day, demand.day.month, when.year).iso
    later = when.issued_on and here and here[: len(when.issued_on)] < when.issued_on
    if later:
        return when.year + 1
    if demand.role == "report" and when.year + 1 in years and when.year not in years:
        return when.year + 1
    return when.year


def _start(found: re.Match[str]) -> int:
    return found.start()


def _told(paper: Paper, demands: list[Demand]) -> list[Finding]:
    found: list[Finding] = []
    demands.sort(key=lambda demand: demand.start)
    apart = _apart(paper, demands)
    clashing = _clashing(paper, demands)
    for number, demand in enumerate(demands):
        flags = (*demand.flags, *(("contradicts",) if number in clashing else ()))
        before = demands[number - 1].end if number else 0
        value = {
            "on": demand.day.iso,
            "every": demand.every,
            "task": _task(paper, demand, before),
            "audience": demand.audience,
            "role": demand.role,
            "except": apart.get(number, []),
        }
        doubtful = {"no-such-date", "before-the-document", "contradicts", "year-unknown"}
        sure = UNSURE if doubtful & set(flags) else demand.rule.confidence
        if sure == CERTAIN and "year-assumed" in flags:
            sure = LIKELY
        found.append(
            paper.finding(
                "deadline", (demand.start, demand.end), value, demand.rule.id, sure, flags
            )
        )
    return found


def _apart(paper: Paper, demands: list[Demand]) -> dict[int, list[dict[str, str | int]]]:
    """Return the single years that are told apart from a yearly day, by the yearly demand."""
    found: dict[int, list[dict[str, str | int]]] = {}
    pattern = rule("deadlines", "year.apart").pattern
    for number, demand in enumerate(demands):
        yearly = number - 1
        if demand.every or yearly < 0 or not demand.day.year or demand.day.iso is None:
            continue
        before = demands[yearly]
        said = pattern.search(paper.plain, before.end, demand.end)
        if before.every and before.place.block == demand.place.block and said:
            row: dict[str, str | int] = {"year": int(said["year"]), "on": demand.day.iso}
            found.setdefault(yearly, []).append(row)
    return found


def _clashing(paper: Paper, demands: list[Demand]) -> set[int]:
    """Return the demands that name different days for the same deed of the same bodies."""
    clashing: set[int] = set()
    compared = demands[:_MOST_COMPARED]
    words = [set(re.findall(r"[^\W\d_]+", _task(paper, one, 0).lower())) for one in compared]
    for first, one in enumerate(compared):
        for second in range(first + 1, len(compared)):
            other = demands[second]
            if (one.every, one.role) != (other.every, other.role):
                continue
            if one.audience and other.audience and one.audience != other.audience:
                continue
            if one.day.iso == other.day.iso or one.place.sentence == other.place.sentence:
                continue
            shared = words[first] & words[second]
            if len(shared) >= 0.6 * min(len(words[first]), len(words[second])) and len(shared) > 3:
                clashing |= {first, second}
    return clashing


def _task(paper: Paper, demand: Demand, before: int) -> str:
    """Return what is to be done: the sentence up to the day, without the bodies it opens with.

    :param before: where the demand before it ends; what stands behind that is another deed.
    """
    sentence = demand.place.sentence
    start = max(sentence.start, demand.trigger - _LONGEST_TASK)
    opening = rule("audiences", "audience.for").pattern
    told = opening.match(paper.plain, start, demand.trigger)
    text = (
        paper.told(max(told.end() if told else start, before), demand.trigger)
        .lstrip(_MARKS)
        .rstrip("( ")
    )
    if len(text.split()) < _FEWEST_WORDS or text.lower().startswith("đối với"):
        text = paper.told(sentence.start, demand.trigger).lstrip(_MARKS)
    return text or paper.told(sentence.start, demand.end)
