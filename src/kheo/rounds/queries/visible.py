"""Which rounds, periods, layouts and schemes a seat finds, and what the round's page shows."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kheo.lib.text.folding import fold
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import reach_of
from kheo.rounds.enums import LayoutKind, RoundState
from kheo.rounds.models import (
    Audience,
    FieldScheme,
    Layout,
    Participation,
    ParticipationTally,
    Period,
    Round,
)
from kheo.rounds.rules import READERS_OF_DRAFTS


def rounds_visible_to(seat: Seat) -> QuerySet[Round]:
    """Return the rounds of the seat's reach, and the published ones that ask it or those below.

    What is being prepared is seen by those who prepare and decide it only.
    """
    reach = reach_of(seat)
    asked = Participation.objects.filter(
        Q(organisation_id__in=(seat.organisation_id, seat.organisation.reach_id))
        | below(reach, "path"),
        round=OuterRef("pk"),
    )
    published = ~Q(state=RoundState.DRAFT)
    own = below(reach, "organiser_path")
    if seat.role not in READERS_OF_DRAFTS:
        own &= published
    return Round.objects.filter(own | (published & Exists(asked))).select_related(
        "organiser__kind", "period"
    )


def found_rounds(
    seat: Seat, *, year: int | None = None, state: str = "", search: str = ""
) -> QuerySet[Round]:
    """Return the visible rounds of a year and state, newest first, whose title holds a text."""
    rows = rounds_visible_to(seat)
    if year is not None:
        rows = rows.filter(year=year)
    if state:
        rows = rows.filter(state=state)
    return rows.filter(title__icontains=search) if search else rows


def parts_visible_to(seat: Seat, round: Round) -> QuerySet[Participation]:
    """Return the units of a round that lie in the seat's reach, or are the seat's own."""
    own = Q(organisation_id__in=(seat.organisation_id, seat.organisation.reach_id))
    return round.participations.filter(own | below(reach_of(seat), "path"))


def periods_visible_to(seat: Seat) -> QuerySet[Period]:
    """Return the periods of the seat's superiors and of its reach."""
    return Period.objects.filter(
        Q(organiser_id__in=seat.organisation.ancestor_ids)
        | below(reach_of(seat), "organiser__path")
    ).select_related("organiser")


def periods_for(organiser: Organisation) -> QuerySet[Period]:
    """Return the periods an organiser's rounds can belong to: its own and its superiors'."""
    return Period.objects.filter(organiser_id__in=organiser.ancestor_ids)


def layouts_for(organiser: Organisation) -> QuerySet[Layout]:
    """Return the layouts an organiser can use: official ones, its own and its superiors'."""
    usable = Q(is_shipped=True) | Q(issuer_id__in=organiser.ancestor_ids)
    return Layout.objects.filter(usable).order_by("code", "-is_shipped", "pk")


def schemes_for(organiser: Organisation) -> QuerySet[FieldScheme]:
    """Return the schemes of fields an organiser can use."""
    usable = Q(issuer__isnull=True) | Q(issuer_id__in=organiser.ancestor_ids)
    return FieldScheme.objects.filter(usable).order_by("issuer_id", "pk")


def layouts_visible_to(seat: Seat) -> QuerySet[Layout]:
    """Return official layouts, those of the seat's superiors, and those of its reach."""
    return Layout.objects.filter(
        Q(is_shipped=True)
        | Q(issuer_id__in=seat.organisation.ancestor_ids)
        | below(reach_of(seat), "issuer__path")
    ).select_related("issuer", "period")


def schemes_visible_to(seat: Seat) -> QuerySet[FieldScheme]:
    """Return official schemes, those of the seat's superiors, and those of its reach."""
    return (
        FieldScheme.objects.filter(
            Q(issuer__isnull=True)
            | Q(issuer_id__in=seat.organisation.ancestor_ids)
            | below(reach_of(seat), "issuer__path")
        )
        .select_related("issuer")
        .prefetch_related("labels")
        .order_by("issuer_id", "pk")
    )


def own_organiser(seat: Seat) -> Organisation:
    """Return in whose name an officer's seat runs rounds: its committee for an advisory body."""
    if seat.organisation.reach_id == seat.organisation_id:
        return seat.organisation
    return Organisation.objects.select_related("kind", "level").get(pk=seat.organisation.reach_id)


@dataclass(frozen=True)
class RoundFigures:
    """How far the units of a round have come, in the seat's reach."""

    asked: int
    handed_in: int
    short: int
    late: int

    @property
    def waiting(self) -> int:
        """Return how many units have handed in nothing yet."""
        return self.asked - self.handed_in


def round_figures(round: Round, organisation_id: int) -> RoundFigures:
    """Return the figures of a round below an organisation, from the tallies in one statement."""
    rows = ParticipationTally.objects.filter(
        round=round, organisation_id=organisation_id
    ).values_list("has_submitted", "is_short", "submitted_late", "count")
    asked = handed_in = short = late = 0
    for has_submitted, is_short, submitted_late, count in rows:
        asked += count
        handed_in += count * has_submitted
        short += count * is_short
        late += count * submitted_late
    return RoundFigures(asked, handed_in, short, late)


def audience_sizes(round: Round) -> dict[int, int]:
    """Return how many units each audience of a published round took."""
    rows = round.participations.values("audience").annotate(units=Count("pk")).order_by()
    return {row["audience"]: row["units"] for row in rows}


def extended_parts(seat: Seat, round: Round) -> QuerySet[Participation]:
    """Return the visible units of a round that got more time, by name."""
    return parts_visible_to(seat, round).exclude(extension_reason="").order_by("sort_key")


def registration_forms(audience: Audience) -> list[Layout]:
    """Return the forms an audience registers on, as prefetched."""
    return [layout for layout in audience.layouts.all() if layout.kind == LayoutKind.FORM]


def may_open_rounds(seat: Seat) -> bool:
    """Tell whether the seat is an officer's; which rounds it runs, the rules tell."""
    return seat.role == Role.OFFICER


def parts_found(
    seat: Seat, round: Round, *, search: str = "", show: str = ""
) -> QuerySet[Participation]:
    """Return the visible units of a round whose name holds a text, or that got more time."""
    parts = parts_visible_to(seat, round).select_related("audience").order_by("sort_key", "pk")
    words = fold(search)
    if words:
        parts = parts.filter(organisation__search_key__contains=words)
    return parts.exclude(extension_reason="") if show == "extended" else parts
