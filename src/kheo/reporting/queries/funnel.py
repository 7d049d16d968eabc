"""How much of what was registered came how far, cut by one property, from the tallies alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from kheo.exemplars.enums import Stage, State
from kheo.exemplars.models import RegistrationTally
from kheo.exemplars.queries.listing import reached
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
    """Count how far registrations came by one property, with three statements at most.

    S0, outline 2.2: registered, recognised and replicated, by field and level.
    """
    tallies = RegistrationTally.objects.filter(REGISTERED, year__in=chosen.years)
    tallies = tallies.filter(**{COLUMNS[Cut(cut)]: value for cut, value in chosen.only.items()})
    own = tallies.filter(organisation=chosen.area.pk)
    whole = _figures(own.aggregate(**_sums()))
    if chosen.rows == Cut.UNIT:
        figures = _by(tallies.filter(parts.condition(chosen.area, chosen.years)), chosen)
        figures = _with_rest(figures, chosen.area.pk)
    else:
        figures = _by(own, chosen)
    levels = dict(Level.objects.order_by("rank").values_list("pk", "name"))
    return Funnel(headings_of(chosen.rows, set(figures), parts, levels, chosen), figures, whole)


def _sums() -> dict[str, Sum]:
    sums = {
        Step.REGISTERED.value: Sum("count"),
        Step.ACCEPTED.value: Sum("count", filter=Q(state=State.ACCEPTED)),
    }
    for step, stage in STAGES.items():
        sums[step.value] = Sum("count", filter=reached(stage))
    return sums


def _by(tallies: QuerySet[RegistrationTally], chosen: CountingFilter) -> dict[Key, Steps]:
    column = COLUMNS[chosen.rows]
    rows = tallies.order_by().values(column).annotate(**_sums())
    found = {row[column]: _figures(row) for row in rows}
    return {key: figures for key, figures in found.items() if any(figures)}


def _figures(row: Mapping[str, int | None]) -> Steps:
    return tuple(row[step.value] or 0 for step in Step)


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
