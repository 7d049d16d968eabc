"""The outcome of a council: its lists, its counts, and what it puts forward."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F, QuerySet

from kheo.appraisal.models import AppraisalFile
from kheo.councils.enums import CouncilState, Result, TieRule
from kheo.councils.models import Council, Outcome


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
    place = F("council_files__outcome__place").asc(nulls_last=True)
    return rows.order_by("field", "level", "form", place, "pk")


def outcomes_of(council: Council, chosen: OutcomeFilter) -> QuerySet[Outcome]:
    """Return the outcomes of a council, group by group and place by place."""
    asked = {
        "file__file__field": chosen.field,
        "file__file__form": chosen.form,
        "file__file__level": chosen.level,
        "result": chosen.result,
    }
    rows = council.outcomes.filter(**{name: value for name, value in asked.items() if value})
    order = [f"file__file__{facet}" for facet in ("field", "level", "form")]
    return rows.select_related("grade", "file__file__level").order_by(
        *order, F("place").asc(nulls_last=True), "-total", "file__order", "pk"
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
