"""Dropping a file on the register, and entering the document that was read in it."""

from django.contrib import messages
from django.core.files.base import File
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kheo.directives.actions import (
    DocumentError,
    KnownDocumentError,
    Received,
    attach_arrival,
    discard_arrival,
    enter_arrival,
    receive_document,
)
from kheo.directives.enums import Relation
from kheo.directives.forms import DocumentForm
from kheo.directives.forms.relations import PaperFileForm
from kheo.directives.models import Arrival
from kheo.directives.queries.arrivals import found_values, known_as, named_rows
from kheo.directives.queries.documents import documents_visible_to
from kheo.directives.queries.finding_words import warning_words
from kheo.directives.queries.named import named_papers
from kheo.directives.queries.refusals import why_refused
from kheo.directives.queries.scans import text_of_scan
from kheo.directives.rules import can_enter_arrival, can_register_document
from kheo.directives.views.finding import own_arrival, say_entered
from kheo.lib.files.refusals import UnreadableFileError
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: Request) -> HttpResponse:
    """Take a file, read it, and go on to its document; a refused one is told why."""
    demand(can_register_document(request.seat))
    form = PaperFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        received = _received(request, form.cleaned_data["file"])
        if received.arrival is not None:
            return redirect("directives:arrival", received.arrival.pk)
        if received.known is not None:
            messages.info(request, _("This very file is in the register already; here it is."))
            return redirect("directives:detail", received.known.pk)
        form.add_error("file", why_refused(received.refusal, received.limit))
    context = {"form": form}
    return render_page(
        request, "directives/receive.html", context, status=422 if form.errors else 200
    )


def _received(request: Request, file: "File[bytes]") -> Received:
    content = file.read()
    try:
        scanned = text_of_scan(content)
    except UnreadableFileError as error:
        return Received(refusal=error.code, limit=error.limit)
    return receive_document(
        name=file.name or "",
        content=content,
        scanned=scanned,
        by=request.seat,
        at=timezone.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def arrival_enter(request: Request, pk: int) -> HttpResponse:
    """Show what was read in a file, to be corrected and saved as a document."""
    arrival = own_arrival(request, pk)
    demand(can_enter_arrival(request.seat, arrival))
    found = found_values(arrival, request.seat.organisation)
    known = known_as(arrival, found)
    form = DocumentForm(
        request.POST or None,
        initial={name: value.value for name, value in found.items()},
        organisation=request.seat.organisation,
        found=found,
    )
    if known is not None:
        form.offer_another()
    if form.is_valid():
        try:
            document = enter_arrival(
                arrival=arrival,
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
    context = _context(arrival, form) | {"known": known}
    return render_page(
        request, "directives/arrival.html", context, status=422 if form.errors else 200
    )


@require_POST
def arrival_discard(request: Request, pk: int) -> HttpResponse:
    """Throw a waiting file away."""
    arrival = own_arrival(request, pk)
    discard_arrival(arrival=arrival, by=request.seat, at=timezone.now())
    messages.success(request, _("“%s” was thrown away.") % arrival.name)
    return redirect("directives:list")


@require_POST
def arrival_attach(request: Request, pk: int, document_pk: int) -> HttpResponse:
    """Put a waiting file to the document that the register has already."""
    arrival = own_arrival(request, pk)
    document = get_object_or_404(documents_visible_to(request.seat), pk=document_pk)
    try:
        attach_arrival(arrival=arrival, document=document, by=request.seat, at=timezone.now())
    except DocumentError as error:
        messages.error(request, str(error))
        return redirect("directives:arrival", pk)
    messages.success(request, _("“%s” was attached.") % arrival.name)
    return redirect("directives:detail", document_pk)


def _context(arrival: Arrival, form: DocumentForm) -> dict[str, object]:
    papers = named_papers(arrival.facts.get("references", ()))
    rows = named_rows(arrival.organisation, papers)
    return {
        "arrival": arrival,
        "form": form,
        "warnings": [warning_words(code) for code in arrival.warnings],
        "named": [(Relation(row.relation).label, row) for row in rows],
    }
