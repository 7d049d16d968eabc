"""Keeps the tallies of units: every change of a unit moves one count in every superior."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from kheo.rounds.enums import UnitState
from kheo.rounds.models import Participation, ParticipationTally, Round
from kheo.rounds.queries.quotas import is_below_minimum, quota_lines

BATCH = 500
FACETS = ("audience_id", "state", "due_on", "has_submitted", "submitted_late", "is_short")
KEY = ("round_id", "organisation_id", *FACETS)
STANDING = (
    "state",
    "counts",
    "registered",
    "accepted",
    "is_short",
    "first_submitted_at",
    "last_submitted_at",
    "submitted_late",
    "touched_at",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ParticipationFacets:
    """All by which units are counted; ``path`` says for which superiors."""

    round_id: int
    path: str
    audience_id: int
    state: str
    due_on: date
    has_submitted: bool
    submitted_late: bool
    is_short: bool

    @property
    def ancestor_ids(self) -> list[int]:
        """Return the keys on the path, from the top down to the unit itself."""
        return [int(part) for part in self.path.strip(".").split(".")]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a locked unit is by its registrations: its state, [registered, accepted] by level."""

    locked: Participation
    state: UnitState
    counts: Mapping[str, Sequence[int]]


def facets_of(participation: Participation) -> ParticipationFacets:
    """Return by what a unit is counted now."""
    return ParticipationFacets(
        round_id=participation.round_id,
        path=participation.path,
        audience_id=participation.audience_id,
        state=str(participation.state),
        due_on=participation.due_on,
        has_submitted=participation.first_submitted_at is not None,
        submitted_late=participation.submitted_late,
        is_short=participation.is_short,
    )


def move_participation_tally(
    before: ParticipationFacets | None, after: ParticipationFacets | None
) -> None:
    """Take a unit out of the tallies of one standing and put it into another's, in one statement.

    Call it inside the transaction of the change, with the unit locked. Rows are written in the
    order of their key, so that two writers wait for each other but never deadlock.
    """
    move_participation_tallies([(before, after)])


def move_participation_tallies(
    moves: Iterable[tuple[ParticipationFacets | None, ParticipationFacets | None]],
) -> None:
    """Do for many units what :func:`move_participation_tally` does for one."""
    changes: Counter[tuple[Any, ...]] = Counter()
    for before, after in moves:
        if before == after:
            continue
        for facets, step in ((before, -1), (after, 1)):
            if facets is not None:
                for ancestor in facets.ancestor_ids:
                    changes[_key(facets, ancestor)] += step
    rows = sorted((*key, step) for key, step in changes.items() if step)
    for start in range(0, len(rows), BATCH):
        _upsert(rows[start : start + BATCH])


def _upsert(rows: Sequence[tuple[Any, ...]]) -> None:
    marks = ", ".join(["(" + ", ".join(["%s"] * (len(KEY) + 1)) + ")"] * len(rows))
    columns = ", ".join(KEY)
    table = ParticipationTally._meta.db_table
    statement = (
        f"INSERT INTO {table} ({columns}, count) VALUES {marks} "  # noqa: S608 -- names of our own
        f"ON CONFLICT ({columns}) DO UPDATE SET count = {table}.count + excluded.count"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in row])


def _key(facets: ParticipationFacets, ancestor: int) -> tuple[Any, ...]:
    due_on = connection.ops.adapt_datefield_value(facets.due_on)
    values = {name: getattr(facets, name) for name in FACETS} | {"due_on": due_on}
    return (facets.round_id, ancestor, *(values[name] for name in FACETS))


@transaction.atomic
def refresh_participation(
    *,
    participation: Participation,
    state: UnitState,
    counts: Mapping[str, Sequence[int]],
    submitted_at: datetime | None = None,
    at: datetime,
) -> Participation:
    """Bring a unit's standing in a round up to date after its registrations changed.

    ``counts`` maps the key of a level, as text, to how many are [registered, accepted] there;
    ``submitted_at`` is given when the unit has just handed something in. Lock the unit before
    counting (:func:`lock_participation`), or two changes at once lose one.
    """
    return refresh_locked_participation(
        locked=lock_participation(participation.pk),
        state=state,
        counts=counts,
        submitted_at=submitted_at,
        at=at,
    )


