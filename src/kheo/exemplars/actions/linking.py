"""Deeds that tie a registration to the model it continues or replicates."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import record
from kheo.exemplars.actions.continuing import AlreadyRegisteredError
from kheo.exemplars.actions.desk import lay_out, settle, tell_of_replicas
from kheo.exemplars.actions.journal import told_values, write_changes
from kheo.exemplars.actions.likeness import decide_pair, lock_pair, pair_of
from kheo.exemplars.enums import Continuity, Likeness, State
from kheo.exemplars.models import Exemplar, LikenessPair, Registration
from kheo.exemplars.queries.earlier import predecessor_ids
from kheo.exemplars.rules.likeness import (
    can_answer_likeness,
    can_decide_likeness,
    can_link_continuation,
    can_link_replica,
    can_unlink,
    can_withdraw_answer,
)
from kheo.notices.actions import notify
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand, no

# what a link changes in a registration
STANDING = ("previous_id", "exemplar_id", "continuity", "replicated_from_id")


@transaction.atomic
def link_continuation(*, pair: LikenessPair, version: int, by: Seat, at: datetime) -> LikenessPair:
    """Decide that the later registration of a pair continues the earlier one's model.

    :raises NotAllowedError: when the seat does not check both, or the units do not follow.
    :raises AlreadyRegisteredError: when that model is entered in the later one's round already.
    :raises StalePairError: when somebody decided meanwhile.
    """
    desk = lay_out(pair.second.participation_id)
    locked = lock_pair(pair, version)
    demand(can_decide_likeness(by, locked) and can_link_continuation(locked.first, locked.second))
    row = desk.rows[locked.second_id]
    standing = _standing(row)
    _continue(row, locked.first, by=by, at=at)
    _keep_standing(locked, row, standing)
    settle(desk, at=at)
    _tell(row, gettext_noop("Linked to an earlier year: %(name)s"), locked.first, at)
    return decide_pair(locked, Likeness.CONTINUES, by=by, at=at)


@transaction.atomic
def link_replica(*, pair: LikenessPair, version: int, by: Seat, at: datetime) -> LikenessPair:
    """Decide that the later registration of a pair replicates the earlier one's model.

    :raises NotAllowedError: when the seat does not check both, or they are one model.
    :raises StalePairError: when somebody decided meanwhile.
    """
    desk = lay_out(pair.second.participation_id)
    locked = lock_pair(pair, version)
    demand(can_decide_likeness(by, locked) and can_link_replica(locked.first, locked.second))
    row = desk.rows[locked.second_id]
    standing = _standing(row)
    _replicate(row, locked.first, by=by, at=at)
    _keep_standing(locked, row, standing)
    settle(desk, at=at)
    _tell(row, gettext_noop("Linked as a replica: %(name)s"), locked.first, at)
    return decide_pair(locked, Likeness.REPLICA, by=by, at=at)


@transaction.atomic
def unlink_likeness(*, pair: LikenessPair, version: int, by: Seat, at: datetime) -> LikenessPair:
    """Take the decision back that a registration continues or replicates another.

    :raises NotAllowedError: when the seat does not check both, or somebody built on the link: the
        registration was changed since, or continued in a later year.
    :raises StalePairError: when somebody decided meanwhile.
    """
    desk = lay_out(pair.second.participation_id)
    locked = lock_pair(pair, version)
    row = desk.rows[locked.second_id]
    demand(can_unlink(by, locked, row, continued=row.continuations.exists()))
    _restore(locked, row, locked.first, by=by, at=at)
    settle(desk, at=at)
    _tell(row, gettext_noop("The link was taken back: %(name)s"), locked.first, at)
    return decide_pair(locked, None, by=by, at=at)


@transaction.atomic
def link_own_draft(
    *, draft: Registration, other: Registration, answer: Likeness, by: Seat, at: datetime
) -> Registration:
    """Tie a unit's own draft to the registration it continues or replicates.

    :param other: one that the unit was told of (:func:`.likeness.answer_likeness`).
    :raises NotAllowedError: when the draft is not the seat's own, or it cannot be so.
    :raises AlreadyRegisteredError: when the continued model is entered in the round already.
    """
    desk = lay_out(draft.participation_id)
    row = desk.rows[draft.pk]
    demand(can_answer_likeness(by, row))
    if answer == Likeness.CONTINUES:
        demand(can_link_continuation(other, row))
    else:
        demand(can_link_replica(other, row))
    pair, standing = pair_of(row, other), _standing(row)
    if answer == Likeness.CONTINUES:
        _continue(row, other, by=by, at=at)
    else:
        _replicate(row, other, by=by, at=at)
    if pair is not None:
        _keep_standing(pair, row, standing)
    settle(desk, at=at)
    return row


@transaction.atomic
def withdraw_answer(
    *, draft: Registration, other: Registration, by: Seat, at: datetime
) -> Registration:
    """Take back what a unit said of its draft and another registration, and the link it made.

    What was typed in the draft since stays; the unit is told of the other one again.

    :raises NotAllowedError: when the draft is not the seat's own, nothing was said, or somebody
        built on it.
    """
    desk = lay_out(draft.participation_id)
    row = desk.rows[draft.pk]
    # of no pair nothing was said
    pair = pair_of(row, other) or LikenessPair(first=row, second=other)
    demand(can_withdraw_answer(by, row, pair, continued=row.continuations.exists()))
    if pair.unlinked:
        _restore(pair, row, other, by=by, at=at)
    before, pair.claim = pair.claim, ""
    pair.version += 1
    pair.save(update_fields=["claim", "version"])
    entry = Entry(
        verb="registration.answer-likeness",
        record=row,
        scope=row.path,
        before={"claim": before},
        after={"claim": "", "name": other.name},
    )
    record(deed=entry, by=by, at=at)
    settle(desk, at=at)
    return row


def _restore(
    pair: LikenessPair, row: Registration, other: Registration, *, by: Seat, at: datetime
) -> None:
    """Let a registration stand as before it was linked, and its own model live again."""
    kept, linked = pair.unlinked, row.exemplar_id
    own = Exemplar.objects.select_for_update().get(pk=kept["exemplar_id"])
    values = {name: kept[name] for name in STANDING}
    _write(row, "registration.unlink", values, other, by=by, at=at)
    if own.merged_into_id == linked:
        own.merged_into = own.merged_at = None
    own.replicated_from_id = kept["model_replicated_from_id"]
    own.save(update_fields=["merged_into", "merged_at", "replicated_from"])
    pair.unlinked = {}
    pair.save(update_fields=["unlinked"])


def _standing(row: Registration) -> dict[str, object]:
    kept: dict[str, object] = {name: getattr(row, name) for name in STANDING}
    return kept | {"model_replicated_from_id": row.exemplar.replicated_from_id}


def _keep_standing(pair: LikenessPair, row: Registration, standing: dict[str, object]) -> None:
    pair.unlinked = standing | {"version": row.version}
    pair.save(update_fields=["unlinked"])


def _continue(row: Registration, earlier: Registration, *, by: Seat, at: datetime) -> None:
    own = {row.organisation_id}
    if earlier.organisation_id not in own:
        own |= predecessor_ids(row.organisation_id)
    if earlier.organisation_id not in own:
        demand(no(_("A unit continues its own models and those of the units it followed.")))
    entries = Registration.objects.filter(exemplar=earlier.exemplar_id, round=row.round_id)
    if entries.exclude(state=State.WITHDRAWN).exclude(pk=row.pk).exists():
        raise AlreadyRegisteredError([earlier.name])
    old = row.exemplar
    continuity = Continuity.KEPT if row.continuity == Continuity.NEW else row.continuity
    values = {"previous": earlier, "exemplar": earlier.exemplar, "continuity": continuity}
    _write(row, "registration.link-continuation", values, earlier, by=by, at=at)
    if not old.registrations.exists():
        Exemplar.objects.filter(pk=old.pk).update(merged_into=earlier.exemplar_id, merged_at=at)


def _replicate(row: Registration, source: Registration, *, by: Seat, at: datetime) -> None:
    values = {"continuity": Continuity.REPLICATED, "replicated_from": source.exemplar}
    _write(row, "registration.link-replica", values, source, by=by, at=at)
    Exemplar.objects.filter(pk=row.exemplar_id).update(replicated_from=source.exemplar_id)
    if row.state == State.ACCEPTED:
        tell_of_replicas([row], at=at)


def _write(
    row: Registration,
    verb: str,
    values: Mapping[str, object],
    other: Registration,
    *,
    by: Seat,
    at: datetime,
) -> None:
    write_changes(row, by=by)
    told = {"continuity", "replicated_from"} & {name.removesuffix("_id") for name in values}
    before = told_values(row, sorted(told))
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = at
    row.save(update_fields=[*values, "version", "updated_at", "pending_changes"])
    after = told_values(row, sorted(told)) | {"name": f"{other.name} – {other.unit_name}"}
    entry = Entry(verb=verb, record=row, scope=row.path, before=before, after=after)
    record(deed=entry, by=by, at=at)


def _tell(row: Registration, subject: str, other: Registration, at: datetime) -> None:
    # notices are read by others than who acts: they are written in the language of the house
    with override(settings.LANGUAGE_CODE):
        notify(
            organisation=row.organisation,
            subject=_(subject) % {"name": row},
            body=f"{other.name} – {other.unit_name}, {other.year}",
            link=reverse("exemplars:detail", args=[row.pk]),
            at=at,
        )
