"""A list of nominations as its pages show it: ranking, places left, candidates, what one may do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kheo.exemplars.models import Registration
from kheo.exemplars.queries.labels import field_labels, registrable_levels
from kheo.nominations.enums import Answer, ListDeed, ListState, Standing
from kheo.nominations.models import Nomination, NominationList
from kheo.nominations.queries.candidates import is_from_below, undecided_of
from kheo.nominations.rules import can_handle_list, has_place, is_settled, places_left
from kheo.organisations.models import Seat
from kheo.organisations.rules import Verdict

MOST_STOPPED = 100


@dataclass(frozen=True)
class RankedLine:
    """A model that goes up, and whether its place is fixed by an answer."""

    nomination: Nomination
    registration: Registration
    field: str
    settled: bool


@dataclass(frozen=True)
class CandidateLine:
    """A model that does not go up: whether it must be decided, and why it stops if it does."""

    registration: Registration
    field: str
    must_be_decided: bool
    decision: Nomination | None


@dataclass(frozen=True, kw_only=True)
class NominationsPage:
    """A list, what goes up, what stops, how many places are left, and what the seat may do."""

    row: NominationList
    ranking: Sequence[RankedLine]
    stopped: Sequence[CandidateLine]
    stopped_count: int
    left: int | None
    undecided: int
    may: dict[str, Verdict]
    room: Verdict

    @property
    def hidden_stopped(self) -> int:
        """Return how many of those that stop are not shown."""
        return self.stopped_count - len(self.stopped)


def nominations_page(seat: Seat, row: NominationList) -> NominationsPage:
    """Return the page of a list, with a fixed number of statements."""
    fields = dict(field_labels(row.round))
    up = list(_with_models(row).filter(stands=Standing.NOMINATED).order_by("rank", "pk"))
    may = {deed.name.lower(): can_handle_list(deed, seat, row) for deed in ListDeed}
    stops = _with_models(row).filter(stands=Standing.STOPPED)
    open_to_seat = bool(may["rank"])
    cap = row.round.nomination_cap if row.state != ListState.SENT else row.cap
    return NominationsPage(
        row=row,
        ranking=[
            RankedLine(one, one.registration, _field(one.registration, fields), is_settled(one))
            for one in up
        ],
        # the seat that ranks sees those that stop among the candidates
        stopped=[] if open_to_seat else _stopped(stops, fields),
        stopped_count=stops.count(),
        left=places_left(cap, up),
        undecided=undecided_of(row).count() if open_to_seat else 0,
        may=may,
        room=has_place(cap, len(up)),
    )


def candidate_lines(
    row: NominationList, registrations: Sequence[Registration]
) -> list[CandidateLine]:
    """Return a page of candidates with what was decided about each, with two statements."""
    fields = dict(field_labels(row.round))
    decided = {
        one.registration_id: one
        for one in row.nominations.filter(registration__in=[one.pk for one in registrations])
    }
    above = row.owner.level.rank
    from_below = is_from_below(row)
    return [
        CandidateLine(
            one,
            _field(one, fields),
            one.pk not in decided
            and (from_below or (one.level is not None and one.level.rank < above)),
            decided.get(one.pk),
        )
        for one in registrations
    ]


def filter_choices(row: NominationList) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """Return the fields as the round labels them, and the levels, to choose from."""
    levels = [(level.pk, str(level)) for level in registrable_levels()]
    return field_labels(row.round), levels


def waiting_of(page: NominationsPage) -> list[RankedLine]:
    """Return what waits for an answer, by rank."""
    return [line for line in page.ranking if line.nomination.answer == Answer.WAITING]


def _with_models(row: NominationList) -> "QuerySet[Nomination]":
    return row.nominations.select_related("registration__level", "answered_by__user")


def _stopped(rows: "QuerySet[Nomination]", fields: dict[str, str]) -> list[CandidateLine]:
    shown = rows.order_by("registration__path", "pk")[:MOST_STOPPED]
    return [
        CandidateLine(
            one.registration, _field(one.registration, fields), must_be_decided=False, decision=one
        )
        for one in shown
    ]


def _field(registration: Registration, fields: dict[str, str]) -> str:
    return fields.get(registration.field) or str(registration.get_field_display())
