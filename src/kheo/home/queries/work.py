"""What is due from a seat: its own unit's part in rounds, and what waits from those below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from kheo.assignments.enums import PartState
from kheo.assignments.queries.visible import owing_parts, parts_to_answer
from kheo.exemplars.enums import State
from kheo.exemplars.queries.earlier import continuable_registrations
from kheo.exemplars.queries.listing import queue_of
from kheo.home.queries.items import WorkItem, capped, count_of
from kheo.home.queries.life import life_items
from kheo.home.queries.reports import report_items
from kheo.notices.queries import waiting_count
from kheo.organisations.enums import Role
from kheo.organisations.models import Invitation, Organisation, Seat, below
from kheo.organisations.rules import reach_of
from kheo.reporting.queries.board import Totals, totals_of_rounds
from kheo.rounds.enums import OWING, RoundState, UnitState
from kheo.rounds.models import Participation, Round
from kheo.rounds.queries.visible import rounds_visible_to
from kheo.visits.queries.visible import owed_advice

ENDING_DAYS = 30
MOST_ROUNDS = 6
MOST_TASKS = 10
READERS = frozenset({Role.OFFICER, Role.LEADER, Role.INSPECTOR, Role.COUNCIL})


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """An open round with the totals of the part a seat sees."""

    round: Round
    totals: Totals
    area: int


@dataclass(frozen=True, slots=True)
class WorkPage:
    """The first page: what is due, late things first, and how the rounds stand."""

    items: list[WorkItem]
    summaries: list[RoundSummary]
    role: str


def work_page(seat: Seat, now: datetime) -> WorkPage:
    """Return all that is due from a seat; the number of statements depends on its role alone."""
    today = timezone.localdate(now)
    items: list[WorkItem] = []
    summaries: list[RoundSummary] = []
    if seat.role in {Role.CLERK, Role.HEAD}:
        items = _unit_items(seat, today)
    if seat.role in READERS:
        summaries = _summaries(seat, today)
    if seat.role == Role.OFFICER:
        items = _officer_items(seat, summaries, today)
    if seat.role == Role.HEAD:
        items += _outbox_items(seat)
    if seat.role in {Role.CLERK, Role.HEAD, Role.OFFICER}:
        items += [*_task_items(seat, today), *_answer_items(seat), *_advice_items(seat, today)]
    if seat.role == Role.ADMINISTRATOR:
        items = _administrator_items(seat, now)
    items += [*life_items(seat, today), *report_items(seat, today)]
    ordered = sorted(items, key=lambda item: (not item.late, item.due_on or date.max))
    return WorkPage(ordered, summaries, seat.role)


def _unit_items(seat: Seat, today: date) -> list[WorkItem]:
    parts = list(_parts_due(seat))
    items = [_part_item(part, seat, today) for part in parts]
    newest = max(parts, key=lambda part: part.round.year, default=None)
    if newest is not None and (earlier := continuable_registrations(newest).count()):
        words = ngettext(
            "%(count)s model of earlier years is not yet in the round of %(year)s",
            "%(count)s models of earlier years are not yet in the round of %(year)s",
            earlier,
        )
        items.append(
            WorkItem(
                title=words % {"count": earlier, "year": newest.round.year},
                detail=_(
                    "Continue each in one step, or all together; or leave out what has ended."
                ),
                button=_("Continue models"),
                url=reverse("exemplars:unit-round", args=[newest.pk]),
                icon="arrow-repeat",
                due_on=newest.due_on,
            )
        )
    return items


def _parts_due(seat: Seat) -> QuerySet[Participation]:
    """Return the unit's parts in open rounds where something is still to be done."""
    return (
        Participation.objects.filter(
            Q(state__in=OWING) | Q(state=UnitState.SUBMITTED, is_short=True),
            organisation=seat.organisation_id,
            round__state=RoundState.OPEN,
        )
        .select_related("round")
        .annotate(
            correct_by=Min(
                "registrations__return_due_on", filter=Q(registrations__state=State.RETURNED)
            )
        )
        .order_by("due_on", "pk")
    )


