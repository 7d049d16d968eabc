"""Parts of the tree of organisations as they stood on a day, within a seat's reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from kheo.organisations.models import Organisation, Placement, Profile, Seat, valid_on
from kheo.organisations.rules import reach_of, reaches


@dataclass(frozen=True, slots=True)
class Area:
    """An organisation with all below it: its name and path as they were on the day asked for."""

    pk: int
    name: str
    path: str


def area_in_reach(seat: Seat, pk: int, day: date) -> Area | None:
    """Return an organisation with all below it as on a day; None outside the seat's reach."""
    organisation = Organisation.objects.filter(pk=pk).first()
    if organisation is None or not reaches(seat, organisation.path):
        return None
    return area_on(organisation, day)


def own_area(seat: Seat, day: date) -> Area:
    """Return the whole of a seat's reach as on a day."""
    pk = int(reach_of(seat).strip(".").rpartition(".")[2])
    return area_on(Organisation.objects.get(pk=pk), day)


def area_on(organisation: Organisation, day: date) -> Area:
    """Return an organisation with the name and path it had on a day, or else has today."""
    then = (
        Placement.objects.filter(valid_on(day), organisation=organisation, is_main=True)
        .values_list("path", flat=True)
        .first()
    )
    name = (
        Profile.objects.filter(valid_on(day), organisation=organisation)
        .values_list("name", flat=True)
        .first()
    )
    return Area(organisation.pk, name or organisation.name, then or organisation.path)


def areas_below(area: Area, day: date) -> list[Area]:
    """Return what stood directly below an organisation on a day, in the order of the alphabet."""
    rows = (
        Profile.objects.filter(
            valid_on(day, "organisation__placements__"),
            valid_on(day),
            organisation__placements__parent=area.pk,
            organisation__placements__is_main=True,
        )
        .order_by("sort_key", "organisation")
        .values_list("organisation", "name", F("organisation__placements__path"))
    )
    return [Area(pk, name, path) for pk, name, path in rows]


def areas_above(area: Area, top_path: str, day: date) -> list[Area]:
    """Return the way from the top of what may be seen down to an area, the area left out."""
    keys = [int(part) for part in area.path.strip(".").split(".")[:-1]]
    depth = len(top_path.strip(".").split(".")) - 1
    return named_areas(keys[depth:], day)


def named_areas(keys: Iterable[int], day: date) -> list[Area]:
    """Return organisations with the names they had on a day, in the order of the given keys."""
    wanted = list(keys)
    if not wanted:
        return []
    then = dict(
        Profile.objects.filter(valid_on(day), organisation__in=wanted).values_list(
            "organisation", "name"
        )
    )
    today = Organisation.objects.filter(pk__in=wanted).values_list("pk", "name", "path")
    found = {pk: Area(pk, then.get(pk, name), path) for pk, name, path in today}
    return [found[pk] for pk in wanted if pk in found]
