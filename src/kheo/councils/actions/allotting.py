"""Giving files to members: by hand, by field, or balanced; and keeping out of files."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import insert_rows
from kheo.councils.actions.journal import locked_council, member_of, note_council, touch_council
from kheo.councils.actions.refreshing import take_back
from kheo.councils.enums import AllotmentMode, AllotmentState, ConflictKind
from kheo.councils.models import Allotment, Conflict, Council, CouncilFile, CouncilMember
from kheo.councils.rules.balancing import balanced
from kheo.councils.rules.deeds import CouncilError, can_allot, can_declare
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

PIECE = 500
Pairs = set[tuple[int, int]]


@transaction.atomic
def allot_by_hand(
    *, council: Council, files: Collection[int], members: Collection[int], by: Seat, at: datetime
) -> int:
    """Give each of these files to each of these members, save where one keeps out.

    :param files: keys of council files.
    :param members: keys of members.
    :returns: how many were given.
    :raises NotAllowedError: when the seat may not, or the session has begun.
    :raises CouncilError: when nothing was chosen.
    """
    row = locked_council(council)
    demand(can_allot(by, row, member_of(row, by)))
    chosen = row.members.filter(pk__in=members, is_scoring=True)
    keys = set(row.files.filter(pk__in=files).values_list("pk", flat=True))
    if not keys or not chosen:
        raise CouncilError(_("Tick at least one file and one member who scores."))
    out = _kept_out(row)
    pairs = {(file, one.pk) for file in keys for one in chosen if (file, one.pk) not in out}
    return _give(row, pairs, AllotmentMode.HAND, by, at)


@transaction.atomic
def allot_evenly(*, council: Council, by_field: bool, by: Seat, at: datetime) -> int:
    """Give every file as many scorers as the council wants, with even loads.

    Files that have scorers keep them. With ``by_field`` a file goes to members of its field, or
    of no field in particular.

    :returns: how many were given.
    :raises NotAllowedError: when the seat may not, or the session has begun.
    """
    row = locked_council(council)
    demand(can_allot(by, row, member_of(row, by)))
    members = list(row.members.filter(is_scoring=True))
    standing: dict[int, set[int]] = defaultdict(set)
    held = Allotment.objects.filter(file__council=row).values_list("file_id", "member_id")
    for file, member in held:
        standing[file].add(member)
    given = balanced(
        _eligible(row, members, by_field=by_field),
        row.scorers,
        standing=standing,
        loads=Counter(member for _file, member in held),
    )
    pairs = {(file, member) for file, chosen in given.items() for member in chosen}
    mode = AllotmentMode.FIELD if by_field else AllotmentMode.BALANCED
    return _give(row, pairs, mode, by, at)


@transaction.atomic
def take_from_member(*, allotment: Allotment, by: Seat, at: datetime) -> Council:
    """Take a file back from a member who has not handed scores in.

    :raises NotAllowedError: when the seat may not, or the session has begun.
    :raises CouncilError: when the scores are in.
    """
    row = locked_council(allotment.file.council)
    demand(can_allot(by, row, member_of(row, by)))
    locked = Allotment.objects.select_for_update().get(pk=allotment.pk)
    if locked.state == AllotmentState.DONE:
        raise CouncilError(_("The scores of this member are in; the file stays with them."))
    take_back({(locked.file_id, locked.member_id)})
    after = {"file": str(allotment.file), "member": allotment.member.name}
    note_council("council.take-back", row, by, at, scope=row.path, after=after)
    touch_council(row)
    return row


@transaction.atomic
def declare_conflict(*, file: CouncilFile, reason: str, by: Seat, at: datetime) -> Conflict:
    """Let a member keep out of a file; what they scored of it no longer counts.

    :raises NotAllowedError: when the seat is no member, or the outcome is settled.
    :raises CouncilError: when no reason is given.
    """
    council = locked_council(file.council)
    member = member_of(council, by)
    demand(can_declare(by, council, member))
    if member is None or not normalise(reason):
        raise CouncilError(_("Say in a few words why you keep out of this file."))
    conflict, _created = Conflict.objects.get_or_create(
        file=file,
        member=member,
        defaults={
            "kind": ConflictKind.DECLARED,
            "reason": normalise(reason)[:500],
            "noted_at": at,
        },
    )
    take_back({(file.pk, member.pk)})
    note_council(
        "council.keep-out", file, by, at, scope=council.path, reason=normalise(reason)[:500]
    )
    return conflict


def _eligible(
    council: Council, members: list[CouncilMember], *, by_field: bool
) -> dict[int, list[int]]:
    out = _kept_out(council)
    files = CouncilFile.objects.filter(council=council).order_by("order", "pk")
    return {
        key: [
            one.pk
            for one in members
            if (key, one.pk) not in out and (not by_field or one.field in {"", field})
        ]
        for key, field in files.values_list("pk", "file__field")
    }


def _kept_out(council: Council) -> Pairs:
    rows = Conflict.objects.filter(file__council=council)
    return set(rows.values_list("file_id", "member_id"))


def _give(council: Council, pairs: Pairs, mode: AllotmentMode, by: Seat, at: datetime) -> int:
    """Write down who scores what in addition, and how many scorers each file has then."""
    held = Allotment.objects.filter(file__council=council).values_list("file_id", "member_id")
    new = pairs - set(held)
    orders = dict(CouncilFile.objects.filter(council=council).values_list("pk", "order"))
    insert_rows(
        [
            Allotment(file_id=file, member_id=member, mode=mode, order=orders[file])
            for file, member in sorted(new)
        ],
        keyed=False,
    )
    count_scorers(council, {file for file, _member in new})
    touch_council(council)
    loads = Counter(member for _file, member in new)
    names = dict(council.members.values_list("pk", "name"))
    after = {
        "mode": mode,
        "members": [f"{names[key]}: {count}" for key, count in sorted(loads.items())],
    }
    note_council("council.allot", council, by, at, scope=council.path, after=after)
    return len(new)


def count_scorers(council: Council, files: Collection[int]) -> None:
    """Keep beside each file how many members score it."""
    counts: Counter[int] = Counter()
    held = Allotment.objects.filter(file__council=council)
    for file in held.values_list("file_id", flat=True):
        counts[file] += 1
    by_count: dict[int, list[int]] = defaultdict(list)
    for file in sorted(files):
        by_count[counts[file]].append(file)
    # one statement for each number; "CASE WHEN" for thousands of rows takes seconds
    for count, keys in by_count.items():
        for start in range(0, len(keys), PIECE):
            rows = council.files.filter(pk__in=keys[start : start + PIECE])
            rows.update(wanted=count)
