"""Which registrations a body may put forward from a round, and which of them need a decision."""

from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.lib.text.folding import fold
from kheo.nominations.enums import Answer, Standing
from kheo.nominations.models import Nomination, NominationList
from kheo.organisations.models import below


@dataclass(frozen=True, kw_only=True)
class CandidateFilter:
    """What the list of candidates is narrowed to; ``standing`` is "open", "stopped" or empty."""

    q: str = ""
    field: str = ""
    level: int | None = None
    standing: str = ""


def is_from_below(row: NominationList) -> bool:
    """Tell whether the body stands above the round's organiser: it only gets what was sent up."""
    return not row.owner_path.startswith(row.round.organiser_path)


def candidates_of(row: NominationList) -> QuerySet[Registration]:
    """Return what the body may put forward: accepted in the round, or sent up and taken."""
    accepted = Registration.objects.filter(round=row.round_id, state=State.ACCEPTED)
    if not is_from_below(row):
        return accepted.filter(below(row.owner_path))
    taken = Nomination.objects.filter(
        registration=OuterRef("pk"),
        nomination_list__target=row.owner_id,
        stands=Standing.NOMINATED,
        answer=Answer.ACCEPTED,
    )
    return accepted.filter(Exists(taken))


def registered_above(row: NominationList) -> Q:
    """Return the condition "registered at a level above the body's own"; all that came from below.

    These wait for the level above, so each of them goes up or stops with a reason.
    """
    if is_from_below(row):
        return Q()
    return Q(level__rank__lt=row.owner.level.rank)


def undecided_of(row: NominationList) -> QuerySet[Registration]:
    """Return the candidates that must be decided and have neither a rank nor a reason yet."""
    return candidates_of(row).filter(registered_above(row), ~Exists(_on(row)))


def found_candidates(row: NominationList, chosen: CandidateFilter) -> QuerySet[Registration]:
    """Return the candidates that do not go up, those that must be decided first, then by unit."""
    rows = candidates_of(row).filter(~Exists(_on(row).filter(stands=Standing.NOMINATED)))
    for word in fold(chosen.q).split():
        rows = rows.filter(search_key__contains=word)
    if chosen.field:
        rows = rows.filter(field=chosen.field)
    if chosen.level:
        rows = rows.filter(level=chosen.level)
    stopped = Exists(_on(row).filter(stands=Standing.STOPPED))
    if chosen.standing:
        rows = rows.filter(stopped if chosen.standing == "stopped" else ~stopped)
    first = registered_above(row)
    order = Case(When(first, then=0), default=1) if first else Value(0)
    return rows.select_related("level").order_by(order, "path", "pk")


def _on(row: NominationList) -> QuerySet[Nomination]:
    return Nomination.objects.filter(nomination_list=row.pk, registration=OuterRef("pk"))
