"""The list of registrations: flat rows, filters on the indexes, totals from tallies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Max, Min, QuerySet, Sum
from django.db.models.expressions import RawSQL
from django.db.models.lookups import GreaterThan
from django.urls import reverse
from django.utils.safestring import SafeString

from kheo.exemplars.enums import Continuity, State
from kheo.exemplars.models import Registration, RegistrationTally, StageTally
from kheo.exemplars.queries.offered import registration_offer
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Placement, Seat, below
from kheo.organisations.rules import reach_of, reaches
from kheo.rounds.enums import Field, Form
from kheo.rounds.models import Round
from kheo.rounds.queries.visible import rounds_visible_to
from kheo.search.queries.finding import answering_ids_sql
from kheo.search.queries.offers import below_term, facet_term
from kheo.ui.components.states import state_badge

ROW = (
    "id",
    "year",
    "unit_name",
    "name",
    "full_name",
    "form",
    "field",
    "level__name",
    "continuity",
    "state",
    "is_late",
    "submitted_at",
)
# by these a tally counts, too
TALLIED = {
    "year": "year",
    "field": "field",
    "level": "level_id",
    "form": "form",
    "nature": "nature",
    "continuity": "continuity",
}
# in these states everything was submitted once, as tallies ask
TALLIED_STATES = frozenset(
    {"registered", State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.DECLINED}
)
# of these filters the index knows terms
INDEXED_FILTERS = ("year", "round", "field", "level", "form", "nature")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list, in words; its badge is drawn once for all rows of a state."""

    pk: int
    url: str
    year: int
    unit_name: str
    name: str
    full_name: str
    form: str
    field: str
    level: str
    continuity: str
    badge: SafeString
    is_late: bool
    submitted_at: datetime | None


def filtered_registrations(
    seat: Seat, filters: Mapping[str, Any], unit: Organisation | None = None
) -> "QuerySet[Registration]":
    """Return the rows of the list, newest year first, then along the tree.

    :param filters: the cleaned filters that are set.
    :param unit: only this one and what is below it; the caller has checked the reach.
    """
    rows = registrations_visible_to(seat) if unit is None else _registrations_of(seat, unit)
    exact = {name: value for name, value in filters.items() if name in {*TALLIED, "round"}}
    exact |= _span(exact, filters)
    rows = rows.filter(**{TALLIED.get(name, name): value for name, value in exact.items()})
    if stage := filters.get("stage"):
        rows = rows.filter(reached(stage))
    state = filters.get("state")
    if state == "registered":
        rows = rows.filter(is_registered=True)
    elif state:
        rows = rows.filter(state=state)
    if state in TALLIED_STATES:
        # a shared model stands once in what is counted, by the entry that counts it
        rows = rows.exclude(below(reach_of(seat) if unit is None else unit.path, "uncounted_path"))
    return _with_words(rows, seat, filters, unit).order_by("-year", "path", "pk")


def reached(stage: int) -> GreaterThan:
    """Return the condition that a registration reached a stage."""
    return GreaterThan(F("stages").bitand(stage), 0)


def _with_words(
    rows: "QuerySet[Registration]",
    seat: Seat,
    filters: Mapping[str, Any],
    unit: Organisation | None,
) -> "QuerySet[Registration]":
    """Keep what the index finds; the terms spare it what the other filters leave out anyway."""
    known = [name for name in INDEXED_FILTERS if name in filters and "year_to" not in filters]
    groups: list[tuple[str, ...]] = [(facet_term(name, filters[name]),) for name in known]
    if unit is not None:
        groups.append(tuple(below_term(path) for path in _places_of(unit)))
    text = str(filters.get("q", ""))
    found = answering_ids_sql(registration_offer(), seat, text, tuple(groups))
    return rows if found is None else rows.filter(pk__in=RawSQL(*found))  # noqa: S611 -- bound


def _places_of(unit: Organisation) -> list[str]:
    """Return all paths at which a unit stands or stood."""
    stood = Placement.objects.filter(organisation=unit, is_main=True).values_list("path", flat=True)
    return sorted({unit.path, *stood})


def _registrations_of(seat: Seat, unit: Organisation) -> "QuerySet[Registration]":
    """Return what a unit and all below it registered, wherever the unit stood at the time."""
    paths = _places_of(unit)
    places = reduce(or_, (below(path) for path in paths))
    if all(reaches(seat, path) for path in paths):
        # two ranges over one path make SQLite take the wider one
        return Registration.objects.filter(places)
    return registrations_visible_to(seat).filter(places)


