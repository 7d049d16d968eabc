"""What the room offers to be found: organisations by name, people by name, post and unit."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import reach_of
from kheo.search.queries.offers import Hit, Offer, Text, below_term

ORGANISATION, PERSON = "organisation", "person"
# the roles whose menu leads to people
KNOWING_PEOPLE = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.HEAD})


def organisation_offer() -> Offer:
    """Return how organisations are found."""
    return Offer(
        kind=ORGANISATION,
        label=_("organisations"),
        icon="diagram-3",
        records=_organisations,
        text=_organisation_text,
        hit=_organisation_hit,
        seen_by=lambda seat: (below_term(reach_of(seat)),),
        visible=_organisations_in_reach,
    )


def person_offer() -> Offer:
    """Return how people are found: by the seats they hold or held."""
    return Offer(
        kind=PERSON,
        label=_("people"),
        icon="people",
        records=_seats,
        text=_seat_text,
        hit=_seat_hit,
        seen_by=_people_seen_by,
        visible=_people_visible_to,
    )


def _organisations() -> QuerySet[Organisation]:
    return Organisation.objects.select_related("kind").order_by("pk")


def _organisations_in_reach(seat: Seat) -> QuerySet[Organisation]:
    # also those that were dissolved: old names are looked for, too
    rows = Organisation.objects.filter(below(reach_of(seat)))
    return rows.select_related("kind", "parent")


def _organisation_text(row: Organisation) -> Text:
    return Text(
        title=row.name,
        body=f"{row.short_name} {row.code} {row.national_code} {row.kind.name}",
        paths=(row.path,),
        facets={"unit": row.pk, "level": row.level_id},
        dated=row.established_on,
    )


def _organisation_hit(row: Organisation) -> Hit:
    gone = (_("dissolved"),) if row.dissolved_on else ()
    return Hit(
        url=reverse("organisations:detail", args=[row.pk]),
        title=row.name,
        body=row.parent.name if row.parent else "",
        notes=(row.code, row.kind.name, *gone),
    )


def _seats() -> QuerySet[Seat]:
    return Seat.objects.select_related("user", "organisation").order_by("pk")


def _seat_text(row: Seat) -> Text:
    return Text(
        title=row.user.full_name,
        body=f"{row.title} {row.organisation.name}",
        paths=(row.organisation.path,),
        facets={"unit": row.organisation_id, "user": row.user_id},
        dated=row.starts_on,
    )


def _seat_hit(row: Seat) -> Hit:
    ended = (_("until %s") % f"{row.ends_on:%d/%m/%Y}",) if row.ends_on else ()
    return Hit(
        url=reverse("organisations:seat", args=[row.pk]),
        title=row.user.full_name,
        body=f"{row.post} – {row.organisation}",
        notes=ended,
    )


def _people_seen_by(seat: Seat) -> tuple[str, ...]:
    return (below_term(reach_of(seat)),) if seat.role in KNOWING_PEOPLE else ()


def _people_visible_to(seat: Seat) -> QuerySet[Seat]:
    if seat.role not in KNOWING_PEOPLE:
        return Seat.objects.none()
    return _seats().filter(below(reach_of(seat), "organisation__path"))
