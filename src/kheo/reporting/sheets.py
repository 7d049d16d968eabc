"""What the tables of this room are as workbooks: columns and rows, no formats."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from kheo.lib.sheets.columns import Column
from kheo.reporting.queries.board import BoardRow, Columns
from kheo.reporting.queries.counting import Figures


def board_columns(columns: Columns) -> list[Column]:
    """Return the columns of the board, two for each level that is asked for."""
    found = [
        Column("number", _("No."), 6, "integer"),
        Column("unit", _("Unit"), 44),
        Column("audience", _("Audience"), 28),
        Column("state", _("State"), 16),
    ]
    for level in columns.levels:
        name = level.name or _("all levels")
        found += [
            Column(f"registered-{level.key}", _("Registered: %s") % name, 14, "integer"),
            Column(f"asked-{level.key}", _("Asked: %s") % name, 12),
        ]
    return [
        *found,
        Column("total", _("Registered in all"), 12, "integer"),
        Column("due", _("Deadline"), 12, "date"),
        Column("extended", _("Deadline before the extension"), 14, "date"),
        Column("reason", _("Reason for the extension"), 30),
        Column("late", _("Days late"), 10, "integer"),
        Column("touched", _("Last touched"), 16, "datetime"),
    ]


def board_values(rows: Iterable[BoardRow]) -> Iterator[list[object]]:
    """Yield the values of each unit, in the order of the columns."""
    for number, row in enumerate(rows, start=1):
        standings = [
            value for standing in row.standings for value in (standing.registered, standing.asked)
        ]
        yield [
            number,
            row.unit,
            row.audience,
            row.state_label,
            *standings,
            row.registered,
            row.due_on,
            row.extended_from,
            row.extension_reason,
            row.late_days or None,
            row.touched_at,
        ]


def figures_columns(figures: Figures, corner: str) -> list[Column]:
    """Return the columns of a table of figures, its sums last."""
    return [
        Column("row", corner, 40),
        *(Column(f"c-{head.key}", head.label, 16, "integer") for head in figures.columns),
        Column("total", _("Total"), 12, "integer"),
    ]


def figures_values(figures: Figures) -> Iterator[list[object]]:
    """Yield the numbers row by row, the sums of the columns last."""
    for row in figures.rows:
        numbers = [figures.cell(row.key, column.key) for column in figures.columns]
        yield [row.label, *numbers, figures.row_total(row.key)]
    sums = [figures.column_total(column.key) for column in figures.columns]
    yield [_("Total"), *sums, figures.total]
