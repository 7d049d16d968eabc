"""Announcing an outcome: every file ends with its result, ten thousand as well as ten.

It is begun in one transaction and done in pieces, each whole in itself; after a crash it goes on
where it stopped, since ended files are left out.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from kheo.appraisal.actions import FileOutcome, write_outcome
from kheo.appraisal.enums import FileState
from kheo.councils.actions.journal import locked_council, member_of, note_council, touch_council
from kheo.councils.enums import CouncilDeed, CouncilState
from kheo.councils.models import Announcement, Council, Outcome
from kheo.councils.queries.standing import standings
from kheo.councils.rules.deeds import CouncilError
from kheo.councils.rules.transitions import TRANSITIONS, can_move
from kheo.criteria.enums import Side
from kheo.criteria.models import Criterion
from kheo.criteria.rules.totals import scored_by
from kheo.criteria.rules.tree import leaves_of
from kheo.exemplars.actions import reach_stage
from kheo.exemplars.enums import Stage
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

PIECE = 1000
# so few are done while the person waits
AT_ONCE = 200


@transaction.atomic
def announce_outcome(
    *, council: Council, seen_version: int | None = None, by: Seat, at: datetime
) -> Announcement:
    """Begin to announce what was settled; from now on nothing of it changes any more.

    :raises NotAllowedError: when the seat may not, or the outcome is not settled.
    :raises StaleCouncilError: when somebody else changed it since ``seen_version``.
    :raises CouncilError: when a file was taken back from the council.
    """
    row = locked_council(council, seen_version)
    demand(can_move(CouncilDeed.ANNOUNCE, by, row, member_of(row, by)))
    gone = row.files.exclude(file__state=FileState.BEFORE_COUNCIL).select_related("file")
    if names := [str(one.file) for one in gone[:5]]:
        words = _("These files are no longer before the council; settle the outcome again: %s.")
        raise CouncilError(words % ", ".join(names))
    row.state = CouncilState.ANNOUNCING
    touch_council(row, "state")
    announcement = Announcement.objects.create(
        council=row, seat=by, started_at=at, total=row.outcomes.count()
    )
    after = {"state": row.state, "council_files": announcement.total}
    verb = TRANSITIONS[CouncilDeed.ANNOUNCE].verb
    note_council(verb, row, by, at, scope=row.path, after=after)
    return announcement


def queue_announcement(*, announcement: Announcement) -> None:
    """Put the announcing into the queue of the background work."""
    async_task("kheo.councils.tasks.announce", announcement.council_id)


def carry_out_announcement(*, announcement: Announcement, at: datetime) -> int:
    """Do what is left of an announcement, piece by piece; return how many files were ended."""
    count = 0
    while done := _announce_piece(announcement, at):
        count += done
    _finish(announcement, at)
    return count


@transaction.atomic
def _announce_piece(announcement: Announcement, at: datetime) -> int:
    council = locked_council(announcement.council)
    # files of one unit together, so that it is told once
    waiting = council.outcomes.filter(file__file__state=FileState.BEFORE_COUNCIL)
    ordered = waiting.select_related("file__file").order_by("file__file__path", "pk")
    piece = list(ordered[:PIECE])
    if not piece:
        return 0
    leaves = scored_by(Side.COUNCIL, leaves_of(council.criteria_set.criteria.all()))
    seat = Seat.objects.select_related("user", "organisation__kind").get(pk=announcement.seat_id)
    write_outcome(outcomes=_results(piece, leaves), by=seat, at=at)
    announcement.done += len(piece)
    announcement.save(update_fields=["done"])
    return len(piece)


@transaction.atomic
def _finish(announcement: Announcement, at: datetime) -> None:
    council = locked_council(announcement.council)
    if council.state != CouncilState.ANNOUNCING:
        return
    council.state, council.announced_at = CouncilState.ANNOUNCED, at
    touch_council(council, "state", "announced_at")
    announcement.finished_at = at
    announcement.save(update_fields=["finished_at"])
    note_council("council.announced", council, announcement.seat, at, scope=council.path)
    rows = council.files.exclude(file__registration=None)
    keys = rows.values_list("file__registration", flat=True)
    reach_stage(registrations=[key for key in keys if key], stage=Stage.APPRAISED)


def _results(piece: Sequence[Outcome], leaves: Sequence[Criterion]) -> list[FileOutcome]:
    stands = standings([row.file for row in piece], leaves)
    results = []
    for row in piece:
        mine = stands[row.file_id]
        known = {one.pk: mine.points(one.pk) for one in leaves}
        results.append(
            FileOutcome(
                file=row.file.file_id,
                total=row.total,
                points={key: points for key, points in known.items() if points is not None},
                notes=mine.reasons,
                is_disqualified=row.file.is_disqualified,
                reason=_("A disqualifying condition holds.") if row.file.is_disqualified else "",
            )
        )
    return results
