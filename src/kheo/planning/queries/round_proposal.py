"""What round a paper asks for: whom, for what, until when, on which forms, and how many."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from kheo.organisations.models import Organisation
from kheo.planning.queries.facts import CheckedPaper, Fact, day_of, receiver_in, yearly_day
from kheo.planning.queries.governing import GoverningChoice, governing_choices
from kheo.planning.queries.round_audiences import AudienceProposal, audience_proposals
from kheo.rounds.models import FieldScheme, Period
from kheo.rounds.queries.visible import periods_for

_YEAR = re.compile(r"\bnăm\s+(\d{4})\b", re.IGNORECASE)
_YEARS = re.compile(r"giai\s+đoạn\s+(\d{4})\s*[-–—]\s*(\d{4})", re.IGNORECASE)
_REPLICATED = re.compile(r"xây\s+dựng(?:\s+mới)?,?\s+(?:và\s+)?nhân\s+rộng", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """Something that the paper leaves open or says twice, and where."""

    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewPeriod:
    """A period that has to be entered: its name and years."""

    name: str
    first_year: int
    last_year: int


@dataclass(frozen=True, kw_only=True)
class RoundProposal:
    """A round as the paper asks for it; ``sources`` gives the facts behind each field."""

    year: int | None
    title: str
    theme: str
    receiver_name: str
    opens_on: date | None
    # on which units and levels are looked at until the day of opening is decided
    day: date
    period: Period | None
    new_period: NewPeriod | None
    usual_due: tuple[int, int] | None
    exceptions: tuple[tuple[int, date], ...]
    governing: tuple[GoverningChoice, ...]
    field_scheme: FieldScheme | None
    nomination_cap: int | None
    audiences: tuple[AudienceProposal, ...]
    sources: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    @property
    def governing_key(self) -> str:
        """Return the choice that is proposed as the governing document."""
        return self.governing[0].key

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return all facts behind the round itself, each once."""
        found = {fact.finding.pk: fact for facts in self.sources.values() for fact in facts}
        return tuple(found.values())


def is_registration(fact: Fact) -> bool:
    """Tell whether a deadline is one for registering."""
    return fact.get("role") in {"register", None, ""}


def round_proposal(
    paper: CheckedPaper, organiser: Organisation, today: date, *, year: int | None = None
) -> RoundProposal | None:
    """Return the round a paper asks for, or None when it asks for none.

    :param year: another year than the paper's own, for a deadline that returns every year.
    """
    deadlines = _registrations(paper)
    quotas = [fact for fact in paper.of("quota") if fact.get("what") != "nominate"]
    if not quotas and not (deadlines and paper.of("form", "theme")):
        return None
    caps = [fact for fact in paper.of("quota") if fact.get("what") == "nominate"]
    year = year or _year_of(paper, deadlines)
    receiver = receiver_in(fact.sentence for fact in deadlines)
    opens_on = _opening(paper, deadlines, today)
    day = opens_on or min(_days(deadlines), default=today)
    audiences = audience_proposals(paper, organiser, (deadlines, quotas), (day, year, receiver))
    period, new_period = _period(paper, organiser, year)
    theme = paper.first("theme")
    yearly = next((fact for fact in deadlines if yearly_day(fact.get("on"))), None)
    proposal = RoundProposal(
        year=year,
        title=_title(paper, year),
        theme=str(theme.value) if theme else "",
        receiver_name=receiver,
        opens_on=opens_on,
        day=day,
        period=period,
        new_period=new_period,
        usual_due=yearly_day(yearly.get("on")) if yearly else None,
        exceptions=exceptions_of(yearly) if yearly else (),
        governing=governing_choices(paper, [*quotas, *paper.of("theme")]),
        field_scheme=_scheme(audiences),
        nomination_cap=_cap(caps),
        audiences=audiences,
        sources=_sources(paper, deadlines, caps),
    )
    return _with_questions(proposal, caps)


def _sources(
    paper: CheckedPaper, deadlines: Sequence[Fact], caps: Sequence[Fact]
) -> dict[str, tuple[Fact, ...]]:
    """Return the facts behind each field of a round; fields without any are left out."""
    yearly = [fact for fact in deadlines if yearly_day(fact.get("on"))]
    sources = {
        "theme": paper.of("theme")[:1],
        "nomination_cap": caps[:1],
        "usual_due": yearly[:1],
        "receiver_name": [fact for fact in deadlines if receiver_in([fact.sentence])][:1],
        "year": [fact for fact in paper.of("subject") if _YEAR.search(str(fact.value))],
    }
    return {name: tuple(facts) for name, facts in sources.items() if facts}


