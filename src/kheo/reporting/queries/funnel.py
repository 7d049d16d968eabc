"""How much of what was registered came how far, cut by one property, from the tallies alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from kheo.exemplars.enums import Stage, State
from kheo.exemplars.models import RegistrationTally, StageTally
from kheo.organisations.models import Level
from kheo.reporting.enums import Cut, Step
from kheo.reporting.queries.counting import (
    COLUMNS,
    REGISTERED,
    REST,
    CountingFilter,
    Heading,
    Key,
    PartsInYears,
    headings_of,
)

Steps = tuple[int, ...]
NOTHING: Steps = (0,) * len(Step)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Rows of figures, one figure for each :class:`Step`, and the whole they must add up to."""

    rows: tuple[Heading, ...]
    figures: Mapping[Key, Steps]
    whole: Steps

    def of(self, row: Key) -> Steps:
        """Return the figures of a row."""
        return self.figures.get(row, NOTHING)

    @property
    def adds_up(self) -> bool:
        """Tell whether the rows make the whole, which is counted by a statement of its own."""
        return _sum(self.of(row.key) for row in self.rows) == self.whole


def count_steps(chosen: CountingFilter, parts: PartsInYears) -> Funnel:
    """Count how far registrations came by one property, with five statements.

    S0, outline 2.2: registered, recognised and replicated, by field and level.
    """
    figures = _figures(chosen, _everything(chosen, parts), COLUMNS[chosen.rows])
    if chosen.rows == Cut.UNIT:
        figures = _with_rest(figures, chosen.area.pk)
    whole = _figures(chosen, Q(organisation=chosen.area.pk), "organisation_id")
    levels = dict(Level.objects.order_by("rank").values_list("pk", "name"))
    headings = headings_of(chosen.rows, set(figures), parts, levels, chosen)
    return Funnel(headings, figures, whole.get(chosen.area.pk, NOTHING))


def _everything(chosen: CountingFilter, parts: PartsInYears) -> Q:
    if chosen.rows == Cut.UNIT:
        return parts.condition(chosen.area, chosen.years)
    return Q(organisation=chosen.area.pk)


def _figures(chosen: CountingFilter, where: Q, column: str) -> dict[Key, Steps]:
    only = {COLUMNS[Cut(cut)]: value for cut, value in chosen.only.items()}
    by_state = RegistrationTally.objects.filter(REGISTERED, where, year__in=chosen.years, **only)
    by_stage = StageTally.objects.filter(where, year__in=chosen.years, **only)
    found: dict[Key, Counter[Step]] = defaultdict(Counter)
    for key, state, count in _summed(by_state, column, "state"):
        found[key][Step.REGISTERED] += count
        if state == State.ACCEPTED:
            found[key][Step.ACCEPTED] += count
    for key, stage, count in _summed(by_stage, column, "stage"):
        found[key][STEPS[stage]] += count
    figures = {key: tuple(counts[step] for step in Step) for key, counts in found.items()}
    return {key: steps for key, steps in figures.items() if any(steps)}


def _summed(
    tallies: QuerySet[RegistrationTally] | QuerySet[StageTally], column: str, other: str
) -> Iterable[tuple[Any, ...]]:
    return tallies.order_by().values_list(column, other).annotate(total=Sum("count"))


def _with_rest(figures: dict[Key, Steps], area: int) -> dict[Key, Steps]:
    """Put in place of the whole area what none of its parts has: then the parts make the whole."""
    whole = figures.pop(area, NOTHING)
    below = _sum(figures.values())
    rest = tuple(all_ - part for all_, part in zip(whole, below, strict=True))
    return figures | {REST: rest} if any(rest) else figures


def _sum(rows: Iterable[Steps]) -> Steps:
    found = list(rows)
    return tuple(sum(figures) for figures in zip(*found, strict=True)) if found else NOTHING


STAGES = {
    Step.NOMINATED: Stage.NOMINATED,
    Step.CARRIED_OUT: Stage.CARRIED_OUT,
    Step.APPRAISED: Stage.APPRAISED,
    Step.RECOGNISED: Stage.RECOGNISED,
    Step.PRAISED: Stage.PRAISED,
    Step.COMMENDED: Stage.COMMENDED,
    Step.REPLICATED: Stage.REPLICATED,
}
STEPS = {stage.value: step for step, stage in STAGES.items()}
