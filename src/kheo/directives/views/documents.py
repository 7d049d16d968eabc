"""The pages of the register of documents."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.audit.queries import history_of
from kheo.directives.actions import DocumentError, edit_document, register_document
from kheo.directives.forms import DocumentFilterForm, DocumentForm, initial_of
from kheo.directives.models import Document
from kheo.directives.queries import documents_visible_to, found_documents, twins_of
from kheo.directives.rules import can_edit_document, can_register_document
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def document_list(request: Request) -> HttpResponse:
    """Show the documents this seat sees."""
    filters = DocumentFilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    documents = found_documents(request.seat, **chosen)
    context = {
        "page": page_of(documents, request),
        "filters": filters,
        "may_register": can_register_document(request.seat),
    }
    return render_page(request, "directives/list.html", context, part="documents")


@require_http_methods(["GET", "HEAD", "POST"])
def document_new(request: Request) -> HttpResponse:
    """Enter a document."""
    demand(can_register_document(request.seat))
    organisation = request.seat.organisation
    form = DocumentForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        try:
            document = register_document(
                owner=organisation, facts=form.facts(), by=request.seat, at=timezone.now()
            )
        except DocumentError as error:
            form.add_error(None, str(error))
        else:
            _say_done(request, document, _("The document is entered."))
            return redirect("directives:detail", document.pk)
    return render_page(
        request, "directives/edit.html", {"form": form}, status=422 if form.errors else 200
    )


@require_safe
def document_detail(request: Request, pk: int) -> HttpResponse:
    """Show a document, how it is cited, and its history."""
    document = get_object_or_404(
        documents_visible_to(request.seat).select_related("issuer", "owner"), pk=pk
    )
    context = {
        "document": document,
        "twins": list(twins_of(document)[:5]),
        "history": list(history_of(document)[:50]),
        "may_edit": can_edit_document(request.seat, document),
    }
    return render_page(request, "directives/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: Request, pk: int) -> HttpResponse:
    """Correct a document."""
    document = get_object_or_404(documents_visible_to(request.seat), pk=pk)
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
            _say_done(request, document, _("The document is saved."))
            return redirect("directives:detail", pk)
    context = {"form": form, "document": document}
    return render_page(request, "directives/edit.html", context, status=422 if form.errors else 200)


def _say_done(request: Request, document: Document, done: str) -> None:
    messages.success(request, done)
    if twins_of(document).exists():
        messages.warning(
            request,
            _("Another entry has the same symbol, issuer and date: probably the same document."),
        )
