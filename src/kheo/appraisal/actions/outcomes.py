"""How files end: the council's result on thousands at once, and whether a title was given."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kheo.appraisal.actions.journal import locked_files, pieces, tell_file_units
from kheo.appraisal.enums import FileState, TitleState
from kheo.appraisal.models import AppraisalFile, FileScore, TitleEntry
from kheo.appraisal.rules.scoring import ScoreError, ScoreLine, refused_lines
from kheo.appraisal.rules.transitions import can_close_file, can_settle_titles
from kheo.audit.actions import Deed, insert_rows, record_many, twin_of
from kheo.criteria.enums import CriterionKind, Side
from kheo.criteria.models import CriteriaSet
from kheo.criteria.queries.shape import SetShape, shape_of_set
from kheo.criteria.rules.totals import grade_of, said
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

CLOSING = (
    "UPDATE appraisal_appraisalfile SET state = %s, council_total = %s, final_total = %s,"
    " grade_id = %s, is_disqualified = %s, disqualified_reason = %s, closed_at = %s,"
    " version = version + 1 WHERE id = %s"
)


@dataclass(frozen=True, kw_only=True)
class FileOutcome:
    """What the council says of one file (its key): the total, and points by criterion if kept."""

    file: int
    total: Decimal
    points: Mapping[int, Decimal] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    is_disqualified: bool = False
    reason: str = ""


@transaction.atomic
def write_outcome(
    *, outcomes: Collection[FileOutcome], by: Seat, at: datetime
) -> list[AppraisalFile]:
    """Enter the council's result on files that are before it: they end with total and grade.

    A file that the superior held not eligible stays so. Each unit is told once; call it before
    ``reach_stage``, in one transaction. All or none.

    :returns: the ended files, in the order of their keys.
    :raises NotAllowedError: when the seat does not speak for the council, or a file is not there.
    :raises ScoreError: when a total or points are out of bounds.
    """
    found = {outcome.file: outcome for outcome in outcomes}
    rows = locked_files(found.keys())
    shapes = _shapes({row.criteria_set_id for row in rows})
    for row in rows:
        demand(can_close_file(by, row))
        _judge(found[row.pk], row, shapes[row.criteria_set_id])
        _close(row, found[row.pk], shapes[row.criteria_set_id], at)
    _store_scores(rows, found, by, at)
    _store_files(rows)
    _end_entries(rows)
    record_many(deeds=[_deed(row, found[row.pk]) for row in rows], by=by, at=at)
    tell_file_units(rows, _("Result of the appraisal: %(count)s files"), "", at)
    return rows


@transaction.atomic
def settle_titles(
    *, entries: Collection[int], recognised: bool, reason: str = "", by: Seat, at: datetime
) -> list[TitleEntry]:
    """Note that units (keys of their entries) were given the title they entered for, or not.

    :raises NotAllowedError: when the seat may not for one of them.
    :raises ScoreError: when one of them has no result of the appraisal yet.
    """
    state = TitleState.RECOGNISED if recognised else TitleState.NOT_RECOGNISED
    rows = _locked_entries(entries)
    for row in rows:
        demand(can_settle_titles(by, row.path))
        if row.state in {TitleState.REGISTERED, TitleState.WITHDRAWN}:
            raise ScoreError(_("“%s” has no result of the appraisal yet.") % row)
    deeds = [
        Deed(
            verb="title.settle",
            record=row,
            scope=row.path,
            before={"state": row.state},
            after={"state": state},
            reason=normalise(reason),
        )
        for row in rows
    ]
    for row in rows:
        row.state, row.version = state, row.version + 1
    for piece in pieces([row.pk for row in rows]):
        settled = TitleEntry.objects.filter(pk__in=piece)
        settled.update(state=state, version=F("version") + 1)
    record_many(deeds=deeds, by=by, at=at)
    return rows


def _locked_entries(keys: Collection[int]) -> list[TitleEntry]:
    rows: list[TitleEntry] = []
    for piece in pieces(sorted(set(keys))):
        locked = TitleEntry.objects.select_for_update(of=("self",)).filter(pk__in=piece)
        rows.extend(locked.order_by("pk"))
    return rows


def _judge(outcome: FileOutcome, row: AppraisalFile, shape: SetShape) -> None:
    lines = [ScoreLine(criterion=key, points=one) for key, one in outcome.points.items()]
    if refused := refused_lines(shape.leaves, lines, Side.COUNCIL):
        raise ScoreError(*(f"{row}: {reason}" for reason in refused.values()))
    most = _most(shape)
    if not 0 <= outcome.total <= most:
        words = _("“%(file)s”: the total must lie between 0 and %(most)s.")
        raise ScoreError(words % {"file": row, "most": said(most)})


def _most(shape: SetShape) -> Decimal:
    bonus = sum((one.points for one in shape.leaves if one.kind == CriterionKind.BONUS), Decimal(0))
    cap = shape.criteria_set.bonus_cap
    return shape.criteria_set.total + (bonus if cap is None else min(bonus, cap))


def _close(row: AppraisalFile, outcome: FileOutcome, shape: SetShape, at: datetime) -> None:
    row.state, row.closed_at = FileState.CLOSED, at
    row.council_total = row.final_total = outcome.total
    row.is_disqualified = outcome.is_disqualified or bool(row.disqualified_reason)
    row.disqualified_reason = row.disqualified_reason or (
        normalise(outcome.reason) if outcome.is_disqualified else ""
    )
    row.grade = grade_of(shape.grades, outcome.total, is_disqualified=row.is_disqualified)
    row.version += 1


def _store_scores(
    rows: Sequence[AppraisalFile], found: Mapping[int, FileOutcome], by: Seat, at: datetime
) -> None:
    for piece in pieces([row.pk for row in rows]):
        FileScore.objects.filter(file__in=piece, side=Side.COUNCIL).delete()
    blank = FileScore(side=Side.COUNCIL, seat=by, scored_at=at)
    scores = []
    for row in rows:
        outcome = found[row.pk]
        for criterion, points in outcome.points.items():
            score = twin_of(blank)
            score.file_id, score.criterion_id, score.points = row.pk, criterion, points
            score.note = normalise(outcome.notes.get(criterion, ""))
            scores.append(score)
    insert_rows(scores, keyed=False)


def _store_files(rows: Sequence[AppraisalFile]) -> None:
    # one statement for each would take minutes for ten thousand, "CASE WHEN" for all no less
    closed_at = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            CLOSING,
            [
                (
                    row.state,
                    row.council_total,
                    row.final_total,
                    row.grade_id,
                    row.is_disqualified,
                    row.disqualified_reason,
                    closed_at(row.closed_at),
                    row.pk,
                )
                for row in rows
            ],
        )


def _end_entries(rows: Iterable[AppraisalFile]) -> None:
    entries = [row.title_entry_id for row in rows if row.title_entry_id is not None]
    for piece in pieces(entries):
        known = TitleEntry.objects.filter(pk__in=piece, state=TitleState.REGISTERED)
        known.update(state=TitleState.APPRAISED, version=F("version") + 1)


def _shapes(sets: Collection[int]) -> dict[int, SetShape]:
    return {one.pk: shape_of_set(one) for one in CriteriaSet.objects.filter(pk__in=sets)}


def _deed(row: AppraisalFile, outcome: FileOutcome) -> Deed:
    after: dict[str, object] = {"final_total": said(outcome.total), "grade": str(row.grade or "")}
    if row.is_disqualified:
        after["is_disqualified"] = True
    return Deed(
        verb="appraisal.close",
        record=row,
        scope=row.path,
        after=after,
        reason=normalise(outcome.reason),
    )
