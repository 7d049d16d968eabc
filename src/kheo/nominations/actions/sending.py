"""Sending a list up with its proposal, and taking it back while nobody has answered."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kheo.exemplars.actions import leave_stage, reach_stage
from kheo.exemplars.enums import Stage
from kheo.lib.text.folding import normalise
from kheo.nominations.actions.journal import locked_list, note_list, ranking_of, touch
from kheo.nominations.actions.telling import tell_of_sending, tell_of_taking_back
from kheo.nominations.enums import Answer, ListDeed, ListState
from kheo.nominations.models import Nomination, NominationList
from kheo.nominations.queries.candidates import candidates_of, undecided_of
from kheo.nominations.queries.standing import no_longer_nominated
from kheo.nominations.queries.structure import committee_above
from kheo.nominations.rules import NominationError
from kheo.organisations.models import Seat


@dataclass(frozen=True, kw_only=True)
class ProposalTerms:
    """What the proposal (tờ trình) says beside the list; ``recipients`` one a line."""

    number: int | None = None
    issued_on: date | None = None
    addressee: str = ""
    grounds: str = ""
    position: str = ""
    signatory: str = ""
    recipients: str = ""


@transaction.atomic
def write_proposal(
    *,
    row: NominationList,
    terms: ProposalTerms,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> NominationList:
    """Keep what the proposal says beside the list.

    :raises NotAllowedError: when the seat may not, or the list was sent.
    :raises StaleNominationsError: when somebody else changed the list since ``seen_version``.
    """
    locked = locked_list(row, ListDeed.RANK, by, seen_version)
    values = asdict(terms)
    before = {name: getattr(locked, name) for name in values}
    changed = [name for name, value in values.items() if before[name] != value]
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, values[name])
    touch(locked, *changed)
    note_list(
        "nominations.write-proposal",
        locked,
        by,
        at,
        before={name: before[name] for name in changed},
        after={name: values[name] for name in changed},
    )
    return locked


@transaction.atomic
def send_nominations(
    *, row: NominationList, seen_version: int | None = None, by: Seat, at: datetime
) -> NominationList:
    """Send a list to the committee above, which locks it.

    :raises NotAllowedError: when the seat may not, or the list was sent.
    :raises NominationError: when nothing goes up, something is undecided or no candidate any
        more, more go up than the round allows now, or no committee stands above.
    :raises StaleNominationsError: when somebody else changed the list since ``seen_version``.
    """
    locked = locked_list(row, ListDeed.SEND, by, seen_version)
    ranking = ranking_of(locked)
    _refuse_incomplete(locked, ranking)
    target = committee_above(locked.owner, timezone.localdate(at))
    if target is None:
        raise NominationError(_("No committee stands above your body to which it could be sent."))
    before = locked.state
    sent = [one for one in ranking if one.answer in {Answer.WAITING, Answer.RETURNED}]
    keys = [one.pk for one in sent]
    Nomination.objects.filter(pk__in=keys).update(
        answer=Answer.WAITING, answer_reason="", answered_by=None, answered_at=None
    )
    locked.target, locked.state = target, ListState.SENT
    locked.sent_at, locked.sent_by, locked.answer_reason = at, by, ""
    touch(locked, "target", "state", "sent_at", "sent_by", "answer_reason")
    after = {
        "state": locked.state,
        "target": target.name,
        "ranking": [str(one.registration) for one in ranking],
    }
    note_list("nominations.send", locked, by, at, before={"state": before}, after=after)
    tell_of_sending(locked, sent, first=before == ListState.DRAFT, at=at)
    reach_stage(registrations=[one.registration_id for one in sent], stage=Stage.NOMINATED)
    return locked


@transaction.atomic
def take_back_nominations(
    *, row: NominationList, seen_version: int | None = None, by: Seat, at: datetime
) -> NominationList:
    """Take a list back before the committee above has answered any of it.

    :raises NotAllowedError: when the seat may not, or the list does not lie above.
    :raises NominationError: when the committee above has begun to answer.
    :raises StaleNominationsError: when somebody else changed the list since ``seen_version``.
    """
    locked = locked_list(row, ListDeed.TAKE_BACK, by, seen_version)
    ranking = ranking_of(locked)
    sent = [one for one in ranking if one.answer == Answer.WAITING]
    if any(
        one.answered_at and locked.sent_at and one.answered_at > locked.sent_at for one in ranking
    ):
        raise NominationError(
            _("The committee above has begun to answer; ask it to send the list back.")
        )
    settled = len(sent) < len(ranking)
    locked.state = ListState.RETURNED if settled else ListState.DRAFT
    touch(locked, "state")
    moved = ({"state": ListState.SENT}, {"state": locked.state})
    note_list("nominations.take-back", locked, by, at, before=moved[0], after=moved[1])
    tell_of_taking_back(locked, at=at)
    leave_stage(registrations=no_longer_nominated(sent), stage=Stage.NOMINATED)
    return locked


def _refuse_incomplete(row: NominationList, ranking: list[Nomination]) -> None:
    if not ranking:
        raise NominationError(_("Nothing goes up yet; put at least one model forward."))
    if row.cap is not None and len(ranking) > row.cap:
        raise NominationError(
            _("The round lets at most %(cap)s models go up now, and %(taken)s are put forward.")
            % {"cap": row.cap, "taken": len(ranking)}
        )
    standing = {one.registration_id for one in ranking if one.answer not in {Answer.KEPT}}
    found = set(candidates_of(row).filter(pk__in=standing).values_list("pk", flat=True))
    if gone := [str(one) for one in ranking if one.registration_id in standing - found]:
        raise NominationError(
            _("These are no longer accepted in the round; take them off: %s.") % "; ".join(gone)
        )
    if undecided := undecided_of(row).count():
        raise NominationError(
            ngettext(
                "%(count)s model registered at a higher level has neither a rank nor a reason why"
                " it stops here.",
                "%(count)s models registered at a higher level have neither a rank nor a reason"
                " why they stop here.",
                undecided,
            )
            % {"count": undecided}
        )


def reason_or_refusal(reason: str) -> str:
    """Return a reason tidied up.

    :raises NominationError: when none is given.
    """
    words = normalise(reason)
    if not words:
        raise NominationError(_("Say why, so that the level below knows what to do."))
    return words
