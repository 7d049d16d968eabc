"""The tasks of a document as Word, PDF or Excel."""

from typing import cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.assignments.papers import TaskLine, TaskListPaper, task_list_paper
from kheo.assignments.queries.naming import written_bodies
from kheo.assignments.queries.visible import documents_with_tasks, tasks_visible_to
from kheo.lib.papers.render import Format, render
from kheo.organisations.http import Request

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def task_list_file(request: Request, document: int, fmt: str) -> HttpResponse:
    """Give the list of a document's tasks that this seat sees."""
    if fmt not in MEDIA_TYPES:
        raise Http404
    found = get_object_or_404(documents_with_tasks(request.seat), pk=document)
    rows = tasks_visible_to(request.seat).filter(document=found).select_related("owner__kind")
    tasks = list(rows.order_by("ordinal", "pk"))
    written = written_bodies([task.pk for task in tasks])
    owner = tasks[0].owner
    wish = TaskListPaper(
        unit_name=owner.name,
        is_party=owner.kind.is_party,
        attached_to=f"Kèm theo {found.reference_with_issuer}",
        dated=found.issued_on or timezone.localdate(),
    )
    lines = [TaskLine(task=task, bodies=written.get(task.pk, {})) for task in tasks]
    content = render(task_list_paper(wish, lines), cast("Format", fmt))
    response = HttpResponse(content, content_type=MEDIA_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="nhiem-vu-{found.pk}.{fmt}"'
    return response
