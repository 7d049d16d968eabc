"""Which scores are taken: within their bounds, by the right side, with a reason for a change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kheo.appraisal.enums import FileState
from kheo.criteria.enums import CriterionKind, Side
from kheo.criteria.models import Criterion
from kheo.criteria.rules.totals import Points, judge_points, name_of, said


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """What one side gives for one criterion (its key), with its explanation or reason."""

    criterion: int
    points: Decimal
    note: str = ""


# states in which the unit has something to do
EMPTY_STATES = (FileState.SELF_SCORING, FileState.RETURNED)


class ScoreError(Exception):
    """Scores that cannot be taken; ``reasons`` say why, by criterion (its key) where it is one."""

    def __init__(self, *reasons: str, by_criterion: Mapping[int, str] | None = None) -> None:
        """Keep each reason apart, for a list on the page."""
        self.by_criterion = dict(by_criterion or {})
        self.reasons = [*reasons, *self.by_criterion.values()]
        super().__init__(" ".join(self.reasons))


class StaleFileError(ScoreError):
    """Somebody else has changed the file since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            _("Somebody else has changed this since you opened the page. Look at it again.")
        )


def refused_lines(
    leaves: Iterable[Criterion], lines: Iterable[ScoreLine], side: Side
) -> dict[int, str]:
    """Return in words, by criterion, why scores are not taken."""
    known = {criterion.pk: criterion for criterion in leaves}
    refused: dict[int, str] = {}
    for line in lines:
        criterion = known.get(line.criterion)
        if criterion is None:
            refused[line.criterion] = _("This criterion does not belong to the set of the file.")
        elif not (verdict := judge_points(criterion, line.points, side)):
            refused[line.criterion] = str(verdict.reason)
    return refused


def changes_without_reason(
    leaves: Iterable[Criterion], lines: Iterable[ScoreLine], self_points: Points
) -> dict[int, str]:
    """Return in words, by criterion, where the superior goes up or down and does not say why."""
    known = {criterion.pk: criterion for criterion in leaves}
    missing: dict[int, str] = {}
    for line in lines:
        before = self_points.get(line.criterion)
        if before is None or before == line.points or line.note.strip():
            continue
        words = _("“%(criterion)s”: say why %(before)s became %(after)s.")
        missing[line.criterion] = words % {
            "criterion": name_of(known[line.criterion]),
            "before": said(before),
            "after": said(line.points),
        }
    return missing


def gaps_of(leaves: Iterable[Criterion], side: Side, points: Points) -> list[str]:
    """Return the names of what a side has to score and has not; conditions not met may be left."""
    return [
        name_of(criterion)
        for criterion in leaves
        if side in criterion.scored_by
        and criterion.kind in {CriterionKind.POINTS, CriterionKind.YES_NO}
        and criterion.pk not in points
    ]


def first_state(leaves: Sequence[Criterion]) -> FileState:
    """Return where a file begins: with the first side that has something to score."""
    if any(Side.SELF in criterion.scored_by for criterion in leaves):
        return FileState.SELF_SCORING
    if any(Side.SUPERIOR in criterion.scored_by for criterion in leaves):
        return FileState.SENT
    return FileState.BEFORE_COUNCIL
