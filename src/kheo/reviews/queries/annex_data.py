"""What the annexes of one report are computed from, looked up once for all of them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kheo.organisations.models import Level
from kheo.reporting.queries.areas import Area, named_areas
from kheo.reporting.queries.counting import PartsInYears, parts_in_years
from kheo.reviews.enums import ReportState
from kheo.reviews.models import Report
from kheo.reviews.queries.cubes import Cube, entries_cube, is_huge, models_cube
from kheo.reviews.queries.scopes import Scope, scope_of
from kheo.rounds.enums import OWING, RoundState
from kheo.rounds.models import Participation

# of reports below that are not handed in yet
MISSING_STATES = (
    ReportState.ASKED,
    ReportState.DRAFTING,
    ReportState.SIGNED_OFF,
    ReportState.RETURNED,
)
MOST_NAMED = 200


@dataclass(frozen=True)
class AnnexData:
    """A report's body with all below it, in the years of its review."""

    report: Report

    @cached_property
    def scope(self) -> Scope:
        """Return where the report looks."""
        return scope_of(self.report)

    @cached_property
    def years(self) -> range:
        """Return the years of the review's period."""
        return years_of(self.report)

    @cached_property
    def is_huge(self) -> bool:
        """Tell whether there is too much to look at each model: then the tallies must do."""
        return is_huge(self.scope, self.years)

    @cached_property
    def models(self) -> Cube:
        """Return the models, each once, without their units."""
        return models_cube(self.scope, self.years)

    @cached_property
    def models_by_unit(self) -> Cube:
        """Return the models, each once, under the unit directly below the body; 0 for its own."""
        cube = models_cube(self.scope, self.years, with_path=True)
        names = (*cube.names[:-1], "unit")
        shortened = {key: (*key[:-1], self._part_of(key[-1])) for key in cube.cells}
        summed: dict[tuple[object, ...], list[int]] = {}
        for key, steps in cube.cells.items():
            sums = summed.setdefault(shortened[key], [0] * len(steps))
            for place, count in enumerate(steps):
                sums[place] += count
        return Cube(names, {key: tuple(sums) for key, sums in summed.items()})

    @cached_property
    def entries(self) -> Cube:
        """Return the entries of each year, without their units."""
        return entries_cube(self.scope, self.years)

    @cached_property
    def entries_by_unit(self) -> Cube:
        """Return the entries of each year under the unit directly below the body."""
        return entries_cube(self.scope, self.years, self.parts.years)

    @cached_property
    def parts(self) -> PartsInYears:
        """Return what stood directly below the body, and in which years."""
        area = Area(self.report.organisation_id, self.report.unit_name, self.report.path)
        return parts_in_years(area, self.years)

    @cached_property
    def levels(self) -> dict[int, str]:
        """Return the levels as papers write them, lowest rank first."""
        rows = Level.objects.order_by("rank").values_list("pk", "name")
        return {pk: name[:1].upper() + name[1:] for pk, name in rows}

    def units(self, present: set[int]) -> dict[int, str]:
        """Return the units of a table by key: all parts, and others that have figures."""
        found = {part.pk: part.name for part in self.parts.areas}
        others = sorted(present - found.keys() - {0})
        day = date(self.years[-1], 12, 31)
        return found | {area.pk: area.name for area in named_areas(others, day)}

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Return who is still to report or to register: until then all figures are provisional."""
        reports = Report.objects.filter(parent=self.report, state__in=MISSING_STATES)
        rounds = Participation.objects.filter(
            self.scope.inside(),
            round__year__in=self.years,
            round__state=RoundState.OPEN,
            state__in=OWING,
            registered=0,
        )
        names = [
            *reports.order_by("unit_name").values_list("unit_name", flat=True)[:MOST_NAMED],
            *rounds.order_by("sort_key").values_list("unit_name", flat=True)[:MOST_NAMED],
        ]
        return tuple(dict.fromkeys(names))

    def _part_of(self, path: str) -> int:
        for root in self.scope.paths:
            if path.startswith(root):
                rest = path[len(root) :].strip(".")
                return int(rest.partition(".")[0]) if rest else 0
        return 0


def years_of(report: Report) -> range:
    """Return the years a review looks back upon; without a period the year it was begun in."""
    review = report.review
    last = (review.period_to or review.period_from or review.created_at).year
    first = review.period_from.year if review.period_from else last
    return range(min(first, last), last + 1)
