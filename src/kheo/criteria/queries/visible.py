"""Which sets a seat sees, and by which of them it may have models or units judged."""

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from kheo.criteria.enums import SetState, Subject
from kheo.criteria.models import CriteriaSet
from kheo.organisations.models import Organisation, Seat, below, valid_on
from kheo.organisations.rules import reach_of


def criteria_sets_visible_to(seat: Seat | None) -> QuerySet[CriteriaSet]:
    """Return examples, what superiors and the own committee issued, and what bodies below did.

    Drafts are seen by the body that draws them up.
    """
    rows = CriteriaSet.objects.select_related("issuer", "document")
    if seat is None:
        return rows.filter(is_shipped=True)
    unit = seat.organisation
    issued = Q(issuer__in=unit.ancestor_ids) | (
        below(reach_of(seat), "issuer_path") & Q(issuer__isnull=False)
    )
    own = Q(issuer_id=unit.reach_id)
    return rows.filter(Q(is_shipped=True) | own | (issued & ~Q(state=SetState.DRAFT)))


def sets_in_force_for(
    organisation: Organisation, subject: Subject, today: date
) -> QuerySet[CriteriaSet]:
    """Return the sets by which a unit is judged: of its superiors, nearest first, then examples."""
    issuers = organisation.ancestor_ids
    nearest = Case(
        *[When(issuer_id=pk, then=Value(-place)) for place, pk in enumerate(issuers)],
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = CriteriaSet.objects.filter(
        Q(issuer_id__in=issuers) | Q(is_shipped=True), subject=subject, state=SetState.IN_FORCE
    )
    known = rows.filter(Q(valid_from__isnull=True) | valid_on(today))
    return known.select_related("issuer").order_by(nearest, "name", "pk")
