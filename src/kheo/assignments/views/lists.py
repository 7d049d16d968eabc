"""The lists of tasks, one's own and those given, and the page of one task."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.assignments.enums import PartState, TaskState
from kheo.assignments.forms.tasks import TaskFilterForm
from kheo.assignments.queries.one import task_page
from kheo.assignments.queries.visible import (
    TaskFilter,
    documents_with_tasks,
    given_tasks,
    narrowed_parts,
    own_parts,
)
from kheo.assignments.rules.deeds import can_give_tasks
from kheo.assignments.views.finding import visible_task, with_lateness
from kheo.audit.queries import history_of
from kheo.notices.rules import organisations_of
from kheo.organisations.http import Request
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def own_list(request: Request) -> HttpResponse:
    """Show what the seat's own unit has to do, what is due soonest first."""
    today = timezone.localdate()
    form, chosen = _filter(request, PartState.choices)
    page = page_of(narrowed_parts(own_parts(request.seat), chosen, today), request)
    context = {
        "filters": form,
        "page": page,
        "rows": with_lateness(page.rows, today),
        "own": True,
        "may_give": can_give_tasks(request.seat, request.seat.organisation),
    }
    return render_page(request, "assignments/own.html", context, part="tasks")


@require_safe
def given_list(request: Request) -> HttpResponse:
    """Show the tasks this seat sees, late ones first, with how their parts stand."""
    form, chosen = _filter(request, TaskState.choices)
    page = page_of(given_tasks(request.seat, chosen, timezone.localdate()), request)
    context = {
        "filters": form,
        "page": page,
        "own": False,
        "may_give": can_give_tasks(request.seat, request.seat.organisation),
    }
    return render_page(request, "assignments/given.html", context, part="tasks")


@require_safe
def task_detail(request: Request, pk: int) -> HttpResponse:
    """Show a task, who has a part in it, and how far each has come."""
    task = visible_task(request, pk)
    today = timezone.localdate()
    page = task_page(request.seat, task, today)
    context = {
        "page": page,
        "task": task,
        "rows": with_lateness(page.parts, today),
        "history": list(history_of(task)[:50]) if _sees_history(request, task.owner_id) else [],
    }
    return render_page(request, "assignments/detail.html", context)


def _filter(request: Request, states: list[Any]) -> tuple[TaskFilterForm, TaskFilter]:
    documents = documents_with_tasks(request.seat)
    form = TaskFilterForm(request.GET, documents=documents, states=states)
    data = form.cleaned_data if form.is_valid() else {}
    document = data.get("document")
    return form, TaskFilter(
        q=data.get("q", ""),
        state=data.get("state", ""),
        late=data.get("late", False),
        document=document.pk if document else None,
    )


def _sees_history(request: Request, owner: int) -> bool:
    return owner in organisations_of(request.seat)
