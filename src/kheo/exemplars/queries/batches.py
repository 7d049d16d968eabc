"""What a deed on many would change before it is done, and what one did."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import BatchDeed, State
from kheo.exemplars.models import Batch, BatchItem, Evidence, Registration
from kheo.exemplars.queries.earlier import predecessor_ids
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.exemplars.rules.batches import (
    MOST_AT_ONCE,
    Known,
    Terms,
    batch_verdict,
    can_undo,
    new_values,
    undo_verdict,
)
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import Verdict, reach_of
from kheo.rounds.enums import Field, RoundState
from kheo.rounds.models import Participation, Round

# long texts are not shown in a preview
HEAVY = ("content", "expected_results", "extra", "pending_changes", "search_key")
# what histories and previews call the columns that a deed on many changes
NAMES: dict[str, str | Promise] = {
    "state": _("state"),
    "field": _("field"),
    "assignee_id": _("to be checked by"),
    "return_due_on": _("to be corrected by"),
}


# reminding is no deed on registrations, but on their units: it goes to the outbox
REMIND = "remind"
LABELS: dict[str, str | Promise] = {
    BatchDeed.ACCEPT.value: _("Accept"),
    BatchDeed.RETURN.value: _("Return for correction"),
    BatchDeed.DECLINE.value: _("Decline"),
    BatchDeed.ASSIGN.value: _("Assign"),
    BatchDeed.CHANGE_FIELD.value: _("Change the field"),
    BatchDeed.COPY_FORWARD.value: _("Continue in this year's round"),
    REMIND: _("Remind the units"),
}
OFFERED: dict[str, tuple[str, ...]] = {
    Role.OFFICER: (
        BatchDeed.ACCEPT.value,
        BatchDeed.RETURN.value,
        BatchDeed.DECLINE.value,
        BatchDeed.ASSIGN.value,
        BatchDeed.CHANGE_FIELD.value,
        REMIND,
    ),
    Role.CLERK: (BatchDeed.COPY_FORWARD.value, BatchDeed.CHANGE_FIELD.value),
    Role.HEAD: (BatchDeed.COPY_FORWARD.value, BatchDeed.CHANGE_FIELD.value),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one registration, in words."""

    name: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One registration of a preview: what changes, or why it stays as it is."""

    row: Registration
    verdict: Verdict
    changes: Sequence[Change] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a deed on many changes and what it leaves; the token says exactly what was seen."""

    ready: Sequence[Line]
    skipped: Sequence[Line]
    token: str

    @property
    def seen(self) -> dict[int, int]:
        """Return the versions of what changes, by key."""
        return {line.row.pk: line.row.version for line in self.ready}


def offered_deeds(seat: Seat) -> list[tuple[str, str | Promise]]:
    """Return the deeds on many that a role knows, with their labels; none for who only reads."""
    return [(deed, LABELS[deed]) for deed in OFFERED.get(seat.role, ())]


def chosen_registrations(seat: Seat, keys: Iterable[int]) -> list[Registration]:
    """Return the chosen registrations that the seat may see, along the tree."""
    rows = registrations_visible_to(seat).filter(pk__in=list(keys)[:MOST_AT_ONCE])
    return with_shared(list(rows.defer(*HEAVY).order_by("path", "-year", "pk")))


def with_shared(rows: list[Registration]) -> list[Registration]:
    """Give registrations their rounds and units, each made once however many share it."""
    rounds = Round.objects.in_bulk({row.round_id for row in rows})
    units = Organisation.objects.in_bulk({row.organisation_id for row in rows})
    for row in rows:
        row.round, row.organisation = rounds[row.round_id], units[row.organisation_id]
    return rows


def plan_batch(
    deed: BatchDeed, seat: Seat, rows: Sequence[Registration], terms: Terms, at: datetime
) -> Plan:
    """Judge every chosen registration and say what changes in it and how."""
    known = known_for(rows, terms)
    names = _seat_names([row.assignee_id for row in rows] + [getattr(terms.assignee, "pk", None)])
    values = new_values(deed, terms, at)
    words = Words(names)
    judged = [(row, batch_verdict(deed, seat, row, terms, known)) for row in rows]
    lines = [
        Line(row, verdict, _changes(row, values, terms, words) if verdict else ())
        for row, verdict in judged
    ]
    ready = [line for line in lines if line.verdict]
    return Plan(
        ready=ready,
        skipped=[line for line in lines if not line.verdict],
        token=_token(deed, terms, lines),
    )


def known_for(rows: Sequence[Registration], terms: Terms) -> Known:
    """Return what judging continuations asks for; nothing for other deeds."""
    part = terms.participation
    if part is None:
        return Known()
    entered = Registration.objects.filter(
        round=part.round_id, exemplar__in={row.exemplar_id for row in rows}
    ).exclude(state=State.WITHDRAWN)
    return Known(
        own_ids={part.organisation_id} | predecessor_ids(part.organisation_id),
        entered=set(entered.values_list("exemplar_id", flat=True)),
    )


