"""Deeds on a round that asks: publishing, extending, adding a late joiner, closing, reopening."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kheo.lib.text.folding import normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation, Seat
from kheo.rounds.actions.announcements import tell_asked_units, tell_unit
from kheo.rounds.actions.journal import demand_of, lock_round, note
from kheo.rounds.actions.tallies import (
    count_by_superior,
    facets_of,
    lock_participation,
    move_participation_tally,
    submitted_after_deadline,
    write_tallies,
)
from kheo.rounds.enums import RoundState, UnitState
from kheo.rounds.models import Audience, Participation, Round
from kheo.rounds.queries.asked import (
    asked_units,
    audiences_of,
    publication_obstacles,
    units_below,
)
from kheo.rounds.rules import (
    RoundError,
    can_close_round,
    can_extend_deadline,
    can_publish_round,
    can_reopen_round,
)


@transaction.atomic
def publish_round(*, round: Round, by: By, at: datetime) -> Round:
    """Ask all units the audiences describe, as organised on the day the round opens.

    :raises NotAllowedError: when the seat may not, or the round is published already.
    :raises RoundError: when the round asks nobody, or an audience asks what cannot be.
    """
    locked = lock_round(round)
    if isinstance(by, Seat):
        demand_of(by, can_publish_round(by, locked))
    elif locked.state != RoundState.DRAFT:
        raise RoundError(_("The round is published already."))
    audiences = audiences_of(locked)
    if obstacles := publication_obstacles(locked, audiences):
        raise RoundError(*obstacles)
    for audience in audiences:
        _ask(locked, audience, audiences)
    write_tallies(count_by_superior(locked))
    locked.state = RoundState.OPEN
    locked.published_at = at
    locked.version += 1
    locked.save(update_fields=["state", "published_at", "version"])
    asked = Participation.objects.filter(round=locked).count()
    _note_state("round.publish", locked, RoundState.DRAFT, by, at, units=asked)
    tell_asked_units(locked, at)
    return locked


def _ask(round: Round, audience: Audience, audiences: list[Audience]) -> None:
    # one statement per audience: sixty thousand units are written without being read
    units = asked_units(round, audiences).filter(asked_as=audience.pk).order_by()
    chosen, values = units.values_list(
        "pk", "unit_name", "unit_key", "unit_path"
    ).query.sql_with_params()
    due_on = connection.ops.adapt_datefield_value(audience.due_on)
    fixed = {
        "round_id": round.pk,
        "audience_id": audience.pk,
        "original_due_on": due_on,
        "due_on": due_on,
        "extension_reason": "",
        "state": UnitState.NOT_STARTED.value,
        "counts": "{}",
        "registered": 0,
        "accepted": 0,
        "is_short": asks_something(audience),
        "submitted_late": False,
    }
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, [*fixed, "organisation_id", "unit_name", "sort_key", "path"]))
    marks = ", ".join(["%s"] * len(fixed))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(Participation._meta.db_table)} ({names}) "  # noqa: S608
            f"SELECT {marks}, asked.* FROM ({chosen}) asked",
            [*fixed.values(), *values],
        )


def asks_something(audience: Audience) -> bool:
    """Tell whether a unit that registers nothing falls short of what the audience is asked."""
    return any(quota.minimum for quota in audience.quotas.all())


@transaction.atomic
def add_unit_to_round(
    *, round: Round, organisation: Organisation, audience: Audience, by: By, at: datetime
) -> Participation:
    """Ask a unit that was founded or forgotten when the round was published.

    It is asked as it is organised on that day.

    :raises NotAllowedError: when the seat may not, or the round is not open.
    :raises RoundError: when the unit is asked already or does not stand below the organiser.
    """
    locked = lock_round(round)
    if isinstance(by, Seat):
        demand_of(by, can_close_round(by, locked))
    if Participation.objects.filter(round=locked, organisation=organisation).exists():
        raise RoundError(_("“%s” is asked already.") % organisation)
    unit = units_below(locked.organiser, at.date()).filter(pk=organisation.pk).first()
    if unit is None or audience.round_id != locked.pk:
        raise RoundError(_("“%s” does not stand below the organiser.") % organisation)
    participation = Participation.objects.create(
        round=locked,
        audience=audience,
        organisation=organisation,
        unit_name=unit.unit_name,
        sort_key=unit.unit_key,
        path=unit.unit_path,
        original_due_on=audience.due_on,
        due_on=audience.due_on,
        is_short=asks_something(audience),
    )
    move_participation_tally(None, facets_of(participation))
    note(
        "participation.add",
        participation,
        scope=participation.path,
        by=by,
        at=at,
        after={"audience": str(audience), "due_on": audience.due_on},
    )
    tell_unit(participation, at)
    return participation


@transaction.atomic
def extend_deadline(
    *, participation: Participation, due_on: date, reason: str, by: By, at: datetime
) -> Participation:
    """Give one unit until another day, with a reason; what it handed in by then is in time.

    :raises NotAllowedError: when the seat may not, or the round is not open.
    :raises RoundError: without a reason, or when the day is not after the deadline of the round.
    """
    locked = lock_participation(participation.pk)
    if isinstance(by, Seat):
        demand_of(by, can_extend_deadline(by, locked))
    if not (reason := normalise(reason)):
        raise RoundError(_("Say why the unit gets more time."))
    if due_on < locked.original_due_on:
        raise RoundError(
            _("The new deadline must not lie before the deadline of the round, %s.")
            % f"{locked.original_due_on:%d/%m/%Y}"
        )
    before, old = facets_of(locked), locked.due_on
    locked.due_on, locked.extension_reason = due_on, reason
    locked.submitted_late = submitted_after_deadline(locked)
    locked.save(update_fields=["due_on", "extension_reason", "submitted_late"])
    move_participation_tally(before, facets_of(locked))
    note(
        "participation.extend",
        locked,
        scope=locked.path,
        by=by,
        at=at,
        before={"due_on": old},
        after={"due_on": due_on},
        reason=reason,
    )
    return locked


@transaction.atomic
def close_round(*, round: Round, reason: str = "", by: By, at: datetime) -> Round:
    """Close a round: nothing more is handed in or corrected.

    :raises NotAllowedError: when the seat may not, or the round is not open.
    """
    locked = lock_round(round)
    if isinstance(by, Seat):
        demand_of(by, can_close_round(by, locked))
    elif locked.state != RoundState.OPEN:
        raise RoundError(_("The round is not open."))
    return _turn("round.close", locked, RoundState.CLOSED, reason, by, at)


@transaction.atomic
def reopen_round(*, round: Round, reason: str, by: By, at: datetime) -> Round:
    """Open a closed round again, with a reason.

    :raises NotAllowedError: when the seat may not, or the round is not closed.
    :raises RoundError: without a reason.
    """
    locked = lock_round(round)
    if isinstance(by, Seat):
        demand_of(by, can_reopen_round(by, locked))
    elif locked.state != RoundState.CLOSED:
        raise RoundError(_("The round is not closed."))
    if not normalise(reason):
        raise RoundError(_("Say why the round is reopened."))
    return _turn("round.reopen", locked, RoundState.OPEN, reason, by, at)


def _turn(verb: str, round: Round, state: RoundState, reason: str, by: By, at: datetime) -> Round:
    old = RoundState(round.state)
    round.state = state
    round.closed_at = at if state == RoundState.CLOSED else None
    round.version += 1
    round.save(update_fields=["state", "closed_at", "version"])
    _note_state(verb, round, old, by, at, reason=normalise(reason))
    return round


def _note_state(  # noqa: PLR0913
    verb: str,
    round: Round,
    old: RoundState,
    by: By,
    at: datetime,
    *,
    units: int | None = None,
    reason: str = "",
) -> None:
    after: dict[str, object] = {"state": str(round.state)}
    if units is not None:
        after["units"] = units
    note(
        verb,
        round,
        scope=round.organiser_path,
        by=by,
        at=at,
        before={"state": old.value},
        after=after,
        reason=reason,
    )
