"""Deeds on the page of a document: its relations and its files."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kheo.directives.actions import (
    DocumentError,
    add_document_file,
    add_link,
    read_document_file,
    remove_document_file,
    remove_link,
    settle_link,
)
from kheo.directives.enums import Relation
from kheo.directives.forms.relations import PaperFileForm, RelationForm
from kheo.directives.models import DocumentFile, DocumentLink
from kheo.directives.queries.documents import documents_visible_to
from kheo.directives.queries.refusals import why_refused
from kheo.directives.queries.scans import content_of, text_of_scan
from kheo.directives.rules import can_edit_document
from kheo.directives.views.documents import detail_context
from kheo.directives.views.finding import visible_document
from kheo.lib.files.refusals import UnreadableFileError
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.downloads import file_as_handed_in
from kheo.ui.pages import render_page

LONGEST_KEY = 16


@require_POST
def relation_add(request: Request, pk: int) -> HttpResponse:
    """Add a document that this one names."""
    document = visible_document(request, pk)
    demand(can_edit_document(request.seat, document))
    form = RelationForm(request.POST)
    if form.is_valid():
        try:
            add_link(
                document=document,
                relation=Relation(form.cleaned_data["relation"]),
                named=form.named(),
                by=request.seat,
                at=timezone.now(),
            )
        except DocumentError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The relation is kept."))
            return redirect("directives:detail", pk)
    context = detail_context(request, pk) | {"relation_form": form}
    return render_page(request, "directives/detail.html", context, status=422)


@require_POST
def relation_settle(request: Request, pk: int) -> HttpResponse:
    """Say which entry of the register a named document is, or none of them."""
    link = _own_link(request, pk)
    chosen = request.POST.get("target", "")
    target = None
    if chosen:
        rows = documents_visible_to(request.seat)
        target = get_object_or_404(rows, pk=_key(chosen))
    try:
        settle_link(link=link, target=target, by=request.seat, at=timezone.now())
    except DocumentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The relation is kept."))
    return redirect("directives:detail", link.document_id)


@require_POST
def relation_remove(request: Request, pk: int) -> HttpResponse:
    """Take a relation off a document."""
    link = _own_link(request, pk)
    remove_link(link=link, by=request.seat, at=timezone.now())
    messages.success(request, _("The relation is taken off."))
    return redirect("directives:detail", link.document_id)


@require_POST
def file_add(request: Request, pk: int) -> HttpResponse:
    """Attach a file to a document."""
    document = visible_document(request, pk)
    form = PaperFileForm(request.POST, request.FILES, auto_id="add_%s")
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = add_document_file(
                document=document,
                name=file.name or "",
                content=file.read(),
                by=request.seat,
                at=timezone.now(),
            )
        except DocumentError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("“%s” was attached.") % kept.name)
            return redirect("directives:detail", pk)
    context = detail_context(request, pk) | {"file_form": form}
    return render_page(request, "directives/detail.html", context, status=422)


@require_safe
def file_download(request: Request, pk: int) -> FileResponse:
    """Give a file to those who see its document, never to be shown inside our pages."""
    file = _visible_file(request, pk)
    return file_as_handed_in(file.file, file.name, file.content_type)


@require_POST
def file_remove(request: Request, pk: int) -> HttpResponse:
    """Take a file off its document."""
    file = _visible_file(request, pk)
    try:
        remove_document_file(file=file, by=request.seat, at=timezone.now())
    except DocumentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%s” was taken off.") % file.name)
    return redirect("directives:detail", file.document_id)


@require_POST
def file_read(request: Request, pk: int) -> HttpResponse:
    """Read a file of a document, so that what it says can be checked."""
    file = _visible_file(request, pk)
    demand(can_edit_document(request.seat, file.document))
    try:
        read_document_file(
            document=file.document,
            file=file,
            scanned=text_of_scan(content_of(file)),
            by=request.seat,
            at=timezone.now(),
        )
    except UnreadableFileError as error:
        messages.error(request, why_refused(error.code, error.limit))
    except DocumentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The file was read."))
    return redirect("directives:detail", file.document_id)


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else 0


def _own_link(request: Request, pk: int) -> DocumentLink:
    visible: object = documents_visible_to(request.seat).values("pk")
    rows = DocumentLink.objects.select_related("document", "target")
    return get_object_or_404(rows, pk=pk, document__in=visible)


def _visible_file(request: Request, pk: int) -> DocumentFile:
    visible: object = documents_visible_to(request.seat).values("pk")
    return get_object_or_404(
        DocumentFile.objects.select_related("document"), pk=pk, document__in=visible
    )