def refresh_locked_participation(
    *,
    locked: Participation,
    state: UnitState,
    counts: Mapping[str, Sequence[int]],
    submitted_at: datetime | None = None,
    at: datetime,
) -> Participation:
    """Do what :func:`refresh_participation` does, with a unit that the caller's transaction locked.

    Submitting is the busiest deed of all; it saves the second lock and the savepoint.
    """
    before = facets_of(locked)
    _bring_up(Standing(locked, state, counts), submitted_at, at)
    locked.save(update_fields=STANDING)
    move_participation_tally(before, facets_of(locked))
    return locked


def refresh_locked_participations(*, standings: Sequence[Standing], at: datetime) -> None:
    """Do for many locked units what :func:`refresh_locked_participation` does for one.

    The units' quotas are prefetched with their levels.
    """
    moves = []
    for standing in standings:
        before = facets_of(standing.locked)
        _bring_up(standing, None, at)
        moves.append((before, facets_of(standing.locked)))
    changed = [standing.locked for standing in standings]
    Participation.objects.bulk_update(changed, STANDING, batch_size=BATCH)
    move_participation_tallies(moves)


def _bring_up(standing: Standing, submitted_at: datetime | None, at: datetime) -> None:
    locked = standing.locked
    locked.state = standing.state
    locked.counts = {str(level): list(pair) for level, pair in standing.counts.items()}
    locked.registered = sum(pair[0] for pair in standing.counts.values())
    locked.accepted = sum(pair[1] for pair in standing.counts.values())
    locked.is_short = is_below_minimum(quota_lines(locked))
    locked.touched_at = at
    _note_submission(locked, submitted_at)


def lock_participation(pk: int) -> Participation:
    """Return a unit in a round as it stands, locked until the end of the transaction."""
    return (
        Participation.objects.select_for_update(of=("self",))
        .select_related("round__organiser", "audience", "organisation")
        .get(pk=pk)
    )


def _note_submission(participation: Participation, submitted_at: datetime | None) -> None:
    if submitted_at is not None:
        participation.last_submitted_at = submitted_at
        participation.first_submitted_at = participation.first_submitted_at or submitted_at
    elif not participation.registered:
        # everything was withdrawn: the unit has handed in nothing that counts
        participation.first_submitted_at = participation.last_submitted_at = None
    participation.submitted_late = submitted_after_deadline(participation)


def submitted_after_deadline(participation: Participation) -> bool:
    """Tell whether a unit first handed in after the deadline it has now."""
    first = participation.first_submitted_at
    return first is not None and timezone.localdate(first) > participation.due_on


@transaction.atomic
def recount_participations(*, round: Round) -> int:
    """Count the units of a round anew, put wrong tallies right, and return how many were wrong."""
    Round.objects.select_for_update().get(pk=round.pk)
    counted = count_by_superior(round)
    held = {
        tuple(row[:-1]): row[-1]
        for row in ParticipationTally.objects.filter(round=round).values_list(*KEY, "count")
    }
    wrong = {key for key in counted.keys() | held.keys() if counted.get(key, 0) != held.get(key, 0)}
    if wrong:
        ParticipationTally.objects.filter(round=round).delete()
        write_tallies(counted)
    return len(wrong)


def count_by_superior(round: Round) -> Counter[tuple[object, ...]]:
    """Return how many units stand where below each organisation, by the key of a tally."""
    counts: Counter[tuple[object, ...]] = Counter()
    rows = Participation.objects.filter(round=round).only(
        *(field.name for field in fields(ParticipationFacets) if field.name in _COLUMNS),
        "first_submitted_at",
    )
    standings = Counter(facets_of(row) for row in rows.iterator(chunk_size=2000))
    for facets, count in standings.items():
        rest = astuple(facets)[2:]
        for ancestor in facets.ancestor_ids:
            counts[facets.round_id, ancestor, *rest] += count
    return counts


_COLUMNS = frozenset(
    {"round_id", "path", "audience_id", "state", "due_on", "submitted_late", "is_short"}
)


def write_tallies(counts: Mapping[tuple[object, ...], int]) -> None:
    """Write tallies where there are none yet."""
    ParticipationTally.objects.bulk_create(
        (
            ParticipationTally(**dict(zip(KEY, key, strict=True)), count=count)
            for key, count in sorted(counts.items())
        ),
        batch_size=BATCH,
    )
