"""Deeds on drafts: begin one, save it while typing or on purpose, throw it away."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import record
from kheo.exemplars.actions.content import read_values, search_key_of, write_values
from kheo.exemplars.actions.desk import attach_known, lay_out, settle
from kheo.exemplars.actions.journal import note_changes, told_values, write_changes
from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.queries.forms import form_specs
from kheo.exemplars.queries.offered import INDEXED, KIND
from kheo.exemplars.rules import can_discard, can_edit, can_start, content_of, facets_of
from kheo.lib.text.folding import fold
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.rounds.enums import Form
from kheo.rounds.models import Participation
from kheo.search.actions import forget_records, index_records


class StaleError(Exception):
    """The draft was changed in another window; ``current`` is how it stands now."""

    def __init__(self, current: Registration) -> None:
        """Keep the draft as it stands now."""
        super().__init__(_("This draft has been changed in another window since it was opened."))
        self.current = current


class FormNotAskedError(Exception):
    """The round does not ask this unit for such a form."""


@transaction.atomic
def start_registration(
    *, participation: Participation, form: Form | str, by: Seat, at: datetime
) -> Registration:
    """Begin an empty registration of a new model or exemplary case.

    :raises NotAllowedError: when the seat may not register for this unit, or no longer.
    :raises FormNotAskedError: when the form is unknown or not asked of this unit.
    """
    desk = lay_out(participation.pk)
    demand(can_start(by, desk.participation, today=timezone.localdate(at)))
    refuse_unasked_form(desk.participation, form)
    exemplar = new_exemplar(desk.participation, form=form, at=at)
    row = new_registration(desk.participation, exemplar, at=at)
    row.form = str(Form(form))
    row.address = ""
    row.order = len(desk.rows) + 1
    row.save()
    index_records(kind=KIND, records=[row])
    desk.add(row)
    write_start("registration.start", row, by=by, at=at, after={"form": row.form})
    settle(desk, at=at)
    return row


@transaction.atomic
def save_draft(
    *,
    registration: Registration,
    values: Mapping[str, object],
    version: int,
    by: Seat,
    at: datetime,
) -> Registration:
    """Save what was typed, complete or not, and record it with what typing changed before.

    :param values: by item of the form; what is not given stays.
    :param version: of the draft as it was opened.
    :raises NotAllowedError: when the seat may not write in it, or it is no draft any more.
    :raises StaleError: when another window has saved something else since.
    :raises ContentError: when something does not fit; nothing of it is saved then.
    """
    desk = lay_out(registration.participation_id)
    row = desk.rows[registration.pk]
    _change(row, values, version, by, at)
    write_changes(row, by=by)
    row.save(update_fields=["pending_changes"])
    settle(desk, at=at)
    return row


@transaction.atomic
def autosave_draft(
    *,
    registration: Registration,
    values: Mapping[str, object],
    version: int,
    by: Seat,
    at: datetime,
) -> Registration:
    """Save while somebody types; the audit gets one entry for the whole burst, later.

    Arguments and errors are those of :func:`save_draft`.
    """
    desk = lay_out(registration.participation_id)
    row = desk.rows[registration.pk]
    _change(row, values, version, by, at)
    if desk.before[row.pk] != facets_of(row):
        settle(desk, at=at)
    return row


@transaction.atomic
def discard_draft(*, registration: Registration, by: Seat, at: datetime) -> None:
    """Throw away a draft that was never submitted, with its evidence; the audit keeps its text.

    :raises NotAllowedError: when it was submitted before, or the seat may not.
    """
    desk = lay_out(registration.participation_id)
    row = desk.rows.pop(registration.pk)
    demand(can_discard(by, row))
    entry = Entry(verb="registration.discard", record=row, scope=row.path, before=content_of(row))
    record(deed=entry, by=by, at=at)
    files = [evidence.file for evidence in row.evidence.all()]
    row.evidence.all().delete()
    exemplar = row.exemplar
    forget_records(kind=KIND, record_ids=[row.pk])
    row.delete()
    if not (exemplar.registrations.exists() or exemplar.replicas.exists()):
        exemplar.delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
    settle(desk, at=at)


def refuse_unasked_form(participation: Participation, form: Form | str) -> None:
    """Go on only if the audience is asked for this form.

    :raises FormNotAskedError: when it is not, or there is no such form.
    """
    if form not in Form.values:
        raise FormNotAskedError(_("There is no form “%s”.") % str(form)[:60])
    if str(form) not in form_specs(participation.audience):
        raise FormNotAskedError(
            _("This round does not ask your unit for the form “%s”.") % Form(form).label
        )


def new_exemplar(
    participation: Participation,
    *,
    form: Form | str,
    at: datetime,
    name: str = "",
    replicated_from: Exemplar | None = None,
) -> Exemplar:
    """Make a model of the unit that begins in the round's year."""
    return Exemplar.objects.create(
        owner=participation.organisation,
        form=form,
        name=name,
        search_key=fold(name)[:300],
        first_year=participation.round.year,
        replicated_from=replicated_from,
        created_at=at,
    )


def new_registration(
    participation: Participation, exemplar: Exemplar, *, at: datetime
) -> Registration:
    """Return an unsaved, empty entry of a model in a round."""
    row = Registration(
        exemplar=exemplar,
        unit_name=participation.unit_name,
        path=participation.path,
        year=participation.round.year,
        form=exemplar.form,
        name=exemplar.name,
        created_at=at,
        updated_at=at,
    )
    attach_known(row, participation)
    row.search_key = search_key_of(row)
    return row


def write_start(
    verb: str, row: Registration, *, by: Seat, at: datetime, after: Mapping[str, object]
) -> None:
    """Record how a registration began."""
    entry = Entry(verb=verb, record=row, scope=row.path, after={"unit": row.unit_name, **after})
    record(deed=entry, by=by, at=at)


def _change(
    row: Registration, values: Mapping[str, object], version: int, by: Seat, at: datetime
) -> None:
    demand(can_edit(by, row))
    changes = read_values(row, values)
    if not changes:
        return
    if version != row.version:
        raise StaleError(row)
    note_changes(row, told_values(row, changes), by=by, at=at)
    columns = write_values(row, changes)
    row.version += 1
    row.updated_at = at
    row.save(update_fields=[*columns, "version", "updated_at", "pending_changes"])
    if INDEXED & changes.keys():
        index_records(kind=KIND, records=[row])
    _keep_exemplar(row, changes)


def _keep_exemplar(row: Registration, changes: Mapping[str, object]) -> None:
    # the model is called as its newest entry calls it
    if {"name", "nature", "replicated_from_id"} & changes.keys():
        Exemplar.objects.filter(pk=row.exemplar_id).update(
            name=row.name,
            search_key=fold(row.name)[:300],
            nature=row.nature,
            replicated_from=row.replicated_from_id,
        )
