"""May this seat give, change, close or take over a task, report on a part or answer a report."""

from django.utils.translation import gettext_lazy as _

from kheo.assignments.enums import OWING_PARTS, PartState, TaskState
from kheo.assignments.models import Task, TaskBody
from kheo.notices.rules import organisations_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no

GIVERS = frozenset({Role.OFFICER, Role.HEAD})
WORKERS = frozenset({Role.CLERK, Role.HEAD, Role.OFFICER})


class TaskError(Exception):
    """What was asked cannot be done to a task as it stands; ``reasons`` say why."""

    def __init__(self, *reasons: str) -> None:
        """Keep each reason apart, for a list on the page."""
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class StaleTaskError(TaskError):
    """Somebody else has changed the task since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            str(_("Somebody else has changed this since you opened the page. Look at it again."))
        )


def can_give_tasks(seat: Seat, owner: Organisation) -> Verdict:
    """Officers and heads give tasks in the name of their organisation or its committee."""
    if seat.role not in GIVERS:
        return no(_("Only movement officers and heads give tasks."))
    if owner.pk not in organisations_of(seat):
        return no(_("You cannot give tasks in the name of this organisation."))
    return YES


def can_edit_task(seat: Seat, task: Task) -> Verdict:
    """Whoever gives tasks for the owner changes them while they are open."""
    if not (verdict := can_give_tasks(seat, task.owner)):
        return verdict
    if task.state == TaskState.CLOSED:
        return no(_("The task is closed; open it again first."))
    return YES


def can_direct(seat: Seat, task: Task, directing: set[int]) -> Verdict:
    """Officers and heads of the owner and of a directing body (its keys) see and answer all."""
    if seat.role not in GIVERS:
        return no(_("Only movement officers and heads answer reports on tasks."))
    if not organisations_of(seat) & ({task.owner_id} | directing):
        return no(_("Only the body that gave the task or directs it answers reports on it."))
    return YES


def can_close_task(seat: Seat, task: Task) -> Verdict:
    """Whoever gives tasks for the owner closes an open one."""
    if not (verdict := can_give_tasks(seat, task.owner)):
        return verdict
    return no(_("The task is closed already.")) if task.state == TaskState.CLOSED else YES


def can_reopen_task(seat: Seat, task: Task) -> Verdict:
    """Whoever gives tasks for the owner opens a closed one again."""
    if not (verdict := can_give_tasks(seat, task.owner)):
        return verdict
    return no(_("The task is open.")) if task.state == TaskState.OPEN else YES


def can_report(seat: Seat, body: TaskBody) -> Verdict:
    """Clerks, heads and officers of a body report on its part until it is said to be done."""
    if not (verdict := _of_body(seat, body)):
        return verdict
    if body.state == PartState.DONE:
        return no(_("The part was said to be done; it waits for the answer."))
    if body.state == PartState.CONFIRMED:
        return no(_("The part was confirmed as done."))
    return YES


def can_take_over(seat: Seat, body: TaskBody) -> Verdict:
    """Let a body that owes a part take it over, once, into a task of its own."""
    if not (verdict := _of_body(seat, body)):
        return verdict
    if seat.role not in GIVERS:
        return no(_("Only movement officers and heads give tasks."))
    if body.taken_over_id is not None:
        return no(_("The task has been taken over already."))
    return YES if body.state in OWING_PARTS else no(_("The part is done."))


def can_answer(seat: Seat, body: TaskBody, directing: set[int]) -> Verdict:
    """Let the directing side confirm or return what is said to be done."""
    if not (verdict := can_direct(seat, body.task, directing)):
        return verdict
    if body.task.state == TaskState.CLOSED:
        return no(_("The task is closed; open it again first."))
    if body.state != PartState.DONE:
        return no(_("The body has not said that its part is done."))
    return YES


def can_open_again(seat: Seat, body: TaskBody, directing: set[int]) -> Verdict:
    """Let the directing side open a confirmed part again."""
    if not (verdict := can_direct(seat, body.task, directing)):
        return verdict
    if body.task.state == TaskState.CLOSED:
        return no(_("The task is closed; open it again first."))
    if body.state != PartState.CONFIRMED:
        return no(_("The part was not confirmed."))
    return YES


def _of_body(seat: Seat, body: TaskBody) -> Verdict:
    if not body.is_working:
        return no(_("A directing body has no part of its own to report on."))
    if seat.role not in WORKERS or body.organisation_id not in organisations_of(seat):
        return no(_("Only the people of the body itself report on its part."))
    if body.task.state == TaskState.CLOSED:
        return no(_("The task is closed."))
    return YES
