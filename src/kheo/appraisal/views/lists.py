"""The lists of files, those that wait and all in view, the page of one, and its evidence."""

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kheo.appraisal.forms import FileFilterForm
from kheo.appraisal.models import AppraisalFile
from kheo.appraisal.queries.page import file_page
from kheo.appraisal.queries.visible import (
    FileFilter,
    appraisal_files_visible_to,
    files_waiting_for,
    narrowed_files,
    score_evidence_visible_to,
)
from kheo.appraisal.rules.transitions import OFFICERS, UNIT_ROLES
from kheo.audit.queries import history_of
from kheo.organisations.http import Request
from kheo.ui.downloads import file_as_handed_in
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

RELATED = ("criteria_set", "owner", "organisation", "registration", "title_entry", "level", "grade")


@require_safe
def waiting_list(request: Request) -> HttpResponse:
    """Show the files in which the seat has something to do."""
    return _list(request, files_waiting_for(request.seat), "waiting")


@require_safe
def all_list(request: Request) -> HttpResponse:
    """Show all files the seat sees."""
    return _list(request, appraisal_files_visible_to(request.seat), "all")


@require_safe
def file_detail(request: Request, pk: int) -> HttpResponse:
    """Show a file with its three sides beside one another."""
    file = visible_file(request, pk)
    context = {
        "file": file,
        "page": file_page(request.seat, file),
        "history": list(history_of(file)[:50]),
    }
    return render_page(request, "appraisal/detail.html", context)


@require_safe
def evidence_file(request: Request, pk: int) -> FileResponse:
    """Give evidence to those who see its file, never to be shown inside our pages."""
    found = get_object_or_404(score_evidence_visible_to(request.seat), pk=pk)
    stored = found.chosen.file if found.chosen else found.upload
    return file_as_handed_in(stored, found.name, found.media_type)


def visible_file(request: Request, pk: int) -> AppraisalFile:
    """Return a file this seat sees."""
    rows = appraisal_files_visible_to(request.seat).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def _list(request: Request, files: QuerySet[AppraisalFile], which: str) -> HttpResponse:
    form = FileFilterForm(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    chosen = FileFilter(**{name: value for name, value in data.items() if value})
    role = request.seat.role
    context = {
        "filters": form,
        "page": page_of(narrowed_files(files, chosen), request),
        "which": which,
        "is_officer": role in OFFICERS,
        "is_unit": role in UNIT_ROLES,
    }
    return render_page(request, "appraisal/list.html", context, part="files")
