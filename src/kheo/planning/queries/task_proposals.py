"""Which tasks a paper gives, to whom, and when they are to be done."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kheo.assignments.enums import BodyRole, Timing
from kheo.assignments.queries.bodies import BodyTerms
from kheo.lib.text.dates import DateError
from kheo.lib.text.folding import normalise
from kheo.lib.text.periods import parse_period
from kheo.organisations.models import Kind, Level, Organisation
from kheo.planning.queries.asked_bodies import Meant, asking_ground, parted_by_level
from kheo.planning.queries.facts import CheckedPaper, Fact
from kheo.planning.queries.round_proposal import Question

ROLES = (BodyRole.DIRECTING, BodyRole.EXECUTING, BodyRole.COOPERATING)
_CONTINUOUS = re.compile(r"thường\s+xuyên|liên\s+tục", re.IGNORECASE)
_ONWARD = re.compile(r"năm\s+(\d{4})\s+và\s+(?:các|những)\s+năm\s+(?:tiếp|sau)", re.IGNORECASE)
_YEARLY = re.compile(
    r"(?:hằng|hàng|mỗi)\s+năm.*?(\d{1,2})/(\d{1,2})(?!/\d)|(\d{1,2})/(\d{1,2})\s+(?:hằng|hàng)\s+năm",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:trước|chậm\s+nhất|xong|hoàn\s+thành)\D{0,30}?(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class TimeProposal:
    """When a task is to be done, as its words say."""

    timing: str = Timing.CONTINUOUS
    starts_on: date | None = None
    due_on: date | None = None
    due_month: int | None = None
    due_day: int | None = None
    is_sure: bool = True


@dataclass(frozen=True, kw_only=True)
class TaskProposal:
    """A task as the paper words it: bodies by role, in the words of the paper."""

    ordinal: int
    content: str
    time_text: str
    time: TimeProposal
    bodies: dict[str, tuple[str, ...]]
    unknown: tuple[str, ...]
    fact: Fact
    questions: tuple[Question, ...] = ()


def task_proposals(
    paper: CheckedPaper, owner: Organisation, today: date
) -> tuple[TaskProposal, ...]:
    """Return the tasks of a paper in their order."""
    facts = paper.of("assignment")
    names = [name for fact in facts for role in ROLES for name in _names(fact, role)]
    ground = asking_ground(owner, paper.document, paper.day or today, decided=paper.decided)
    meant = ground.meant_by(names)
    return tuple(_proposal(fact, place, meant) for place, fact in enumerate(facts, start=1))


def body_terms(
    names: dict[str, tuple[str, ...]], owner: Organisation, paper: CheckedPaper, day: date
) -> tuple[BodyTerms, ...]:
    """Return the bodies of a task by their names: groups as kinds and levels, others as they are.

    :param names: by role, as the paper or a person wrote them.
    """
    ground = asking_ground(owner, paper.document, day, decided=paper.decided)
    meant = ground.meant_by([name for part in names.values() for name in part])
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    levels = {level.code: level for level in Level.objects.all()}
    found: list[BodyTerms] = []
    for role, part in names.items():
        for name in part:
            found += _terms_of(role, name, meant[name], kinds, levels)
    return tuple(found)


def time_in(words: str, year: int | None) -> TimeProposal:
    """Return when a task is to be done: S1 "Thường xuyên", "Năm 2021 và những năm tiếp theo"."""
    text = normalise(words)
    return _lasting(text) or _until(text) or _within(text, year)


def _lasting(text: str) -> TimeProposal | None:
    if found := _ONWARD.search(text):
        return TimeProposal(starts_on=date(int(found[1]), 1, 1))
    if found := _YEARLY.search(text):
        day, month = (int(part) for part in (found[1] or found[3], found[2] or found[4]))
        return TimeProposal(timing=Timing.YEARLY, due_month=month, due_day=day)
    return TimeProposal() if _CONTINUOUS.search(text) else None


def _until(text: str) -> TimeProposal | None:
    if not (found := _UNTIL.search(text)):
        return None
    due_on = _day(int(found[3]), int(found[2]), int(found[1]))
    return TimeProposal(timing=Timing.BY, due_on=due_on, is_sure=due_on is not None)


def _within(text: str, year: int | None) -> TimeProposal:
    try:
        period = parse_period(text, default_year=year)
    except DateError:
        return TimeProposal(is_sure=not text)
    if period.start == period.end:
        return TimeProposal(timing=Timing.BY, due_on=period.end)
    return TimeProposal(timing=Timing.BETWEEN, starts_on=period.start, due_on=period.end)


def _proposal(fact: Fact, place: int, meant: dict[str, Meant]) -> TaskProposal:
    names = {role.value: _names(fact, role) for role in ROLES}
    words = normalise(str(fact.get("time") or ""))
    issued = fact.finding.reading.document.issued_on
    time = time_in(words, issued.year if issued else None)
    everybody = [name for part in names.values() for name in part]
    questions = []
    if not names[BodyRole.EXECUTING]:
        questions.append(Question(_("Who carries the task out?"), (fact,)))
    if not time.is_sure:
        questions.append(Question(_("When is it to be done? The words leave it open."), (fact,)))
    return TaskProposal(
        ordinal=int(fact.get("ordinal") or place),
        content=normalise(str(fact.get("content") or fact.finding.text)),
        time_text=words,
        time=time,
        bodies=names,
        unknown=tuple(name for name in everybody if not _is_known(meant[name])),
        fact=fact,
        questions=tuple(questions),
    )


def _terms_of(
    role: str, name: str, meant: Meant, kinds: dict[str, Kind], levels: dict[str, Level]
) -> list[BodyTerms]:
    found = [
        BodyTerms(
            role=role,
            name=name,
            kinds=tuple(kinds[code] for code in dict.fromkeys(kind for kind, _level in pairs)),
            levels=tuple(levels[code] for code in dict.fromkeys(level for _kind, level in pairs)),
        )
        for pairs in parted_by_level(meant.pairs)
    ]
    found += [BodyTerms(role=role, name=unit.name, organisation=unit) for unit in meant.bodies]
    found += [BodyTerms(role=role, name=other) for other in meant.unknown]
    return found or [BodyTerms(role=role, name=name)]


def _names(fact: Fact, role: BodyRole) -> tuple[str, ...]:
    return tuple(normalise(str(name)) for name in fact.get(role.value) or () if str(name).strip())


def _is_known(meant: Meant) -> bool:
    return bool(meant.pairs or meant.bodies) and not meant.unknown


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
