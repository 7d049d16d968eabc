"""The board of a round: each unit asked, and the totals of each part of the tree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from kheo.lib.text.folding import fold
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.reporting.enums import BoardSort
from kheo.reporting.queries.areas import Area
from kheo.rounds.enums import UnitState
from kheo.rounds.models import Audience, Participation, ParticipationTally, Quota, Round
from kheo.rounds.rules import can_see_round

# who still owes something: these are reminded
ORDERS = {
    BoardSort.NAME: ("sort_key",),
    BoardSort.STATE: ("state", "sort_key"),
    BoardSort.DUE: ("due_on", "sort_key"),
    BoardSort.REGISTERED: ("registered", "sort_key"),
    BoardSort.TOUCHED: ("touched_at", "sort_key"),
}
ROW_FIELDS = (
    "pk",
    "organisation_id",
    "unit_name",
    "audience_id",
    "state",
    "counts",
    "registered",
    "accepted",
    "is_short",
    "original_due_on",
    "due_on",
    "extension_reason",
    "first_submitted_at",
    "submitted_late",
    "touched_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """What of a round's units is looked at; empty values leave everything in."""

    area: Area
    state: str = ""
    late: bool = False
    short: bool = False
    audience: int | None = None
    text: str = ""
    sort: str = BoardSort.NAME.value


