"""The pages of the register of documents: list, one document, entering, correcting, deleting."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.audit.queries import history_of
from kheo.directives.actions import (
    DocumentError,
    KnownDocumentError,
    delete_document,
    edit_document,
    register_document,
)
from kheo.directives.forms import DocumentFilterForm, DocumentForm, initial_of
from kheo.directives.forms.relations import PaperFileForm, RelationForm
from kheo.directives.queries.arrivals import arrivals_of
from kheo.directives.queries.documents import (
    found_documents,
    keeping_organisation,
    listed_documents,
)
from kheo.directives.queries.family import family_of
from kheo.directives.queries.hanging import work_hanging_on
from kheo.directives.queries.relations import relations_of
from kheo.directives.queries.twins import twins_of
from kheo.directives.rules import can_delete_document, can_edit_document, can_register_document
from kheo.directives.views.finding import say_entered, visible_document
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

MOST_WAITING = 10


@require_safe
def document_list(request: Request) -> HttpResponse:
    """Show the documents this seat sees, the box for files, and what waits to be entered."""
    filters = DocumentFilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    may_register = can_register_document(request.seat)
    context = {
        "page": page_of(listed_documents(found_documents(request.seat, **chosen)), request),
        "filters": filters,
        "is_filtered": any(chosen.values()),
        "may_register": may_register,
        "file_form": PaperFileForm(),
        "limit_mib": settings.IMPORT_LIMIT_MIB,
        "waiting": list(arrivals_of(request.seat)[:MOST_WAITING]) if may_register else [],
    }
    return render_page(request, "directives/list.html", context, part="documents")


@require_http_methods(["GET", "HEAD", "POST"])
def document_new(request: Request) -> HttpResponse:
    """Enter a document by hand."""
    demand(can_register_document(request.seat))
    form = DocumentForm(request.POST or None, organisation=request.seat.organisation)
    known = None
    if form.is_valid():
        try:
            document = register_document(
                owner=keeping_organisation(request.seat),
                facts=form.facts(),
                is_another="is_another" in request.POST,
                by=request.seat,
                at=timezone.now(),
            )
        except KnownDocumentError as error:
            known = error.known
            form.offer_another()
            form.add_error(None, str(error))
        except DocumentError as error:
            form.add_error(None, str(error))
        else:
            say_entered(request, document, _("The document is entered."))
            return redirect("directives:detail", document.pk)
    context = {"form": form, "known": known}
    return render_page(request, "directives/edit.html", context, status=422 if form.errors else 200)


@require_safe
def document_detail(request: Request, pk: int) -> HttpResponse:
    """Show a document: its facts, files, relations, family and history."""
    return render_page(request, "directives/detail.html", detail_context(request, pk))


def detail_context(request: Request, pk: int) -> dict[str, object]:
    """Return what the page of a document shows; also for a form on it that was refused."""
    document = visible_document(request, pk)
    may_edit = can_edit_document(request.seat, document)
    return {
        "document": document,
        "twins": list(twins_of(document)[:5]),
        "files": list(document.files.all()),
        "relations": relations_of(document, request.seat),
        "family": family_of(document, request.seat),
        "reading": document.readings.defer("text", "facts").first(),
        "relation_form": RelationForm() if may_edit else None,
        "file_form": PaperFileForm(auto_id="add_%s") if may_edit else None,
        "history": list(history_of(document)[:50]),
        "may_edit": may_edit,
        "may_delete": can_delete_document(request.seat, document, work_hanging_on(document)),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: Request, pk: int) -> HttpResponse:
    """Correct a document."""
    document = visible_document(request, pk)
    demand(can_edit_document(request.seat, document))
    form = DocumentForm(
        request.POST or None,
        initial=initial_of(document),
        organisation=request.seat.organisation,
    )
    if form.is_valid():
        try:
            edit_document(
                document=document,
                facts=form.facts(),
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except DocumentError as error:
            form.add_error(None, str(error))
        else:
            document.refresh_from_db()
            say_entered(request, document, _("The document is saved."))
            return redirect("directives:detail", pk)
    context = {"form": form, "document": document}
    return render_page(request, "directives/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def document_delete(request: Request, pk: int) -> HttpResponse:
    """Ask once more, and delete a document on which nothing hangs."""
    document = visible_document(request, pk)
    verdict = can_delete_document(request.seat, document, work_hanging_on(document))
    if request.method == "POST":
        demand(verdict)
        try:
            delete_document(document=document, by=request.seat, at=timezone.now())
        except DocumentError as error:
            messages.error(request, str(error))
            return redirect("directives:detail", pk)
        messages.success(request, _("“%s” is deleted.") % document.reference)
        return redirect("directives:list")
    context = {"document": document, "may_delete": verdict}
    return render_page(request, "directives/delete.html", context)
