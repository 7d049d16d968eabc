"""Counting what was registered, by any two of its properties, from the tallies alone."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Min, Q, QuerySet, Sum

from kheo.exemplars.enums import Continuity, Nature, State
from kheo.exemplars.models import RegistrationTally
from kheo.organisations.models import Level, Placement, Profile
from kheo.reporting.enums import Cut
from kheo.reporting.queries.areas import Area
from kheo.rounds.enums import Field, Form
from kheo.rounds.models import ParticipationTally, Round

COLUMNS = {
    Cut.UNIT: "organisation_id",
    Cut.FIELD: "field",
    Cut.FORM: "form",
    Cut.LEVEL: "level_id",
    Cut.CONTINUITY: "continuity",
    Cut.NATURE: "nature",
    Cut.STATE: "state",
    Cut.YEAR: "year",
}
# withdrawn registrations are counted, but are no longer registered
REGISTERED = ~Q(state=State.WITHDRAWN)
# the row of what belongs to no organisation below: the organisation's own, and of units moved away
REST = "rest"
MOST_ROUNDS = 6
# rounds open in the first quarter; the day on which a year without a round looks at the tree
USUAL_OPENING = (3, 1)

Key = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingFilter:
    """What is counted, and by which two properties it is cut."""

    area: Area
    first_year: int
    last_year: int
    rows: Cut = Cut.UNIT
    columns: Cut = Cut.FIELD
    only: Mapping[str, str] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """Return the years that are counted."""
        return range(self.first_year, self.last_year + 1)


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or a column of the table; ``key`` is what lists are filtered by."""

    key: Key
    label: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of numbers with its sums, and the whole that they must add up to."""

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: Mapping[tuple[Key, Key], int]
    whole: int

    def cell(self, row: Key, column: Key) -> int:
        """Return the number where a row and a column cross."""
        return self.cells.get((row, column), 0)

    def row_total(self, row: Key) -> int:
        """Return the sum of a row."""
        return sum(self.cell(row, column.key) for column in self.columns)

    def column_total(self, column: Key) -> int:
        """Return the sum of a column."""
        return sum(self.cell(row.key, column) for row in self.rows)

    @property
    def total(self) -> int:
        """Return the sum of all cells."""
        return sum(self.row_total(row.key) for row in self.rows)

    @property
    def adds_up(self) -> bool:
        """Tell whether the parts make the whole, which is counted by a statement of its own."""
        return self.total == self.whole


@dataclass(frozen=True, slots=True)
class PartsInYears:
    """What stood directly below an area, and in which of the years."""

    areas: tuple[Area, ...]
    years: Mapping[int, frozenset[int]]

    def condition(self, area: Area, all_years: Iterable[int]) -> Q:
        """Return which tallies belong to the area itself and to its parts in their years."""
        groups: dict[frozenset[int], list[int]] = {}
        for pk, years in self.years.items():
            groups.setdefault(years, []).append(pk)
        if set(groups) == {frozenset(all_years)}:
            # nothing moved between these years: one plain list of keys lets the index serve
            return Q(organisation__in=[area.pk, *self.years])
        found = Q(organisation=area.pk)
        for years, keys in groups.items():
            found |= Q(organisation__in=keys, year__in=years)
        return found


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the units asked in a round have registered."""

    submitted: int
    asked: int

    @property
    def percent(self) -> float:
        """Return the share in percent, to one decimal place."""
        return round(100 * self.submitted / self.asked, 1) if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of an area and its parts, round by round."""

    rounds: tuple[tuple[int, str], ...]
    whole: tuple[Share | None, ...]
    parts: tuple[tuple[Area, tuple[Share | None, ...]], ...]


def known_years() -> tuple[int, int] | None:
    """Return the first and the last year with a round; None while there is none."""
    found = Round.objects.aggregate(first=Min("year"), last=Max("year"))
    return (found["first"], found["last"]) if found["first"] else None


def parts_in_years(area: Area, years: Sequence[int]) -> PartsInYears:
    """Return the organisations below an area, each with the years in which it stood there.

    The tree is looked at on the day the year's round opened, as registrations do.
    """
    days = opening_days(area, years)
    placements = (
        Placement.objects.filter(parent=area.pk, is_main=True, valid_from__lte=max(days.values()))
        .exclude(valid_to__lte=min(days.values()))
        .values_list("organisation", "path", "valid_from", "valid_to")
    )
    standing: dict[int, frozenset[int]] = {}
    paths: dict[int, str] = {}
    for pk, path, start, end in placements:
        held = {year for year, day in days.items() if start <= day and (end is None or day < end)}
        if held:
            standing[pk] = standing.get(pk, frozenset()) | held
            paths[pk] = path
    names = _names(list(standing), max(days.values()))
    areas = [Area(pk, name, paths[pk]) for pk, name in names.items()]
    return PartsInYears(tuple(areas), standing)


def opening_days(area: Area, years: Sequence[int]) -> dict[int, date]:
    """Return on which day each year's round opened for an area, or a usual day."""
    superiors = [int(part) for part in area.path.strip(".").split(".")]
    rounds = Round.objects.filter(organiser__in=superiors, year__in=years)
    opened = dict(rounds.order_by("-opens_on").values_list("year", "opens_on"))
    return {year: opened.get(year) or date(year, *USUAL_OPENING) for year in years}


