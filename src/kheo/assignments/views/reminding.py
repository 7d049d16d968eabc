"""Reminding the bodies that have not reported: who will be reminded is seen before."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.assignments.actions import TaskError, prepare_task_reminder
from kheo.assignments.models import Task, TaskBody
from kheo.assignments.queries.matrix import Owing, owing_bodies, parts_to_remind
from kheo.assignments.queries.visible import documents_with_tasks
from kheo.assignments.views.finding import visible_task
from kheo.directives.models import Document
from kheo.notices.rules import can_prepare_message, organisations_of
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.rules import demand, reaches
from kheo.ui.pages import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: Request) -> HttpResponse:
    """Show who owes a report on a task or on a paper's tasks, and remind the ticked ones."""
    task, document = _subject(request)
    sender = _sender(request, task)
    demand(can_prepare_message(request.seat, sender))
    today = timezone.localdate()
    found = owing_bodies(parts_to_remind(request.seat, task=task, document=document), today)
    bodies = [body for body in found if reaches(request.seat, body.parts[0].path)]
    if request.method == "POST":
        return _prepare(request, sender, bodies)
    context = {
        "task": task,
        "document": document,
        "bodies": bodies,
        "beyond": len(found) - len(bodies),
    }
    return render_page(request, "assignments/remind.html", context)


def _prepare(request: Request, sender: Organisation, bodies: list[Owing]) -> HttpResponse:
    ticked = set(request.POST.getlist("unit"))
    keys = [
        part.pk for body in bodies if str(body.organisation_id) in ticked for part in body.parts
    ]
    parts = TaskBody.objects.filter(pk__in=keys).select_related("task", "organisation__kind")
    try:
        message = prepare_task_reminder(
            sender=sender,
            parts=list(parts.order_by("task__ordinal", "sort_key", "pk")),
            link=reverse("assignments:list"),
            by=request.seat,
            at=timezone.now(),
        )
    except TaskError:
        messages.warning(request, _("No unit was ticked. Tick those you want to remind."))
        return redirect(request.get_full_path())
    messages.success(
        request,
        _("The reminder waits in the outbox. Read it, change it where needed, and send it."),
    )
    return redirect("notices:message", pk=message.pk)


def _subject(request: Request) -> tuple[Task | None, Document | None]:
    keys = {name: request.GET.get(name, "") for name in ("task", "document")}
    for text in keys.values():
        if text and not (text.isascii() and text.isdigit() and len(text) < 12):
            raise Http404
    if keys["task"]:
        return visible_task(request, int(keys["task"])), None
    if keys["document"]:
        seen = documents_with_tasks(request.seat)
        return None, get_object_or_404(seen, pk=int(keys["document"]))
    return None, None


def _sender(request: Request, task: Task | None) -> Organisation:
    unit = request.seat.organisation
    if task and task.owner_id in organisations_of(request.seat):
        return task.owner
    return unit
