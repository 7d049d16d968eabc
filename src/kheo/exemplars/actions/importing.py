"""Drafts from files: many registrations of many units begun at once, or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import insert_rows, record_many, twin_of
from kheo.exemplars.actions.content import ContentError, read_values, write_values
from kheo.exemplars.actions.continuing import AlreadyRegisteredError
from kheo.exemplars.actions.desk import Desk, lay_out_many, settle_many
from kheo.exemplars.actions.drafting import new_registration, refuse_unasked_form, save_draft
from kheo.exemplars.enums import Continuity
from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.queries.forms import form_specs
from kheo.exemplars.queries.offered import KIND
from kheo.exemplars.rules.importing import can_draft_for
from kheo.lib.text.folding import fold
from kheo.organisations.models import Level, Seat
from kheo.organisations.rules import demand
from kheo.rounds.models import Participation
from kheo.rounds.queries.specs import FormSpec
from kheo.search.actions import index_records

BATCH = 200
# SQLite takes only so many values in one statement
AUDITED_AT_ONCE = 5_000
EXEMPLAR = Registration._meta.get_field("exemplar")
# records are looked up once for all rows instead of once for each
RECORDS = ("level", "intended_level", "replicated_from")


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One registration to be drafted; ``values`` by item, records as objects.

    ``previous`` is the earlier entry it continues; ``draft`` the one it corrects instead.
    """

    participation_id: int
    form: str
    values: Mapping[str, object] = field(default_factory=dict)
    previous: Registration | None = None
    draft: Registration | None = None


@transaction.atomic
def start_many(*, proposals: Sequence[Proposal], by: Seat, at: datetime) -> list[Registration]:
    """Draft all proposed registrations, in their order; standing is settled once.

    A fixed number of statements whatever the units, and one more for each 200 rows.

    :raises NotAllowedError: when the seat may not enter drafts for one of the units.
    :raises FormNotAskedError: when a unit is not asked for a form.
    :raises ContentError: when a value does not fit; nothing is kept then.
    :raises AlreadyRegisteredError: when a continued model is entered in the round already.
    :raises StaleError: when a draft to be corrected has changed meanwhile.
    """
    desks = _desks(proposals, by, at)
    rows: dict[int, Registration] = {}
    lengths = {pk: len(desk.rows) for pk, desk in desks.items()}
    blanks = _Blanks(at)
    for number, proposal in enumerate(proposals):
        if proposal.draft is None:
            blank = blanks.row(proposal, desks[proposal.participation_id])
            rows[number] = row = _drafted(proposal, blank)
            lengths[row.participation_id] += 1
            row.order = lengths[row.participation_id]
    _refuse_entered(rows.values(), desks)
    _store(list(rows.values()), by=by, at=at)
    for row in rows.values():
        desks[row.participation_id].add(row)
    settle_many(list(desks.values()), at=at)
    for number, proposal in enumerate(proposals):
        if proposal.draft is not None:
            rows[number] = save_draft(
                registration=proposal.draft,
                values=proposal.values,
                version=proposal.draft.version,
                by=by,
                at=at,
            )
    return [rows[number] for number in range(len(proposals))]


def _desks(proposals: Sequence[Proposal], by: Seat, at: datetime) -> dict[int, Desk]:
    forms: dict[int, set[str]] = {}
    for one in proposals:
        forms.setdefault(one.participation_id, set()).add(one.form)
    desks = {desk.participation.pk: desk for desk in lay_out_many(forms)}
    today = timezone.localdate(at)
    specs: dict[int, Mapping[str, FormSpec]] = {}
    for pk, desk in desks.items():
        audience = desk.participation.audience
        demand(can_draft_for(by, desk.participation, today=today))
        if audience.pk not in specs:
            specs[audience.pk] = form_specs(audience)
        for form in sorted(forms[pk] - specs[audience.pk].keys()):
            refuse_unasked_form(desk.participation, form)
    return desks


class _Blanks:
    """Empty rows of units, made once for each unit and form and copied for every draft."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._known: dict[tuple[int, str], Registration] = {}

    def row(self, proposal: Proposal, desk: Desk) -> Registration:
        part = desk.participation
        if proposal.previous is not None:
            return new_registration(part, proposal.previous.exemplar, at=self.at)
        key = (part.pk, proposal.form)
        if key not in self._known:
            self._known[key] = new_registration(part, self._exemplar(part, proposal), at=self.at)
        row = twin_of(self._known[key])
        # what the descriptor of the model would ask is known: both are new and of one kind
        EXEMPLAR.set_cached_value(row, twin_of(row.exemplar))
        row.extra, row.pending_changes = {}, {}
        return row

    def _exemplar(self, part: Participation, proposal: Proposal) -> Exemplar:
        return Exemplar(
            owner=part.organisation,
            form=proposal.form,
            first_year=part.round.year,
            created_at=self.at,
        )


def _drafted(proposal: Proposal, row: Registration) -> Registration:
    row.form = proposal.form
    row.previous = proposal.previous
    if proposal.previous is not None:
        row.continuity = Continuity.KEPT
    plain = {key: value for key, value in proposal.values.items() if key not in RECORDS}
    try:
        write_values(row, read_values(row, plain))
    except ContentError as error:
        raise ContentError({str(proposal.values.get("name", "")): str(error)}) from error
    for key in RECORDS:
        value = proposal.values.get(key)
        if isinstance(value, Level | Exemplar):
            setattr(row, key, value)
    return row


def _refuse_entered(rows: Iterable[Registration], desks: Mapping[int, Desk]) -> None:
    entered = {
        other.exemplar_id: other.name
        for desk in desks.values()
        for other in desk.rows.values()
        if other.state != "withdrawn"
    }
    names = []
    for row in rows:
        if row.previous_id is not None and row.exemplar_id in entered:
            names.append(row.name)
        entered[row.exemplar_id] = row.name
    if names:
        raise AlreadyRegisteredError(names)


def _store(rows: Sequence[Registration], *, by: Seat, at: datetime) -> None:
    for row in rows:
        # the model is called as its newest entry calls it
        exemplar = row.exemplar
        exemplar.name, exemplar.nature = row.name, row.nature
        exemplar.search_key = fold(row.name)[:300]
        if row.replicated_from_id is not None:
            exemplar.replicated_from = row.replicated_from
    new = [row.exemplar for row in rows if row.previous_id is None]
    kept = [row.exemplar for row in rows if row.previous_id is not None]
    insert_rows(new)
    Exemplar.objects.bulk_update(kept, ["name", "nature", "search_key"], batch_size=BATCH)
    for row in rows:
        row.exemplar_id = row.exemplar.pk
    insert_rows(rows)
    index_records(kind=KIND, records=rows)
    for start in range(0, len(rows), AUDITED_AT_ONCE):
        entries = [_entry(row) for row in rows[start : start + AUDITED_AT_ONCE]]
        record_many(deeds=entries, by=by, at=at)


def _entry(row: Registration) -> Entry:
    after = {"unit": row.unit_name, "form": row.form, "name": row.name}
    return Entry(verb="registration.import", record=row, scope=row.path, after=after)
