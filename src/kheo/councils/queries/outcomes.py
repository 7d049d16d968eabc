"""The outcome of a council: its lists, its counts, and what it puts forward."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, F, OrderBy, QuerySet, Value, When

from kheo.appraisal.models import AppraisalFile
from kheo.councils.enums import CouncilState, Facet, Result, TieRule
from kheo.councils.models import Council, Outcome
from kheo.rounds.enums import Field


@dataclass(frozen=True, kw_only=True)
class OutcomeFilter:
    """What a list of outcomes is narrowed to."""

    field: str = ""
    form: str = ""
    level: int | None = None
    result: str = ""


def passed_files(council: Council) -> QuerySet[AppraisalFile]:
    """Return what a council puts forward for recognition; nothing before it is announced."""
    rows = AppraisalFile.objects.filter(
        council_files__outcome__council=council,
        council_files__outcome__result=Result.PUT_FORWARD,
        council_files__council__state=CouncilState.ANNOUNCED,
    )
    return rows.order_by(*in_ranking(council, "", "council_files__outcome__place"), "pk")


def in_ranking(council: Council, file: str, place: str) -> list[OrderBy]:
    """Return the order of the groups that a council ranks apart, and of the places in each.

    :param file: the way to the appraisal file, such as "file__"; "" where it is ordered itself.
    :param place: the way to the place of its outcome.
    """
    fields = [
        When(**{f"{file}field": value}, then=Value(number))
        for number, value in enumerate(Field.values)
    ]
    orders = {
        Facet.FIELD: OrderBy(Case(*fields, default=Value(len(fields)))),
        Facet.LEVEL: F(f"{file}level__rank").asc(nulls_last=True),
        Facet.FORM: F(f"{file}form").asc(),
    }
    groups = [order for facet, order in orders.items() if facet in council.ranked_by]
    return [*groups, F(place).asc(nulls_last=True)]


def outcomes_of(council: Council, chosen: OutcomeFilter) -> QuerySet[Outcome]:
    """Return the outcomes of a council, group by group and place by place."""
    asked = {
        "file__file__field": chosen.field,
        "file__file__form": chosen.form,
        "file__file__level": chosen.level,
        "result": chosen.result,
    }
    rows = council.outcomes.filter(**{name: value for name, value in asked.items() if value})
    return rows.select_related("grade", "file__file__level").order_by(
        *in_ranking(council, "file__file__", "place"), "-total", "file__order", "pk"
    )


def result_counts(council: Council) -> dict[str, int]:
    """Return how many files came to each result."""
    return dict(Counter(council.outcomes.values_list("result", flat=True)))


def shared_places(council: Council) -> list[list[Outcome]]:
    """Return the files that share a place, one list for each place of a group."""
    rows = council.outcomes.filter(rule=TieRule.SHARED).select_related("file__file__level")
    groups: dict[tuple[object, ...], list[Outcome]] = {}
    for row in rows.order_by("place", "file__order", "pk"):
        file = row.file.file
        values = {"field": file.field, "level": file.level_id, "form": file.form}
        facets = tuple(values[facet] for facet in values if facet in council.ranked_by)
        groups.setdefault((*facets, row.place), []).append(row)
    return [group for group in groups.values() if len(group) > 1]
