"""How many of those recognised were replicated, by field and level, as a table and a picture."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from kheo.exemplars.enums import Stage
from kheo.exemplars.models import StageTally
from kheo.organisations.models import Level, Seat, below
from kheo.organisations.rules import reach_of
from kheo.replication.enums import CARRIED, ReplicationState
from kheo.replication.models import Replication
from kheo.rounds.enums import Field

# the picture, in units of its own: bars below one another, words at the left
LEFT, WIDTH, ROW, BAR = 230, 400, 54, 16
BOTTOM = 30


@dataclass(frozen=True)
class FigureLine:
    """One field or level: recognised, of those replicated, and replicas made."""

    label: str
    recognised: int
    replicated: int
    replicas: int
    done: int

    @property
    def percent(self) -> int:
        """Return how many per cent of those recognised were replicated."""
        return round(100 * self.replicated / self.recognised) if self.recognised else 0


@dataclass(frozen=True)
class DrawnBar:
    """One row of the picture: where it stands and how long its two bars are."""

    label: str
    top: int
    recognised: int
    replicated: int
    recognised_width: int
    replicated_width: int

    @property
    def second(self) -> int:
        """Return where the lower bar begins."""
        return self.top + BAR + 2

    @property
    def baseline(self) -> int:
        """Return where the words of the row stand."""
        return self.top + BAR + 5

    @property
    def recognised_end(self) -> int:
        """Return where the figure of the upper bar stands."""
        return LEFT + self.recognised_width + 6

    @property
    def replicated_end(self) -> int:
        """Return where the figure of the lower bar stands."""
        return LEFT + self.replicated_width + 6


@dataclass(frozen=True)
class Figures:
    """The tables by field and by level, their sum, and the picture of the first."""

    by_field: list[FigureLine]
    by_level: list[FigureLine]
    whole: FigureLine
    bars: list[DrawnBar]

    @property
    def height(self) -> int:
        """Return the height of the picture."""
        return len(self.bars) * ROW + BOTTOM


def replication_figures(seat: Seat, year: int | None = None) -> Figures:
    """Count below the seat's reach, from the tallies and the replications, with five statements.

    :param year: None for all years.
    """
    tallies = StageTally.objects.filter(
        organisation=seat.organisation.reach_id, stage__in=(Stage.RECOGNISED, Stage.REPLICATED)
    )
    rows = Replication.objects.filter(below(reach_of(seat)), state__in=CARRIED)
    if year is not None:
        tallies = tallies.filter(year=year)
        rows = rows.filter(registration__year=year)
    levels = {level.pk: str(level) for level in Level.objects.order_by("rank")}
    fields = {key: str(label) for key, label in Field.choices}
    by_field = _lines(fields, _stages(tallies, "field"), _made(rows, "registration__field"))
    by_level = _lines(levels, _stages(tallies, "level"), _made(rows, "registration__level"))
    by_level = [line for line in by_level if line.recognised or line.replicas]
    whole = FigureLine(
        "",
        *(
            sum(getattr(line, name) for line in by_field)
            for name in ("recognised", "replicated", "replicas", "done")
        ),
    )
    return Figures(by_field, by_level, whole, _drawn(by_field))


def _stages(tallies: "QuerySet[StageTally]", column: str) -> Counter[tuple[object, int]]:
    counted = tallies.values_list(column, "stage").annotate(total=Sum("count")).order_by()
    return Counter({(key, stage): total for key, stage, total in counted})


def _made(rows: "QuerySet[Replication]", column: str) -> Counter[tuple[object, str]]:
    counted = rows.values_list(column, "state").annotate(total=Count("pk")).order_by()
    return Counter({(key, state): total for key, state, total in counted})


def _lines(
    labels: Mapping[Any, str],
    stages: Counter[tuple[object, int]],
    made: Counter[tuple[object, str]],
) -> list[FigureLine]:
    return [
        FigureLine(
            label,
            stages[key, Stage.RECOGNISED],
            stages[key, Stage.REPLICATED],
            sum(made[key, state] for state in CARRIED),
            made[key, ReplicationState.DONE],
        )
        for key, label in labels.items()
    ]


def _drawn(lines: list[FigureLine]) -> list[DrawnBar]:
    most = max((max(line.recognised, line.replicated) for line in lines), default=0) or 1
    return [
        DrawnBar(
            line.label,
            place * ROW + 8,
            line.recognised,
            line.replicated,
            round(WIDTH * line.recognised / most),
            round(WIDTH * line.replicated / most),
        )
        for place, line in enumerate(lines)
    ]
