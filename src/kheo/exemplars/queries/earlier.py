"""Earlier registrations that a unit continues, and other units' models it may replicate."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from kheo.exemplars.enums import State
from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.lib.text.folding import fold
from kheo.organisations.models import Seat, Succession
from kheo.rounds.models import Participation

MAX_GENERATIONS = 10


def predecessor_ids(organisation_id: int) -> set[int]:
    """Return the keys of all organisations this one followed, directly or through others."""
    found: set[int] = set()
    latest = {organisation_id}
    for _generation in range(MAX_GENERATIONS):
        rows = Succession.objects.filter(successor__in=latest, predecessor__isnull=False)
        latest = set(rows.values_list("predecessor_id", flat=True)) - found - {organisation_id}
        if not latest:
            break
        found |= latest
    return found


def continuable_registrations(participation: Participation) -> QuerySet[Registration]:
    """Return the unit's latest entry of each model of earlier years not entered in this round.

    Entries that were withdrawn, declined or never submitted are not continued by themselves.
    """
    # of a shared model, each of its units continues its own entry
    own = {participation.organisation_id} | predecessor_ids(participation.organisation_id)
    entered = Registration.objects.filter(
        exemplar=OuterRef("exemplar"), round=participation.round_id
    ).exclude(state=State.WITHDRAWN)
    latest = (
        Registration.objects.registered()
        .exclude(state=State.DECLINED)
        .filter(
            exemplar=OuterRef("exemplar"),
            organisation__in=own,
            year__lt=participation.round.year,
        )
        .order_by("-year", "-pk")
        .values("pk")[:1]
    )
    rows = Registration.objects.filter(
        ~Exists(entered),
        organisation__in=own,
        pk=Subquery(latest),
    )
    return rows.select_related("exemplar", "level").order_by("-year", "pk")


def replicable_exemplars(seat: Seat, text: str) -> QuerySet[Registration]:
    """Return accepted entries of other units found by a text without marks, newest first.

    What was accepted is known to all who take part in the movement; it is there to be replicated.
    """
    rows = Registration.objects.filter(state=State.ACCEPTED)
    for word in fold(text).split()[:8]:
        rows = rows.filter(search_key__contains=word)
    rows = rows.exclude(organisation=seat.organisation_id)
    return rows.select_related("exemplar").order_by("-year", "path", "pk")


def latest_public_registration(exemplar: Exemplar, seat: Seat) -> Registration | None:
    """Return the newest entry of a model that is accepted or that the seat may read."""
    rows = exemplar.registrations.order_by("-year", "-pk")
    accepted = rows.filter(state=State.ACCEPTED).first()
    return (
        accepted
        or registrations_visible_to(seat).filter(exemplar=exemplar).order_by("-year", "-pk").first()
    )
