"""Deeds on an organisation that stands: its names, kind, superior, further lines, plain facts."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.lib.text.folding import normalise
from kheo.organisations.actions.structure import (
    NO_BASIS,
    Basis,
    By,
    call_organisation,
    demand_management,
    facts_of_organisation,
    lock_organisation,
    note_event,
    profile_fields,
    record_change,
    refuse_future,
)
from kheo.organisations.actions.tracing import StructureError, refresh_present, retrace
from kheo.organisations.enums import EventKind, Line
from kheo.organisations.models import Kind, Level, Organisation, Placement, Profile, valid_on
from kheo.organisations.queries.offered import ORGANISATION, PERSON
from kheo.search.actions import index_records, refresh_entries
from kheo.search.queries.offers import facet_term


@transaction.atomic
def rename_organisation(  # noqa: PLR0913 -- a dated change, its basis, and who does it
    *,
    organisation: Organisation,
    name: str,
    short_name: str = "",
    on: date,
    basis: Basis = NO_BASIS,
    by: By,
    at: datetime,
) -> Organisation:
    """Give an organisation another name from a day on, until its next change.

    :raises NotAllowedError: when the seat may not.
    :raises StructureError: when it does not exist on that day, or the name cannot be used.
    """
    called = Organisation(code=organisation.code)
    call_organisation(called, name=name, short_name=short_name)
    names = {
        "name": called.name,
        "short_name": called.short_name,
        "sort_key": called.sort_key,
    }
    return _change_profile(EventKind.RENAME, organisation, names, on, basis, by, at)


@transaction.atomic
def retype_organisation(  # noqa: PLR0913 -- a dated change, its basis, and who does it
    *,
    organisation: Organisation,
    kind: Kind,
    level: Level,
    on: date,
    basis: Basis = NO_BASIS,
    by: By,
    at: datetime,
) -> Organisation:
    """Make an organisation one of another kind or level from a day on, until its next change.

    :raises NotAllowedError: when the seat may not.
    :raises StructureError: when it does not exist on that day.
    """
    fields = {"kind": kind, "level": level}
    return _change_profile(EventKind.RETYPE, organisation, fields, on, basis, by, at)


@transaction.atomic
def move_organisation(
    *,
    organisation: Organisation,
    parent: Organisation,
    on: date,
    basis: Basis = NO_BASIS,
    by: By,
    at: datetime,
) -> Organisation:
    """Put an organisation, with all below it, under another superior from a day on.

    :raises NotAllowedError: when the seat may not change both the organisation and the superior.
    :raises StructureError: when one of them does not exist on that day, or the superior stands
        below the organisation.
    """
    demand_management(by, organisation)
    demand_management(by, parent)
    refuse_future(on, at)
    locked = lock_organisation(organisation, basis.seen)
    before = facts_of_organisation(locked)
    _change_parent(locked, parent, on)
    touched = retrace({locked.pk}, since=on)
    refresh_present(touched, day=timezone.localdate(at))
    locked = Organisation.objects.select_related("kind", "level", "parent").get(pk=locked.pk)
    note_event(EventKind.MOVE, locked, on, basis)
    record_change(
        "organisation.move", locked, before, {"parent": str(parent), "on": on}, basis, by, at
    )
    return locked


@transaction.atomic
def add_affiliation(  # noqa: PLR0913 -- a dated change, its basis, and who does it
    *,
    organisation: Organisation,
    parent: Organisation,
    line: Line | str,
    on: date,
    basis: Basis = NO_BASIS,
    by: By,
    at: datetime,
) -> Placement:
    """Put an organisation under a superior on a further line, from a day on.

    :raises NotAllowedError: when the seat may not.
    :raises StructureError: when it is its main line, or it stands on that line already then.
    """
    demand_management(by, organisation)
    refuse_future(on, at)
    locked = lock_organisation(organisation, basis.seen)
    if parent.pk == locked.pk:
        raise StructureError(_("An organisation cannot stand below itself."))
    later = Placement.objects.filter(organisation=locked, line=line).exclude(valid_to__lte=on)
    if later.filter(is_main=True).exists():
        raise StructureError(_("This is its main line; move it instead."))
    later.filter(valid_from__gte=on).delete()
    later.filter(valid_from__lt=on).update(valid_to=on)
    row = Placement.objects.create(
        organisation=locked, parent=parent, line=line, is_main=False, valid_from=on
    )
    after = {"line": str(Line(line).label), "parent": str(parent), "on": on}
    record_change("organisation.affiliate", locked, {}, after, basis, by, at)
    return row


@transaction.atomic
def correct_organisation(  # noqa: PLR0913 -- the facts that have no date
    *,
    organisation: Organisation,
    code: str,
    national_code: str,
    place: str,
    basis: Basis = NO_BASIS,
    by: By,
    at: datetime,
) -> Organisation:
    """Correct what has no date: code, national code, and how its papers name the place.

    :raises NotAllowedError: when the seat may not.
    :raises StaleError: when somebody else has changed it since.
    :raises StructureError: when another organisation has the code.
    """
    demand_management(by, organisation)
    locked = lock_organisation(organisation, basis.seen)
    new = {
        "code": normalise(code),
        "national_code": normalise(national_code),
        "place": normalise(place),
    }
    before = {name: getattr(locked, name) for name in new}
    if Organisation.objects.filter(code=new["code"]).exclude(pk=locked.pk).exists():
        raise StructureError(_("The code “%s” belongs to another organisation.") % new["code"])
    for name, value in new.items():
        setattr(locked, name, value)
    call_organisation(locked, name=locked.name, short_name=locked.short_name)
    locked.save(update_fields=[*new, "search_key"])
    index_records(kind=ORGANISATION, records=[locked])
    record_change("organisation.correct", locked, before, new, basis, by, at)
    return locked


def _change_profile(  # noqa: PLR0913, PLR0917 -- shared ending of two deeds, not for others
    event: EventKind,
    organisation: Organisation,
    fields: Mapping[str, object],
    on: date,
    basis: Basis,
    by: By,
    at: datetime,
) -> Organisation:
    demand_management(by, organisation)
    refuse_future(on, at)
    locked = lock_organisation(organisation, basis.seen)
    before = facts_of_organisation(locked)
    row = Profile.objects.filter(valid_on(on), organisation=locked).first()
    if row is None:
        raise StructureError(_("The organisation does not exist on that day."))
    if row.valid_from < on:
        end, row.valid_to = row.valid_to, on
        row.save(update_fields=["valid_to"])
        row = _copy_from(row, on, end)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    _show_present(locked, timezone.localdate(at))
    # its name stands in what is found of its people, too
    refresh_entries(term=facet_term("unit", locked.pk), kinds=(ORGANISATION, PERSON))
    note_event(event, locked, on, basis)
    after = {name: str(getattr(row, name)) for name in fields if name != "sort_key"}
    record_change(f"organisation.{event.value}", locked, before, after | {"on": on}, basis, by, at)
    return locked


def _copy_from(row: Profile, start: date, end: date | None) -> Profile:
    return Profile(
        organisation_id=row.organisation_id, valid_from=start, valid_to=end, **profile_fields(row)
    )


def _show_present(organisation: Organisation, today: date) -> None:
    row = (
        Profile.objects.filter(valid_on(today), organisation=organisation)
        .select_related("kind", "level")
        .get()
    )
    organisation.kind, organisation.level = row.kind, row.level
    call_organisation(organisation, name=row.name, short_name=row.short_name)
    names = ["name", "short_name", "kind", "level", "sort_key", "search_key"]
    organisation.save(update_fields=names)


def _change_parent(organisation: Organisation, parent: Organisation, on: date) -> None:
    """Put the new superior into the row of that day and into those that only continue it."""
    rows = list(
        Placement.objects.filter(organisation=organisation, is_main=True)
        .exclude(valid_to__lte=on)
        .order_by("valid_from")
    )
    if not rows or rows[0].valid_from > on:
        raise StructureError(_("The organisation does not exist on that day."))
    former = rows[0].parent_id
    if former == parent.pk:
        raise StructureError(_("It stands below this superior already."))
    for row in _continued(rows, former):
        if row.valid_from < on:
            Placement.objects.filter(pk=row.pk).update(valid_to=on)
            row.pk, row.valid_from = None, on
        row.parent = parent
        row.save(force_insert=row.pk is None)


def _continued(rows: Iterable[Placement], parent_id: int | None) -> list[Placement]:
    found: list[Placement] = []
    for row in rows:
        if row.parent_id != parent_id or (found and found[-1].valid_to != row.valid_from):
            break
        found.append(row)
    return found