def _part_item(part: Participation, seat: Seat, today: date) -> WorkItem:
    state = UnitState(part.state)
    due_on = getattr(part, "correct_by", None) or part.due_on
    handed_in = state == UnitState.SUBMITTED
    detail, button = _next_step(state, seat.role)
    return WorkItem(
        title=part.round.title,
        detail=detail,
        button=button,
        url=reverse("exemplars:unit-round", args=[part.pk]),
        icon="pencil-square",
        due_on=due_on,
        late=due_on < today and not handed_in,
        state=state.value,
        state_label=str(state.label),
    )


def _next_step(state: UnitState, role: str) -> tuple[str, str]:
    """Return what the unit has to do next, and the words of the button."""
    is_head = role == Role.HEAD
    steps = {
        UnitState.NOT_STARTED: (_("Nothing has been entered yet."), _("Start registering")),
        UnitState.DRAFT: (
            _("Drafts wait for the signature of the head of the unit."),
            _("Read and sign off") if is_head else _("Continue writing"),
        ),
        UnitState.SIGNED_OFF: (
            _("Signed off, but not yet submitted to the level above."),
            _("Submit"),
        ),
        UnitState.RETURNED: (
            _("The level above asks for corrections; its remarks stand beside the items."),
            _("Correct and complete"),
        ),
        UnitState.SUBMITTED: (
            _("Submitted, but fewer than the round asks for."),
            _("Register more"),
        ),
    }
    return steps[state]


def _summaries(seat: Seat, today: date) -> list[RoundSummary]:
    """Return the newest open rounds a seat sees, with totals from the tallies."""
    rounds = list(rounds_visible_to(seat).filter(state=RoundState.OPEN)[:MOST_ROUNDS])
    reach = reach_of(seat)
    own = int(reach.strip(".").rpartition(".")[2])
    areas = {
        one.pk: one.organiser_id if one.organiser_path.startswith(reach) else own for one in rounds
    }
    totals = totals_of_rounds(list(areas), list(set(areas.values())), today)
    return [
        RoundSummary(one, totals[key], areas[one.pk])
        for one in rounds
        if (key := (one.pk, areas[one.pk])) in totals
    ]


def _officer_items(seat: Seat, summaries: Iterable[RoundSummary], today: date) -> list[WorkItem]:
    items = [*_queue_items(seat), *_outbox_items(seat)]
    for summary in summaries:
        if late := summary.totals.late_now:
            words = ngettext("%(count)s unit is late", "%(count)s units are late", late)
            items.append(
                WorkItem(
                    title=words % {"count": late},
                    detail=summary.round.title,
                    button=_("Look and remind"),
                    url=f"{reverse('reporting:board', args=[summary.round.pk])}?late=on",
                    icon="clock-history",
                    late=True,
                )
            )
    drafts = Round.objects.filter(
        organiser=seat.organisation.reach_id, state=RoundState.DRAFT
    ).order_by("opens_on")
    items += [
        WorkItem(
            title=one.title,
            detail=_("The round is being prepared; no unit sees it yet."),
            button=_("Continue preparing"),
            url=reverse("rounds:detail", args=[one.pk]),
            icon="calendar-event",
            due_on=one.opens_on,
            late=one.opens_on < today,
        )
        for one in drafts[:MOST_ROUNDS]
    ]
    return items


def _queue_items(seat: Seat) -> list[WorkItem]:
    queue = queue_of(seat)
    oldest = queue.values_list("submitted_at", flat=True).first()
    if oldest is None:
        return []
    count = count_of(queue)
    since = _("The oldest has waited since %s.") % f"{timezone.localtime(oldest):%d/%m/%Y}"
    return [
        WorkItem(
            title=capped(WAITING, count),
            detail=since,
            button=_("Check"),
            url=reverse("exemplars:check"),
            icon="check-circle",
        )
    ]


def _outbox_items(seat: Seat) -> list[WorkItem]:
    waiting = waiting_count(seat)
    if not waiting:
        return []
    words = ngettext(
        "%(count)s message waits in the outbox", "%(count)s messages wait in the outbox", waiting
    )
    return [
        WorkItem(
            title=words % {"count": waiting},
            detail=_("Nobody is told before you have read and sent it."),
            button=_("Read and send"),
            url=reverse("notices:outbox"),
            icon="envelope",
        )
    ]


