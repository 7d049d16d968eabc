"""What the tables of this room are as workbooks: columns and rows, no formats."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.exemplars.enums import Continuity, Nature, State
from kheo.lib.sheets.columns import Column
from kheo.reporting.enums import Step
from kheo.reporting.queries.board import BoardRow, Columns
from kheo.reporting.queries.counting import Figures
from kheo.reporting.queries.funnel import Funnel
from kheo.reporting.queries.registrations import FIELDS
from kheo.rounds.enums import Field, Form


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


def funnel_columns(corner: str) -> list[Column]:
    """Return the columns of the table "from registration to replication"."""
    steps = [Column(step.value, str(step.label), 16, "integer") for step in Step]
    return [Column("row", corner, 40), *steps]


def funnel_values(funnel: Funnel) -> Iterator[list[object]]:
    """Yield the figures row by row, the whole last."""
    for row in funnel.rows:
        yield [row.label, *funnel.of(row.key)]
    yield [_("Total"), *funnel.whole]


def registration_columns() -> list[Column]:
    """Return the columns of registrations as plain rows, in the order of their fields."""
    return [
        Column("year", _("Year"), 8, "integer"),
        Column("unit_name", _("Unit"), 36),
        Column("name", _("Name"), 50),
        Column("nature", _("Model or exemplary case"), 14),
        Column("form", _("Collective or individual"), 14),
        Column("full_name", _("Full name"), 22),
        Column("position", _("Position"), 20),
        Column("workplace", _("Workplace"), 26),
        Column("address", _("Address"), 26),
        Column("field", _("Field"), 22),
        Column("level_id", _("Level"), 10),
        Column("continuity", _("New, kept up or replicated"), 16),
        Column("content", _("Content"), 60),
        Column("starts", _("Start"), 14),
        Column("ends", _("Finish"), 14),
        Column("scope", _("Place and scope"), 26),
        Column("expected_results", _("Expected results"), 50),
        Column("state", _("State"), 14),
        Column("submitted_at", _("Submitted at"), 16, "datetime"),
        Column("is_late", _("Late"), 10),
    ]


def registration_values(
    rows: Iterable[tuple[object, ...]], levels: Mapping[int, str]
) -> Iterator[list[object]]:
    """Yield plain rows with their coded values in words."""
    words: dict[str, dict[object, object]] = {
        "nature": _words(Nature),
        "form": _words(Form),
        "field": _words(Field),
        "continuity": _words(Continuity),
        "state": _words(State),
        "level_id": dict(levels.items()),
        "is_late": {True: _("late"), False: None},
    }
    coded = [(FIELDS.index(name), table) for name, table in words.items()]
    submitted = FIELDS.index("submitted_at")
    zone = timezone.get_current_timezone()
    for row in rows:
        values = list(row)
        for place, table in coded:
            values[place] = table.get(values[place], values[place])
        at = values[submitted]
        if isinstance(at, datetime):
            values[submitted] = at.astimezone(zone)
        yield values


def _words(choices: type[TextChoices]) -> dict[object, object]:
    return {value: str(label) for value, label in choices.choices}
