"""What the room offers to be found: registrations, by name, person, place and text."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.models import Registration
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import reach_of
from kheo.search.queries.offers import Hit, Offer, Text, below_term, facet_term

KIND = "registration"
# what of a registration is found, in the order of its form
BODY = (
    "full_name",
    "position",
    "workplace",
    "address",
    "unit_name",
    "content",
    "scope",
    "expected_results",
)
COLUMNS = (
    *("name", "organisation_id", "round_id", "path", "year"),
    *("field", "level_id", "form", "nature", *BODY),
)
# a change of one of these changes what a registration is found by
INDEXED = frozenset({"name", "field", "level_id", "nature", *BODY})


def registration_offer() -> Offer:
    """Return how registrations are found."""
    return Offer(
        kind=KIND,
        label=_("models and exemplary cases"),
        icon="card-checklist",
        records=_records,
        text=_text,
        hit=_hit,
        seen_by=_seen_by,
        visible=registrations_visible_to,
        columns=COLUMNS,
    )


def _records() -> QuerySet[Registration]:
    return Registration.objects.order_by("pk")


def _text(row: Registration) -> Text:
    return Text(
        title=row.name or row.full_name,
        body="\n".join(filter(None, (getattr(row, name) for name in BODY))),
        paths=(row.path,),
        facets={
            "unit": row.organisation_id,
            "round": row.round_id,
            "year": row.year,
            "field": row.field,
            "level": row.level_id,
            "form": row.form,
            "nature": row.nature,
        },
        dated=date(row.year, 1, 1),
    )


def _hit(row: Registration) -> Hit:
    told = (row.full_name, row.content, row.scope, row.expected_results)
    return Hit(
        url=reverse("exemplars:detail", args=[row.pk]),
        title=str(row),
        body=" · ".join(filter(None, told)),
        notes=(row.unit_name, str(row.year), row.get_field_display()),
        state=(row.state, row.get_state_display()),
    )


def _seen_by(seat: Seat) -> tuple[str, ...]:
    """Return the same as registrations_visible_to, in terms."""
    inside = below_term(reach_of(seat))
    if seat.role in {Role.CLERK, Role.HEAD}:
        return (inside, facet_term("unit", seat.organisation_id))
    return (inside,)
