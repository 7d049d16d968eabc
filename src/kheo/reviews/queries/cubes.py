"""Counts of models by all their properties at once: every table and figure is a sum over them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.core.cache import cache
from django.db import connection
from django.db.models import Case, IntegerField, Max, Q, Sum, Value, When

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration, RegistrationTally, StageTally
from kheo.exemplars.queries.listing import reached
from kheo.reporting.enums import Step
from kheo.reporting.queries.counting import REGISTERED
from kheo.reporting.queries.funnel import STAGES
from kheo.reviews.queries.scopes import Scope, newest_entries, registered_rows

Key = tuple[Any, ...]
Steps = tuple[int, ...]
FACETS = ("field", "form", "level_id", "continuity", "nature")
# entries of a whole country; a province has some 30,000 in five years
HUGE = 200_000
KEPT_FOR = 600
NOTHING: Steps = (0,) * len(Step)
STEP_OF_STAGE = {stage.value: step for step, stage in STAGES.items()}
PLACE = {step: place for place, step in enumerate(Step)}


@dataclass(frozen=True, slots=True)
class Cube:
    """How many models of each kind came how far; ``names`` says what each part of a key is."""

    names: tuple[str, ...]
    cells: Mapping[Key, Steps]

    def rolled_up(self, names: Iterable[str], only: Mapping[str, Any]) -> dict[Key, Steps]:
        """Return the sums by some of its properties, of the cells that pass a filter."""
        places = [self.names.index(name) for name in names]
        kept = {self.names.index(name): value for name, value in only.items()}
        found: dict[Key, list[int]] = defaultdict(lambda: [0] * len(Step))
        for key, steps in self.cells.items():
            if all(key[place] == value for place, value in kept.items()):
                sums = found[tuple(key[place] for place in places)]
                for place, count in enumerate(steps):
                    sums[place] += count
        return {key: tuple(sums) for key, sums in found.items()}


def is_huge(where: Scope, years: range) -> bool:
    """Tell whether there is too much to look at each model for every page."""
    tallies = RegistrationTally.objects.filter(organisation__in=where.roots, year__in=years)
    return (tallies.aggregate(total=Sum("count"))["total"] or 0) > HUGE


def figures_cube(where: Scope, years: range) -> Cube:
    """Return the models that figures count, each once.

    Within one year the tallies say the same. Over years of a whole country it is counted anew
    every ten minutes only.
    """
    if len(years) == 1:
        return entries_cube(where, years)
    if not is_huge(where, years):
        return models_cube(where, years)
    key = f"reviews-cube-{'-'.join(where.paths)}-{years[0]}-{years[-1]}"
    return cast("Cube", cache.get_or_set(key, lambda: models_cube(where, years), KEPT_FOR))


def models_cube(where: Scope, years: range, *, with_path: bool = False) -> Cube:
    """Count the models registered in a scope and years, each once, with one statement.

    A model has the field, form, level and unit of its newest entry; it came as far as any of its
    entries in these years did. So every cut adds up, and no step counts more than the first.

    :param with_path: tell apart the units as well.
    """
    names = (*FACETS, "path") if with_path else FACETS
    steps = {f"step_{step.value}": _ever(condition) for step, condition in _conditions().items()}
    models = newest_entries(registered_rows(where, years), where, **steps)
    inner, parameters = models.query.sql_with_params()
    sums = ", ".join(["COUNT(*)", *(f"SUM(m.{name})" for name in steps)])
    columns = ", ".join(f"r.{name}" for name in names)
    table = Registration._meta.db_table
    statement = (
        f"SELECT {columns}, {sums} FROM ({inner}) m "  # noqa: S608 -- names of our own
        f"JOIN {table} r ON r.id = m.newest GROUP BY {columns}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchall()
    width = len(names)
    return Cube(names, {tuple(row[:width]): tuple(map(int, row[width:])) for row in found})


def entries_cube(
    where: Scope, years: range, parts: Mapping[int, frozenset[int]] | None = None
) -> Cube:
    """Count the entries of each year from the tallies alone, with two statements.

    :param parts: organisations told apart, each with the years in which it stood below; what none
        of them has is told under the key 0.
    """
    keys = list(where.roots)
    condition = Q(organisation__in=keys)
    for pk, standing in (parts or {}).items():
        condition |= Q(organisation=pk, year__in=standing)
    names = (*FACETS, "year", "organisation_id")
    found: dict[Key, list[int]] = defaultdict(lambda: [0] * len(Step))
    states = RegistrationTally.objects.filter(REGISTERED, condition, year__in=years)
    for *key, state, count in states.values_list(*names, "state").annotate(n=Sum("count")):
        steps = found[tuple(key)]
        steps[PLACE[Step.REGISTERED]] += count
        if state == State.ACCEPTED:
            steps[PLACE[Step.ACCEPTED]] += count
    stages = StageTally.objects.filter(condition, year__in=years)
    for *key, stage, count in stages.values_list(*names, "stage").annotate(n=Sum("count")):
        found[tuple(key)][PLACE[STEP_OF_STAGE[stage]]] += count
    return Cube((*FACETS, "year", "unit"), _with_rest(found, set(keys)))


def _with_rest(found: Mapping[Key, list[int]], roots: set[int]) -> dict[Key, Steps]:
    """Put in place of the whole what none of its parts has, under the key 0."""
    cells: dict[Key, list[int]] = defaultdict(lambda: [0] * len(Step))
    for key, steps in found.items():
        *facets, organisation = key
        is_root = organisation in roots
        rest = cells[*facets, 0]
        for place, count in enumerate(steps):
            rest[place] += count if is_root else -count
        if not is_root:
            cells[key] = steps
    return {key: tuple(steps) for key, steps in cells.items() if any(steps)}


def _conditions() -> dict[Step, Any]:
    """Return for each step but the first when an entry has reached it."""
    found: dict[Step, Any] = {Step.ACCEPTED: Q(state=State.ACCEPTED)}
    return found | {step: reached(stage.value) for step, stage in STAGES.items()}


def _ever(condition: Any) -> Max:
    return Max(_flag(When(condition, then=Value(1))))


def _flag(when: When) -> Case:
    return Case(when, default=Value(0), output_field=IntegerField())
