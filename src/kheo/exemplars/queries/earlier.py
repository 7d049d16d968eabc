"""Earlier registrations that a unit continues, and other units' models it may replicate."""

from collections.abc import Sequence

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


def continuable_by_part(parts: Sequence[Participation]) -> dict[int, list[Registration]]:
    """Return what :func:`continuable_registrations` tells, for many parts of one round at once.

    A number of statements that does not grow with the parts. Of the entries, only what names them
    is fetched.

    :return: the entries by the key of the part.
    """
    if not parts:
        return {}
    round = parts[0].round
    owned = _with_predecessors({part.organisation_id for part in parts})
    asking: dict[int, list[int]] = {}
    for part in parts:
        for owner in owned[part.organisation_id]:
            asking.setdefault(owner, []).append(part.pk)
    entered = Registration.objects.filter(exemplar=OuterRef("exemplar"), round=round)
    rows = (
        Registration.objects.registered()
        .exclude(state=State.DECLINED)
        .filter(
            ~Exists(entered.exclude(state=State.WITHDRAWN)),
            organisation__in=asking,
            year__lt=round.year,
        )
        .only("exemplar_id", "organisation_id", "year", "name", "full_name")
        .order_by("-year", "-pk")
    )
    # of each model the newest entry comes first, and is the one that is kept
    newest: dict[int, dict[int, Registration]] = {part.pk: {} for part in parts}
    for row in rows:
        for key in asking[row.organisation_id]:
            newest[key].setdefault(row.exemplar_id, row)
    return {
        key: sorted(found.values(), key=lambda row: (-row.year, row.pk))
        for key, found in newest.items()
    }


def _with_predecessors(organisations: set[int]) -> dict[int, set[int]]:
    """Return each organisation with all those it followed, as :func:`predecessor_ids` finds."""
    owned = {key: {key} for key in organisations}
    latest = {key: {key} for key in organisations}
    for _generation in range(MAX_GENERATIONS):
        asked = {one for keys in latest.values() for one in keys}
        followed: dict[int, set[int]] = {}
        rows = Succession.objects.filter(successor__in=asked, predecessor__isnull=False)
        for successor, predecessor in rows.values_list("successor_id", "predecessor_id"):
            if predecessor is not None:
                followed.setdefault(successor, set()).add(predecessor)
        if not followed:
            break
        for key, keys in latest.items():
            found = {one for successor in keys for one in followed.get(successor, ())}
            latest[key] = found - owned[key]
            owned[key] |= found
    return owned


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
