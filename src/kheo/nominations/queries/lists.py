"""Which lists a seat sees, which it could begin, and what came of those sent up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.nominations.enums import Answer, ListState, Standing
from kheo.nominations.models import Nomination, NominationList
from kheo.nominations.rules import can_nominate
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import reach_of
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Participation, Round
from kheo.rounds.queries.visible import own_organiser

MOST_ROUNDS = 20


@dataclass(frozen=True)
class ListLine:
    """A list with how many of its models go up and how they were answered."""

    row: NominationList
    nominated: int
    stopped: int
    waiting: int
    accepted: int

    @property
    def left(self) -> int | None:
        """Return how many places are left; None without a limit."""
        cap = self.row.cap
        return None if cap is None else max(cap - self.nominated, 0)


def nomination_lists_visible_to(seat: Seat) -> QuerySet[NominationList]:
    """Return the body's own lists, those sent to it, and those sent up below the seat's reach.

    What is still being drawn up is seen by the body's own people only.
    """
    own = Q(owner=seat.organisation.reach_id)
    received = Q(target=seat.organisation.reach_id) | below(reach_of(seat), "owner_path")
    rows = NominationList.objects.filter(own | (received & ~Q(state=ListState.DRAFT)))
    return rows.select_related("round", "owner__kind", "owner__level", "target")


def own_lists(seat: Seat) -> QuerySet[NominationList]:
    """Return the lists of the body the seat acts for, newest first."""
    return (
        nomination_lists_visible_to(seat).filter(owner=seat.organisation.reach_id).order_by("-pk")
    )


def received_lists(seat: Seat) -> QuerySet[NominationList]:
    """Return the lists that came to the body the seat acts for or below it, waiting ones first."""
    rows = nomination_lists_visible_to(seat).exclude(owner=seat.organisation.reach_id)
    waiting = Q(state=ListState.SENT, target=seat.organisation.reach_id)
    return rows.exclude(state=ListState.DRAFT).order_by(
        Case(When(waiting, then=0), default=1), "-sent_at", "-pk"
    )


def with_figures(rows: Sequence[NominationList]) -> list[ListLine]:
    """Return lists with their figures, with one statement whatever their number."""
    counted = Nomination.objects.filter(nomination_list__in=rows).values("nomination_list")
    up = Q(stands=Standing.NOMINATED)
    counts = counted.annotate(
        nominated=Count("pk", filter=up),
        stopped=Count("pk", filter=~up),
        waiting=Count("pk", filter=up & Q(answer=Answer.WAITING)),
        accepted=Count("pk", filter=up & Q(answer=Answer.ACCEPTED)),
    ).order_by()
    names = ("nominated", "stopped", "waiting", "accepted")
    figures = {key: numbers for key, *numbers in counts.values_list("nomination_list", *names)}
    return [ListLine(row, *figures.get(row.pk, [0, 0, 0, 0])) for row in rows]


def rounds_to_nominate_from(seat: Seat) -> list[Round]:
    """Return the newest rounds from which the seat's body could begin a list."""
    owner = own_organiser(seat)
    if not can_nominate(seat, owner):
        return []
    begun = NominationList.objects.filter(owner=owner, round=OuterRef("pk"))
    rows = rounds_open_to(owner).filter(~Exists(begun))
    return list(rows.order_by("-year", "-pk")[:MOST_ROUNDS])


def rounds_awaiting_lists(seat: Seat, *, year: int) -> QuerySet[Round]:
    """Return the rounds since a year with models for a level above, and no list of the body yet."""
    owner = own_organiser(seat)
    if not can_nominate(seat, owner) or owner.parent_id is None:
        return Round.objects.none()
    begun = NominationList.objects.filter(owner=owner, round=OuterRef("pk"))
    higher = Registration.objects.filter(
        below(owner.path),
        round=OuterRef("pk"),
        state=State.ACCEPTED,
        level__rank__lt=owner.level.rank,
    )
    rows = rounds_open_to(owner).filter(~Exists(begun), Exists(higher), year__gte=year)
    return rows.order_by("-year", "-pk")


def rounds_open_to(owner: Organisation) -> QuerySet[Round]:
    """Return the published rounds whose units stand below the body, or that sent models up to it.

    A commune that is itself asked by the round registers there; it does not nominate.
    """
    asked = Participation.objects.filter(below(owner.path), round=OuterRef("pk")).exclude(
        organisation=owner.pk
    )
    organises = Q(organiser__in=owner.ancestor_ids) & Exists(asked)
    sent_up = NominationList.objects.filter(round=OuterRef("pk"), target=owner.pk).exclude(
        state=ListState.DRAFT
    )
    published = Round.objects.exclude(state=RoundState.DRAFT)
    return published.filter(organises | Exists(sent_up)).select_related("organiser")


def nominated_to(
    organisation: Organisation, rounds: Collection[Round] | QuerySet[Round]
) -> QuerySet[Registration]:
    """Return what was put forward to a committee from rounds and taken by it, by list and rank."""
    taken = Nomination.objects.filter(
        nomination_list__target=organisation,
        nomination_list__round__in=rounds,
        stands=Standing.NOMINATED,
        answer=Answer.ACCEPTED,
    )
    return Registration.objects.filter(nominations__in=taken).order_by(
        "nominations__nomination_list", "nominations__rank", "pk"
    )
