"""Founds the organisation at the top, with its first administrator, in an empty Khéo."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts.models import User
from kheo.organisations.actions.seats import grant_seat
from kheo.organisations.actions.structure import establish_organisation
from kheo.organisations.actions.tracing import StructureError
from kheo.organisations.enums import Role
from kheo.organisations.models import Kind, Level, Organisation, Seat


@transaction.atomic
def found_top(  # noqa: PLR0913 -- an organisation has this many properties
    *,
    name: str,
    short_name: str = "",
    kind: Kind,
    level: Level,
    on: date,
    place: str = "",
    national_code: str = "",
    by: User,
    at: datetime,
) -> Seat:
    """Found the organisation at the top; whoever does it becomes its administrator.

    :raises StructureError: when there is an organisation already.
    """
    if Organisation.objects.exists():
        raise StructureError(_("Only one organisation stands at the top."))
    top = establish_organisation(
        code=f"TU{national_code}" if national_code else "TOP",
        name=name,
        short_name=short_name,
        kind=kind,
        level=level,
        parent=None,
        on=on,
        place=place,
        national_code=national_code,
        by=by,
        at=at,
    )
    return grant_seat(
        user=by,
        organisation=top,
        role=Role.ADMINISTRATOR,
        starts_on=timezone.localdate(at),
        by=by,
        at=at,
    )
