"""Counts that drafts, comparisons and plans start from, without becoming figures of the report."""

from collections.abc import Iterable, Sequence

from kheo.lib.text.prose import figure_numbers
from kheo.reviews.models import Report, ReportFigure
from kheo.reviews.queries.figures import frozen_words_of, words_of_figures
from kheo.reviews.rules.figures import FigureTerms


def counted_terms(report: Report, terms: Sequence[FigureTerms]) -> list[int]:
    """Return what each of some terms counts now, in their order.

    All that count models of the same years share one statement, the others have one each.
    """
    figures = [
        ReportFigure(
            report=report,
            measure=one.measure,
            indicator=one.indicator,
            only=dict(one.only),
            first_year=one.first_year,
            last_year=one.last_year,
        )
        for one in terms
    ]
    return [int(told.value) for told in words_of_figures(report, figures)]


def words_in(report: Report, body: str) -> dict[int, str]:
    """Return what the figures of one text read: only those it points to are counted."""
    return words_of_some(report, report.figures.filter(number__in=figure_numbers(body)))


def words_of_some(report: Report, figures: Iterable[ReportFigure]) -> dict[int, str]:
    """Return what some figures of a report read, by their number: frozen where they are frozen."""
    rows = list(figures)
    for row in rows:
        row.report = report
    frozen = {row.number: frozen_words_of(row) for row in rows if row.frozen_value is not None}
    live = words_of_figures(report, [row for row in rows if row.frozen_value is None])
    return frozen | {told.figure.number: told.words for told in live}