def count_registrations(chosen: CountingFilter, parts: PartsInYears) -> Figures:
    """Count what was registered by two properties, with two statements on the tallies."""
    levels = dict(Level.objects.order_by("rank").values_list("pk", "name"))
    tallies = _tallies(chosen)
    own = tallies.filter(organisation=chosen.area.pk)
    whole = own.aggregate(whole=Sum("count"))["whole"] or 0
    if Cut.UNIT not in (chosen.rows, chosen.columns):
        cells = _cells(own, chosen)
    else:
        cells = _with_rest(
            _cells(tallies.filter(parts.condition(chosen.area, chosen.years)), chosen), chosen
        )
    return Figures(
        rows=headings_of(chosen.rows, {row for row, _column in cells}, parts, levels, chosen),
        columns=headings_of(
            chosen.columns, {column for _row, column in cells}, parts, levels, chosen
        ),
        cells=cells,
        whole=whole,
    )


def shares_of_units(area: Area, parts: PartsInYears, years: Sequence[int]) -> Shares:
    """Return which share of the units asked has registered, in the newest rounds of these years."""
    keys = [area.pk, *(part.pk for part in parts.areas)]
    rows = (
        ParticipationTally.objects.filter(
            organisation__in=keys, round__year__gte=min(years), round__year__lte=max(years)
        )
        .values_list("organisation", "round", "round__title", "round__year")
        .annotate(
            asked=Sum("count"), handed_in=Sum("count", filter=Q(has_submitted=True), default=0)
        )
        .order_by("-round__year", "-round")
    )
    titles: dict[int, str] = {}
    found: dict[tuple[int, int], Share] = {}
    for pk, round_pk, title, _year, asked, handed_in in rows:
        if asked:
            titles.setdefault(round_pk, title)
            found[pk, round_pk] = Share(handed_in, asked)
    shown = list(titles)[:MOST_ROUNDS]
    return Shares(
        rounds=tuple((pk, titles[pk]) for pk in shown),
        whole=tuple(found.get((area.pk, pk)) for pk in shown),
        parts=tuple(
            (part, tuple(found.get((part.pk, pk)) for pk in shown))
            for part in parts.areas
            if any((part.pk, pk) in found for pk in shown)
        ),
    )


def _tallies(chosen: CountingFilter) -> QuerySet[RegistrationTally]:
    tallies = RegistrationTally.objects.filter(year__in=chosen.years)
    if "state" not in chosen.only:
        tallies = tallies.filter(REGISTERED)
    return tallies.filter(**{COLUMNS[Cut(cut)]: value for cut, value in chosen.only.items()})


def _cells(
    tallies: QuerySet[RegistrationTally], chosen: CountingFilter
) -> dict[tuple[Key, Key], int]:
    rows = (
        tallies.order_by()
        .values_list(COLUMNS[chosen.rows], COLUMNS[chosen.columns])
        .annotate(total=Sum("count"))
    )
    return {(row, column): total for row, column, total in rows if total}


def _with_rest(
    cells: dict[tuple[Key, Key], int], chosen: CountingFilter
) -> dict[tuple[Key, Key], int]:
    """Put in place of the whole area what none of its parts has: then the parts make the whole."""
    place = 0 if chosen.rows == Cut.UNIT else 1
    rest: dict[tuple[Key, Key], int] = {}
    kept: dict[tuple[Key, Key], int] = {}
    for key, count in cells.items():
        at_rest = (REST, key[1]) if place == 0 else (key[0], REST)
        if key[place] == chosen.area.pk:
            rest[at_rest] = rest.get(at_rest, 0) + count
        else:
            kept[key] = count
            rest[at_rest] = rest.get(at_rest, 0) - count
    return kept | {key: count for key, count in rest.items() if count}


def headings_of(
    cut: Cut,
    present: Set[Key],
    parts: PartsInYears,
    levels: Mapping[int, str],
    chosen: CountingFilter,
) -> tuple[Heading, ...]:
    """Return the rows or columns of a cut, in order: all of a closed list, of others those present.

    :param present: the keys that have figures.
    """
    if cut == Cut.UNIT:
        found = [Heading(part.pk, part.name) for part in parts.areas]
        if REST in present:
            found.append(Heading(REST, chosen.area.name))
        return tuple(found)
    if cut == Cut.LEVEL:
        return tuple(Heading(pk, name) for pk, name in levels.items() if pk in present)
    if cut == Cut.YEAR:
        return tuple(Heading(year, str(year)) for year in chosen.years)
    choices = CHOICES[cut]
    if cut == Cut.STATE:
        choices = [choice for choice in choices if choice[0] in present]
    return tuple(Heading(value, str(label)) for value, label in choices)


CHOICES = {
    Cut.FIELD: Field.choices,
    Cut.FORM: Form.choices,
    Cut.CONTINUITY: Continuity.choices,
    Cut.NATURE: Nature.choices,
    Cut.STATE: State.choices,
}


def _names(keys: list[int], day: date) -> dict[int, str]:
    """Return what organisations were called last by a day, in the order of the alphabet."""
    rows = Profile.objects.filter(organisation__in=keys, valid_from__lte=day)
    latest: dict[int, tuple[str, str]] = {}
    for pk, name, sort_key in rows.order_by("valid_from").values_list(
        "organisation", "name", "sort_key"
    ):
        latest[pk] = (sort_key, name)
    ordered = sorted((sort_key, pk, name) for pk, (sort_key, name) in latest.items())
    return {pk: name for _sort_key, pk, name in ordered}
