"""Notes what registrations came to after they were accepted, and keeps the tallies true."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from kheo.exemplars.actions.tallies import FACETS, TallyMove, move_registration_tallies
from kheo.exemplars.enums import Stage
from kheo.exemplars.models import Registration
from kheo.exemplars.rules import facets_of

# SQLite takes a limited number of parameters in one statement
PIECE = 500
# of a registration only what it is counted by: its texts are long
COUNTED_BY = ("path", "uncounted_path", "year", "submitted_at", "state", "stages", *FACETS)


@transaction.atomic
def reach_stage(*, registrations: Collection[int], stage: Stage) -> int:
    """Note that registrations reached a stage; those that had reached it stay as they are.

    Part of the deed of a room above, which writes the audit; call it last in its transaction.

    :param registrations: keys of registrations, any number.
    :returns: how many had not reached it before.
    """
    return _set_stage(registrations, stage, reached=True)


@transaction.atomic
def leave_stage(*, registrations: Collection[int], stage: Stage) -> int:
    """Take back that registrations reached a stage: a nomination withdrawn, an honour revoked.

    :returns: how many had reached it.
    """
    return _set_stage(registrations, stage, reached=False)


def _set_stage(keys: Collection[int], stage: Stage, *, reached: bool) -> int:
    ordered = sorted(set(keys))
    moves: list[TallyMove] = []
    for start in range(0, len(ordered), PIECE):
        moves.extend(_set_piece(ordered[start : start + PIECE], stage, reached=reached))
    move_registration_tallies(moves)
    return len(moves)


def _set_piece(keys: Collection[int], stage: Stage, *, reached: bool) -> list[TallyMove]:
    locked = (
        Registration.objects.select_for_update(of=("self",)).filter(pk__in=keys).only(*COUNTED_BY)
    )
    rows = [row for row in locked.order_by("pk") if bool(row.stages & stage) != reached]
    changed = F("stages").bitor(stage) if reached else F("stages").bitand(~stage)
    Registration.objects.filter(pk__in=[row.pk for row in rows]).update(stages=changed)
    return [_move(row, stage) for row in rows]


def _move(row: Registration, stage: Stage) -> TallyMove:
    before = facets_of(row)
    after = before and before._replace(stages=before.stages ^ stage)
    return TallyMove(row.path, row.year, before, after, row.uncounted_path)
