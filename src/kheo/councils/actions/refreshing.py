"""Keeping what follows from scores and members: totals, spread, conflicts of interest."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction

from kheo.audit.actions import insert_rows
from kheo.councils.enums import AllotmentState
from kheo.councils.models import Allotment, Conflict, Council, CouncilFile
from kheo.councils.queries.standing import FileStanding, standings
from kheo.councils.rules.conflicts import conflict_of
from kheo.councils.rules.gathering import Gathered, gathered
from kheo.councils.rules.spreading import Spread, spread_of
from kheo.criteria.enums import Side
from kheo.criteria.models import Criterion
from kheo.criteria.rules.totals import scored_by
from kheo.criteria.rules.tree import counted_points, leaves_of

PIECE = 500
COLUMNS = (
    "wanted",
    "scored",
    "total",
    "council_part",
    "heaviest",
    "lowest",
    "highest",
    "has_outliers",
    "is_disqualified",
    "unreasoned",
)
STORING = (
    "UPDATE councils_councilfile SET wanted = %s, scored = %s, total = %s, council_part = %s,"
    " heaviest = %s, lowest = %s, highest = %s, has_outliers = %s, is_disqualified = %s,"
    " unreasoned = %s WHERE id = %s"
)


@transaction.atomic
def find_conflicts(*, council: Council, at: datetime) -> int:
    """Note where a member keeps out of a file of the own unit or of one below it.

    Files that were given to somebody before it was found are taken back from them.

    :returns: how many conflicts are new.
    """
    members = list(council.members.select_related("seat__organisation"))
    known = set(Conflict.objects.filter(file__council=council).values_list("file", "member"))
    files = CouncilFile.objects.filter(council=council)
    rows = files.values_list("pk", "file__organisation_id", "file__path")
    found = [
        Conflict(file_id=key, member=member, kind=kind, noted_at=at)
        for key, unit, path in rows.iterator(chunk_size=2000)
        for member in members
        if (key, member.pk) not in known
        if (
            kind := conflict_of(
                member.seat.organisation,
                file_unit_id=unit,
                file_path=path,
                council_path=council.path,
            )
        )
    ]
    insert_rows(found, keyed=False)
    take_back({(one.file_id, one.member_id) for one in found})
    return len(found)


def take_back(pairs: Collection[tuple[int, int]]) -> None:
    """Take files back from members, and reckon those files anew.

    :param pairs: keys of council files with keys of members.
    """
    files = {file for file, _member in pairs}
    rows = Allotment.objects.filter(
        file__in=files, member__in={member for _file, member in pairs}
    ).values_list("pk", "file_id", "member_id")
    gone = [pk for pk, file, member in rows if (file, member) in pairs]
    if gone:
        Allotment.objects.filter(pk__in=gone).delete()
        refresh_files(CouncilFile.objects.filter(pk__in=files))


def refresh_files(files: Iterable[CouncilFile]) -> None:
    """Reckon anew what files stand at; all belong to one council, locked by the caller."""
    rows = list(files)
    if not rows:
        return
    criteria_set = rows[0].council.criteria_set
    leaves = leaves_of(criteria_set.criteria.all())
    for start in range(0, len(rows), PIECE):
        piece = rows[start : start + PIECE]
        held, scores = _held(piece), standings(piece, leaves)
        for row in piece:
            mine = held.get(row.pk, [])
            _reckon(row, leaves, criteria_set.bonus_cap, mine, scores[row.pk])
        # "CASE WHEN" for thousands of rows of ten columns takes a minute, one by one a second
        with connection.cursor() as cursor:
            cursor.executemany(
                STORING, [(*(getattr(row, name) for name in COLUMNS), row.pk) for row in piece]
            )


def _held(files: list[CouncilFile]) -> dict[int, list[Allotment]]:
    found: dict[int, list[Allotment]] = defaultdict(list)
    for one in Allotment.objects.filter(file__in=[row.pk for row in files]):
        found[one.file_id].append(one)
    return found


def _reckon(
    row: CouncilFile,
    leaves: list[Criterion],
    bonus_cap: Decimal | None,
    allotments: list[Allotment],
    scores: FileStanding,
) -> None:
    done = [one for one in allotments if one.state == AllotmentState.DONE]
    stands = gathered(
        leaves,
        bonus_cap,
        given=list(scores.given.values()),
        sides=scores.sides,
        settled=scores.settled,
    )
    row.wanted, row.scored = len(allotments), len(done)
    _write_standing(row, stands, scores.settled)
    greatest = counted_points(scored_by(Side.COUNCIL, leaves))
    totals = {one.pk: one.total for one in done if one.total is not None}
    _write_spread(row, spread_of(totals, greatest), done)


def _write_standing(row: CouncilFile, stands: Gathered, settled: Mapping[int, Decimal]) -> None:
    is_known = row.scored > 0 or bool(settled)
    row.total = stands.total.total if is_known else None
    row.council_part = stands.council_part if is_known else None
    row.heaviest = stands.heaviest if is_known else None
    row.is_disqualified = stands.total.is_disqualified
    # a settlement carries its reason; the mean of the members does not
    row.unreasoned = sum(1 for key in stands.changed if key not in settled)


def _write_spread(row: CouncilFile, spread: Spread | None, done: list[Allotment]) -> None:
    row.lowest = spread.lowest if spread else None
    row.highest = spread.highest if spread else None
    outliers = set(spread.outliers) if spread else set()
    row.has_outliers = bool(outliers)
    turned = [one for one in done if one.is_outlier != (one.pk in outliers)]
    for one in turned:
        one.is_outlier = one.pk in outliers
    Allotment.objects.bulk_update(turned, ["is_outlier"])
