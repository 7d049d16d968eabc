"""Asking to replicate a model, the answer of its unit, beginning, carrying out, giving up."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.exemplars.actions import replicate
from kheo.exemplars.enums import State
from kheo.exemplars.models import Exemplar
from kheo.lib.text.folding import normalise
from kheo.notices.actions import Telling, notify_each
from kheo.organisations.models import Level, Organisation, Seat
from kheo.organisations.rules import demand
from kheo.replication.actions.counting import count_origins
from kheo.replication.actions.journal import locked_replication, note_replication
from kheo.replication.enums import STANDING, ReplicationDeed, ReplicationState
from kheo.replication.models import Replication
from kheo.replication.rules import TRANSITIONS, ReplicationError, can_ask, can_handle_replication
from kheo.rounds.models import Participation


@transaction.atomic
def ask_to_replicate(
    *,
    origin: Exemplar,
    adaptation: str = "",
    intended_level: Level | None = None,
    by: Seat,
    at: datetime,
) -> Replication:
    """Ask the unit of a model to help the own unit replicate it.

    :raises NotAllowedError: when the seat may not, or the model is the unit's own.
    :raises ReplicationError: when the model was never accepted, or the unit has taken it up.
    """
    demand(can_ask(by, origin.owner))
    unit = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    if not origin.registrations.filter(state=State.ACCEPTED).exists():
        raise ReplicationError(_("Only a model that was accepted can be replicated."))
    if Replication.objects.filter(origin=origin, unit=unit, state__in=STANDING).exists():
        raise ReplicationError(_("Your unit has taken this model up already."))
    row = Replication.objects.create(
        origin=origin,
        unit=unit,
        path=unit.path,
        adaptation=normalise(adaptation),
        intended_level=intended_level,
        begun_by=by,
        created_at=at,
    )
    note_replication("replication.ask", row, by, at, after={"adaptation": row.adaptation})
    _tell(origin.owner_id, _("%(unit)s asks to replicate “%(model)s”"), row, row.adaptation, at)
    return row


@transaction.atomic
def answer_request(  # noqa: PLR0913 an answer has this many parts
    *,
    row: Replication,
    agree: bool,
    text: str = "",
    mentor: Organisation | None = None,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Replication:
    """Agree to help a unit, or decline with a reason; the model's unit is mentor if none is named.

    :raises NotAllowedError: when the seat may not, or the request was answered.
    :raises ReplicationError: when it is declined without a reason.
    :raises StaleReplicationError: when somebody else changed it since ``seen_version``.
    """
    deed = ReplicationDeed.AGREE if agree else ReplicationDeed.DECLINE
    locked = _move(row, deed, text, seen_version, by)
    locked.answer, locked.answered_at = normalise(text), at
    if agree:
        locked.mentor = mentor or locked.origin.owner
    _save(locked, deed, text, by, at, "answer", "answered_at", "mentor")
    words = (
        _("Your request to replicate “%(model)s” is agreed to")
        if agree
        else _("Your request to replicate “%(model)s” is declined")
    )
    _tell(locked.unit_id, words, locked, locked.answer, at)
    return locked


@transaction.atomic
def begin_replica(
    *,
    row: Replication,
    participation: Participation,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Replication:
    """Begin the registration of the replica in a round, with the content of the origin as a draft.

    :raises NotAllowedError: when the seat may not, or the request is not agreed to.
    :raises FormNotAskedError: when the unit is not asked for the form.
    :raises StaleReplicationError: when somebody else changed it since ``seen_version``.
    """
    locked = _move(row, ReplicationDeed.BEGIN, "", seen_version, by)
    locked.registration = replicate(
        exemplar=locked.origin,
        participation=participation,
        form=locked.origin.form,
        intended_level=locked.intended_level,
        by=by,
        at=at,
    )
    _save(locked, ReplicationDeed.BEGIN, "", by, at, "registration")
    _tell(locked.origin.owner_id, _("%(unit)s replicates “%(model)s”"), locked, "", at)
    return locked


@transaction.atomic
def finish_replication(
    *, row: Replication, text: str, seen_version: int | None = None, by: Seat, at: datetime
) -> Replication:
    """Say that a replica is carried out, and with what outcome; the origin counts as replicated.

    :raises NotAllowedError: when the seat may not, or nothing is under way.
    :raises ReplicationError: when no outcome is told.
    :raises StaleReplicationError: when somebody else changed it since ``seen_version``.
    """
    locked = _move(row, ReplicationDeed.FINISH, text, seen_version, by)
    locked.outcome, locked.closed_at = normalise(text), at
    _save(locked, ReplicationDeed.FINISH, "", by, at, "outcome", "closed_at")
    words = _("%(unit)s has carried out its replica of “%(model)s”")
    _tell(locked.origin.owner_id, words, locked, locked.outcome, at)
    count_origins(origins=[locked.origin_id])
    return locked


@transaction.atomic
def give_up_replication(
    *, row: Replication, text: str, seen_version: int | None = None, by: Seat, at: datetime
) -> Replication:
    """Give a replication up, with the reason; an origin without another one counts no more.

    :raises NotAllowedError: when the seat may not, or it has ended.
    :raises ReplicationError: when no reason is given.
    :raises StaleReplicationError: when somebody else changed it since ``seen_version``.
    """
    locked = _move(row, ReplicationDeed.GIVE_UP, text, seen_version, by)
    locked.outcome, locked.closed_at = normalise(text), at
    _save(locked, ReplicationDeed.GIVE_UP, text, by, at, "outcome", "closed_at")
    words = _("%(unit)s gives its replica of “%(model)s” up")
    _tell(locked.origin.owner_id, words, locked, locked.outcome, at)
    count_origins(origins=[locked.origin_id])
    return locked


def _move(
    row: Replication, deed: ReplicationDeed, text: str, seen_version: int | None, by: Seat
) -> Replication:
    locked = locked_replication(row, seen_version)
    demand(can_handle_replication(deed, by, locked))
    if TRANSITIONS[deed].needs_reason and not normalise(text):
        raise ReplicationError(_("Say it in a few words; the other side reads them."))
    return locked


def _save(
    row: Replication, deed: ReplicationDeed, text: str, by: Seat, at: datetime, *fields: str
) -> None:
    before = row.state
    row.state, row.version = TRANSITIONS[deed].target, row.version + 1
    row.save(update_fields=["state", "version", *fields])
    note_replication(
        f"replication.{deed.value}",
        row,
        by,
        at,
        before={"state": ReplicationState(before)},
        after={"state": row.state},
        reason=normalise(text),
    )


def _tell(organisation: int, words: str, row: Replication, body: str, at: datetime) -> None:
    telling = Telling(
        organisation_id=organisation,
        subject=words % {"unit": row.unit.name, "model": row.origin.name},
        body=body,
        link=reverse("replication:detail", args=[row.pk]),
    )
    notify_each(tellings=[telling], at=at)
