"""Who ranks, sends, takes back and answers a list, when, and how many models it may hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.nominations.enums import OPEN_STATES, SETTLED, Answer, ListDeed, ListState, Standing
from kheo.nominations.models import Nomination, NominationList
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no

ROLES = frozenset({Role.OFFICER, Role.LEADER})
# the committees that put models forward; units below register, they do not nominate
COMMITTEES = frozenset({"party_committee", "commune_committee"})


class NominationError(Exception):
    """What was asked cannot be done to the list as it stands; ``reasons`` say why."""

    def __init__(self, *reasons: str) -> None:
        """Keep each reason apart, for a list on the page."""
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class StaleNominationsError(NominationError):
    """Somebody else has changed the list since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            _("Somebody else has changed this since you opened the page. Look at it again.")
        )


class Side(Enum):
    """Who does a deed: the body that nominates, or the committee above it."""

    OWNER = "owner"
    TARGET = "target"


@dataclass(frozen=True)
class Transition:
    """One deed: from which states, by which side."""

    sources: frozenset[ListState]
    side: Side


TRANSITIONS: dict[ListDeed, Transition] = {
    ListDeed.RANK: Transition(frozenset(OPEN_STATES), Side.OWNER),
    ListDeed.SEND: Transition(frozenset(OPEN_STATES), Side.OWNER),
    ListDeed.TAKE_BACK: Transition(frozenset({ListState.SENT}), Side.OWNER),
    ListDeed.ANSWER: Transition(frozenset({ListState.SENT}), Side.TARGET),
    ListDeed.SEND_BACK: Transition(frozenset({ListState.SENT}), Side.TARGET),
}


def can_nominate(seat: Seat, owner: Organisation) -> Verdict:
    """Officers and leaders of a committee, or of its advisory body, put models forward."""
    if seat.role not in ROLES:
        return no(gettext_lazy("Only movement officers and leaders put models forward."))
    if seat.organisation.reach_id != owner.pk:
        return no(gettext_lazy("Only the body's own officers and leaders rank its list."))
    if owner.kind.code not in COMMITTEES:
        return no(gettext_lazy("Only a party committee puts models forward to the level above."))
    return YES


def can_handle_list(deed: ListDeed, seat: Seat, row: NominationList) -> Verdict:
    """Tell whether a seat may do a deed to a list as it stands."""
    arrow = TRANSITIONS[deed]
    verdict = can_nominate(seat, row.owner) if arrow.side == Side.OWNER else _of_target(seat, row)
    if not verdict:
        return verdict
    if row.state not in arrow.sources:
        wanted = ", ".join(str(state.label) for state in ListState if state in arrow.sources)
        return no(
            _("The list is %(state)s; this is only possible while it is: %(wanted)s.")
            % {"state": row.get_state_display(), "wanted": wanted}
        )
    return YES


def places_left(cap: int | None, nominations: Iterable[Nomination]) -> int | None:
    """Return how many more may be put forward; None where the round sets no limit.

    What was kept at the lower level was put forward and keeps its place: S4 §4 says how many are
    put forward, not how many succeed.
    """
    if cap is None:
        return None
    return max(cap - sum(row.stands == Standing.NOMINATED for row in nominations), 0)


def has_place(cap: int | None, taken: int) -> Verdict:
    """Tell whether one more may be put forward when so many are."""
    if cap is not None and taken >= cap:
        return no(
            _(
                "The round lets at most %(cap)s models go up, and %(taken)s are put forward. Let"
                " one of them stop first, with the reason."
            )
            % {"cap": cap, "taken": taken}
        )
    return YES


def is_settled(row: Nomination) -> bool:
    """Tell whether the level above has decided on a model, so that its place is fixed."""
    return row.stands == Standing.NOMINATED and row.answer in SETTLED


def merged_order(rows: list[Nomination], wanted: list[int]) -> list[Nomination]:
    """Return a ranking in which settled models keep their places and the others follow ``wanted``.

    :param rows: the models that go up, by rank.
    :param wanted: keys of nominations in the order asked for; missing ones come last.
    """
    places = {key: place for place, key in enumerate(wanted)}
    movable = [row for row in rows if not is_settled(row)]
    ordered = iter(sorted(movable, key=lambda row: places.get(row.pk, len(places))))
    return [row if is_settled(row) else next(ordered) for row in rows]


def moved_by(ranking: Sequence[int], key: int, step: int) -> list[int]:
    """Return the ranking with one key so many places further down; up when ``step`` is below 0."""
    others = [one for one in ranking if one != key]
    if key not in ranking:
        return others
    place = min(max(ranking.index(key) + step, 0), len(others))
    return [*others[:place], key, *others[place:]]


def typed_order(ranking: Sequence[int], typed: Mapping[int, int]) -> list[int]:
    """Return the ranking by the numbers typed beside it; who was moved goes before who was there.

    :param typed: numbers by key; who has none keeps the number of the own place.
    """
    places = {key: place for place, key in enumerate(ranking, start=1)}
    wanted = {key: typed.get(key, place) for key, place in places.items()}

    def order(key: int) -> tuple[int, int, int]:
        moved = (wanted[key] > places[key]) - (wanted[key] < places[key])
        return wanted[key], moved, places[key]

    return sorted(ranking, key=order)


def state_after(answers: Iterable[str]) -> ListState:
    """Return how a list stands whose models have these answers."""
    given = set(answers)
    if Answer.WAITING in given:
        return ListState.SENT
    return ListState.RETURNED if Answer.RETURNED in given else ListState.ANSWERED


def _of_target(seat: Seat, row: NominationList) -> Verdict:
    if seat.role not in ROLES:
        return no(gettext_lazy("Only movement officers and leaders answer lists."))
    if row.target_id is None or seat.organisation.reach_id != row.target_id:
        return no(gettext_lazy("Only the committee the list was sent to answers it."))
    return YES
