"""Scoring: by the unit itself, and by the superior beside it, with a reason for each change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.appraisal.actions.journal import (
    locked_file,
    note_file,
    stored,
    tell_appraiser,
    tell_file_unit,
)
from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile, FileScore
from kheo.appraisal.queries.sides import given_points, set_of
from kheo.appraisal.rules.scoring import (
    ScoreError,
    ScoreLine,
    changes_without_reason,
    gaps_of,
    refused_lines,
)
from kheo.appraisal.rules.transitions import (
    can_score_as_superior,
    can_score_file,
    can_send_file,
)
from kheo.criteria.enums import Side
from kheo.criteria.queries.shape import SetShape
from kheo.criteria.rules.totals import name_of, points_as_seen_by, said
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

SUMS = ("self_total", "superior_total", "grade", "is_disqualified")


@transaction.atomic
def save_scores(
    *,
    file: AppraisalFile,
    lines: Sequence[ScoreLine],
    cleared: Iterable[int] = (),
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> AppraisalFile:
    """Store what the unit gives itself; criteria that are not named stay as they are.

    :param cleared: criteria (their keys) whose score is taken away again.
    :raises NotAllowedError: when the seat may not, or the file is sent or closed.
    :raises StaleFileError: when somebody else changed it since ``seen_version``.
    :raises ScoreError: when points are out of bounds; nothing is stored then.
    """
    row = locked_file(file, seen_version)
    demand(can_score_file(by, row))
    shape = set_of(row)
    if refused := refused_lines(shape.leaves, lines, Side.SELF):
        raise ScoreError(by_criterion=refused)
    told = _store(row, shape, lines, Side.SELF, by, at)
    told += _clear(row, shape, cleared, Side.SELF)
    if not told:
        return row
    _add_up(row, shape)
    stored(row, *SUMS)
    note_file(
        "appraisal.score", row, by, at, after={"scores": told, "self_total": _told(row.self_total)}
    )
    return row


@transaction.atomic
def send_file(
    *, file: AppraisalFile, seen_version: int | None = None, by: Seat, at: datetime
) -> AppraisalFile:
    """Send a self-scored file to the superior; open remarks are answered by it.

    :raises NotAllowedError: when the seat may not, or something is not scored yet.
    :raises StaleFileError: when somebody else changed it since ``seen_version``.
    """
    row = locked_file(file, seen_version)
    shape = set_of(row)
    given = given_points(row.scores.filter(side=Side.SELF))
    demand(can_send_file(by, row, gaps_of(shape.leaves, Side.SELF, given.get(Side.SELF, {}))))
    row.state, row.sent_at = FileState.SENT, at
    row.remarks.filter(answered_at=None).update(answered_at=at)
    _add_up(row, shape)
    stored(row, "state", "sent_at", *SUMS)
    note_file("appraisal.send", row, by, at, after={"self_total": _told(row.self_total)})
    tell_appraiser(row, _("Appraisal file sent: %s") % row.name, at)
    return row


@transaction.atomic
def save_superior_scores(
    *,
    file: AppraisalFile,
    lines: Sequence[ScoreLine],
    not_eligible: str = "",
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> AppraisalFile:
    """Store what the superior gives; with all criteria scored the file can go to the council.

    :param not_eligible: why the file is not ranked at all; empty when it is.
    :raises NotAllowedError: when the seat may not, or the file is not with the superior.
    :raises StaleFileError: when somebody else changed it since ``seen_version``.
    :raises ScoreError: when points are out of bounds or a change has no reason.
    """
    row = locked_file(file, seen_version)
    demand(can_score_as_superior(by, row))
    shape = set_of(row)
    _refuse_superior(row, shape, lines)
    told = _store(row, shape, lines, Side.SUPERIOR, by, at)
    row.disqualified_reason, row.superior_at = normalise(not_eligible), at
    _add_up(row, shape)
    given = given_points(row.scores.filter(side=Side.SUPERIOR)).get(Side.SUPERIOR, {})
    gaps = gaps_of(shape.leaves, Side.SUPERIOR, given)
    row.state = FileState.SENT if gaps else FileState.SUPERIOR_SCORED
    stored(row, "state", "superior_at", "disqualified_reason", *SUMS)
    after = {"scores": told, "superior_total": _told(row.superior_total)}
    note_file("appraisal.superior-score", row, by, at, after=after, reason=row.disqualified_reason)
    if not gaps:
        tell_file_unit(row, _("The superior has scored: %s") % row.name, at)
    return row


def _refuse_superior(row: AppraisalFile, shape: SetShape, lines: Sequence[ScoreLine]) -> None:
    self_points = given_points(row.scores.filter(side=Side.SELF)).get(Side.SELF, {})
    refused = refused_lines(shape.leaves, lines, Side.SUPERIOR)
    refused = refused or changes_without_reason(shape.leaves, lines, self_points)
    if refused:
        raise ScoreError(by_criterion=refused)


def _store(
    row: AppraisalFile,
    shape: SetShape,
    lines: Sequence[ScoreLine],
    side: Side,
    by: Seat,
    at: datetime,
) -> list[str]:
    """Store scores; return in words what is new."""
    names = {criterion.pk: name_of(criterion) for criterion in shape.leaves}
    standing = {score.criterion_id: score for score in row.scores.filter(side=side)}
    told: list[str] = []
    made: list[FileScore] = []
    changed: list[FileScore] = []
    for line in lines:
        score = standing.get(line.criterion)
        if score and (score.points, score.note) == (line.points, normalise(line.note)):
            continue
        before = f"{said(score.points)} → " if score else ""
        (changed if score else made).append(
            score := score or FileScore(file=row, criterion_id=line.criterion, side=side)
        )
        score.points, score.note = line.points, normalise(line.note)
        score.seat, score.scored_at = by, at
        told.append(f"{names[line.criterion]}: {before}{said(line.points)}")
    FileScore.objects.bulk_create(made)
    FileScore.objects.bulk_update(changed, ["points", "note", "seat", "scored_at"])
    return told


def _clear(row: AppraisalFile, shape: SetShape, cleared: Iterable[int], side: Side) -> list[str]:
    names = {criterion.pk: name_of(criterion) for criterion in shape.leaves}
    gone = list(row.scores.filter(side=side, criterion__in=list(cleared)))
    FileScore.objects.filter(pk__in=[score.pk for score in gone]).delete()
    return [f"{names[score.criterion_id]}: {said(score.points)} → –" for score in gone]


def _add_up(row: AppraisalFile, shape: SetShape) -> None:
    """Bring totals, eligibility and grade of a file up to what its scores say."""
    given = given_points(row.scores.exclude(side=Side.COUNCIL))
    latest = None
    for side, name in ((Side.SELF, "self_total"), (Side.SUPERIOR, "superior_total")):
        if not given.get(side):
            setattr(row, name, None)
            continue
        latest = shape.total(points_as_seen_by(side, shape.leaves, given))
        setattr(row, name, latest.total)
    row.is_disqualified = bool(row.disqualified_reason) or bool(latest and latest.is_disqualified)
    row.grade = shape.grade(latest, is_disqualified=row.is_disqualified) if latest else None


def _told(total: Decimal | None) -> str:
    return "" if total is None else said(total)
