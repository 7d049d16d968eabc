"""What the tables of this room are as workbooks: columns and rows, no formats."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from kheo.lib.sheets.columns import Column
from kheo.progress.models import Indicator, Result
from kheo.progress.queries.results import SumLine
from kheo.progress.rules.figures import percent_of


def sum_columns() -> list[Column]:
    """Return the columns of the sums."""
    return [
        Column("number", _("No."), 6, "integer"),
        Column("group", _("Group"), 26),
        Column("indicator", _("Indicator"), 48),
        Column("unit", _("Unit of measure"), 14),
        Column("adding", _("Rule of adding up"), 24),
        Column("planned", _("Planned"), 16, "number"),
        Column("achieved", _("Achieved"), 16, "number"),
        Column("percent", _("Per cent of the plan"), 14, "number"),
        Column("models", _("Models"), 10, "integer"),
    ]


def sum_values(lines: Iterable[SumLine]) -> Iterator[list[object]]:
    """Yield the values of each indicator, in the order of the columns."""
    for number, line in enumerate(lines, start=1):
        yield [
            number,
            line.indicator.get_group_display(),
            str(line.indicator),
            line.indicator.unit,
            line.indicator.get_adding_display(),
            line.planned,
            line.achieved,
            line.percent,
            line.models,
        ]


def list_columns(indicator: Indicator) -> list[Column]:
    """Return the columns of the list behind a sum."""
    return [
        Column("number", _("No."), 6, "integer"),
        Column("year", _("Year"), 8, "integer"),
        Column("unit", _("Unit"), 40),
        Column("model", _("Model"), 60),
        Column("planned", f"{_('Planned')} ({indicator.unit})", 16, "number"),
        Column("achieved", f"{_('Achieved')} ({indicator.unit})", 16, "number"),
        Column("percent", _("Per cent of the plan"), 14, "number"),
        Column("as_of", _("Counted on"), 12, "date"),
    ]


def list_values(rows: Iterable[Result]) -> Iterator[list[object]]:
    """Yield the values of each model, in the order of the columns."""
    for number, row in enumerate(rows, start=1):
        yield [
            number,
            row.year,
            row.registration.unit_name,
            row.registration.name,
            row.planned,
            row.achieved,
            percent_of(row.achieved, row.planned),
            row.as_of,
        ]
