"""The checking page: a document beside what was read in it, and every decision on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.audit.queries import history_of
from kheo.directives import actions
from kheo.directives.actions.findings import FindingError, NewFinding, StaleFindingError
from kheo.directives.forms import PlaceForm, ReasonForm, ValueForm, value_form
from kheo.directives.models import Document, Finding, Reading
from kheo.directives.queries.bodies import offered_bodies
from kheo.directives.queries.cases import case_of
from kheo.directives.queries.documents import documents_visible_to
from kheo.directives.queries.finding_words import warning_words
from kheo.directives.queries.findings import (
    day_understood,
    guessed_value,
    is_certain,
    latest_reading,
    progress_of,
    reading_page,
    view_of,
)
from kheo.directives.rules import can_edit_document
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page, wants_part


@require_safe
def show_reading(request: Request, pk: int) -> HttpResponse:
    """Show a document with what was read in it."""
    document = _document(request, pk)
    reading = latest_reading(document)
    if reading is None:
        return render_page(request, "directives/reading_none.html", {"document": document})
    page = reading_page(document, reading)
    context = _frame(request, document) | {
        "page": page,
        "place_form": PlaceForm(),
        "warnings": [warning_words(code) for code in reading.warnings],
        "next_url": _next_url(document),
        "found": _found(request, document, reading),
        "looked_for": request.GET.get("name", ""),
        "history": list(history_of(reading)[:30]),
    }
    return render_page(request, "directives/reading.html", context)


@require_safe
def show_finding(request: Request, pk: int) -> HttpResponse:
    """Show one finding as it stands; htmx puts it back in the list."""
    return _one(request, _finding(request, pk))


@require_POST
def accept_one(request: Request, pk: int, version: int) -> HttpResponse:
    """Take a finding as it was read."""
    return _decide(request, pk, actions.accept_finding, version=version)


@require_POST
def reopen_one(request: Request, pk: int, version: int) -> HttpResponse:
    """Put a finding back to what was proposed."""
    return _decide(request, pk, actions.reopen_finding, version=version)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_one(request: Request, pk: int) -> HttpResponse:
    """Put another value in the place of the one that was read."""
    finding = _finding(request, pk)
    demand(can_edit_document(request.seat, finding.reading.document))
    data = request.POST if request.method == "POST" else None
    form = value_form(finding.field)(data, was=finding.value, auto_id=f"finding-{pk}-%s")
    form.initial = dict(form.initial) | {"version": finding.version}
    if not form.is_valid():
        return _ask(request, finding, form, "correct")
    return _try(
        request,
        finding,
        form,
        "correct",
        lambda version: actions.correct_finding(
            finding=finding,
            value=form.value,
            version=version,
            by=request.seat,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reject_one(request: Request, pk: int) -> HttpResponse:
    """Say that a finding does not hold, and why."""
    finding = _finding(request, pk)
    demand(can_edit_document(request.seat, finding.reading.document))
    data = request.POST if request.method == "POST" else None
    first = {"version": finding.version}
    form = ReasonForm(data, initial=first, auto_id=f"finding-{pk}-%s")
    if not form.is_valid():
        return _ask(request, finding, form, "reject")
    return _try(
        request,
        finding,
        form,
        "reject",
        lambda version: actions.reject_finding(
            finding=finding,
            version=version,
            reason=form.cleaned_data["reason"],
            by=request.seat,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def accept_all_certain(request: Request, pk: int) -> HttpResponse:
    """Accept what is certain at once, after showing how much that is."""
    document = _document(request, pk)
    demand(can_edit_document(request.seat, document))
    reading = _reading(document)
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            count = actions.accept_certain(
                reading=reading,
                version=int(version) if version.isdecimal() else 0,
                by=request.seat,
                at=timezone.now(),
            )
        except StaleFindingError as error:
            messages.error(request, str(error))
            return redirect("directives:accept-certain", pk)
        done = ngettext("%s finding is accepted.", "%s findings are accepted.", count)
        messages.success(request, done % count)
        return redirect("directives:reading", pk)
    return render_page(request, "directives/reading_certain.html", _certain(document, reading))


@require_http_methods(["GET", "HEAD", "POST"])
def add_one(request: Request, pk: int) -> HttpResponse:
    """Mark words of the text and say what they mean."""
    document = _document(request, pk)
    demand(can_edit_document(request.seat, document))
    reading = _reading(document)
    asked = request.POST if request.method == "POST" else request.GET
    place = PlaceForm(asked, text=reading.text, auto_id="place-%s")
    if not place.is_valid():
        context = _frame(request, document) | {"place_form": place}
        return render_page(
            request, "directives/reading_add.html", context, part="adding", status=422
        )
    form = _new_value(request, place)
    if form.is_bound and form.is_valid():
        try:
            row = actions.add_finding(
                reading=reading, new=_new(place, form), by=request.seat, at=timezone.now()
            )
        except FindingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The finding is added."))
            return redirect(_place_of(document, row.pk))
    context = _frame(request, document) | {"place_form": place, "form": form}
    return render_page(
        request,
        "directives/reading_add.html",
        context,
        part="adding",
        status=422 if form.errors else 200,
    )


@require_POST
def name_body(request: Request, pk: int) -> HttpResponse:
    """Say which organisation a name in the document means."""
    document = _document(request, pk)
    chosen = request.POST.get("organisation", "")
    try:
        actions.choose_body(
            reading=_reading(document),
            name=request.POST.get("name", ""),
            organisation_id=int(chosen) if chosen.isdecimal() else None,
            by=request.seat,
            at=timezone.now(),
        )
    except FindingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Noted what the name means, wherever it stands."))
    return redirect(f"{reverse('directives:reading', args=[pk])}#bodies")


@require_safe
def download_case(request: Request, pk: int) -> HttpResponse:
    """Give what was checked as a test case for the reader."""
    document = _document(request, pk)
    reading = _reading(document)
    case = case_of(reading, Finding.objects.filter(reading=reading).order_by("start", "ordinal"))
    answer = JsonResponse(case, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="document-{document.pk}-case.json"'
    return answer


def _document(request: Request, pk: int) -> Document:
    rows = documents_visible_to(request.seat).select_related("owner__kind", "issuer")
    return get_object_or_404(rows.defer("text"), pk=pk)


def _reading(document: Document) -> Reading:
    reading = latest_reading(document)
    if reading is None:
        raise Http404
    return reading


def _finding(request: Request, pk: int) -> Finding:
    rows = Finding.objects.select_related(
        "reading__document__owner__kind", "reading__document__issuer"
    ).defer("reading__text", "reading__document__text")
    return get_object_or_404(rows, pk=pk, reading__document__in=documents_visible_to(request.seat))


def _frame(request: Request, document: Document) -> dict[str, Any]:
    return {"document": document, "may": can_edit_document(request.seat, document)}


def _decide(
    request: Request, pk: int, deed: Callable[..., Finding], *, version: int
) -> HttpResponse:
    finding = _finding(request, pk)
    try:
        row = deed(finding=finding, version=version, by=request.seat, at=timezone.now())
    except StaleFindingError as error:
        return _conflict(request, finding, str(error))
    return _done(request, row)


def _try(
    request: Request,
    finding: Finding,
    form: ValueForm | ReasonForm,
    way: str,
    deed: Callable[[int], Finding],
) -> HttpResponse:
    """Do what a form asks; after a conflict the form stays, beside what stands there now."""
    try:
        row = deed(form.cleaned_data["version"] or 0)
    except StaleFindingError as error:
        fresh = _finding(request, finding.pk)
        # what was typed stays; whoever sends it again has seen the other's decision
        form.data = {**form.data.dict(), "version": str(fresh.version)}  # type: ignore[attr-defined]
        form.add_error(None, str(error))
        return _ask(request, fresh, form, way)
    return _done(request, row)


def _ask(
    request: Request, finding: Finding, form: ValueForm | ReasonForm, way: str
) -> HttpResponse:
    document = finding.reading.document
    context = _frame(request, document) | {
        "view": view_of(finding),
        "form": form,
        "way": way,
        "action": request.path,
    }
    template = "directives/_finding_form.html" if wants_part(request) else "directives/finding.html"
    return render_page(request, template, context, status=422 if form.errors else 200)


def _conflict(request: Request, finding: Finding, trouble: str) -> HttpResponse:
    if not wants_part(request):
        messages.error(request, trouble)
        return redirect(_place_of(finding.reading.document, finding.pk))
    return _one(request, _finding(request, finding.pk), trouble)


def _one(request: Request, finding: Finding, trouble: str = "") -> HttpResponse:
    document = finding.reading.document
    if not wants_part(request):
        return redirect(_place_of(document, finding.pk))
    context = _frame(request, document) | {"view": view_of(finding), "trouble": trouble}
    return render_page(request, "directives/_finding.html", context)


def _done(request: Request, row: Finding) -> HttpResponse:
    finding = _finding(request, row.pk)
    document = finding.reading.document
    if not wants_part(request):
        return redirect(_place_of(document, row.pk))
    context = _frame(request, document) | {
        "view": view_of(finding),
        "page": progress_of(document, finding.reading),
        "next_url": _next_url(document),
        "swapped": True,
    }
    return render_page(request, "directives/_decided.html", context)


def _place_of(document: Document, finding_pk: int) -> str:
    return f"{reverse('directives:reading', args=[document.pk])}#finding-{finding_pk}"


def _certain(document: Document, reading: Reading) -> dict[str, Any]:
    rows = Finding.objects.filter(reading=reading).order_by("start", "ordinal")
    views = [view_of(row) for row in rows if is_certain(row)]
    return {
        "document": document,
        "views": views,
        "question": ngettext(
            "Accept %s certain finding?", "Accept %s certain findings?", len(views)
        )
        % len(views),
        "deed": _("Accept all of these"),
        "action_url": reverse("directives:accept-certain", args=[document.pk]),
        "back_url": reverse("directives:reading", args=[document.pk]),
        "hidden": {"version": str(reading.version)},
    }


def _new_value(request: Request, place: PlaceForm) -> ValueForm:
    field = place.cleaned_data["field"]
    words = " ".join(place.cleaned_data["words"].split())
    form = value_form(field)
    shown = form.shown(guessed_value(field, words))
    # where the reader makes nothing of it, the words themselves are a beginning
    first = {name: words for name in ("text", "title", "content") if not shown.get(name)} | shown
    typed = request.POST if request.method == "POST" else None
    return form(typed, initial=first, auto_id="new-%s")


def _new(place: PlaceForm, form: ValueForm) -> NewFinding:
    data = place.cleaned_data
    return NewFinding(field=data["field"], start=data["start"], end=data["end"], value=form.value)


def _found(request: Request, document: Document, reading: Reading) -> list[Any]:
    words = request.GET.get("q", "").strip()
    if not words:
        return []
    return offered_bodies(words, owner=document.owner, day=day_understood(document, reading))


def _next_url(document: Document) -> str:
    """Return where work is made of the document, where that room is there."""
    try:
        return reverse("planning:proposals", args=[document.pk])
    except NoReverseMatch:
        return ""
