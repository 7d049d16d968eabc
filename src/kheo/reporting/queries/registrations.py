"""Registrations as plain rows for a workbook, by the same filters as the figures."""

from collections.abc import Iterator

from django.db.models import QuerySet

from kheo.exemplars.models import Registration
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.organisations.models import Level, Seat, below
from kheo.reporting.enums import Cut
from kheo.reporting.queries.counting import COLUMNS, CountingFilter

FIELDS = (
    "year",
    "unit_name",
    "name",
    "nature",
    "form",
    "full_name",
    "position",
    "workplace",
    "address",
    "field",
    "level_id",
    "continuity",
    "content",
    "starts",
    "ends",
    "scope",
    "expected_results",
    "state",
    "submitted_at",
    "is_late",
)
CHUNK = 5000


def exported_registrations(seat: Seat, chosen: CountingFilter) -> QuerySet[Registration]:
    """Return what was registered in an area and years and passes the filter, by year and unit."""
    rows = registrations_visible_to(seat).filter(
        below(chosen.area.path), year__gte=chosen.first_year, year__lte=chosen.last_year
    )
    if "state" not in chosen.only:
        rows = rows.filter(is_registered=True)
    rows = rows.filter(**{COLUMNS[Cut(cut)]: value for cut, value in chosen.only.items()})
    return rows.order_by("year", "path", "pk")


def plain_rows(registrations: QuerySet[Registration]) -> Iterator[tuple[object, ...]]:
    """Yield the values of each registration from one statement, in the order of ``FIELDS``."""
    return registrations.values_list(*FIELDS).iterator(chunk_size=CHUNK)


def level_labels() -> dict[int, str]:
    """Return the names of levels by key."""
    return dict(Level.objects.values_list("pk", "name"))
