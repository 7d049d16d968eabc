"""Founds the committees of the provinces and communes of today."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from kheo.organisations.actions.bulk import import_structure
from kheo.organisations.actions.changes import rename_organisation
from kheo.organisations.actions.structure import By
from kheo.organisations.actions.tracing import StructureError
from kheo.organisations.models import Kind, Level, Organisation
from kheo.organisations.queries.places import SINCE, Place, places_of
from kheo.organisations.queries.structure import NewOrganisation

BASIS = "Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội"


@transaction.atomic
def import_places(
    *, parent: Organisation, province: str = "", by: By, at: datetime
) -> list[Organisation]:
    """Found the committees of all provinces and communes, or of one province, below ``parent``.

    Those that stand already are left as they are. Below the committee of a province, which is known
    by its national code, only its communes are founded.

    :raises NotAllowedError: when the seat may not.
    :raises StructureError: when there is no such province.
    """
    places = places_of(province or _own_province(parent))
    if not places:
        raise StructureError(_("There is no province with the code “%s”.") % province)
    standing = dict(
        Organisation.objects.filter(national_code__gt="").values_list("national_code", "code")
    )
    day = _first_day(parent)
    new = [place for place in places if place.code not in standing]
    codes = {place.code: place.organisation_code for place in new} | standing
    rows = _rows(new, codes, parent, day)
    made = import_structure(rows=rows, by=by, at=at, basis=BASIS) if rows else []
    by_code = {organisation.national_code: organisation for organisation in made}
    for place in new:
        if place.since and _name(place, day) != place.committee:
            rename_organisation(
                organisation=by_code[place.code],
                name=place.committee,
                short_name=place.committee,
                on=place.since,
                by=by,
                at=at,
            )
    return made


def _rows(
    places: list[Place], codes: dict[str, str], parent: Organisation, day: date
) -> list[NewOrganisation]:
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    levels = {level.code: level for level in Level.objects.all()}
    return [
        NewOrganisation(
            code=codes[place.code],
            name=_name(place, day),
            short_name=_name(place, day),
            kind=kinds["party_committee" if place.is_province else "commune_committee"],
            level=levels["province" if place.is_province else "commune"],
            parent_code=codes.get(place.parent_code, parent.code),
            on=day,
            place=place.short_name,
            national_code=place.code,
            latitude=place.latitude,
            longitude=place.longitude,
        )
        for place in places
    ]


def _own_province(parent: Organisation) -> str:
    return parent.national_code if len(parent.national_code) == 2 else ""


def _first_day(parent: Organisation) -> date:
    """Return since when a place can stand below an organisation that may be younger itself."""
    first = parent.placements.filter(is_main=True).aggregate(first=Min("valid_from"))["first"]
    return max(SINCE, first) if first else SINCE


def _name(place: Place, day: date) -> str:
    renamed = place.since is not None and place.since > day
    return (renamed and place.former_committee) or place.committee
