"""Giving, changing, closing and taking over tasks."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.assignments.actions import (
    TaskError,
    close_task,
    create_task,
    edit_task,
    reopen_task,
    take_over_task,
)
from kheo.assignments.enums import Timing
from kheo.assignments.forms.tasks import TaskForm, initial_task
from kheo.assignments.models import Task, TaskBody
from kheo.assignments.queries.naming import known_bodies
from kheo.assignments.rules.deeds import (
    can_close_task,
    can_edit_task,
    can_give_tasks,
    can_reopen_task,
    can_take_over,
)
from kheo.assignments.views.finding import visible_part, visible_task
from kheo.directives.queries.documents import documents_visible_to
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page

TEMPLATE = "assignments/edit.html"


@require_http_methods(["GET", "HEAD", "POST"])
def task_new(request: Request) -> HttpResponse:
    """Give a task by hand."""
    owner = _owner(request)
    demand(can_give_tasks(request.seat, owner))
    initial: dict[str, object] = {"timing": Timing.BY, "document": _asked_document(request)}
    form = _form(request, owner, initial)

    def give() -> Task:
        return create_task(
            owner=owner,
            document=form.cleaned_data["document"],
            terms=form.terms(),
            by=request.seat,
            at=timezone.now(),
        )

    return _save(request, form, give, {})


@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: Request, pk: int) -> HttpResponse:
    """Change a task."""
    task = visible_task(request, pk)
    demand(can_edit_task(request.seat, task))
    form = _form(request, task.owner, initial_task(task), task)
    # a task stays with the paper it came from
    form.fields["document"].disabled = True

    def change() -> Task:
        return edit_task(
            task=task,
            terms=form.terms(),
            seen_version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )

    return _save(request, form, change, {"task": task})


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: Request, pk: int) -> HttpResponse:
    """Make a task of the unit's own out of the superior's."""
    part = visible_part(request, pk)
    demand(can_take_over(request.seat, part))
    form = _form(request, part.organisation or _owner(request), _initial_of_part(part))

    def take() -> Task:
        return take_over_task(
            body=part,
            document=form.cleaned_data["document"],
            terms=form.terms(),
            by=request.seat,
            at=timezone.now(),
        )

    return _save(request, form, take, {"part": part})


@require_http_methods(["GET", "HEAD", "POST"])
def task_close(request: Request, pk: int) -> HttpResponse:
    """Close a task after asking."""
    task = visible_task(request, pk)
    demand(can_close_task(request.seat, task))
    if request.method == "POST":
        close_task(task=task, by=request.seat, at=timezone.now())
        messages.success(request, _("The task is closed."))
        return redirect("assignments:detail", pk)
    return _ask(
        request,
        task,
        question=_("Close this task?"),
        text=_("Nobody reports on it or is reminded of it any more; it can be opened again."),
        deed=_("Close the task"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def task_reopen(request: Request, pk: int) -> HttpResponse:
    """Open a closed task again after asking."""
    task = visible_task(request, pk)
    demand(can_reopen_task(request.seat, task))
    if request.method == "POST":
        reopen_task(task=task, by=request.seat, at=timezone.now())
        messages.success(request, _("The task is open again."))
        return redirect("assignments:detail", pk)
    return _ask(
        request,
        task,
        question=_("Open this task again?"),
        text=_("Its bodies report on it again from where they stood."),
        deed=_("Open the task again"),
    )


def _ask(request: Request, task: Task, *, question: str, text: str, deed: str) -> HttpResponse:
    context = {
        "question": question,
        "text": text,
        "consequences": [str(task)],
        "deed": deed,
        "action_url": request.path,
        "back_url": reverse("assignments:detail", args=[task.pk]),
    }
    return render_page(request, "ui/confirm.html", context)


def _form(
    request: Request, owner: Organisation, initial: dict[str, object], task: Task | None = None
) -> TaskForm:
    return TaskForm(
        request.POST or None,
        initial=initial,
        owner=owner,
        documents=documents_visible_to(request.seat),
        known=known_bodies(task) if task else None,
    )


def _save(
    request: Request, form: TaskForm, deed: Callable[[], Task], context: dict[str, object]
) -> HttpResponse:
    if form.is_valid():
        try:
            task = deed()
        except TaskError as error:
            for reason in error.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("The task is saved."))
            if form.named.unknown:
                words = _(
                    "These names are no organisation of the register, so nobody there sees it: %s."
                )
                messages.warning(request, words % "; ".join(form.named.unknown[:10]))
            return redirect("assignments:detail", task.pk)
    shown = context | {"form": form}
    return render_page(request, TEMPLATE, shown, status=422 if form.errors else 200)


def _owner(request: Request) -> Organisation:
    """Return in whose name the seat gives tasks: its committee's for an advisory body."""
    unit = request.seat.organisation
    return unit.parent if unit.reach_id != unit.pk and unit.parent else unit


def _asked_document(request: Request) -> int | None:
    text = request.GET.get("document", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _initial_of_part(part: TaskBody) -> dict[str, object]:
    """Return what the own task begins with: the superior's words and time, the own direction."""
    task = part.task
    names = ("content", "timing", "starts_on", "due_on", "due_month", "due_day", "time_text")
    values: dict[str, object] = {name: getattr(task, name) for name in names}
    return values | {"directing": part.name, "exceptions": task.exceptions}