@dataclass(frozen=True, slots=True)
class AskedLevel:
    """A level at which somebody is asked to register; key "" stands for all levels together."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How many a unit has registered at a level, beside what it was asked."""

    registered: int
    accepted: int
    asked: str
    kind: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit of the board."""

    pk: int
    organisation_id: int
    unit: str
    audience: str
    state: str
    standings: tuple[Standing, ...]
    registered: int
    is_short: bool
    due_on: date
    extended_from: date | None
    extension_reason: str
    late_days: int
    has_submitted: bool
    touched_at: datetime | None

    @property
    def state_label(self) -> str:
        """Return the state in words."""
        return str(UnitState(self.state).label)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many units of a part of the tree stand where."""

    asked: int = 0
    submitted: int = 0
    late: int = 0
    short: int = 0
    # past the deadline with nothing handed in yet
    late_now: int = 0
    states: dict[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> float:
        """Return the share of units that handed in, to one decimal place."""
        return round(100 * self.submitted / self.asked, 1) if self.asked else 0.0

    @property
    def by_state(self) -> list[tuple[str, str, int]]:
        """Return each state with its label and count, in the order of the work."""
        return [
            (state, str(label), self.states.get(state, 0)) for state, label in UnitState.choices
        ]


@dataclass(frozen=True, slots=True)
class Columns:
    """What the units of a round are asked: the levels, and each audience's name and quotas."""

    levels: tuple[AskedLevel, ...]
    audiences: dict[int, str]
    quotas: dict[tuple[int, str], tuple[int | None, int | None]]


def visible_round(seat: Seat, pk: int) -> Round | None:
    """Return a round the seat may see; None for any other."""
    rounds = Round.objects.select_related("organiser__kind", "period", "governing_document")
    found = rounds.filter(pk=pk).first()
    if found is None:
        return None
    mine = Participation.objects.filter(below(reach_of(seat)), round=found)
    return found if can_see_round(seat, found, is_asked=mine.exists()) else None


def top_path_of(seat: Seat, round: Round) -> str:
    """Return the path of the largest part of a round that a seat sees."""
    reach = reach_of(seat)
    return round.organiser_path if round.organiser_path.startswith(reach) else reach


def columns_of(round: Round) -> Columns:
    """Return what the board of a round has columns for, with two statements."""
    audiences = dict(Audience.objects.filter(round=round).values_list("pk", "name"))
    rows = Quota.objects.filter(audience__round=round).order_by("level__rank", "level", "pk")
    quotas: dict[tuple[int, str], tuple[int | None, int | None]] = {}
    levels: dict[str, AskedLevel] = {}
    for audience, level, name, least, most in rows.values_list(
        "audience", "level", "level__name", "minimum", "maximum"
    ):
        key = str(level or "")
        levels[key] = AskedLevel(key, name or "")
        quotas[audience, key] = (least, most)
    return Columns(tuple(levels.values()), audiences, quotas)


def units_of(round: Round, chosen: BoardFilter, today: date) -> QuerySet[Participation]:
    """Return the units of a round that pass the filter, in its order."""
    units = Participation.objects.filter(_facets(chosen, today), round=round)
    if chosen.area.path != round.organiser_path:
        units = units.filter(below(chosen.area.path))
    for word in fold(chosen.text).split():
        units = units.filter(organisation__search_key__contains=word)
    name = chosen.sort.lstrip("-")
    order = ORDERS[BoardSort(name)]
    sign = "-" if chosen.sort.startswith("-") else ""
    return units.order_by(f"{sign}{order[0]}", *order[1:], "pk")


def count_units(round: Round, chosen: BoardFilter, today: date) -> int:
    """Return how many units pass the filter: from the tallies, unless a text is searched for."""
    if chosen.text:
        return units_of(round, chosen, today).order_by().count()
    tallies = _tallies(round, [chosen.area.pk]).filter(_facets(chosen, today, "has_submitted"))
    return tallies.aggregate(count=Sum("count"))["count"] or 0


def board_rows(units: QuerySet[Participation], columns: Columns, today: date) -> Iterator[BoardRow]:
    """Yield units as the board shows them, from one statement."""
    for values in units.values_list(*ROW_FIELDS).iterator(chunk_size=2000):
        yield _row(dict(zip(ROW_FIELDS, values, strict=True)), columns, today)


def board_totals(round: Round, keys: Sequence[int], today: date) -> dict[int, Totals]:
    """Return the totals of each organisation by its key, from the tallies, with one statement."""
    found = totals_of_rounds([round.pk], keys, today)
    return {organisation: totals for (_round, organisation), totals in found.items()}


def totals_of_rounds(
    rounds: Sequence[int], keys: Sequence[int], today: date
) -> dict[tuple[int, int], Totals]:
    """Return totals by the keys of round and organisation, from the tallies, in one statement."""
    sums: dict[str, Any] = {
        state: Sum("count", filter=Q(state=state)) for state in UnitState.values
    }
    sums |= {
        "asked": Sum("count"),
        "handed_in": Sum("count", filter=Q(has_submitted=True)),
        "late": Sum("count", filter=_late(today, "has_submitted")),
        "late_now": Sum("count", filter=Q(has_submitted=False, due_on__lt=today)),
        "short": Sum("count", filter=Q(is_short=True)),
    }
    rows: Iterable[Mapping[str, Any]] = (
        ParticipationTally.objects.filter(round__in=rounds, organisation__in=keys)
        .order_by()
        .values("round", "organisation")
        .annotate(**sums)
    )
    return {(row["round"], row["organisation"]): _totals(row) for row in rows if row["asked"]}


def _totals(row: Mapping[str, Any]) -> Totals:
    return Totals(
        asked=row["asked"],
        submitted=row["handed_in"] or 0,
        late=row["late"] or 0,
        short=row["short"] or 0,
        late_now=row["late_now"] or 0,
        states={state: row[state] or 0 for state in UnitState.values},
    )


def _tallies(round: Round, keys: Sequence[int]) -> QuerySet[ParticipationTally]:
    return ParticipationTally.objects.filter(round=round, organisation__in=keys)


def _facets(chosen: BoardFilter, today: date, handed_in: str = "") -> Q:
    found = Q(state=chosen.state) if chosen.state else Q()
    if chosen.late:
        found &= _late(today, handed_in)
    if chosen.short:
        found &= Q(is_short=True)
    if chosen.audience is not None:
        found &= Q(audience=chosen.audience)
    return found


def _late(today: date, handed_in: str = "") -> Q:
    done = Q(**{handed_in: True}) if handed_in else Q(first_submitted_at__isnull=False)
    return (done & Q(submitted_late=True)) | (~done & Q(due_on__lt=today))


def _row(values: dict[str, Any], columns: Columns, today: date) -> BoardRow:
    first = values["first_submitted_at"]
    until = timezone.localdate(first) if first else today
    counts_late = values["submitted_late"] if first else True
    extended = values["due_on"] != values["original_due_on"]
    return BoardRow(
        pk=values["pk"],
        organisation_id=values["organisation_id"],
        unit=values["unit_name"],
        audience=columns.audiences.get(values["audience_id"], ""),
        state=values["state"],
        standings=tuple(_standing(values, level, columns) for level in columns.levels),
        registered=values["registered"],
        is_short=values["is_short"],
        due_on=values["due_on"],
        extended_from=values["original_due_on"] if extended else None,
        extension_reason=values["extension_reason"],
        late_days=max((until - values["due_on"]).days, 0) if counts_late else 0,
        has_submitted=first is not None,
        touched_at=values["touched_at"],
    )


def _standing(values: dict[str, Any], level: AskedLevel, columns: Columns) -> Standing:
    if level.key:
        registered, accepted = values["counts"].get(level.key, (0, 0))
    else:
        registered, accepted = values["registered"], values["accepted"]
    quota = columns.quotas.get((values["audience_id"], level.key))
    if quota is None:
        return Standing(registered, accepted, "", "")
    least, most = quota
    kind = "warning" if registered < (least or 0) else "success" if least else ""
    if most is not None and registered > most:
        kind = "danger"
    return Standing(registered, accepted, quota_words(least, most), kind)


def quota_words(least: int | None, most: int | None) -> str:
    """Write what is asked, "4–5", "≥ 1" or "≤ 2"."""
    if least and most:
        return str(least) if least == most else f"{least}–{most}"
    if least:
        return f"≥ {least}"
    return f"≤ {most}" if most is not None else ""