def parts_to_continue_in(seat: Seat) -> "QuerySet[Participation]":
    """Return the seat's own parts in open rounds, the newest round first."""
    if seat.role not in {Role.CLERK, Role.HEAD}:
        return Participation.objects.none()
    parts = Participation.objects.filter(
        organisation=seat.organisation_id, round__state=RoundState.OPEN
    )
    return parts.select_related("round", "audience", "organisation").order_by("-round__year", "-pk")


def units_to_remind(rows: Iterable[Registration]) -> dict[Round, list[Participation]]:
    """Return the units of registrations by round, open rounds only, along the tree."""
    parts = Participation.objects.filter(
        pk__in={row.participation_id for row in rows}, round__state=RoundState.OPEN
    )
    found: dict[Round, list[Participation]] = {}
    for part in parts.select_related("round").order_by("-round__year", "round", "path"):
        found.setdefault(part.round, []).append(part)
    return found


def assignable_seats(seat: Seat, day: datetime) -> "QuerySet[Seat]":
    """Return the officers who check below the seat's reach: its own first, then those below."""
    officers = Seat.objects.held(day.date()).filter(
        below(reach_of(seat), "organisation__path"), role=Role.OFFICER, user__is_active=True
    )
    return officers.select_related("user", "organisation__kind").order_by(
        "organisation__path", "pk"
    )


def batches_of(seat: Seat) -> "QuerySet[Batch]":
    """Return what seats of the same organisation did to many at once, newest first."""
    rows = Batch.objects.filter(seat__organisation=seat.organisation_id)
    return rows.select_related("seat__user", "seat__organisation").order_by("-at", "-pk")


def undo_lines(batch: Batch, seat: Seat) -> list[tuple[BatchItem, Verdict]]:
    """Return each registration of a batch with whether it can still go back."""
    items = list(
        batch.items.select_related("registration").defer(
            *(f"registration__{name}" for name in HEAVY)
        )
    )
    with_shared([item.registration for item in items if item.registration])
    mine = can_undo(seat, batch)
    if not mine:
        return [(item, mine) for item in items]
    touched = built_on(batch, [item.registration for item in items if item.registration])
    return [(item, undo_verdict(seat, item, item.registration, touched)) for item in items]


def built_on(batch: Batch, rows: Sequence[Registration]) -> set[int]:
    """Return the keys of those to which others added a file, a continuation or a replica since."""
    keys = [row.pk for row in rows]
    files = Evidence.objects.filter(registration__in=keys, added_at__gt=batch.at)
    later = Registration.objects.filter(previous__in=keys, created_at__gt=batch.at)
    models = {row.exemplar_id: row.pk for row in rows}
    replicas = Registration.objects.filter(
        replicated_from__in=list(models), created_at__gt=batch.at
    )
    found = set(files.values_list("registration_id", flat=True))
    found |= set(later.values_list("previous_id", flat=True))
    return found | {models[pk] for pk in replicas.values_list("replicated_from_id", flat=True)}


def seat_label(seat: Seat | None) -> str:
    """Return who an officer is: name and post."""
    return f"{seat.user.full_name} – {seat.post}" if seat else ""


def _seat_names(keys: Iterable[int | None]) -> dict[int | None, str]:
    wanted = {key for key in keys if key}
    seats = Seat.objects.filter(pk__in=wanted).select_related("user") if wanted else ()
    return {seat.pk: seat_label(seat) for seat in seats}


class Words(dict[tuple[str, object], str]):
    """The values of columns in words, each put into words once."""

    def __init__(self, names: dict[int | None, str]) -> None:
        super().__init__()
        self.names = names

    def __missing__(self, key: tuple[str, object]) -> str:
        self[key] = in_words(*key, self.names)
        return self[key]


def _changes(
    row: Registration, values: dict[str, object], terms: Terms, words: Words
) -> list[Change]:
    if terms.participation is not None:
        target = terms.participation.round.title
        return [Change(_("round"), str(row.year), f"{target} ({terms.continuity.label})")]
    return [
        Change(
            NAMES[column],
            words[column, getattr(row, column)],
            words[column, value],
        )
        for column, value in values.items()
        if column in NAMES
    ]


def in_words(column: str, value: object, names: dict[int | None, str]) -> str:
    """Return a column's value as people read it."""
    if not value:
        return "–"
    match column:
        case "state":
            return str(State(str(value)).label)
        case "field":
            return str(Field(str(value)).label)
        case "assignee_id":
            return names.get(int(str(value)), "–")
    return f"{value:%d/%m/%Y}"


def _token(deed: BatchDeed, terms: Terms, lines: Sequence[Line]) -> str:
    seen = sorted((line.row.pk, line.row.version, bool(line.verdict)) for line in lines)
    text = json.dumps([deed.value, terms.parameters, seen], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
