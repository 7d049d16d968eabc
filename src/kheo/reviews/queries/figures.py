"""The figures of a report: how they read, what they are now, and what they were when frozen."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kheo.reporting.enums import Step
from kheo.reviews.enums import Measure
from kheo.reviews.models import Report, ReportFigure
from kheo.reviews.queries.cubes import NOTHING, PLACE, Cube, figures_cube
from kheo.reviews.queries.measures import base_of, figure_value
from kheo.reviews.queries.scopes import Scope, scope_of, scope_of_unit
from kheo.reviews.rules.figures import OF_MODELS, figure_words


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure with its value now and, once the report was submitted, its value then."""

    figure: ReportFigure
    value: Decimal
    base: int | None
    words: str
    frozen_words: str = ""

    @property
    def frozen_value(self) -> Decimal | None:
        """Return the value when the report was submitted; None while it is drafted."""
        return self.figure.frozen_value

    @property
    def difference(self) -> Decimal | None:
        """Return by how much the register says more now; None while nothing is frozen."""
        if self.frozen_value is None:
            return None
        return self.value - self.frozen_value


def words_of_report(report: Report) -> dict[int, str]:
    """Return what each figure of a report reads, by its number: frozen where it is frozen."""
    figures = _figures(report)
    frozen = [figure for figure in figures if figure.frozen_value is not None]
    live = [figure for figure in figures if figure.frozen_value is None]
    found = {figure.number: frozen_words_of(figure) for figure in frozen}
    return found | {told.figure.number: told.words for told in words_of_figures(report, live)}


def figures_of(report: Report) -> list[ToldFigure]:
    """Return the figures of a report in the order of their numbers, each with its value now."""
    return words_of_figures(report, _figures(report))


def words_of_figures(report: Report, figures: Iterable[ReportFigure]) -> list[ToldFigure]:
    """Return figures, kept or not, with what they are now.

    All that count models in the same years share one statement, the others have one each.
    """
    reader = _Reader(report)
    found = []
    for figure in figures:
        value, base = reader.value(figure), base_of(figure, reader.scope)
        words = figure_words(figure, value, base)
        then = "" if figure.frozen_value is None else frozen_words_of(figure)
        found.append(ToldFigure(figure, value, base, words, then))
    return found


def frozen_words_of(figure: ReportFigure) -> str:
    """Return how a frozen figure reads."""
    return figure_words(figure, figure.frozen_value or Decimal(0), figure.frozen_base)


class _Reader:
    """Values of many figures of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.cubes: dict[tuple[int, int, int], Cube] = {}

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self.report)

    def value(self, figure: ReportFigure) -> Decimal:
        measure = Measure(figure.measure)
        if measure not in OF_MODELS:
            return figure_value(figure, self.scope)
        only = {FACET_OF.get(name, name): value for name, value in figure.only.items()}
        unit = int(only.pop("unit", 0))
        step = Step.REGISTERED if measure == Measure.MODELS else Step(measure.value)
        whole = self._cube(figure, unit).rolled_up((), only)
        return Decimal(whole.get((), NOTHING)[PLACE[step]])

    def _cube(self, figure: ReportFigure, unit: int) -> Cube:
        key = (figure.first_year, figure.last_year, unit)
        if key not in self.cubes:
            where = scope_of_unit(self.scope, unit) if unit else self.scope
            self.cubes[key] = figures_cube(where, range(key[0], key[1] + 1))
        return self.cubes[key]


FACET_OF = {"level": "level_id"}


def _figures(report: Report) -> list[ReportFigure]:
    rows = list(report.figures.select_related("indicator").order_by("number"))
    for row in rows:
        row.report = report
    return rows
