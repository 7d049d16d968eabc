"""What is to be known before a decision is issued: same numbers, and what it will do."""

from kheo.recognition.models import Decision
from kheo.recognition.queries.naming import reference_of


def same_numbers(decision: Decision) -> list[str]:
    """Return the other decisions of the issuer with this number, track and year of issue.

    Numbers are not unique (a congress term begins anew), so this only warns.
    """
    if decision.number is None or decision.issued_on is None:
        return []
    rows = Decision.objects.filter(
        organisation=decision.organisation_id,
        number=decision.number,
        track=decision.track,
        issued_on__year=decision.issued_on.year,
    ).exclude(pk=decision.pk)
    return [f"{reference_of(row)}: {row.subject}" for row in rows.order_by("pk")[:5]]
