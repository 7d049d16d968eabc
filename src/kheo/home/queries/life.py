"""What waits from a seat of the life of models after registration: lists, files, scores."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kheo.appraisal.queries.visible import files_waiting_for
from kheo.councils.queries.visible import queue_of_member
from kheo.home.queries.items import WorkItem, capped, count_of
from kheo.nominations.enums import OPEN_STATES, ListState
from kheo.nominations.queries.lists import own_lists, received_lists, rounds_awaiting_lists
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat

MOST_LISTS = 5
RANKING = frozenset({Role.OFFICER, Role.LEADER})
APPRAISING = frozenset({Role.CLERK, Role.HEAD, Role.OFFICER})


def life_items(seat: Seat, today: date) -> list[WorkItem]:
    """Return what waits, with a number of statements that depends on the role alone."""
    items = list(_scoring(seat, today))
    if seat.role in APPRAISING:
        items += _appraising(seat)
    if seat.role in RANKING:
        items += [*_to_answer(seat), *_to_draw_up(seat), *_to_begin(seat, today)]
    return items


def _scoring(seat: Seat, today: date) -> Iterator[WorkItem]:
    """Yield what a member of a council has to score, due on the first day that is set."""
    rows = queue_of_member(seat, open_only=True)
    if not (count := count_of(rows)):
        return
    due_on = rows.aggregate(first=Min("file__council__scores_due_on"))["first"]
    yield WorkItem(
        title=capped(SCORES, count),
        detail=_("The scores of the others are shown once your own are in."),
        button=_("Score them"),
        url=reverse("councils:mine"),
        icon="pencil-square",
        due_on=due_on,
        late=due_on is not None and due_on < today,
    )


def _appraising(seat: Seat) -> Iterator[WorkItem]:
    count = count_of(files_waiting_for(seat))
    if not count:
        return
    is_unit = seat.role != Role.OFFICER
    yield WorkItem(
        title=capped(SELF_SCORES if is_unit else SUPERIOR_SCORES, count),
        detail=str(SCORE_YOURSELF if is_unit else SCORE_BESIDE),
        button=_("Open the files"),
        url=reverse("appraisal:list"),
        icon="pencil-square",
    )


def _to_answer(seat: Seat) -> list[WorkItem]:
    own = seat.organisation.reach_id
    rows = received_lists(seat).filter(state=ListState.SENT, target=own)
    return [
        WorkItem(
            title=_("List of nominations: %s") % row,
            detail=_("Take each model, send it back or keep it at the lower level."),
            button=_("Look and answer"),
            url=reverse("nominations:detail", args=[row.pk]),
            icon="check-circle",
        )
        for row in rows[:MOST_LISTS]
    ]


def _to_draw_up(seat: Seat) -> list[WorkItem]:
    rows = own_lists(seat).filter(state__in=OPEN_STATES)
    return [
        WorkItem(
            title=_("List of nominations: %s") % row,
            detail=row.answer_reason or _("It has not been sent to the level above."),
            button=_("Rank and send"),
            url=reverse("nominations:detail", args=[row.pk]),
            state=row.state,
            state_label=str(row.get_state_display()),
        )
        for row in rows[:MOST_LISTS]
    ]


def _to_begin(seat: Seat, today: date) -> list[WorkItem]:
    return [
        WorkItem(
            title=_("Models to nominate: %s") % round,
            detail=_("Models were registered for the level above; no list has been begun."),
            button=_("Begin the list"),
            url=reverse("nominations:list"),
        )
        for round in rounds_awaiting_lists(seat, year=today.year)[:MOST_LISTS]
    ]


SCORES = ngettext_lazy(
    "%(count)s file waits for your scores", "%(count)s files wait for your scores", "count"
)
SELF_SCORES = ngettext_lazy(
    "%(count)s appraisal file of your unit is to be filled",
    "%(count)s appraisal files of your unit are to be filled",
    "count",
)
SUPERIOR_SCORES = ngettext_lazy(
    "%(count)s appraisal file waits for the superior",
    "%(count)s appraisal files wait for the superior",
    "count",
)
SCORE_YOURSELF = gettext_lazy("Score each criterion, show evidence, and send the file up.")
SCORE_BESIDE = gettext_lazy("Score beside the unit and pass the file to the council.")
