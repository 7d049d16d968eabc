"""Taking files into a council: passed up, or opened for registrations; and taking them out."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from kheo.appraisal.actions import open_files
from kheo.appraisal.models import AppraisalFile
from kheo.audit.actions import insert_rows
from kheo.councils.actions.journal import locked_council, note_council, touch_council
from kheo.councils.actions.refreshing import find_conflicts
from kheo.councils.models import Council, CouncilFile
from kheo.councils.queries.sources import SourceFilter, files_to_take_in
from kheo.councils.rules.deeds import CouncilError, can_prepare
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


@transaction.atomic
def take_in_files(
    *, council: Council, chosen: SourceFilter | None = None, by: Seat, at: datetime
) -> int:
    """Take in the files that were passed to the committee's council and are in no council yet.

    Conflicts of interest are looked for at once.

    :param chosen: what is taken of them; all without it.
    :returns: how many were taken in.
    :raises NotAllowedError: when the seat may not, or the session has begun.
    """
    row = locked_council(council)
    demand(can_prepare(by, row))
    return _take(row, files_to_take_in(row, chosen or SourceFilter()), by, at)


@transaction.atomic
def take_in_registrations(
    *, council: Council, registrations: Collection[int], by: Seat, at: datetime
) -> tuple[int, int]:
    """Open the files of registrations (their keys); those that need no score before come in.

    :returns: how many files were opened, and how many came before the council at once.
    :raises NotAllowedError: when the seat may not, or the session has begun.
    :raises ScoreError: when the set does not fit, or a registration is not accepted.
    """
    row = locked_council(council)
    demand(can_prepare(by, row))
    opened = open_files(registrations=registrations, criteria_set=row.criteria_set, by=by, at=at)
    return len(opened), _take(row, files_to_take_in(row, SourceFilter()), by, at)


@transaction.atomic
def take_out_files(*, council: Council, files: Collection[int], by: Seat, at: datetime) -> int:
    """Take files out of a council that nobody has begun to score.

    :param files: keys of council files.
    :returns: how many were taken out.
    :raises NotAllowedError: when the seat may not, or the session has begun.
    :raises CouncilError: when scores have been given already.
    """
    row = locked_council(council)
    demand(can_prepare(by, row))
    rows = CouncilFile.objects.filter(council=row, pk__in=files)
    begun = rows.filter(allotments__scores__isnull=False).distinct()
    if begun.exists():
        names = ", ".join(str(one.file) for one in begun.select_related("file")[:5])
        raise CouncilError(_("Scores were given already: %s.") % names)
    names_out = [str(one.file) for one in rows.select_related("file")[:20]]
    count = rows.count()
    rows.delete()
    touch_council(row)
    after = {"council_files": count, "names": names_out}
    note_council("council.take-out", row, by, at, scope=row.path, after=after)
    return count


def _take(council: Council, found: QuerySet[AppraisalFile], by: Seat, at: datetime) -> int:
    last = council.files.aggregate(last=Max("order"))["last"] or 0
    keys = list(found.values_list("pk", flat=True))
    insert_rows(
        [
            CouncilFile(council=council, file_id=key, order=order)
            for order, key in enumerate(keys, start=last + 1)
        ]
    )
    find_conflicts(council=council, at=at)
    touch_council(council)
    note_council(
        "council.take-in", council, by, at, scope=council.path, after={"council_files": len(keys)}
    )
    return len(keys)
