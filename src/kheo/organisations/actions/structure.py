"""Deeds on one organisation: founding it, and ending it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts.models import User
from kheo.audit.actions import Deed, record
from kheo.lib.text.folding import fold, normalise
from kheo.lib.text.ordering import sort_key
from kheo.organisations.actions.tracing import StructureError, retrace
from kheo.organisations.enums import EventKind, Line
from kheo.organisations.models import (
    Event,
    Kind,
    Level,
    Organisation,
    Placement,
    Profile,
    Seat,
    Succession,
)
from kheo.organisations.queries.offered import ORGANISATION
from kheo.organisations.queries.records import stamp_of
from kheo.organisations.rules import can_manage_organisations, demand
from kheo.search.actions import index_records

# a seat is judged by the rules; a user or nobody is whoever runs the machine (first run, commands)
By = Seat | User | None


class CodeTakenError(StructureError):
    """Another organisation has this code."""


class StaleError(Exception):
    """Somebody else has changed the record since the page was opened."""


@dataclass(frozen=True, kw_only=True)
class Basis:
    """On what document a change rests, what else is to be said of it, and on what it was decided.

    ``seen`` is the stamp of the organisation that the person had before their eyes.
    """

    document: str = ""
    note: str = ""
    seen: str = ""


NO_BASIS = Basis()


def demand_management(by: By, organisation: Organisation | None) -> None:
    """Go on only if the actor may change this organisation, or may found one at the top.

    :raises NotAllowedError: when an administrator's seat does not reach it.
    """
    if isinstance(by, Seat):
        demand(can_manage_organisations(by, organisation or by.organisation))
        if organisation is None:
            raise StructureError(_("Only one organisation stands at the top."))


@transaction.atomic
def establish_organisation(  # noqa: PLR0913 -- an organisation has this many properties
    *,
    code: str,
    name: str,
    short_name: str = "",
    kind: Kind,
    level: Level,
    parent: Organisation | None,
    on: date,
    place: str = "",
    national_code: str = "",
    line: Line | str | None = None,
    basis: Basis = NO_BASIS,
    by: By,
    at: datetime,
) -> Organisation:
    """Found an organisation below another one, from a day on.

    ``line`` is the line of the main placement; without it, the line of the kind.
    :raises NotAllowedError: when the seat may not.
    :raises CodeTakenError: when another organisation has the code.
    :raises StructureError: when the superior does not exist on that day, or the day lies ahead.
    """
    demand_management(by, parent)
    refuse_future(on, at)
    organisation = Organisation(
        code=_free_code(code),
        national_code=national_code,
        established_on=on,
        kind=kind,
        level=level,
        parent=parent,
        place=normalise(place),
    )
    call_organisation(organisation, name=name, short_name=short_name)
    _keep_new(organisation, on, line or kind.line)
    note_event(EventKind.ESTABLISH, organisation, on, basis)
    facts = facts_of_organisation(organisation) | {"on": on}
    record_change("organisation.establish", organisation, {}, facts, basis, by, at)
    return organisation


@transaction.atomic
def dissolve_organisation(
    *, organisation: Organisation, on: date, basis: Basis = NO_BASIS, by: By, at: datetime
) -> Organisation:
    """End an organisation: on this day it exists no more.

    :raises NotAllowedError: when the seat may not.
    :raises StructureError: when something stands below it on that day or later, or the day lies
        before its last change.
    """
    demand_management(by, organisation)
    refuse_future(on, at)
    locked = lock_organisation(organisation, basis.seen)
    refuse_standing_below(locked, on)
    for rows in (Profile.objects, Placement.objects):
        own = rows.filter(organisation=locked)
        if own.filter(valid_from__gte=on).exists():
            raise StructureError(_("The organisation was changed on that day or later."))
        own.filter(valid_to__isnull=True).update(valid_to=on)
    Seat.objects.held(on).filter(organisation=locked, starts_on__lt=on).update(
        ends_on=on - timedelta(days=1)
    )
    locked.dissolved_on = on
    locked.save(update_fields=["dissolved_on"])
    note_event(EventKind.DISSOLVE, locked, on, basis)
    record_change("organisation.dissolve", locked, {}, {"dissolved_on": on}, basis, by, at)
    return locked


def refuse_standing_below(organisation: Organisation, on: date) -> None:
    """Go on only if nothing stands below the organisation from a day on.

    :raises StructureError: naming one of those that do.
    """
    below = Placement.objects.filter(parent=organisation).exclude(valid_to__lte=on)
    if row := below.select_related("organisation").first():
        raise StructureError(
            _("“%s” and perhaps others still stand below it; move or dissolve them first.")
            % row.organisation
        )


def lock_organisation(organisation: Organisation, seen: str = "") -> Organisation:
    """Return the organisation as it stands, locked until the end of the transaction.

    :raises StructureError: when it is dissolved.
    :raises StaleError: when it is not as it was seen.
    """
    locked = (
        Organisation.objects.select_for_update(of=("self",))
        .select_related("kind", "level", "parent")
        .get(pk=organisation.pk)
    )
    if locked.dissolved_on is not None:
        raise StructureError(_("The organisation is dissolved and changes no more."))
    if seen and seen != stamp_of(locked):
        raise StaleError(
            _("Somebody else has changed this organisation meanwhile; look at it again.")
        )
    return locked


def refuse_future(on: date, at: datetime) -> None:
    """Go on only if the day has come.

    :raises StructureError: when it lies ahead: pages of today read today's values.
    """
    if on > timezone.localdate(at):
        raise StructureError(_("The day lies ahead; enter the change on the day it takes effect."))


def call_organisation(organisation: Organisation, *, name: str, short_name: str) -> None:
    """Set the names of an unsaved organisation, with the keys for order and search.

    :raises StructureError: when the name is empty or too long.
    """
    organisation.name, organisation.short_name = normalise(name), normalise(short_name)
    if not organisation.name or len(organisation.name) > 300 or len(organisation.short_name) > 120:
        raise StructureError(_("A name has 1 to 300 letters, a short name at most 120."))
    organisation.sort_key = sort_key(organisation.name)[:1000]
    words = f"{organisation.name} {organisation.short_name} {organisation.code}"
    organisation.search_key = fold(words)[:500]


def profile_fields(organisation: Organisation | Profile) -> dict[str, object]:
    """Return what a dated profile repeats of an organisation."""
    names = ("name", "short_name", "kind", "level", "sort_key")
    return {name: getattr(organisation, name) for name in names}


def note_event(kind: EventKind, organisation: Organisation, on: date, basis: Basis) -> Event:
    """Keep an event with its basis, and who it happened to."""
    event = Event.objects.create(
        kind=kind, happened_on=on, basis=normalise(basis.document)[:300], note=basis.note
    )
    before = None if kind == EventKind.ESTABLISH else organisation
    after = None if kind == EventKind.DISSOLVE else organisation
    Succession.objects.create(event=event, predecessor=before, successor=after)
    return event


def facts_of_organisation(organisation: Organisation) -> dict[str, object]:
    """Return what the audit keeps of an organisation."""
    return {
        "code": organisation.code,
        "name": organisation.name,
        "short_name": organisation.short_name,
        "kind": str(organisation.kind),
        "level": str(organisation.level),
        "parent": str(organisation.parent or ""),
        "place": organisation.place,
    }


def record_change(  # noqa: PLR0913, PLR0917 -- the arguments of a deed, in its order
    verb: str,
    organisation: Organisation,
    before: Mapping[str, object],
    after: Mapping[str, object],
    basis: Basis,
    by: By,
    at: datetime,
) -> None:
    """Write a change to an organisation into the audit, with what is different only."""
    deed = Deed(
        verb=verb,
        record=organisation,
        scope=organisation.path,
        before={name: before[name] for name in after if name in before},
        after=after,
        reason=basis.document,
    )
    record(deed=deed, by=by, at=at)


def _free_code(code: str) -> str:
    kept = normalise(code)
    if Organisation.objects.filter(code=kept).exists():
        raise CodeTakenError(_("The code “%s” belongs to another organisation.") % kept)
    return kept


def _keep_new(organisation: Organisation, on: date, line: str) -> None:
    """Save a new organisation with its first dated rows."""
    parent = organisation.parent
    if parent is not None:
        # the caller's copy may be older than the superior's last move
        parent.refresh_from_db(fields=["path"])
    organisation.save()
    organisation.path = f"{parent.path if parent else '.'}{organisation.pk}."
    Profile.objects.create(organisation=organisation, valid_from=on, **profile_fields(organisation))
    Placement.objects.create(
        organisation=organisation,
        parent=parent,
        line=line,
        path=organisation.path,
        valid_from=on,
    )
    if parent is not None:
        retrace({organisation.pk}, since=on)
    organisation.save(update_fields=["path"])
    index_records(kind=ORGANISATION, records=[organisation])
