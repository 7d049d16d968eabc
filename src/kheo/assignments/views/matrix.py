"""The matrix of tasks and bodies."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.assignments.enums import PartState
from kheo.assignments.queries.matrix import COLUMNS, task_matrix
from kheo.assignments.queries.visible import documents_with_tasks, tasks_visible_to
from kheo.directives.models import Document
from kheo.organisations.http import Request
from kheo.ui.pages import render_page
from kheo.ui.paging import page_number

MOST_DOCUMENTS = 100


@require_safe
def show_matrix(request: Request) -> HttpResponse:
    """Show how every body stands with every task of a document, late ones in front."""
    documents = list(documents_with_tasks(request.seat)[:MOST_DOCUMENTS])
    document = _chosen(request, documents)
    first = _first(request)
    matrix = task_matrix(
        request.seat, document, timezone.localdate(), number=page_number(request), first=first
    )
    loose = tasks_visible_to(request.seat).filter(document=None).exists()
    context = {
        "documents": documents,
        "loose": loose,
        "document": document,
        "matrix": matrix,
        "states": PartState.choices,
        "previous_column": max(1, first - COLUMNS) if first > 1 else None,
        "next_column": first + COLUMNS if first + COLUMNS <= matrix.tasks else None,
    }
    return render_page(request, "assignments/matrix.html", context)


def _chosen(request: Request, documents: list[Document]) -> Document | None:
    asked = request.GET.get("document", "")
    if asked == "none":
        return None
    if not asked:
        return documents[0] if documents else None
    for one in documents:
        if str(one.pk) == asked:
            return one
    raise Http404


def _first(request: Request) -> int:
    text = request.GET.get("from", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