def exceptions_of(fact: Fact) -> tuple[tuple[int, date], ...]:
    """Return the years with a deadline of their own: S1 has one, 2021 by 01/5/2021."""
    told = [(one.get("year"), day_of(one.get("on"))) for one in fact.get("except") or ()]
    return tuple((int(year or on.year), on) for year, on in told if on is not None)


def _registrations(paper: CheckedPaper) -> list[Fact]:
    """Return the deadlines for registering, without days that are exceptions of a yearly one."""
    facts = [fact for fact in paper.of("deadline") if is_registration(fact)]
    exceptions = {on for fact in facts for _year, on in exceptions_of(fact)}
    return [fact for fact in facts if day_of(fact.get("on")) not in exceptions]


def _year_of(paper: CheckedPaper, deadlines: Iterable[Fact]) -> int | None:
    """Return the year: that of the subject, of a deadline, or of the paper's date."""
    if found := _YEAR.search(paper.document.subject):
        return int(found[1])
    days = _days(deadlines)
    if paper.day and not days:
        return paper.day.year
    return max(days).year if days else None


def _days(deadlines: Iterable[Fact]) -> list[date]:
    return [on for fact in deadlines if (on := day_of(fact.get("on")))]


def _opening(paper: CheckedPaper, deadlines: Iterable[Fact], today: date) -> date | None:
    """Return the day of the paper; of a draft today, unless a deadline has passed by then."""
    if paper.day:
        return paper.day
    days = _days(deadlines)
    return today if not days or today <= min(days) else None


def _title(paper: CheckedPaper, year: int | None) -> str:
    # both seeds call the annex so: S4 "đăng ký xây dựng", S1 "đăng ký xây dựng, nhân rộng"
    deed = "xây dựng, nhân rộng" if _REPLICATED.search(paper.text) else "xây dựng"
    return f"Đăng ký {deed} mô hình, điển hình “Dân vận khéo” năm {year or '…'}"


def _period(
    paper: CheckedPaper, organiser: Organisation, year: int | None
) -> tuple[Period | None, NewPeriod | None]:
    if year is None:
        return None, None
    held = periods_for(organiser).filter(first_year__lte=year, last_year__gte=year)
    if period := held.order_by("-organiser__path", "-pk").first():
        return period, None
    told = (paper.document.period_from, paper.document.period_to)
    spans = [(int(first), int(last)) for first, last in _YEARS.findall(paper.text)]
    # a document of one year lies in a period that it names (S4: "giai đoạn 2021-2025")
    for first, last in [told, *spans]:
        if first and last and first < last and first <= year <= last:
            years = NewPeriod(name=f"{first} – {last}", first_year=first, last_year=last)
            return None, years
    return None, None


def _scheme(audiences: Sequence[AudienceProposal]) -> FieldScheme | None:
    """Return the scheme in whose order the forms print the fields."""
    codes = {layout.code for audience in audiences for layout in audience.layouts}
    wanted = "s0-s1" if codes & {"S0", "S1"} else "s4-m1-m2"
    return FieldScheme.objects.filter(code=wanted, issuer=None).first()


def _cap(caps: Sequence[Fact]) -> int | None:
    limits = {fact.get("max") for fact in caps if fact.get("max")}
    return int(limits.pop()) if len(limits) == 1 else None


def _with_questions(proposal: RoundProposal, caps: Sequence[Fact]) -> RoundProposal:
    asked = []
    if proposal.year is None:
        asked.append(Question(_("For which year is the round?")))
    if proposal.opens_on is None:
        asked.append(Question(_("The paper bears no full date: on which day does the round open?")))
    if proposal.period is None and proposal.new_period is None:
        asked.append(Question(_("To which period does the round belong?")))
    if len({fact.get("max") for fact in caps}) > 1:
        asked.append(Question(_("The paper says two nomination caps; which one?"), tuple(caps)))
    if not proposal.audiences:
        asked.append(Question(_("Whom does the round ask? The paper does not say it clearly.")))
    return RoundProposal(**(vars(proposal) | {"questions": tuple(asked)}))
