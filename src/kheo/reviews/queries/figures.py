"""The figures of a report: how they read, what they are now, and what they were when frozen."""

from dataclasses import dataclass
from decimal import Decimal

from kheo.reviews.models import Report, ReportFigure
from kheo.reviews.queries.measures import base_of, count_of
from kheo.reviews.queries.scopes import scope_of
from kheo.reviews.rules.figures import figure_words


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
    found = {}
    scope = None
    for figure in _figures(report):
        if figure.frozen_value is not None:
            found[figure.number] = frozen_words_of(figure)
            continue
        scope = scope or scope_of(report)
        found[figure.number] = figure_words(figure, count_of(figure, scope), base_of(figure, scope))
    return found


def figures_of(report: Report) -> list[ToldFigure]:
    """Return the figures of a report in the order of their numbers, each with its value now."""
    scope = scope_of(report)
    found = []
    for figure in _figures(report):
        value, base = count_of(figure, scope), base_of(figure, scope)
        found.append(
            ToldFigure(
                figure,
                value,
                base,
                figure_words(figure, value, base),
                "" if figure.frozen_value is None else frozen_words_of(figure),
            )
        )
    return found


def frozen_words_of(figure: ReportFigure) -> str:
    """Return how a frozen figure reads."""
    return figure_words(figure, figure.frozen_value or Decimal(0), figure.frozen_base)


def _figures(report: Report) -> list[ReportFigure]:
    rows = list(report.figures.select_related("indicator").order_by("number"))
    for row in rows:
        row.report = report
    return rows
