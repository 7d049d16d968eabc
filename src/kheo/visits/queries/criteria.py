"""Which criteria sets a team may judge models by, and which of their criteria are judged."""

from django.db.models import Q, QuerySet

from kheo.criteria.enums import SetState, Subject
from kheo.criteria.models import CriteriaSet, Criterion
from kheo.visits.models import SurveyTeam


def sets_for_sheets(team: SurveyTeam) -> QuerySet[CriteriaSet]:
    """Return the sets for models in force that the team's body or one above it issued."""
    above = team.organisation.ancestor_ids
    rows = CriteriaSet.objects.filter(subject=Subject.MODEL, state=SetState.IN_FORCE)
    return rows.filter(Q(issuer__in=above) | Q(issuer__isnull=True)).order_by("name", "-edition")


def criteria_to_judge(criteria_set: CriteriaSet) -> list[Criterion]:
    """Return the criteria of a set that are judged themselves, in its order, headings left out."""
    rows = list(Criterion.objects.filter(set=criteria_set).order_by("order", "pk"))
    below: dict[int | None, list[Criterion]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[Criterion] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        row = waiting.pop()
        if children := below.get(row.pk):
            waiting += reversed(children)
        else:
            found.append(row)
    return found
