"""What a member's scoring page shows: criterion by criterion, and others once the own is in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kheo.appraisal.models import FileScore, ScoreEvidence
from kheo.councils.enums import AllotmentState
from kheo.councils.models import Allotment, Conflict, CouncilFile, MemberScore
from kheo.councils.queries.standing import FileStanding, standings
from kheo.criteria.enums import CriterionKind, Side
from kheo.criteria.models import Criterion
from kheo.criteria.rules.totals import highest_points, said
from kheo.criteria.rules.tree import Node, tree_of
from kheo.visits.models import VisitSheet
from kheo.visits.queries.visible import sheets_of

MOST_SHEETS = 20


@dataclass(kw_only=True)
class Line:
    """One criterion on the page; ``points`` and ``note`` are the member's own, as typed."""

    criterion: Criterion
    depth: int
    is_heading: bool
    most: Decimal
    is_mine: bool
    is_either_or: bool
    points: str = ""
    note: str = ""
    error: str = ""
    evidence: list[ScoreEvidence] = field(default_factory=list)
    explanation: str = ""
    self_points: Decimal | None = None
    superior_points: Decimal | None = None
    superior_note: str = ""
    joined: Decimal | None = None
    council: Decimal | None = None
    reason: str = ""
    others: list["Given"] = field(default_factory=list)

    @property
    def gap(self) -> Decimal | None:
        """Return how far the council stands from the level below."""
        below = self.self_points if self.superior_points is None else self.superior_points
        return None if below is None or self.council is None else self.council - below


@dataclass(frozen=True)
class Given:
    """What a member gave for a criterion, shown beside what the others gave."""

    name: str
    points: Decimal
    note: str


@dataclass(frozen=True, kw_only=True)
class MemberTotal:
    """The total of a member, and whether it lies far from the others."""

    name: str
    state: str
    label: str
    total: Decimal | None
    is_outlier: bool
    allotment: Allotment


def score_lines(file: CouncilFile) -> list[Line]:
    """Return the criteria of the file's set from top to bottom, with the evidence of the unit."""
    criteria = file.council.criteria_set.criteria.all()
    evidence: dict[int, list[ScoreEvidence]] = defaultdict(list)
    rows = ScoreEvidence.objects.filter(file=file.file_id, removed_at=None)
    for row in rows.select_related("chosen"):
        evidence[row.criterion_id].append(row)
    return [_line(node, evidence.get(node.criterion.pk, [])) for node in tree_of(criteria)]


def fill_own(lines: Iterable[Line], allotment: Allotment) -> None:
    """Put a member's own scores into the lines."""
    own = {score.criterion_id: score for score in allotment.scores.all()}
    for line in lines:
        if score := own.get(line.criterion.pk):
            line.points, line.note = said(score.points), score.note


def fill_typed(lines: Iterable[Line], typed: Mapping[str, str], errors: Mapping[int, str]) -> None:
    """Put back what was typed and could not be kept, with what is wrong with it."""
    for line in lines:
        key = line.criterion.pk
        line.points = typed.get(f"points-{key}", line.points)
        line.note = typed.get(f"note-{key}", line.note)
        line.error = errors.get(key, "")


def fill_others(lines: Iterable[Line], file: CouncilFile) -> FileStanding:
    """Put self, superior, the members and the council beside one another."""
    rows = list(lines)
    stands = standings([file], [line.criterion for line in rows if line.is_mine])[file.pk]
    others: dict[int, list[Given]] = defaultdict(list)
    scores = MemberScore.objects.filter(
        allotment__file=file, allotment__state=AllotmentState.DONE
    ).select_related("allotment__member")
    for score in scores.order_by("allotment__member"):
        given = Given(score.allotment.member.name, score.points, score.note)
        others[score.criterion_id].append(given)
    notes = {
        (row.side, row.criterion_id): row.note
        for row in FileScore.objects.filter(file=file.file_id)
    }
    for line in rows:
        key = line.criterion.pk
        line.self_points = stands.sides[Side.SELF].get(key)
        line.superior_points = stands.sides[Side.SUPERIOR].get(key)
        line.explanation = notes.get((Side.SELF, key), "")
        line.superior_note = notes.get((Side.SUPERIOR, key), "")
        line.joined, line.council = stands.joined.get(key), stands.points(key)
        line.reason = stands.reasons.get(key, "")
        line.others = others.get(key, [])
    return stands


def member_totals(file: CouncilFile, *, with_totals: bool) -> list[MemberTotal]:
    """Return who scores a file and how far each has come; totals only where they may be seen."""
    rows = file.allotments.select_related("member").order_by("member")
    return [
        MemberTotal(
            name=row.member.name,
            state=row.state,
            label=str(row.get_state_display()),
            total=row.total if with_totals and row.state == AllotmentState.DONE else None,
            is_outlier=with_totals and row.is_outlier,
            allotment=row,
        )
        for row in rows
    ]


def conflicts_of_file(file: CouncilFile) -> list[Conflict]:
    """Return who keeps out of a file, and why."""
    return list(file.conflicts.select_related("member").order_by("member"))


def visit_sheets(file: CouncilFile) -> list[VisitSheet]:
    """Return what survey teams wrote of the model, newest first."""
    registration = file.file.registration
    if registration is None:
        return []
    return list(sheets_of(registration)[:MOST_SHEETS])


def _line(node: Node, evidence: list[ScoreEvidence]) -> Line:
    criterion = node.criterion
    return Line(
        criterion=criterion,
        depth=node.depth,
        is_heading=node.is_heading,
        most=node.points if node.is_heading else highest_points(criterion),
        is_mine=not node.is_heading and Side.COUNCIL in criterion.scored_by,
        is_either_or=criterion.kind in {CriterionKind.YES_NO, CriterionKind.DISQUALIFYING},
        evidence=evidence,
    )
