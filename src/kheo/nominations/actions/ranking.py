"""Drawing a list up: what goes up and in what order, what stops here and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kheo.exemplars.models import Registration
from kheo.lib.text.folding import normalise
from kheo.nominations.actions.journal import locked_list, note_list, ranking_of, touch
from kheo.nominations.enums import Answer, ListDeed, Standing
from kheo.nominations.models import Nomination, NominationList
from kheo.nominations.queries.candidates import candidates_of, undecided_of
from kheo.nominations.queries.lists import rounds_open_to
from kheo.nominations.rules import (
    NominationError,
    can_nominate,
    has_place,
    is_settled,
    merged_order,
)
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.rounds.models import Round
from kheo.rounds.queries.asked import path_on

NAMES_IN_AUDIT = 50
PIECE = 500


@transaction.atomic
def begin_nominations(
    *, round: Round, owner: Organisation, by: Seat, at: datetime
) -> NominationList:
    """Begin a body's list for a round; where there is one already, return that.

    :raises NotAllowedError: when the seat may not put models forward for the body.
    :raises NominationError: when the round has no units below the body.
    """
    demand(can_nominate(by, owner))
    if not rounds_open_to(owner).filter(pk=round.pk).exists():
        raise NominationError(_("No unit below your body takes part in this round."))
    row, made = NominationList.objects.get_or_create(
        round=round,
        owner=owner,
        defaults={
            "owner_path": path_on(owner, round.opens_on),
            "cap": round.nomination_cap,
            "created_at": at,
        },
    )
    if made:
        note_list("nominations.begin", row, by, at, after={"cap": row.cap})
    return row


@transaction.atomic
def put_forward(
    *,
    row: NominationList,
    registration: Registration,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Nomination:
    """Put a model forward, at the end of the ranking; one that had stopped goes up again.

    :raises NotAllowedError: when the seat may not, or the list was sent.
    :raises NominationError: when all places of the round are taken, or the model is no candidate
        or goes up already.
    :raises StaleNominationsError: when somebody else changed the list since ``seen_version``.
    """
    locked = locked_list(row, ListDeed.RANK, by, seen_version)
    ranking = ranking_of(locked)
    if any(one.registration_id == registration.pk for one in ranking):
        raise NominationError(_("This model is on the list already."))
    if not (room := has_place(locked.cap, len(ranking))):
        raise NominationError(str(room.reason))
    if not candidates_of(locked).filter(pk=registration.pk).exists():
        raise NominationError(
            _("Only what was accepted in this round below your body can be put forward.")
        )
    highest = locked.nominations.aggregate(last=Max("rank"))["last"] or 0
    made, _created = Nomination.objects.update_or_create(
        nomination_list=locked,
        registration=registration,
        defaults=_fresh(rank=highest + 1, stands=Standing.NOMINATED),
    )
    touch(locked)
    after = {"model": str(registration), "rank": made.rank}
    note_list("nominations.put-forward", locked, by, at, after=after)
    return made


@transaction.atomic
def stop_models(
    *,
    row: NominationList,
    registrations: Sequence[int] | None,
    reason: str,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> int:
    """Let models stop at this level, with the reason their units are told; return how many.

    :param registrations: keys; None takes all that must be decided and are not.
    :raises NotAllowedError: when the seat may not, or the list was sent.
    :raises NominationError: when no reason is given, or one of them is settled or no candidate.
    :raises StaleNominationsError: when somebody else changed the list since ``seen_version``.
    """
    locked = locked_list(row, ListDeed.RANK, by, seen_version)
    words = normalise(reason)
    if not words:
        raise NominationError(_("Say why they stop here; their units are told this reason."))
    chosen = _chosen(locked, registrations)
    standing = {one.registration_id: one for one in locked.nominations.all()}
    _refuse_settled([standing[key] for key in chosen if key in standing])
    values = _fresh(rank=None, stands=Standing.STOPPED, reason=words)
    for start in range(0, len(chosen), PIECE):
        keys = [key for key in chosen[start : start + PIECE] if key in standing]
        locked.nominations.filter(registration__in=keys).update(**values)
    Nomination.objects.bulk_create(
        (
            Nomination(nomination_list=locked, registration_id=key, **values)
            for key in chosen
            if key not in standing
        ),
        batch_size=PIECE,
    )
    _renumber(ranking_of(locked))
    touch(locked)
    note_list("nominations.stop", locked, by, at, after=_named(chosen), reason=words)
    return len(chosen)


@transaction.atomic
def clear_decision(
    *,
    row: NominationList,
    registration: Registration,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> None:
    """Take a model off the list as if nothing had been decided about it.

    :raises NotAllowedError: when the seat may not, or the list was sent.
    :raises NominationError: when the level above has decided on it.
    :raises StaleNominationsError: when somebody else changed the list since ``seen_version``.
    """
    locked = locked_list(row, ListDeed.RANK, by, seen_version)
    found = list(locked.nominations.filter(registration=registration.pk))
    _refuse_settled(found)
    for one in found:
        one.delete()
    _renumber(ranking_of(locked))
    touch(locked)
    note_list("nominations.clear", locked, by, at, before={"model": str(registration)})


@transaction.atomic
def order_nominations(
    *,
    row: NominationList,
    wanted: Sequence[int],
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> NominationList:
    """Rank the models anew; those the level above has decided on keep their places.

    :param wanted: keys of nominations in the order asked for; missing ones come last.
    :raises NotAllowedError: when the seat may not, or the list was sent.
    :raises StaleNominationsError: when somebody else changed the list since ``seen_version``.
    """
    locked = locked_list(row, ListDeed.RANK, by, seen_version)
    before = ranking_of(locked)
    after = merged_order(before, list(wanted))
    if before == after:
        return locked
    names = [str(one.registration) for one in before]
    _renumber(after)
    touch(locked)
    note_list(
        "nominations.rank",
        locked,
        by,
        at,
        before={"ranking": names},
        after={"ranking": [str(one.registration) for one in after]},
    )
    return locked


def _fresh(**values: Any) -> dict[str, Any]:
    """Return the values of a decision that nobody has answered."""
    blank: dict[str, Any] = {"reason": "", "answer": Answer.WAITING, "answer_reason": ""}
    return blank | {"answered_by": None, "answered_at": None} | values


def _named(keys: Sequence[int]) -> dict[str, object]:
    rows = Registration.objects.filter(pk__in=keys[:NAMES_IN_AUDIT]).order_by("pk")
    return {"models": [str(one) for one in rows], "count": len(keys)}


def _renumber(ranking: list[Nomination]) -> None:
    for place, one in enumerate(ranking, start=1):
        one.rank = place
    Nomination.objects.bulk_update(ranking, ["rank"])


def _chosen(row: NominationList, keys: Sequence[int] | None) -> list[int]:
    if keys is None:
        return list(undecided_of(row).values_list("pk", flat=True))
    wanted = sorted(set(keys))
    found = set(candidates_of(row).filter(pk__in=wanted).values_list("pk", flat=True)) | set(
        row.nominations.filter(registration__in=wanted).values_list("registration", flat=True)
    )
    if not wanted or len(found) != len(wanted):
        raise NominationError(_("Choose at least one of the models that stand here."))
    return wanted


def _refuse_settled(rows: Sequence[Nomination]) -> None:
    settled = [str(one.registration) for one in rows if is_settled(one)]
    if settled:
        raise NominationError(
            _("The level above has decided on these already: %s.") % "; ".join(settled)
        )
