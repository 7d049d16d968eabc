"""Founds many organisations at once: all of them or none."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed, record_many
from kheo.lib.text.folding import normalise
from kheo.organisations.actions.structure import (
    By,
    call_organisation,
    demand_management,
    facts_of_organisation,
    profile_fields,
)
from kheo.organisations.actions.tracing import StructureError, refresh_present, retrace
from kheo.organisations.enums import EventKind
from kheo.organisations.models import (
    Event,
    Organisation,
    Placement,
    Profile,
    Succession,
)
from kheo.organisations.queries.offered import ORGANISATION
from kheo.organisations.queries.structure import NewOrganisation
from kheo.search.actions import index_records

BATCH = 500


@transaction.atomic
def import_structure(
    *, rows: Sequence[NewOrganisation], by: By, at: datetime, basis: str = ""
) -> list[Organisation]:
    """Found all organisations of a list, in any order of rows, with a fixed number of statements.

    :raises NotAllowedError: when the seat may not found something below one of the superiors.
    :raises StructureError: when a superior is missing or stands on the list below its own child, or
        a code is taken.
    """
    made = {row.code: _organisation(row) for row in rows}
    standing = _standing(rows, made)
    for anchor in standing.values():
        demand_management(by, anchor)
    _refuse_taken(rows, made)
    for depth in _by_depth(rows, standing):
        _insert(depth, made, standing)
    organisations = [made[row.code] for row in rows]
    _insert_dated(rows, made)
    _note_establishment(organisations, rows, basis)
    _retrace_moved(rows, made, standing, timezone.localdate(at))
    deeds = (
        Deed(
            verb="organisation.establish",
            record=organisation,
            scope=organisation.path,
            after=facts_of_organisation(organisation) | {"on": organisation.established_on},
            reason=basis,
        )
        for organisation in organisations
    )
    record_many(deeds=deeds, by=by, at=at)
    return organisations


def _organisation(row: NewOrganisation) -> Organisation:
    organisation = Organisation(
        code=row.code,
        national_code=row.national_code,
        established_on=row.on,
        kind=row.kind,
        level=row.level,
        place=normalise(row.place),
        latitude=row.latitude,
        longitude=row.longitude,
        path="",
    )
    call_organisation(organisation, name=row.name, short_name=row.short_name)
    return organisation


def _standing(
    rows: Sequence[NewOrganisation], made: dict[str, Organisation]
) -> dict[str, Organisation]:
    codes = {row.parent_code for row in rows} - made.keys()
    return {found.code: found for found in _of_codes(codes).select_related("kind", "level")}


def _of_codes(codes: Iterable[str]):  # type: ignore[no-untyped-def]
    return Organisation.objects.filter(code__in=list(codes), dissolved_on__isnull=True)


def _refuse_taken(rows: Sequence[NewOrganisation], made: dict[str, Organisation]) -> None:
    if len(made) < len(rows):
        raise StructureError(_("A code stands twice on the list."))
    codes = list(made)
    for start in range(0, len(codes), BATCH):
        taken = Organisation.objects.filter(code__in=codes[start : start + BATCH])
        if found := taken.values_list("code", flat=True).first():
            raise StructureError(_("The code “%s” belongs to another organisation.") % found)


def _by_depth(
    rows: Sequence[NewOrganisation], standing: dict[str, Organisation]
) -> list[list[NewOrganisation]]:
    """Return the rows in groups, each below the groups before it."""
    known = set(standing)
    waiting = list(rows)
    groups = []
    while waiting:
        group = [row for row in waiting if row.parent_code in known]
        if not group:
            missing = waiting[0].parent_code
            raise StructureError(_("There is no organisation with the code “%s”.") % missing)
        groups.append(group)
        known |= {row.code for row in group}
        waiting = [row for row in waiting if row.code not in known]
    return groups


def _insert(
    group: list[NewOrganisation],
    made: dict[str, Organisation],
    standing: dict[str, Organisation],
) -> None:
    for row in group:
        made[row.code].parent = made.get(row.parent_code) or standing[row.parent_code]
    organisations = [made[row.code] for row in group]
    Organisation.objects.bulk_create(organisations, batch_size=BATCH)
    for organisation in organisations:
        assert organisation.parent is not None  # noqa: S101 -- set above
        organisation.path = f"{organisation.parent.path}{organisation.pk}."
    # one statement for all of them: their keys are known only now
    above = Organisation.objects.filter(pk=OuterRef("parent_id")).values("path")
    keys = [organisation.pk for organisation in organisations]
    Organisation.objects.filter(pk__gte=min(keys), pk__lte=max(keys), path="").update(
        path=Concat(
            Subquery(above),
            Cast(F("pk"), CharField()),
            Value("."),
            output_field=CharField(),
        )
    )
    index_records(kind=ORGANISATION, records=organisations)


def _insert_dated(rows: Sequence[NewOrganisation], made: dict[str, Organisation]) -> None:
    founded = [(made[row.code], row.on) for row in rows]
    Profile.objects.bulk_create(
        [
            Profile(
                organisation=organisation,
                valid_from=on,
                **profile_fields(organisation),
            )
            for organisation, on in founded
        ],
        batch_size=BATCH,
    )
    Placement.objects.bulk_create(
        [
            Placement(
                organisation=organisation,
                parent=organisation.parent,
                line=organisation.kind.line,
                path=organisation.path,
                valid_from=on,
            )
            for organisation, on in founded
        ],
        batch_size=BATCH,
    )


def _note_establishment(
    organisations: list[Organisation], rows: Sequence[NewOrganisation], basis: str
) -> None:
    days = sorted({row.on for row in rows})
    events = {
        day: Event(kind=EventKind.ESTABLISH, happened_on=day, basis=basis[:300]) for day in days
    }
    Event.objects.bulk_create(events.values())
    Succession.objects.bulk_create(
        [
            Succession(event=events[organisation.established_on], successor=organisation)
            for organisation in organisations
            if organisation.established_on is not None
        ],
        batch_size=BATCH,
    )


def _retrace_moved(
    rows: Sequence[NewOrganisation],
    made: dict[str, Organisation],
    standing: dict[str, Organisation],
    today: date,
) -> None:
    """Part the placements of those whose superiors were moved, or not there, in the meantime."""
    first = min((row.on for row in rows), default=today)
    keys = [anchor.pk for anchor in standing.values()]
    steady = set(
        Placement.objects.filter(
            organisation__in=keys, is_main=True, valid_from__lte=first, valid_to__isnull=True
        ).values_list("organisation_id", flat=True)
    )
    since = {row.code: row.on for row in rows}
    unsteady = {
        made[row.code].pk
        for row in rows
        if (row.parent_code in standing and standing[row.parent_code].pk not in steady)
        or since.get(row.parent_code, date.min) > row.on
    }
    if unsteady:
        refresh_present(retrace(unsteady, since=first), day=today)
