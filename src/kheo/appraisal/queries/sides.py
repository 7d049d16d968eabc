"""One file with what each side gave, side by side, with gaps, reasons and missing evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kheo.appraisal.models import AppraisalFile, FileScore, ScoreEvidence
from kheo.criteria.enums import Side
from kheo.criteria.models import Criterion, GradeBand
from kheo.criteria.queries.shape import SetShape, shape_of_set
from kheo.criteria.rules.totals import Total, points_as_seen_by
from kheo.criteria.rules.tree import Node

GivenPoints = Mapping[str, Mapping[int, Decimal]]


@dataclass(frozen=True)
class SideLine:
    """One criterion: what each side gave (none where it gave nothing), and how far apart."""

    node: Node
    self_score: FileScore | None = None
    superior_score: FileScore | None = None
    council_score: FileScore | None = None
    evidence: Sequence[ScoreEvidence] = ()

    @property
    def criterion(self) -> Criterion:
        """Return the criterion of the line."""
        return self.node.criterion

    @property
    def gap(self) -> Decimal | None:
        """Return how much the superior gave more (or less) than the unit; none without both."""
        return _difference(self.superior_score, self.self_score)

    @property
    def council_gap(self) -> Decimal | None:
        """Return how much the council gave more than the side before it; none without both."""
        return _difference(self.council_score, self.superior_score or self.self_score)

    @property
    def lacks_evidence(self) -> bool:
        """Tell whether the unit claims points that need evidence, and shows none."""
        claimed = self.self_score is not None and self.self_score.points > 0
        return claimed and bool(self.criterion.evidence_needed) and not self.evidence


@dataclass(frozen=True)
class SideBySide:
    """A file as its three sides see it."""

    file: AppraisalFile
    shape: SetShape
    lines: Sequence[SideLine]
    given: GivenPoints = field(default_factory=dict)

    def total(self, side: Side) -> Total | None:
        """Return what a side comes to; none as long as it has given nothing.

        Where it gave nothing for a criterion, what the side before it gave counts.
        """
        if not self.given.get(side):
            return None
        return self.shape.total(points_as_seen_by(side, self.shape.leaves, self.given))

    @property
    def self_total(self) -> Total | None:
        """Return the self-score."""
        return self.total(Side.SELF)

    @property
    def superior_total(self) -> Total | None:
        """Return the score of the superior."""
        return self.total(Side.SUPERIOR)

    @property
    def council_total(self) -> Total | None:
        """Return the score of the council, criterion by criterion, where it was kept."""
        return self.total(Side.COUNCIL)

    @property
    def grade(self) -> GradeBand | None:
        """Return the grade of the file as it stands."""
        return self.file.grade

    @property
    def missing_evidence(self) -> int:
        """Return for how many criteria evidence is missing."""
        return sum(line.lacks_evidence for line in self.lines)


def set_of(file: AppraisalFile) -> SetShape:
    """Return the criteria and grades by which a file is scored."""
    return shape_of_set(file.criteria_set)


def side_by_side(file: AppraisalFile, shape: SetShape | None = None) -> SideBySide:
    """Return a file with the scores, reasons and evidence of all sides, by four statements.

    :param shape: the set, where it was read already.
    """
    shape = shape or set_of(file)
    scores = FileScore.objects.filter(file=file).select_related("seat__user", "seat__organisation")
    by_place = {(score.criterion_id, score.side): score for score in scores}
    shown: dict[int, list[ScoreEvidence]] = {}
    for one in file.evidence.filter(removed_at=None).select_related("chosen"):
        shown.setdefault(one.criterion_id, []).append(one)
    lines = [
        SideLine(
            node,
            by_place.get((node.criterion.pk, Side.SELF)),
            by_place.get((node.criterion.pk, Side.SUPERIOR)),
            by_place.get((node.criterion.pk, Side.COUNCIL)),
            shown.get(node.criterion.pk, ()),
        )
        for node in shape.nodes
    ]
    return SideBySide(file, shape, lines, given_points(by_place.values()))


def given_points(scores: Iterable[FileScore]) -> dict[str, dict[int, Decimal]]:
    """Return the points by side and criterion (its key)."""
    given: dict[str, dict[int, Decimal]] = {}
    for score in scores:
        given.setdefault(score.side, {})[score.criterion_id] = score.points
    return given


def _difference(one: FileScore | None, other: FileScore | None) -> Decimal | None:
    return None if one is None or other is None else one.points - other.points
