"""What members give: scores saved and handed in, and given back by the chair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.councils.actions.journal import locked_council, note_council
from kheo.councils.actions.refreshing import refresh_files
from kheo.councils.enums import AllotmentState
from kheo.councils.models import Allotment, Conflict, Council, CouncilFile, MemberScore
from kheo.councils.rules.conflicts import conflict_of
from kheo.councils.rules.deeds import (
    CouncilError,
    StaleCouncilError,
    can_run_scores,
    can_score,
    keeps_out,
)
from kheo.criteria.enums import Side
from kheo.criteria.models import Criterion
from kheo.criteria.rules.totals import judge_points, name_of, scored_by, total_of
from kheo.criteria.rules.tree import leaves_of
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


@dataclass(frozen=True)
class Mark:
    """What is given for a criterion; None where nothing was given yet."""

    points: Decimal | None
    note: str = ""


Marks = Mapping[int, Mark]


@transaction.atomic
def save_member_scores(
    *,
    allotment: Allotment,
    marks: Marks,
    hand_in: bool,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Allotment:
    """Keep what a member gives by criterion; once handed in it is no longer changed.

    :raises NotAllowedError: when it is not the member's file, they keep out of it, or it is closed.
    :raises StaleCouncilError: when it was saved in another window since ``seen_version``.
    :raises CouncilError: when points are above the most, below zero, or missing on handing in.
    """
    council = locked_council(allotment.file.council)
    row = _locked_allotment(allotment)
    demand(can_score(by, council, row, row.member))
    _demand_no_conflict(council, row, by)
    if row.state == AllotmentState.DONE:
        raise CouncilError(_("These scores are in; only the chair gives them back."))
    if seen_version is not None and seen_version != row.version:
        raise StaleCouncilError
    leaves = scored_by(Side.COUNCIL, leaves_of(council.criteria_set.criteria.all()))
    _judge(leaves, marks, hand_in=hand_in)
    given = _keep(row, leaves, marks)
    row.state = AllotmentState.DONE if hand_in else AllotmentState.DRAFT
    row.total = total_of(leaves, council.criteria_set.bonus_cap, given).total
    row.done_at, row.version = (at if hand_in else None), row.version + 1
    row.save(update_fields=["state", "total", "done_at", "version"])
    if hand_in:
        refresh_files(_files(council, [row.file_id]))
    # the journal is read by others too: it tells that scores came, not which
    verb = "council.hand-in" if hand_in else "council.score"
    note_council(verb, row, by, at, scope=council.path, after={"council_criteria": len(given)})
    return row


@transaction.atomic
def give_back_scores(*, allotment: Allotment, reason: str, by: Seat, at: datetime) -> Allotment:
    """Let a member score again what was handed in; only the chair does this, with a reason.

    :raises NotAllowedError: when the seat is not the chair, or the scoring is closed.
    :raises CouncilError: when the scores are not in, or no reason is given.
    """
    council = locked_council(allotment.file.council)
    row = _locked_allotment(allotment)
    demand(can_run_scores(by, council, council.members.filter(seat=by).first()))
    if row.state != AllotmentState.DONE:
        raise CouncilError(_("The scores of this member are not in."))
    if not normalise(reason):
        raise CouncilError(_("Say why, so that the journal tells it."))
    row.state, row.done_at, row.is_outlier = AllotmentState.DRAFT, None, False
    row.version += 1
    row.save(update_fields=["state", "done_at", "is_outlier", "version"])
    refresh_files(_files(council, [row.file_id]))
    after = {"member": row.member.name}
    note_council(
        "council.give-back", row, by, at, scope=council.path, after=after, reason=normalise(reason)
    )
    return row


def _files(council: Council, keys: Sequence[int]) -> list[CouncilFile]:
    rows = CouncilFile.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.filter(council=council).select_related("council__criteria_set"))


def _locked_allotment(allotment: Allotment) -> Allotment:
    rows = Allotment.objects.select_for_update(of=("self",))
    return rows.select_related("member", "file__file").get(pk=allotment.pk)


def _demand_no_conflict(council: Council, row: Allotment, by: Seat) -> None:
    """Look at the unit as it is now too: a seat may have come to stand elsewhere."""
    noted = Conflict.objects.filter(file=row.file_id, member=row.member_id).first()
    kind = noted.kind if noted else None
    found = kind or conflict_of(
        by.organisation,
        file_unit_id=row.file.file.organisation_id,
        file_path=row.file.file.path,
        council_path=council.path,
    )
    if found:
        demand(keeps_out(found))


def _judge(leaves: Sequence[Criterion], marks: Marks, *, hand_in: bool) -> None:
    faults: dict[int, str] = {}
    for criterion in leaves:
        mark = marks.get(criterion.pk)
        if mark is None or mark.points is None:
            if hand_in:
                faults[criterion.pk] = _("“%s” has no points yet.") % name_of(criterion)
            continue
        if not (verdict := judge_points(criterion, mark.points, Side.COUNCIL)):
            faults[criterion.pk] = str(verdict.reason)
    if faults:
        raise CouncilError(by_criterion=faults)


def _keep(row: Allotment, leaves: Sequence[Criterion], marks: Marks) -> dict[int, Decimal]:
    """Write the marks in place of those before, and return the points by criterion."""
    row.scores.all().delete()
    scores = [
        MemberScore(
            allotment=row,
            criterion=criterion,
            points=mark.points,
            note=normalise(mark.note)[:5000],
        )
        for criterion in leaves
        if (mark := marks.get(criterion.pk)) is not None and mark.points is not None
    ]
    MemberScore.objects.bulk_create(scores)
    return {score.criterion_id: score.points for score in scores}
