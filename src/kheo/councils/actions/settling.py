"""What the council settles in its session where it departs from the level below, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.councils.actions.journal import locked_council, member_of, note_council
from kheo.councils.actions.refreshing import refresh_files
from kheo.councils.models import Council, CouncilFile, Settlement
from kheo.councils.queries.standing import FileStanding, standings
from kheo.councils.rules.deeds import CouncilError, StaleCouncilError, can_run_session
from kheo.criteria.enums import Side
from kheo.criteria.models import Criterion
from kheo.criteria.rules.totals import judge_points, name_of, scored_by
from kheo.criteria.rules.tree import leaves_of
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


@dataclass(frozen=True)
class Settled:
    """The points a council settles for a criterion, and why it departs from the level below."""

    points: Decimal
    reason: str = ""


@transaction.atomic
def settle_scores(
    *,
    file: CouncilFile,
    marks: Mapping[int, Settled],
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> CouncilFile:
    """Settle the points of a file by criterion.

    :raises NotAllowedError: when the seat does not run the session, or it is not the time.
    :raises StaleCouncilError: when somebody else settled it since ``seen_version``.
    :raises CouncilError: when points are above the most, or a change has no reason.
    """
    council = locked_council(file.council)
    demand(can_run_session(by, council, member_of(council, by)))
    row = _locked_files(council, [file.pk])[0]
    if seen_version is not None and seen_version != row.version:
        raise StaleCouncilError
    leaves = scored_by(Side.COUNCIL, leaves_of(council.criteria_set.criteria.all()))
    stands = standings([row], leaves)[row.pk]
    _judge(leaves, marks, stands)
    row.settlements.all().delete()
    kept = _settlements(row, leaves, marks, stands, by, at)
    Settlement.objects.bulk_create(kept)
    row.version += 1
    row.save(update_fields=["version"])
    refresh_files([row])
    after = {name_of(one.criterion): f"{one.points}: {one.reason}" for one in kept}
    note_council("council.settle", row, by, at, scope=council.path, after=after)
    return row


@transaction.atomic
def settle_changes(
    *, council: Council, files: Collection[int], reason: str, by: Seat, at: datetime
) -> int:
    """Give the same reason to all changes of these files that have none yet.

    :returns: how many changes were given the reason.
    :raises NotAllowedError: when the seat does not run the session, or it is not the time.
    :raises CouncilError: when no reason is given.
    """
    row = locked_council(council)
    demand(can_run_session(by, row, member_of(row, by)))
    words = normalise(reason)
    if not words:
        raise CouncilError(_("Write the reason that holds for these changes."))
    leaves = scored_by(Side.COUNCIL, leaves_of(row.criteria_set.criteria.all()))
    rows = _locked_files(row, files)
    stands = standings(rows, leaves)
    kept = [
        Settlement(
            file=one, criterion=criterion, points=points, reason=words, seat=by, settled_at=at
        )
        for one in rows
        for criterion, points in stands[one.pk].changes_without_reason(leaves)
    ]
    Settlement.objects.bulk_create(kept, batch_size=500)
    refresh_files(rows)
    after = {"council_files": len({one.file_id for one in kept})}
    note_council("council.settle", row, by, at, scope=row.path, after=after, reason=words)
    return len(kept)


def _settlements(
    row: CouncilFile,
    leaves: list[Criterion],
    marks: Mapping[int, Settled],
    stands: FileStanding,
    by: Seat,
    at: datetime,
) -> list[Settlement]:
    return [
        Settlement(
            file=row,
            criterion=criterion,
            points=mark.points,
            reason=normalise(mark.reason),
            seat=by,
            settled_at=at,
        )
        for criterion in leaves
        if (mark := marks.get(criterion.pk)) and _needs_row(stands, criterion.pk, mark.points)
    ]


def _needs_row(stands: FileStanding, criterion: int, points: Decimal) -> bool:
    """Tell whether a settled value says more than the members' mean does."""
    if stands.joined.get(criterion) != points:
        return True
    return stands.below.get(criterion, points) != points


def _judge(leaves: list[Criterion], marks: Mapping[int, Settled], stands: FileStanding) -> None:
    faults: dict[int, str] = {}
    for criterion in leaves:
        mark = marks.get(criterion.pk)
        if mark is None:
            continue
        if not (verdict := judge_points(criterion, mark.points, Side.COUNCIL)):
            faults[criterion.pk] = str(verdict.reason)
            continue
        before = stands.below.get(criterion.pk, stands.joined.get(criterion.pk))
        if before != mark.points and not normalise(mark.reason):
            words = _("“%s”: write why the council changes the points.")
            faults[criterion.pk] = words % name_of(criterion)
    if faults:
        raise CouncilError(by_criterion=faults)


def _locked_files(council: Council, keys: Collection[int]) -> list[CouncilFile]:
    rows = CouncilFile.objects.select_for_update(of=("self",)).filter(council=council, pk__in=keys)
    return list(rows.select_related("council__criteria_set", "file").order_by("pk"))
