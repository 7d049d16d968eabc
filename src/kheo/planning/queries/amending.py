"""What an amending paper changes of the rounds that were made of the paper it amends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from kheo.directives.enums import Relation
from kheo.directives.models import Finding
from kheo.organisations.models import Organisation
from kheo.planning.queries.facts import CheckedPaper, Fact, day_of
from kheo.planning.queries.made import rounds_made_of
from kheo.planning.queries.round_audiences import Bounds, bounds_said, level_said
from kheo.planning.queries.round_proposal import is_registration
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Audience, Participation, Round
from kheo.rounds.queries.asked import audiences_of

DEADLINE, QUOTA, CAP = "deadline", "quota", "cap"


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """One value of a round as it is, and as an amending paper says it shall be."""

    key: str
    what: str
    round: Round
    audience: Audience | None
    fact: Fact
    old_day: date | None = None
    new_day: date | None = None
    level: str = ""
    old: Bounds = (None, None)
    new: Bounds = (None, None)

    @property
    def finding(self) -> Finding:
        """Return what was read."""
        return self.fact.finding

    @property
    def said(self) -> list[Fact]:
        """Return the sentence it comes from."""
        return [self.fact]

    @property
    def can_apply(self) -> bool:
        """Tell whether the round still takes it: units rely on what a published one asked."""
        if self.round.state == RoundState.DRAFT:
            return True
        if self.round.state == RoundState.CLOSED or self.what == QUOTA:
            return False
        if self.what == CAP:
            return True
        # a published deadline is only ever extended
        return bool(self.old_day and self.new_day and self.new_day > self.old_day)


def amendments_of(paper: CheckedPaper, organiser: Organisation) -> list[Amendment]:
    """Return what a paper changes of an organiser's rounds that the amended papers asked for."""
    links = paper.document.links.filter(relation=Relation.AMENDS, target__isnull=False)
    found: list[Amendment] = []
    for link in links.select_related("target"):
        if link.target is None:
            continue
        for round in rounds_made_of(link.target, organiser).select_related(
            "organiser", "period", "field_scheme", "governing_document"
        ):
            found += _changes(paper, round)
    return found


def _changes(paper: CheckedPaper, round: Round) -> Iterator[Amendment]:
    audiences = audiences_of(round)
    for fact in paper.of("deadline"):
        day = day_of(fact.get("on"))
        if day and is_registration(fact):
            yield from _deadlines(round, audiences, fact, day)
    for fact in paper.of("quota"):
        bounds = bounds_said(fact)
        if fact.get("what") == "nominate":
            if bounds[1] is not None and bounds[1] != round.nomination_cap:
                yield Amendment(
                    key=f"{round.pk}-cap-{fact.finding.pk}",
                    what=CAP,
                    round=round,
                    audience=None,
                    fact=fact,
                    old=(None, round.nomination_cap),
                    new=bounds,
                )
            continue
        yield from _quotas(round, audiences, fact, bounds)


def _deadlines(
    round: Round, audiences: list[Audience], fact: Fact, day: date
) -> Iterator[Amendment]:
    for audience in audiences:
        held = _day_held(round, audience)
        if held != day:
            yield Amendment(
                key=f"{audience.pk}-due-{fact.finding.pk}",
                what=DEADLINE,
                round=round,
                audience=audience,
                fact=fact,
                old_day=held,
                new_day=day,
            )


def _day_held(round: Round, audience: Audience) -> date:
    """Return the deadline that holds: of a published round that of the unit with the least time."""
    if round.state == RoundState.DRAFT:
        return audience.due_on
    earliest = Participation.objects.filter(audience=audience).aggregate(day=Min("due_on"))["day"]
    return earliest or audience.due_on


def _quotas(
    round: Round, audiences: list[Audience], fact: Fact, bounds: Bounds
) -> Iterator[Amendment]:
    level = level_said(fact)
    for audience in audiences if level else []:
        held = {
            line.level.code if line.level else "all": (line.minimum, line.maximum)
            for line in audience.quotas.all()
        }
        old = held.get(level or "", (None, None))
        # what the amending paper leaves out stays
        new = (
            old[0] if bounds[0] is None else bounds[0],
            old[1] if bounds[1] is None else bounds[1],
        )
        if new != old:
            yield Amendment(
                key=f"{audience.pk}-{level}-{fact.finding.pk}",
                what=QUOTA,
                round=round,
                audience=audience,
                fact=fact,
                level=level or "",
                old=old,
                new=new,
            )
