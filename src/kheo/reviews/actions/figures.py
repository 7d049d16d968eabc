"""Figures of reports: put into a text while drafting, frozen with their lists on submission."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kheo.organisations.actions import By
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.reviews.actions.handling import lock_report, note_report
from kheo.reviews.models import FrozenList, FrozenTable, Report, ReportFigure
from kheo.reviews.queries.figures import frozen_words_of
from kheo.reviews.queries.measures import base_of, keys_behind, value_of_keys
from kheo.reviews.queries.scopes import Scope, scope_of, scope_of_unit
from kheo.reviews.queries.tables import annex_tables, content_of_table
from kheo.reviews.rules.figures import FigureTerms, refuse_impossible_figure
from kheo.reviews.rules.reports import can_write
from kheo.reviews.rules.reviews import ReviewError

MOST_FIGURES = 500
BATCH = 50


@transaction.atomic
def insert_figure(*, report: Report, terms: FigureTerms, by: Seat, at: datetime) -> ReportFigure:
    """Give a report a figure that its texts can point to; the same terms give the same figure.

    :raises NotAllowedError: when the seat may not write the report now.
    :raises ReviewError: when the terms cannot be, or the report has too many figures.
    """
    locked = _lock(report, by)
    (figure,) = _insert(locked, [terms], by, at)
    return figure


@transaction.atomic
def insert_figures(
    *, report: Report, terms: Iterable[FigureTerms], by: Seat, at: datetime
) -> list[ReportFigure]:
    """Give a report the figures of a whole sentence, in their order.

    :raises NotAllowedError: when the seat may not write the report now.
    :raises ReviewError: when one of the terms cannot be, or the report has too many figures.
    """
    return _insert(_lock(report, by), list(terms), by, at)


@transaction.atomic
def freeze_report(*, report: Report, by: By, at: datetime) -> None:
    """Keep each figure with the keys of all it counts, and each annex, as they are now.

    The caller has judged whether the report may be submitted; what was frozen before is replaced.
    """
    scope = scope_of(report)
    figures = list(report.figures.select_related("indicator"))
    lists = [_freeze(figure, report, scope, at) for figure in figures]
    FrozenList.objects.filter(figure__report=report).delete()
    FrozenList.objects.bulk_create(lists, batch_size=BATCH)
    ReportFigure.objects.bulk_update(figures, ["frozen_value", "frozen_base", "frozen_at"])
    report.frozen_tables.all().delete()
    tables = [
        FrozenTable(report=report, annex=table.annex, content=content_of_table(table), frozen_at=at)
        for table in annex_tables(report)
        if table.annex is not None
    ]
    FrozenTable.objects.bulk_create(tables, batch_size=BATCH)
    told = {str(figure.number): frozen_words_of(figure) for figure in figures}
    after = {"figures": told, "annexes": len(tables)}
    note_report("report.freeze-figures", report, by=by, at=at, after=after)


@transaction.atomic
def thaw_report(*, report: Report, by: By, at: datetime) -> None:
    """Let figures and annexes of a report follow the register again, since it is written anew."""
    FrozenList.objects.filter(figure__report=report).delete()
    report.frozen_tables.all().delete()
    report.figures.update(frozen_value=None, frozen_base=None, frozen_at=None)
    after = {"figures": report.figures.count()}
    note_report("report.thaw-figures", report, by=by, at=at, after=after)


def _freeze(figure: ReportFigure, report: Report, scope: Scope, at: datetime) -> FrozenList:
    figure.report = report
    keys = list(keys_behind(figure, scope))
    figure.frozen_value = value_of_keys(figure, keys, scope)
    figure.frozen_base = base_of(figure, scope)
    figure.frozen_at = at
    return FrozenList(figure=figure, keys=keys)


def _lock(report: Report, by: Seat) -> Report:
    locked = lock_report(report)
    demand(can_write(by, locked))
    return locked


def _insert(
    report: Report, wanted: list[FigureTerms], by: Seat, at: datetime
) -> list[ReportFigure]:
    for terms in wanted:
        refuse_impossible_figure(terms)
        _refuse_stranger(report, terms)
    known = {_told(figure): figure for figure in report.figures.all()}
    last = report.figures.aggregate(last=Max("number"))["last"] or 0
    found, made = [], []
    for terms in wanted:
        figure = _figure(report, terms, by, at)
        if (old := known.get(_told(figure))) is None:
            last += 1
            figure.number = last
            known[_told(figure)] = old = figure
            made.append(figure)
        found.append(old)
    if len(known) > MOST_FIGURES:
        raise ReviewError(_("The report has too many figures."))
    for figure in made:
        figure.save()
    if made:
        told = {str(figure.number): str(figure.get_measure_display()) for figure in made}
        note_report("report.insert-figure", report, by=by, at=at, after={"figures": told})
    return found


def _figure(report: Report, terms: FigureTerms, by: Seat, at: datetime) -> ReportFigure:
    return ReportFigure(
        report=report,
        measure=terms.measure,
        indicator=terms.indicator,
        only=dict(terms.only),
        first_year=terms.first_year,
        last_year=terms.last_year,
        noun=" ".join(terms.noun.split()),
        is_bare=terms.is_bare,
        made_by=by,
        made_at=at,
    )


def _refuse_stranger(report: Report, terms: FigureTerms) -> None:
    unit = terms.only.get("unit")
    if unit and not scope_of_unit(scope_of(report), int(unit)).paths:
        raise ReviewError(_("A figure looks at the report's own body and those below it only."))


def _told(figure: ReportFigure) -> tuple[object, ...]:
    """Return by what two figures are the same."""
    return (
        str(figure.measure),
        figure.indicator_id,
        tuple(sorted(figure.only.items())),
        figure.first_year,
        figure.last_year,
        figure.noun,
        figure.is_bare,
    )
