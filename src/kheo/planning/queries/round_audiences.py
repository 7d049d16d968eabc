"""The audiences a paper describes, each with its forms, deadline and quotas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from kheo.directives.enums import FindingField
from kheo.lib.text.folding import fold
from kheo.organisations.models import Kind, Level, Organisation
from kheo.planning.queries.asked_bodies import (
    Meant,
    Pair,
    asking_ground,
    is_everybody,
    kinds_and_levels,
    parted_by_level,
)
from kheo.planning.queries.conditions import condition_of
from kheo.planning.queries.facts import (
    CheckedPaper,
    Fact,
    day_of,
    paragraph_bounds,
    yearly_day,
)
from kheo.rounds.models import Layout
from kheo.rounds.queries.visible import layouts_for

# the annexes of S0 and S1 both count models "đăng ký xây dựng, nhân rộng"; only that of S0 asks to
# which level a model is to be replicated
_LIST = re.compile(r"SỐ\s+MÔ\s+HÌNH,\s+ĐIỂN\s+HÌNH", re.IGNORECASE)
_LIST_OF_S0 = re.compile(r"nhân\s+rộng\s+\(dự\s+kiến", re.IGNORECASE)
LEVEL_WORDS = {
    "tinh": "province",
    "huyen": "district",
    "quan": "district",
    "thi xa": "district",
    "co so": "commune",
    "xa": "commune",
    "phuong": "commune",
    "trung uong": "central",
}
Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, kw_only=True)
class AudienceProposal:
    """One audience as the paper describes it; quotas by the code of a level, or "all"."""

    name: str
    words: str
    kinds: tuple[Kind, ...]
    levels: tuple[Level, ...]
    listed: tuple[Organisation, ...]
    layouts: tuple[Layout, ...]
    due_on: date | None
    quotas: dict[str, Bounds]
    facts: tuple[Fact, ...] = ()
    # whom the registry does not know, and names that several bear
    unknown: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Terms:
    """What the paper says to whom, before the registry is asked."""

    words: str
    deadlines: tuple[Fact, ...] = ()
    quotas: tuple[Fact, ...] = ()
    forms: tuple[Fact, ...] = ()


@dataclass
class _Draft:
    """An audience while it is put together; one on several levels is parted by them."""

    meant: Meant
    terms: _Terms
    pairs: tuple[Pair, ...]
    parts: int = 1
    is_first: bool = True


def audience_proposals(
    paper: CheckedPaper,
    organiser: Organisation,
    said: tuple[Sequence[Fact], Sequence[Fact]],
    when: tuple[date, int | None, str],
) -> tuple[AudienceProposal, ...]:
    """Return the audiences of a paper, the narrowest first, since the first takes a unit.

    What the paper says to everybody holds for each audience without a rule of its own.

    :param said: the deadlines for registering, and the quotas.
    :param when: the day on which units are looked at, the year, and the receiving body's name.
    """
    deadlines, quotas = said
    day, year, receiver = when
    terms, general = _by_audience(paper, deadlines, quotas)
    ground = asking_ground(organiser, paper.document, day, receiver=receiver, decided=paper.decided)
    meant = ground.meant_by([one.words for one in terms])
    whole = [_Draft(meant[one.words], one, meant[one.words].pairs) for one in terms]
    whole.sort(key=lambda draft: len(draft.pairs) + len(draft.meant.listed))
    _give_each_to_its_own(whole)
    drafts = [part for draft in whole for part in _parts_of(draft)]
    layouts = list(layouts_for(organiser).filter(is_shipped=True))
    return tuple(_proposal(draft, general, paper, layouts, year) for draft in drafts)


def _by_audience(
    paper: CheckedPaper, deadlines: Sequence[Fact], quotas: Sequence[Fact]
) -> tuple[list[_Terms], _Terms]:
    """Part the facts by the condition under which they stand; the general ones come apart."""
    own: dict[str, _Terms] = {}
    general = _Terms("")
    for fact in (*deadlines, *quotas):
        words = condition_of(paper, fact)
        before = general if is_everybody(words) else own.get(fold(words), _Terms(words))
        after = (
            replace(before, deadlines=(*before.deadlines, fact))
            if fact.finding.field == FindingField.DEADLINE
            else replace(before, quotas=(*before.quotas, fact))
        )
        if is_everybody(words):
            general = after
        else:
            own[fold(words)] = after
    if not own:
        words = "; ".join(str(fact.value) for fact in paper.of("addressee"))
        return ([replace(general, words=words)] if words else []), replace(general, words="")
    terms = [_with_forms(paper, one) for one in own.values()]
    return terms, replace(general, forms=tuple(paper.of("form")))


def _with_forms(paper: CheckedPaper, terms: _Terms) -> _Terms:
    facts = (*terms.deadlines, *terms.quotas)
    bounds = {paragraph_bounds(paper.text, one.finding.start, one.finding.end) for one in facts}
    said = "\n".join(paper.text[first:last] for first, last in bounds)
    # a form is found once in a paper, however many audiences it names it for
    forms = {
        str(fact.value): fact
        for fact in paper.of("form")
        if re.search(rf"\b{re.escape(str(fact.value))}\b", said)
    }
    return replace(terms, forms=tuple(forms.values()))


def _parts_of(draft: _Draft) -> list[_Draft]:
    parts = parted_by_level(draft.pairs) or [()]
    return [
        replace(draft, pairs=pairs, parts=len(parts), is_first=place == 0)
        for place, pairs in enumerate(parts)
    ]


def _give_each_to_its_own(drafts: Sequence[_Draft]) -> None:
    """Take from a wide audience the kinds that a narrower one before it names."""
    taken: set[Pair] = set()
    for draft in drafts:
        draft.pairs = tuple(pair for pair in draft.pairs if pair not in taken)
        taken.update(draft.pairs)


def _proposal(
    draft: _Draft,
    general: _Terms,
    paper: CheckedPaper,
    layouts: Sequence[Layout],
    year: int | None,
) -> AudienceProposal:
    terms, meant = draft.terms, draft.meant
    deadlines = terms.deadlines or general.deadlines
    quotas = terms.quotas or general.quotas
    kinds, levels = kinds_and_levels(draft.pairs)
    due_on, doubts = _due_on(deadlines, year)
    bounds, wrong = _quotas(quotas)
    facts = (*terms.deadlines, *terms.quotas, *terms.forms)
    return AudienceProposal(
        name=_name(draft, levels),
        words=meant.words,
        kinds=kinds,
        levels=levels,
        listed=meant.listed if draft.is_first else (),
        layouts=_layouts(terms.forms or general.forms, paper, layouts),
        due_on=due_on,
        quotas=bounds,
        facts=facts or (*general.deadlines, *general.quotas),
        unknown=meant.unknown if draft.is_first else (),
        asked=meant.asked if draft.is_first else (),
        doubts=(*doubts, *wrong),
    )


def _name(draft: _Draft, levels: Sequence[Level]) -> str:
    if draft.parts == 1 or not levels:
        return draft.meant.name
    where = ", ".join(level.name for level in levels)
    return f"{draft.meant.name[:150]} (cấp {where})"


def _due_on(deadlines: Sequence[Fact], year: int | None) -> tuple[date | None, list[str]]:
    """Return the one deadline, or none and why where the paper says two."""
    days = {day for fact in deadlines if (day := _day_in(fact, year))}
    if len(days) > 1:
        said = ", ".join(f"{day:%d/%m/%Y}" for day in sorted(days))
        return None, [_("The paper says several deadlines here: %s. Which one holds?") % said]
    if not days:
        return None, [_("The paper says no deadline here.")]
    return days.pop(), []


def _day_in(fact: Fact, year: int | None) -> date | None:
    """Return the deadline in a year: its exception, else the day that returns every year."""
    if year is not None and (yearly := yearly_day(fact.get("on"))):
        for one in fact.get("except") or ():
            on = day_of(one.get("on"))
            if on and int(one.get("year") or on.year) == year:
                return on
        month, day = yearly
        return day_of(f"{year}-{month:02}-{day:02}") or day_of(f"{year}-{month:02}-28")
    return day_of(fact.get("on"))


def _quotas(facts: Sequence[Fact]) -> tuple[dict[str, Bounds], list[str]]:
    found: dict[str, Bounds] = {}
    doubts = []
    for fact in facts:
        written = fact.get("level")
        code = level_said(fact)
        if code is None:
            doubts.append(_("Which level is “%s”? Its quota is left out.") % written)
            continue
        bounds = bounds_said(fact)
        if found.setdefault(code, bounds) != bounds:
            doubts.append(
                _("The paper says two quotas for the level “%s”; the first is proposed.")
                % (written or _("all levels together"))
            )
    return found, doubts


def level_said(fact: Fact) -> str | None:
    """Return the code of the level of a quota, "all" without one, None for an unknown word."""
    written = fact.get("level")
    return LEVEL_WORDS.get(fold(str(written))) if written else "all"


def bounds_said(fact: Fact) -> Bounds:
    """Return at least and at most, as a quota says them."""
    return _whole(fact.get("min")), _whole(fact.get("max"))


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else None


def _layouts(
    forms: Sequence[Fact], paper: CheckedPaper, layouts: Sequence[Layout]
) -> tuple[Layout, ...]:
    """Return the official forms that are named; where none is, M1 and M2 with the annexed list."""
    codes = {str(fact.value) for fact in forms}
    if not codes:
        codes = {"M1", "M2"}
        annexed = {str(fact.get("layout")) for fact in paper.of("annex")} & {"S0", "S1"}
        if annexed:
            codes |= annexed
        elif _LIST.search(paper.text):
            codes.add("S0" if _LIST_OF_S0.search(paper.text) else "S1")
    return tuple(layout for layout in layouts if layout.code in codes)
