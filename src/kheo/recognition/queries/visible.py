"""Which proposals, decisions and honours a seat sees; units see nothing before it is announced."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kheo.notices.rules import organisations_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.recognition.enums import DecisionState, ProposalState
from kheo.recognition.models import Decision, Honour, HonourProposal, Revocation

# who looks into the papers of the own body; clerks and council members wait like everybody else
INSIDERS = frozenset({Role.OFFICER, Role.LEADER, Role.HEAD, Role.INSPECTOR})
# who looks into what bodies below prepare
ABOVE = frozenset({Role.OFFICER, Role.LEADER, Role.INSPECTOR})

PAPER = ("act", "track", "state", "year")


@dataclass(frozen=True, kw_only=True)
class HonourFilter:
    """What a list is narrowed to."""

    q: str = ""
    act: str = ""
    track: str = ""
    state: str = ""
    year: int | None = None


def proposals_visible_to(seat: Seat) -> QuerySet[HonourProposal]:
    """Return the body's own proposals, those sent to it, and what was sent below its reach."""
    own = organisations_of(seat)
    sent = ~Q(state=ProposalState.DRAFT)
    seen = Q(pk__in=())
    if seat.role in INSIDERS:
        seen |= Q(organisation__in=own) | (Q(issuer__in=own) & sent)
    if seat.role in ABOVE:
        seen |= below(reach_of(seat), "path") & sent
    return HonourProposal.objects.filter(seen)


def decisions_visible_to(seat: Seat) -> QuerySet[Decision]:
    """Return the body's own decisions, issued ones below it, and announced ones that name a unit.

    A revocation is seen by whoever saw the honours it takes back.
    """
    return Decision.objects.filter(_own_decisions(seat) | _announced_to(seat))


def honours_visible_to(seat: Seat) -> QuerySet[Honour]:
    """Return the honours of the body's own decisions, and announced ones in reach."""
    named = below(reach_of(seat)) | Q(organisation__in=organisations_of(seat))
    announced = Q(decision__state=DecisionState.ANNOUNCED) & named
    return Honour.objects.filter(_own_decisions(seat, "decision__") | announced)


def listed_proposals(seat: Seat, chosen: HonourFilter) -> QuerySet[HonourProposal]:
    """Return the visible proposals that pass a filter, newest first, with how many they name."""
    rows = proposals_visible_to(seat).filter(_condition(chosen, PAPER, "title"))
    rows = rows.annotate(named=Count("candidates")).order_by("-year", "-pk")
    return rows.select_related("issuer", "organisation", "form")


def listed_decisions(seat: Seat, chosen: HonourFilter) -> QuerySet[Decision]:
    """Return the visible decisions that pass a filter, newest first, with what they confer."""
    rows = decisions_visible_to(seat).filter(_condition(chosen, PAPER, "subject"))
    rows = rows.annotate(
        named=_count(Honour.objects.all()), taking=_count(Revocation.objects.all())
    ).order_by("-year", "-pk")
    return rows.select_related("organisation", "form")


def listed_honours(seat: Seat, chosen: HonourFilter) -> QuerySet[Honour]:
    """Return the visible honours that pass a filter, newest year first."""
    asked = _condition(chosen, ("act", "track", "year"), "name", "unit_name")
    rows = honours_visible_to(seat).filter(asked)
    return rows.select_related("decision", "issuer", "form", "exemplar").order_by("-year", "-pk")


def _own_decisions(seat: Seat, prefix: str = "") -> Q:
    seen = Q(pk__in=())
    if seat.role in INSIDERS:
        seen |= Q(**{f"{prefix}organisation__in": organisations_of(seat)})
    if seat.role in ABOVE:
        issued = ~Q(**{f"{prefix}state": DecisionState.DRAFT})
        seen |= below(reach_of(seat), f"{prefix}path") & issued
    return seen


def _announced_to(seat: Seat) -> Q:
    named = below(reach_of(seat)) | Q(organisation__in=organisations_of(seat))
    honours = Honour.objects.filter(named, decision=OuterRef("pk"))
    revoked = Honour.objects.filter(
        named, revoked_by=OuterRef("pk"), decision__state=DecisionState.ANNOUNCED
    )
    return (Q(state=DecisionState.ANNOUNCED) & Q(Exists(honours))) | Q(Exists(revoked))


def _count(rows: QuerySet[Any]) -> Coalesce:
    """Return a count that joins nothing, so that two of them do not multiply."""
    of_decision = rows.filter(decision=OuterRef("pk")).order_by().values("decision")
    return Coalesce(Subquery(of_decision.annotate(count=Count("pk")).values("count")), 0)


def _condition(chosen: HonourFilter, names: tuple[str, ...], *texts: str) -> Q:
    """Return what a filter asks; words are looked for as they are typed, whatever their case."""
    asked = Q()
    for name in names:
        if value := getattr(chosen, name):
            asked &= Q(**{name: value})
    for word in chosen.q.split():
        found = Q()
        for text in texts:
            found |= Q(**{f"{text}__icontains": word})
        asked &= found
    return asked