def registration_rows(rows: "QuerySet[Registration]") -> list[ListRow]:
    """Return a page of rows as lines in the language of the screen, with one statement."""
    words = {
        name: {key: str(label) for key, label in choices}
        for name, choices in (
            ("form", Form.choices),
            ("field", Field.choices),
            ("continuity", Continuity.choices),
        )
    }
    badges = {state.value: draw_badge(state) for state in State}
    url = reverse("exemplars:detail", args=[0]).rpartition("0")
    shown = []
    for values in rows.values_list(*ROW):
        row = dict(zip(ROW, values, strict=True))
        shown.append(
            ListRow(
                pk=row["id"],
                url=f"{url[0]}{row['id']}{url[2]}",
                year=row["year"],
                unit_name=row["unit_name"],
                name=row["name"],
                full_name=row["full_name"],
                form=words["form"].get(row["form"], ""),
                field=words["field"].get(row["field"], ""),
                level=row["level__name"] or "",
                continuity=words["continuity"].get(row["continuity"], ""),
                badge=badges[row["state"]],
                is_late=row["is_late"],
                submitted_at=row["submitted_at"],
            )
        )
    return shown


def draw_badge(state: State) -> SafeString:
    """Return the badge of a state, to be drawn once for many rows."""
    return state_badge(state.value, state.label)


def tallied_total(
    seat: Seat, filters: Mapping[str, Any], unit: Organisation | None = None
) -> int | None:
    """Return how many rows the list has, from the tallies; None where these do not tell.

    Clerks and heads see their unit's own entries wherever it stood, so theirs are counted.
    """
    if filters.get("state") not in TALLIED_STATES or {"q", "round"} & filters.keys():
        return None
    if unit is None and seat.role in {Role.CLERK, Role.HEAD}:
        return None
    organisation = unit.pk if unit is not None else seat.organisation.reach_id
    if stage := filters.get("stage"):
        # whatever reached a stage is accepted, and stays so
        if filters["state"] not in {"registered", State.ACCEPTED}:
            return 0
        return _total(StageTally.objects.filter(stage=stage), organisation, filters)
    rows = RegistrationTally.objects.all()
    if filters["state"] == "registered":
        rows = rows.exclude(state=State.WITHDRAWN)
    else:
        rows = rows.filter(state=filters["state"])
    return _total(rows, organisation, filters)


def _total(
    rows: "QuerySet[RegistrationTally] | QuerySet[StageTally]",
    organisation: int,
    filters: Mapping[str, Any],
) -> int:
    exact = {TALLIED[name]: filters[name] for name in TALLIED if name in filters}
    rows = rows.filter(organisation=organisation, **exact | _span(exact, filters))
    return int(rows.aggregate(total=Sum("count"))["total"] or 0)


def _span(exact: dict[str, Any], filters: Mapping[str, Any]) -> dict[str, int]:
    """Take the one year out and return the years from it to the last one, where one is asked."""
    last = filters.get("year_to")
    if last is None or "year" not in exact or last <= exact["year"]:
        return {}
    return {"year__gte": exact.pop("year"), "year__lte": last}


def list_years() -> list[int]:
    """Return the years in which there were rounds, newest first."""
    years = Round.objects.aggregate(first=Min("year"), last=Max("year"))
    if years["first"] is None:
        return []
    return list(range(years["last"], years["first"] - 1, -1))


def list_rounds(seat: Seat) -> list[tuple[int, str]]:
    """Return the rounds to choose from, newest first."""
    rounds = rounds_visible_to(seat).order_by("-year", "-pk")
    return list(rounds.values_list("pk", "title")[:50])


def queue_of(seat: Seat) -> "QuerySet[Registration]":
    """Return what waits for this officer, the longest waiting first.

    An officer checks what stands strictly below the reach, in rounds of the own level or above.
    """
    if seat.role != Role.OFFICER:
        return Registration.objects.none()
    reach = seat.organisation.reach_path
    parts = reach.strip(".").split(".")
    above = ["." + ".".join(parts[: depth + 1]) + "." for depth in range(len(parts))]
    return (
        Registration.objects.filter(
            below(reach), state=State.SUBMITTED, round__organiser_path__in=above, path__gt=reach
        )
        .exclude(organisation=seat.organisation_id)
        .order_by("submitted_at", "pk")
    )
