"""Rows locked until a deed is done, read with what its rule looks at."""

from kheo.visits.models import Recommendation, Visit, VisitSheet
from kheo.visits.rules.deeds import StaleVisitError


def locked_visit(visit: Visit, seen_version: int | None = None) -> Visit:
    """Return a visit with its team, locked.

    :raises StaleVisitError: when somebody else changed it since ``seen_version``.
    """
    rows = Visit.objects.select_for_update(of=("self",))
    row = rows.select_related("team__organisation__kind", "organisation__kind").get(pk=visit.pk)
    if seen_version is not None and seen_version != row.version:
        raise StaleVisitError
    return row


def locked_sheet(sheet: VisitSheet) -> VisitSheet:
    """Return a sheet with its visit and model, locked; the visit is locked before it.

    Whoever concludes the visit locks the visit: no entry slips in beside.
    """
    visit = locked_visit(sheet.visit)
    rows = VisitSheet.objects.select_for_update(of=("self",))
    row = rows.select_related("registration", "criteria_set").get(pk=sheet.pk)
    row.visit = visit
    return row


def locked_advice(advice: Recommendation) -> Recommendation:
    """Return a recommendation with its visit and team, locked."""
    rows = Recommendation.objects.select_for_update(of=("self",))
    return rows.select_related("visit__team__organisation__kind", "organisation__kind").get(
        pk=advice.pk
    )
