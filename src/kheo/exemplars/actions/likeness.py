"""Keeps what like registrations are found by, compares them, and keeps what people say of pairs."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django_q.models import Schedule

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import record
from kheo.exemplars.enums import Likeness
from kheo.exemplars.models import LikenessKey, LikenessPair, Registration
from kheo.exemplars.queries.likeness import (
    Alike,
    hints_for,
    in_order,
    like_registrations,
    subject_of,
    texts_digest,
)
from kheo.exemplars.rules.likeness import (
    can_answer_likeness,
    can_decide_likeness,
    can_reopen_likeness,
    shared_path,
)
from kheo.lib.text.likeness_keys import likeness_keys
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand, no
from kheo.rounds.models import Round

# what one run compares; the next run goes on
MOST_AT_ONCE = 200


class StalePairError(Exception):
    """Somebody else decided on the pair meanwhile; ``current`` is how it stands now, if known."""

    def __init__(self, current: LikenessPair | None = None) -> None:
        """Keep the pair as it stands now."""
        super().__init__(_("Somebody else has decided on this pair since the page was opened."))
        self.current = current


def keep_likeness_keys(*, registrations: Sequence[Registration], sent_before: bool) -> None:
    """Store what registrations that are being sent are found by, in the transaction of sending.

    :param sent_before: whether some of them have keys of an earlier text.
    """
    if sent_before:
        LikenessKey.objects.filter(registration__in=registrations).delete()
    LikenessKey.objects.bulk_create(
        (
            LikenessKey(key=key, path=row.path, registration=row)
            for row in registrations
            for key in (LikenessKey.WAITS, *likeness_keys(subject_of(row)))
        ),
        batch_size=2000,
    )


@transaction.atomic
def fill_likeness_keys(*, limit: int = 2000) -> int:
    """Store keys for registrations that have none, as after an upgrade; return for how many."""
    missing = Registration.objects.filter(is_registered=True, likeness_keys=None)
    rows = list(missing.only("name", "content", "unit_name", "path")[:limit])
    keep_likeness_keys(registrations=rows, sent_before=False)
    return len(rows)


def compare_waiting(*, round: Round | None = None, limit: int = MOST_AT_ONCE) -> int:
    """Compare what was sent and not compared yet; return how many registrations that were.

    Each is a transaction of its own; of two runs at once, one takes each registration.

    :param round: only this one's; None for all.
    """
    waiting = LikenessKey.objects.filter(key=LikenessKey.WAITS)
    if round is not None:
        waiting = waiting.filter(registration__round=round)
    keys = list(waiting.values_list("registration_id", flat=True)[:limit])
    return sum(_compare_one(key) for key in keys)


@transaction.atomic
def mark_different(*, pair: LikenessPair, version: int, by: Seat, at: datetime) -> LikenessPair:
    """Decide that two like registrations are different models; asked again when a text changes.

    :raises NotAllowedError: when the seat does not check both units, or it is decided already.
    :raises StalePairError: when somebody decided meanwhile.
    """
    locked = lock_pair(pair, version)
    demand(can_decide_likeness(by, locked))
    return decide_pair(locked, Likeness.DIFFERENT, by=by, at=at)


@transaction.atomic
def reopen_likeness(*, pair: LikenessPair, version: int, by: Seat, at: datetime) -> LikenessPair:
    """Take the decision that two registrations are different back.

    :raises NotAllowedError: when the seat may not, or something else was decided.
    :raises StalePairError: when somebody decided meanwhile.
    """
    locked = lock_pair(pair, version)
    demand(can_reopen_likeness(by, locked))
    return decide_pair(locked, None, by=by, at=at)


@transaction.atomic
def answer_likeness(
    *, draft: Registration, other: Registration, answer: Likeness, by: Seat, at: datetime
) -> LikenessPair:
    """Keep what a unit says its draft is to another registration that it was told of.

    "Different" ends the hint; "the same" asks the officer above to count both as one model. What
    the officer decides is not touched. The links themselves are made by :mod:`.linking`.

    :raises NotAllowedError: when the draft is not the seat's own, or it was not told of the other.
    """
    demand(can_answer_likeness(by, draft))
    told = {one.registration.pk: one for one in hints_for(by, draft)}
    if other.pk not in told:
        demand(no(_("This registration is not among those that were shown.")))
    pair = _kept_pair(draft, told[other.pk])
    before, pair.claim = pair.claim, answer
    pair.version += 1
    pair.save(update_fields=["claim", "version"])
    entry = Entry(
        verb="registration.answer-likeness",
        record=draft,
        scope=draft.path,
        before={"claim": before},
        after={"claim": str(answer), "name": told[other.pk].registration.name},
    )
    record(deed=entry, by=by, at=at)
    return pair


@transaction.atomic
def keep_likeness_schedule() -> Schedule:
    """See to it that what was sent is compared every few minutes, also after an upgrade."""
    schedule, _created = Schedule.objects.update_or_create(
        name="comparing registrations",
        defaults={
            "func": "kheo.exemplars.tasks.compare_new_registrations",
            "schedule_type": Schedule.MINUTES,
            "minutes": 5,
            "repeats": -1,
        },
    )
    return schedule


def lock_pair(pair: LikenessPair, version: int) -> LikenessPair:
    """Lock a pair for a decision.

    :raises StalePairError: when it is not as it was seen.
    """
    rows = LikenessPair.objects.select_for_update(of=("self",)).select_related(
        "first__round", "first__organisation", "second__round", "second__organisation"
    )
    locked = rows.get(pk=pair.pk)
    if locked.version != version:
        raise StalePairError(locked)
    return locked


def pair_of(one: Registration, other: Registration) -> LikenessPair | None:
    """Return the pair of two registrations, locked; None where they are none."""
    first, second = in_order(one, other)
    rows = LikenessPair.objects.select_for_update(of=("self",))
    return rows.filter(first=first, second=second).first()


def decide_pair(
    pair: LikenessPair, decision: Likeness | None, *, by: Seat, at: datetime
) -> LikenessPair:
    """Write a decision on a locked pair and into the history of both registrations."""
    before, pair.decision = pair.decision, decision or ""
    pair.decided_by, pair.decided_at = (by, at) if decision else (None, None)
    pair.version += 1
    pair.save(update_fields=["decision", "decided_by", "decided_at", "version"])
    for row, other in ((pair.first, pair.second), (pair.second, pair.first)):
        entry = Entry(
            verb="registration.decide-likeness",
            record=row,
            scope=row.path,
            before={"decision": before},
            after={"decision": str(pair.decision), "name": f"{other.name} – {other.unit_name}"},
        )
        record(deed=entry, by=by, at=at)
    return pair


@transaction.atomic
def _compare_one(key: int) -> int:
    taken, _rows = LikenessKey.objects.filter(key=LikenessKey.WAITS, registration=key).delete()
    rows = Registration.objects.select_related("round", "organisation")
    row = rows.filter(pk=key, is_registered=True).first()
    if not taken or row is None:
        return 0
    parts = row.path.rstrip(".").rpartition(".")
    found = like_registrations(row, paths=(row.path, f"{parts[0]}.", row.round.organiser_path))
    known = {
        pair.first_id if pair.second_id == key else pair.second_id: pair for pair in _pairs_of(row)
    }
    new = [_new_pair(row, one) for one in found if one.registration.pk not in known]
    LikenessPair.objects.bulk_create(new, ignore_conflicts=True)
    _refresh(row, known, found)
    return 1


def _pairs_of(row: Registration) -> Iterable[LikenessPair]:
    pairs = LikenessPair.objects.select_related("first", "second")
    return [*pairs.filter(first=row), *pairs.filter(second=row)]


def _refresh(row: Registration, known: dict[int, LikenessPair], found: Sequence[Alike]) -> None:
    """Ask again where texts have changed since a decision; drop what is alike no more."""
    alike = {one.registration.pk: one for one in found}
    for other, pair in known.items():
        digest = texts_digest(pair.first, pair.second)
        if digest == pair.digest:
            continue
        if other not in alike:
            if not pair.decision and not pair.claim:
                pair.delete()
            continue
        fresh = _new_pair(row, alike[other])
        pair.digest, pair.score, pair.name_score = digest, fresh.score, fresh.name_score
        pair.text_score, pair.same_place = fresh.text_score, fresh.same_place
        if pair.decision == Likeness.DIFFERENT:
            pair.decision, pair.decided_by, pair.decided_at = "", None, None
        pair.version += 1
        pair.save()


def _kept_pair(row: Registration, alike: Alike) -> LikenessPair:
    fresh = _new_pair(row, alike)
    facts = {
        name: getattr(fresh, name)
        for name in ("digest", "score", "name_score", "text_score", "same_place", "suggestion")
    }
    pair, _made = LikenessPair.objects.select_for_update(of=("self",)).update_or_create(
        first=fresh.first,
        second=fresh.second,
        defaults=facts,
        create_defaults=facts | {"round": fresh.round, "path": fresh.path},
    )
    return pair


def _new_pair(row: Registration, alike: Alike) -> LikenessPair:
    first, second = in_order(alike.registration, row)
    measure = alike.measure
    return LikenessPair(
        first=first,
        second=second,
        round_id=second.round_id,
        path=shared_path(first.path, second.path),
        score=alike.percent,
        name_score=round(measure.name * 100),
        text_score=None if measure.text is None else round(measure.text * 100),
        same_place=measure.same_place,
        suggestion=alike.suggestion,
        digest=texts_digest(first, second),
    )
