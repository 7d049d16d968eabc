"""What the page of one round shows, shared by the page and whoever else asks."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kheo.directives.models import Origin
from kheo.directives.queries import origins_of
from kheo.organisations.models import Seat
from kheo.organisations.rules import reaches
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Audience, Participation, Round
from kheo.rounds.queries.asked import audiences_of
from kheo.rounds.queries.quotas import QuotaLine, quota_lines
from kheo.rounds.queries.visible import (
    RoundFigures,
    audience_sizes,
    extended_parts,
    round_figures,
)

MOST_EXTENSIONS = 100


@dataclass(frozen=True)
class AudienceRow:
    """One audience as the page shows it."""

    audience: Audience
    units: int | None
    described: str
    origins: list[Origin]


@dataclass(frozen=True)
class RoundPage:
    """All the page of one round shows besides the round itself."""

    turn: str | Promise
    figures: RoundFigures | None
    audiences: list[AudienceRow]
    own_part: Participation | None
    own_quotas: list[QuotaLine]
    origins: list[Origin]
    extensions: list[Participation]


def round_page(seat: Seat, round: Round) -> RoundPage:
    """Return what the page of a round shows to a seat, in a fixed number of statements."""
    asked = round.state != RoundState.DRAFT
    organiser_sees = reaches(seat, round.organiser_path)
    below = round.organiser_id if organiser_sees else seat.organisation.reach_id
    figures = round_figures(round, below) if asked else None
    sizes = audience_sizes(round) if asked and organiser_sees else {}
    own = _own_part(seat, round) if asked else None
    audiences = audiences_of(round)
    if not organiser_sees and own is not None:
        audiences = [audience for audience in audiences if audience.pk == own.audience_id]
    sources = origins_of("rounds.audience", [audience.pk for audience in audiences])
    told = {origin.finding_id for rows in sources.values() for origin in rows}
    own_sources = origins_of("rounds.round", [round.pk]).get(round.pk, [])
    return RoundPage(
        turn=_turn(round, figures),
        figures=figures,
        audiences=[
            AudienceRow(
                audience,
                sizes.get(audience.pk),
                described(audience),
                sources.get(audience.pk, []),
            )
            for audience in audiences
        ],
        own_part=own,
        own_quotas=quota_lines(own) if own else [],
        # what stands at an audience need not stand twice
        origins=[origin for origin in own_sources if origin.finding_id not in told],
        extensions=list(extended_parts(seat, round)[:MOST_EXTENSIONS]) if asked else [],
    )


def described(audience: Audience) -> str:
    """Return in words whom an audience describes; needs kinds, levels and listed prefetched."""
    kinds = ", ".join(kind.name for kind in audience.kinds.all())
    levels = ", ".join(level.name for level in audience.levels.all())
    parts = [kinds] if kinds else []
    if levels:
        parts.append(_("level: %s") % levels)
    listed = [unit.label for unit in audience.listed.all()]
    words = "; ".join(parts)
    if not listed:
        return words
    names = ", ".join(listed[:5]) + (" …" if len(listed) > 5 else "")
    return f"{words}; {names}" if words else names


def _own_part(seat: Seat, round: Round) -> Participation | None:
    ids = (seat.organisation_id, seat.organisation.reach_id)
    parts = round.participations.filter(organisation_id__in=ids)
    return parts.select_related("audience", "round").first()


def _turn(round: Round, figures: RoundFigures | None) -> str:
    if round.state == RoundState.DRAFT:
        return _("The organiser's officer: complete the steps and publish.")
    if round.state == RoundState.CLOSED or figures is None:
        return _("Nobody: the round is closed.")
    if figures.waiting:
        return ngettext(
            "%(count)s unit has handed in nothing yet.",
            "%(count)s units have handed in nothing yet.",
            figures.waiting,
        ) % {"count": figures.waiting}
    return _("The organiser's officer: check what came in.")