def _task_items(seat: Seat, today: date) -> list[WorkItem]:
    """Return the tasks with a deadline that the unit still owes; the list has all of them."""
    parts = list(owing_parts(seat).filter(due_on__isnull=False)[: MOST_TASKS + 1])
    items = [
        WorkItem(
            title=part.task.title,
            detail=part.task.document.reference if part.task.document else part.task.owner.name,
            button=_("Report on it"),
            url=reverse("assignments:part", args=[part.pk]),
            due_on=part.due_on,
            late=part.is_late(today),
            state=part.state,
            state_label=str(PartState(part.state).label),
        )
        for part in parts[:MOST_TASKS]
    ]
    if len(parts) > MOST_TASKS:
        last = parts[MOST_TASKS].due_on
        more = WorkItem(
            title=_("Further tasks of your unit"),
            button=_("Show all tasks"),
            url=reverse("assignments:list"),
            due_on=last,
            late=last is not None and last < today,
        )
        items.append(more)
    return items


def _advice_items(seat: Seat, today: date) -> list[WorkItem]:
    """Return what survey teams recommended to the unit and it has not answered yet."""
    return [
        WorkItem(
            title=_("Recommendation after the survey visit: %s") % row,
            detail=str(row.visit),
            button=_("Answer it"),
            url=reverse("visits:advice-detail", args=[row.pk]),
            due_on=row.due_on,
            late=row.is_late(today),
        )
        for row in owed_advice(seat)[:MOST_TASKS]
    ]


def _answer_items(seat: Seat) -> list[WorkItem]:
    if seat.role not in {Role.HEAD, Role.OFFICER} or not (count := count_of(parts_to_answer(seat))):
        return []
    return [
        WorkItem(
            title=capped(TO_ANSWER, count),
            detail=_("Confirm what is done, or return it with what is missing."),
            button=_("Look and answer"),
            url=reverse("assignments:given"),
            icon="check-circle",
        )
    ]


def _administrator_items(seat: Seat, now: datetime) -> list[WorkItem]:
    today = timezone.localdate(now)
    reach = reach_of(seat)
    inside = below(reach, "organisation__path")
    invited = Invitation.objects.filter(
        inside, seat__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    )
    ending = Seat.objects.held(today).filter(
        inside, ends_on__lte=today + timedelta(days=ENDING_DAYS)
    )
    clerks = Seat.objects.held(today).filter(organisation=OuterRef("pk"), role=Role.CLERK)
    unmanned = Organisation.objects.standing(today).filter(~Exists(clerks), below(reach))
    counted = (
        (count_of(invited), INVITED, "organisations:people", "person-plus"),
        (count_of(ending), ENDING, "organisations:people", "clock"),
        (count_of(unmanned), UNMANNED, "organisations:invite", "building"),
    )
    return [
        WorkItem(
            title=capped(words[0], count),
            detail=str(words[1]),
            button=str(words[2]),
            url=reverse(url_name),
            icon=icon,
        )
        for count, words, url_name, icon in counted
        if count
    ]


INVITED = (
    ngettext_lazy(
        "%(count)s invitation is not yet accepted",
        "%(count)s invitations are not yet accepted",
        "count",
    ),
    gettext_lazy("People who have not yet opened the address in their invitation."),
    gettext_lazy("Show invitations"),
)
ENDING = (
    ngettext_lazy("%(count)s seat ends soon", "%(count)s seats end soon", "count"),
    gettext_lazy("Within 30 days nobody will act from it; give it to somebody in time."),
    gettext_lazy("Show people"),
)
UNMANNED = (
    ngettext_lazy(
        "%(count)s organisation has no clerk", "%(count)s organisations have no clerk", "count"
    ),
    gettext_lazy("Nobody there can register anything."),
    gettext_lazy("Invite people"),
)
TO_ANSWER = ngettext_lazy(
    "%(count)s unit says that a task is done",
    "%(count)s units say that a task is done",
    "count",
)
WAITING = ngettext_lazy(
    "%(count)s registration waits to be checked",
    "%(count)s registrations wait to be checked",
    "count",
)
