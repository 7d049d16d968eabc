"""Deeds that begin a registration from what is there: next year's, or another unit's model."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import record_many
from kheo.exemplars.actions.content import search_key_of
from kheo.exemplars.actions.desk import Desk, lay_out, settle
from kheo.exemplars.actions.drafting import (
    new_exemplar,
    new_registration,
    refuse_unasked_form,
    write_start,
)
from kheo.exemplars.enums import Continuity
from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.queries.earlier import (
    continuable_registrations,
    latest_public_registration,
    predecessor_ids,
)
from kheo.exemplars.queries.offered import KIND
from kheo.exemplars.rules import can_start
from kheo.organisations.models import Level, Seat
from kheo.organisations.rules import demand, no
from kheo.rounds.enums import Form
from kheo.rounds.models import Participation
from kheo.search.actions import index_records

# what an entry of next year takes over from the one before
CONTINUED = (
    "form",
    "nature",
    "address",
    "full_name",
    "position",
    "workplace",
    "name",
    "field",
    "level_id",
    "content",
    "scope",
    "expected_results",
    "replicated_from_id",
    "intended_level_id",
    "extra",
)
# what another unit takes over from a model: the way of working, not the place and the people
REPLICATED = ("nature", "name", "field", "content", "expected_results")


class AlreadyRegisteredError(Exception):
    """The model is entered in this round already; ``names`` says which."""

    def __init__(self, names: Sequence[str]) -> None:
        """Keep the names."""
        self.names = list(names)
        super().__init__(
            _("Registered in this round already: %s. A model is entered once in a round.")
            % ", ".join(f"“{name}”" for name in names)
        )


def copy_forward(
    *,
    registration: Registration,
    participation: Participation,
    continuity: Continuity | str = Continuity.KEPT,
    by: Seat,
    at: datetime,
) -> Registration:
    """Enter an earlier year's model again as a draft with its content.

    Start and finish are taken over only where they reach into the new year.

    :raises NotAllowedError: when the seat may not, or the model is not the unit's own.
    :raises AlreadyRegisteredError: when it is entered in this round already.
    """
    [row] = copy_forward_all(
        participation=participation,
        registrations=[registration],
        continuity=continuity,
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def copy_forward_all(
    *,
    participation: Participation,
    registrations: Iterable[Registration] | None = None,
    continuity: Continuity | str = Continuity.KEPT,
    by: Seat,
    at: datetime,
) -> list[Registration]:
    """Enter several earlier models again, or all that are not entered in this round yet.

    :raises NotAllowedError: when the seat may not, or a model is not the unit's own.
    :raises AlreadyRegisteredError: when a given one is entered in this round already.
    """
    desk = lay_out(participation.pk)
    demand(can_start(by, desk.participation, today=timezone.localdate(at)))
    chosen = (
        list(continuable_registrations(desk.participation))
        if registrations is None
        else list(registrations)
    )
    _refuse_strange(desk, chosen)
    rows = [_continued(desk, earlier, Continuity(continuity), at) for earlier in chosen]
    created = Registration.objects.bulk_create(rows, batch_size=200)
    index_records(kind=KIND, records=created)
    entries = []
    for row in created:
        desk.add(row)
        after = {"unit": row.unit_name, "continuity": row.continuity, "name": row.name}
        entries.append(
            Entry(verb="registration.copy-forward", record=row, scope=row.path, after=after)
        )
    record_many(deeds=entries, by=by, at=at)
    if created:
        settle(desk, at=at)
    return created


@transaction.atomic
def replicate(
    *,
    exemplar: Exemplar,
    participation: Participation,
    form: Form | str = Form.COLLECTIVE,
    intended_level: Level | None = None,
    by: Seat,
    at: datetime,
) -> Registration:
    """Begin a registration that replicates another unit's accepted model.

    :raises NotAllowedError: when the seat may not, or the model was never accepted.
    :raises FormNotAskedError: when the unit is not asked for the form.
    """
    desk = lay_out(participation.pk)
    demand(can_start(by, desk.participation, today=timezone.localdate(at)))
    refuse_unasked_form(desk.participation, form)
    source = latest_public_registration(exemplar, by)
    if source is None:
        demand(no(_("Only a model that was accepted, or one you may read, can be replicated.")))
        raise AssertionError  # demand has refused
    made = new_exemplar(
        desk.participation, form=form, name=source.name, replicated_from=exemplar, at=at
    )
    row = new_registration(desk.participation, made, at=at)
    for column in REPLICATED:
        setattr(row, column, getattr(source, column))
    row.continuity, row.replicated_from = Continuity.REPLICATED, exemplar
    row.intended_level = intended_level
    row.order = len(desk.rows) + 1
    row.search_key = search_key_of(row)
    row.save()
    index_records(kind=KIND, records=[row])
    desk.add(row)
    after = {"name": row.name, "replicated_from": f"{source.name} – {source.unit_name}"}
    write_start("registration.replicate", row, by=by, at=at, after=after)
    settle(desk, at=at)
    return row


def _refuse_strange(desk: Desk, chosen: Sequence[Registration]) -> None:
    own = {desk.participation.organisation_id}
    if any(row.organisation_id not in own for row in chosen):
        own |= predecessor_ids(desk.participation.organisation_id)
    if any(row.organisation_id not in own for row in chosen):
        demand(no(_("A unit continues its own models and those of the units it followed.")))
    entered = set(
        Registration.objects.filter(
            exemplar__in=[row.exemplar_id for row in chosen], round=desk.participation.round
        )
        .exclude(state="withdrawn")
        .values_list("exemplar_id", flat=True)
    )
    if names := [row.name for row in chosen if row.exemplar_id in entered]:
        raise AlreadyRegisteredError(names)


def _continued(
    desk: Desk, earlier: Registration, continuity: Continuity, at: datetime
) -> Registration:
    row = new_registration(desk.participation, earlier.exemplar, at=at)
    for column in CONTINUED:
        setattr(row, column, getattr(earlier, column))
    row.previous, row.continuity = earlier, continuity
    row.order = len(desk.rows) + 1
    new_year = date(row.year, 1, 1)
    if earlier.ends_on is not None and earlier.ends_on >= new_year:
        row.starts, row.ends = earlier.starts, earlier.ends
        row.starts_on, row.ends_on = earlier.starts_on, earlier.ends_on
    level = earlier.level
    if level is not None and level.valid_to and level.valid_to <= desk.participation.round.opens_on:
        # no longer a level of the administration: the unit chooses anew
        row.level = None
    row.search_key = search_key_of(row)
    return row
