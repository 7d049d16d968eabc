"""How files stand by criterion: the sides below, the members joined, and what was settled."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kheo.appraisal.models import FileScore
from kheo.councils.enums import AllotmentState
from kheo.councils.models import CouncilFile, MemberScore, Settlement
from kheo.councils.rules.gathering import joined
from kheo.criteria.enums import Side
from kheo.criteria.models import Criterion
from kheo.criteria.rules.totals import points_as_seen_by

Points = dict[int, Decimal]


@dataclass(kw_only=True)
class FileStanding:
    """The scores of one file by criterion."""

    sides: dict[str, Points] = field(default_factory=lambda: defaultdict(dict))
    # by allotment, then by criterion; only what is in
    given: dict[int, Points] = field(default_factory=lambda: defaultdict(dict))
    settled: Points = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    below: Points = field(default_factory=dict)
    joined: Points = field(default_factory=dict)

    def close(self, leaves: Iterable[Criterion]) -> None:
        """Reckon what the sides below and the members come to."""
        rows = list(leaves)
        self.below = points_as_seen_by(Side.SUPERIOR, rows, self.sides)
        given = list(self.given.values())
        for criterion in rows:
            value = joined(criterion, given)
            if value is not None:
                self.joined[criterion.pk] = value

    def points(self, criterion: int) -> Decimal | None:
        """Return what the council stands at for a criterion."""
        return self.settled.get(criterion, self.joined.get(criterion))

    def changes_without_reason(
        self, leaves: Iterable[Criterion]
    ) -> list[tuple[Criterion, Decimal]]:
        """Return where the council departs from the level below and nothing was settled yet."""
        return [
            (criterion, points)
            for criterion in leaves
            if criterion.pk not in self.settled
            if (points := self.joined.get(criterion.pk)) is not None
            if self.below.get(criterion.pk, points) != points
        ]


def standings(files: Sequence[CouncilFile], leaves: Sequence[Criterion]) -> dict[int, FileStanding]:
    """Return how files stand, by key, with three statements whatever their number.

    :param leaves: the criteria that the council scores.
    """
    found = {row.pk: FileStanding() for row in files}
    by_file = {row.file_id: row.pk for row in files}
    below = FileScore.objects.filter(file__in=by_file, side__in=[Side.SELF, Side.SUPERIOR])
    for key, side, criterion, points in below.values_list("file", "side", "criterion", "points"):
        found[by_file[key]].sides[side][criterion] = points
    done = MemberScore.objects.filter(
        allotment__file__in=found, allotment__state=AllotmentState.DONE
    )
    for key, allotment, criterion, points in done.values_list(
        "allotment__file", "allotment", "criterion", "points"
    ):
        found[key].given[allotment][criterion] = points
    fixed = Settlement.objects.filter(file__in=found)
    for key, criterion, points, reason in fixed.values_list(
        "file", "criterion", "points", "reason"
    ):
        found[key].settled[criterion] = points
        found[key].reasons[criterion] = reason
    for stands in found.values():
        stands.close(leaves)
    return found
