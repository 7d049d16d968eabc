"""What the committee above answers: taken, sent back or kept at the lower level, with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.exemplars.actions import leave_stage
from kheo.exemplars.enums import Stage
from kheo.lib.text.folding import normalise
from kheo.nominations.actions.journal import locked_list, note_list, ranking_of, touch
from kheo.nominations.actions.sending import reason_or_refusal
from kheo.nominations.actions.telling import tell_of_answers, tell_of_return
from kheo.nominations.enums import Answer, ListDeed, ListState
from kheo.nominations.models import Nomination, NominationList
from kheo.nominations.queries.standing import no_longer_nominated
from kheo.nominations.rules import NominationError, state_after
from kheo.organisations.models import Seat


@dataclass(frozen=True)
class Reply:
    """What is answered about one model; sending back and keeping need a reason."""

    answer: Answer
    reason: str = ""


@transaction.atomic
def answer_nominations(
    *,
    row: NominationList,
    replies: Mapping[int, Reply],
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> NominationList:
    """Answer models of a list; when none waits any more, the list goes back or is answered.

    :param replies: by the key of the nomination; those left out go on waiting.
    :raises NotAllowedError: when the seat may not, or the list does not lie here.
    :raises NominationError: when nothing is answered, a reason is missing, or one of them does
        not wait for an answer.
    :raises StaleNominationsError: when somebody else changed the list since ``seen_version``.
    """
    locked = locked_list(row, ListDeed.ANSWER, by, seen_version)
    ranking = ranking_of(locked)
    answered = _answered(ranking, replies, by, at)
    Nomination.objects.bulk_update(
        answered, ["answer", "answer_reason", "answered_by", "answered_at"]
    )
    locked.state = state_after(one.answer for one in ranking)
    if locked.state != ListState.SENT:
        locked.answered_at = at
    touch(locked, "state", "answered_at")
    after = {
        "answers": [
            f"{one.rank}. {one.registration}: {one.get_answer_display()}"
            + (f" ({one.answer_reason})" if one.answer_reason else "")
            for one in answered
        ],
        "state": locked.state,
    }
    before = {"state": ListState.SENT}
    note_list("nominations.answer", locked, by, at, before=before, after=after)
    tell_of_answers(locked, answered, at=at)
    returned = [one for one in answered if one.answer == Answer.RETURNED]
    leave_stage(registrations=no_longer_nominated(returned), stage=Stage.NOMINATED)
    return locked


@transaction.atomic
def return_nominations(
    *,
    row: NominationList,
    reason: str,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> NominationList:
    """Send a whole list back: all that still waits goes back with the same reason.

    :raises NotAllowedError: when the seat may not, or the list does not lie here.
    :raises NominationError: when no reason is given.
    :raises StaleNominationsError: when somebody else changed the list since ``seen_version``.
    """
    locked = locked_list(row, ListDeed.SEND_BACK, by, seen_version)
    words = reason_or_refusal(reason)
    waiting = [one for one in ranking_of(locked) if one.answer == Answer.WAITING]
    for one in waiting:
        one.answer, one.answer_reason = Answer.RETURNED, words
        one.answered_by, one.answered_at = by, at
    Nomination.objects.bulk_update(
        waiting, ["answer", "answer_reason", "answered_by", "answered_at"]
    )
    locked.state, locked.answer_reason, locked.answered_at = ListState.RETURNED, words, at
    touch(locked, "state", "answer_reason", "answered_at")
    before, after = {"state": ListState.SENT}, {"state": locked.state}
    note_list("nominations.send-back", locked, by, at, before=before, after=after, reason=words)
    tell_of_return(locked, at=at)
    leave_stage(registrations=no_longer_nominated(waiting), stage=Stage.NOMINATED)
    return locked


def _answered(
    ranking: list[Nomination], replies: Mapping[int, Reply], by: Seat, at: datetime
) -> list[Nomination]:
    waiting = {one.pk: one for one in ranking if one.answer == Answer.WAITING}
    given = {key: reply for key, reply in replies.items() if reply.answer != Answer.WAITING}
    if not given:
        raise NominationError(_("Nothing is answered yet; choose an answer for at least one."))
    if not given.keys() <= waiting.keys():
        raise NominationError(_("One of these models has been answered already, or stops below."))
    bare = [
        str(waiting[key].registration)
        for key, reply in given.items()
        if reply.answer != Answer.ACCEPTED and not normalise(reply.reason)
    ]
    if bare:
        raise NominationError(
            _("What goes back or is kept below needs a reason: %s.") % "; ".join(bare)
        )
    for key, reply in given.items():
        one = waiting[key]
        one.answer, one.answer_reason = reply.answer, normalise(reply.reason)
        one.answered_by, one.answered_at = by, at
    return [waiting[key] for key in given]
