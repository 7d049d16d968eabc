"""Laying a criteria set under a sheet: each of its criteria becomes a line to judge."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.criteria.models import CriteriaSet
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.visits.actions.journal import note_sheet
from kheo.visits.actions.locking import locked_sheet
from kheo.visits.enums import VisitDeed
from kheo.visits.models import Finding, VisitSheet
from kheo.visits.queries.criteria import criteria_to_judge, sets_for_sheets
from kheo.visits.queries.standing import parts_in
from kheo.visits.rules.deeds import VisitError, can_do_visit


@transaction.atomic
def lay_criteria(
    *, sheet: VisitSheet, criteria_set: CriteriaSet | None, by: Seat, at: datetime
) -> VisitSheet:
    """Lay a criteria set under a sheet, or none; what was found already stays.

    :raises NotAllowedError: when the seat may not write, or the visit is over.
    :raises VisitError: when the set is not one that judges models for the team's body.
    """
    locked = locked_sheet(sheet)
    visit, parts = locked.visit, parts_in(by, locked.visit.team)
    verdict = can_do_visit(VisitDeed.CHANGE, by, visit, parts)
    demand(verdict or can_do_visit(VisitDeed.FILL, by, visit, parts))
    if criteria_set and not sets_for_sheets(visit.team).filter(pk=criteria_set.pk).exists():
        raise VisitError(_("This set of criteria is not in force for models of this body."))
    untouched = locked.findings.filter(version=0, criterion__isnull=False)
    untouched.delete()
    standing = set(locked.findings.values_list("criterion", flat=True))
    lines = criteria_to_judge(criteria_set) if criteria_set else []
    Finding.objects.bulk_create(
        Finding(sheet=locked, key=uuid4(), criterion=one, item=str(one)[:1000], order=order)
        for order, one in enumerate(lines, start=1)
        if one.pk not in standing
    )
    before = {"criteria_set": str(locked.criteria_set or "")}
    locked.criteria_set = criteria_set
    locked.save(update_fields=["criteria_set"])
    after = {"criteria_set": str(criteria_set or "")}
    note_sheet("visit-sheet.criteria", locked, by, at, before=before, after=after)
    return locked
