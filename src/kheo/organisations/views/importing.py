"""Import of a whole structure from a file, of the places of today, and the way out again."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.core.files.base import File
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.lib.files.refusals import UnreadableFileError
from kheo.organisations import actions, forms, queries, sheets
from kheo.organisations.http import Request
from kheo.organisations.models import Kind, Organisation
from kheo.organisations.rules import can_manage_organisations, demand, reach_of
from kheo.ui.pages import render_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_PROBLEMS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: Request) -> HttpResponse:
    """Take a file and say, row by row, what importing it would do."""
    demand(can_manage_organisations(request.seat, request.seat.organisation))
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _preview(request, form, form.cleaned_data["file"])
    return _import_form(request, form, status=422 if form.errors else 200)


@require_POST
def import_apply(request: Request) -> HttpResponse:
    """Found everything on the list that was looked at, or nothing."""
    demand(can_manage_organisations(request.seat, request.seat.organisation))
    ticket = request.POST.get("ticket", "")
    try:
        data, filename = actions.kept_upload(ticket=ticket, by=request.seat)
    except actions.UploadGoneError:
        messages.error(request, _("The file is kept for two hours only; choose it again."))
        return redirect("organisations:import")
    preview = _judged(request, data, filename)
    if preview.problems:
        return _show(request, preview, filename, ticket, status=409)
    made = actions.import_structure(
        rows=preview.new, by=request.seat, at=timezone.now(), basis=filename[:300]
    )
    actions.drop_upload(ticket=ticket)
    messages.success(request, _("%s organisations have been founded.") % len(made))
    return redirect("organisations:tree")


@require_POST
def places(request: Request) -> HttpResponse:
    """Found the committees of the provinces and communes of today."""
    demand(can_manage_organisations(request.seat, request.seat.organisation))
    form = forms.PlacesForm(request.POST)
    if not form.is_valid():
        return redirect("organisations:import")
    made = actions.import_places(
        parent=_top(request),
        province=form.cleaned_data["province"],
        by=request.seat,
        at=timezone.now(),
    )
    messages.success(request, _("%s organisations have been founded.") % len(made))
    return redirect("organisations:tree")


@require_safe
def template(request: Request) -> HttpResponse:
    """Send an empty workbook with the right columns and two examples."""
    kinds: Mapping[str, str] = dict(Kind.objects.values_list("code", "name"))
    data = sheets.structure_template(
        dict(kinds), request.seat.organisation.level.name, _top(request).code
    )
    return _workbook(data, "mau-co-cau-to-chuc.xlsx")


@require_safe
def export(request: Request) -> HttpResponse:
    """Send the structure in the reach of the seat as it stands today."""
    visible = queries.organisations_visible_to(request.seat)
    codes = dict(visible.values_list("pk", "code"))
    day = timezone.localdate()
    standing = queries.organisations_as_of(day).filter(organisation__in=visible)
    profiles = standing.order_by("organisation__placements__path")
    data = sheets.structure_workbook(profiles.iterator(), codes)
    return _workbook(data, f"co-cau-to-chuc-{day:%Y-%m-%d}.xlsx")


def _preview(request: Request, form: forms.ImportForm, file: "File[bytes]") -> HttpResponse:
    filename = file.name or ""
    if (file.size or 0) > settings.IMPORT_LIMIT_MIB << 20:
        form.add_error("file", _refusal(UnreadableFileError("too_large")))
        return _import_form(request, form, status=422)
    data = file.read()
    try:
        preview = _judged(request, data, filename)
    except UnreadableFileError as error:
        form.add_error("file", _refusal(error))
        return _import_form(request, form, status=422)
    ticket = ""
    if preview.new and not preview.problems:
        ticket = actions.keep_upload(
            data=data, filename=filename, by=request.seat, at=timezone.now()
        )
    return _show(request, preview, filename, ticket, status=422 if preview.problems else 200)


def _judged(request: Request, data: bytes, filename: str) -> queries.Preview:
    table = sheets.read_structure(data, filename, settings.IMPORT_LIMIT_MIB)
    return queries.preview_structure(
        table, top=_top(request), reach=reach_of(request.seat), day=timezone.localdate()
    )


def _top(request: Request) -> Organisation:
    return Organisation.objects.get(pk=queries.reach_root(request.seat))


def _import_form(request: Request, form: forms.ImportForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "places_form": forms.PlacesForm(),
        "top": _top(request),
        "columns": sheets.COLUMNS,
        "limit": settings.IMPORT_LIMIT_MIB,
    }
    return render_page(request, "organisations/import.html", context, status=status)


def _show(
    request: Request, preview: queries.Preview, filename: str, ticket: str, status: int
) -> HttpResponse:
    context = {
        "preview": preview,
        "problems": preview.problems[:SHOWN_PROBLEMS],
        "shown": preview.new[:SHOWN_PROBLEMS],
        "filename": filename,
        "ticket": ticket,
    }
    return render_page(request, "organisations/import_preview.html", context, status=status)


def _refusal(error: UnreadableFileError) -> str:
    words = {
        "empty": _("The file is empty."),
        "too_large": _("The file is larger than %s MiB; split it.") % settings.IMPORT_LIMIT_MIB,
        "unknown_type": _("This is neither an Excel nor an OpenDocument nor a CSV file."),
        "password": _("The file is locked by a password; save it without one."),
        "encoding": _("The CSV file is not in UTF-8; save it as “CSV UTF-8”."),
        "too_many_rows": _("The file has too many rows; split it."),
    }
    return words.get(error.code, _("The file is damaged; save it anew and try again."))


def _workbook(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
