"""What becomes of one file: put forward or not, why not, and what decides on its place."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from kheo.councils.enums import Facet, Ground, Result
from kheo.councils.models import Ballot, CouncilFile
from kheo.councils.rules.ranking import Entry
from kheo.criteria.models import GradeBand

ZERO = Decimal(0)


@dataclass(frozen=True)
class Judgement:
    """A result, and the ground where the file is not put forward."""

    result: Result
    ground: Ground | None = None


def is_out(row: CouncilFile) -> bool:
    """Tell whether a file is disqualified, by the level below or by the council."""
    return row.is_disqualified or row.file.is_disqualified


def judge_file(
    row: CouncilFile, *, grade: GradeBand | None, has_grades: bool, ballot: Ballot | None
) -> Judgement:
    """Say what becomes of a file.

    It is put forward when no condition disqualifies it, its grade may be recognised (where the set
    has grades), and more than half of those present who have a vote on it voted for it (where it
    was voted on).
    """
    if is_out(row):
        return Judgement(Result.DISQUALIFIED, Ground.CONDITION)
    if has_grades and not (grade and grade.may_be_recognised):
        return Judgement(Result.NOT_PUT_FORWARD, Ground.GRADE)
    if ballot is not None and 2 * ballot.in_favour <= ballot.entitled:
        return Judgement(Result.NOT_PUT_FORWARD, Ground.VOTE)
    return Judgement(Result.PUT_FORWARD)


def entry_of(row: CouncilFile, facets: Collection[str]) -> Entry:
    """Return what decides on the place of a file; groups follow the facets of the council."""
    file = row.file
    values = {
        Facet.FIELD: file.field,
        Facet.LEVEL: str(file.level_id or ""),
        Facet.FORM: file.form,
    }
    return Entry(
        key=row.pk,
        total=row.total or ZERO,
        council=row.council_part or ZERO,
        heaviest=row.heaviest or ZERO,
        handed_in=file.sent_at or file.opened_at,
        chair_order=row.chair_order,
        group=tuple(value for facet, value in values.items() if facet in facets),
    )
