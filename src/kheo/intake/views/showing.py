"""The pages of an import and of one file in it, and what can be downloaded there."""

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kheo.intake.enums import FileState
from kheo.intake.forms import ColumnsForm, UnitForm
from kheo.intake.models import IntakeForm
from kheo.intake.queries.pages import (
    choosable_parts,
    intake_page,
    round_words,
    rows_of,
    shown_rows,
    whole_problems,
)
from kheo.intake.rules import can_change, can_fetch
from kheo.intake.sheets import remarked_copy
from kheo.intake.views.finding import own_file, own_intake, visible_file
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.downloads import file_as_handed_in
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def show_intake(request: Request, pk: int) -> HttpResponse:
    """Show the files of an import, how far they are, and what can be done; htmx asks again."""
    page = intake_page(own_intake(request, pk), request.seat)
    return render_page(request, "intake/detail.html", {"page": page}, part="progress")


@require_safe
def show_file(request: Request, pk: int) -> HttpResponse:
    """Show one form of a file: whose it is, its columns, and its rows with their problems."""
    file = own_file(request, pk)
    forms = list(file.forms.select_related("participation__organisation"))
    form = _chosen(request, forms)
    intake = file.intake
    words = round_words(intake.round)
    show = "problems" if request.GET.get("show") == "problems" else ""
    page = page_of(rows_of(form, show=show), request) if form else None
    context = {
        "file": file,
        "intake": intake,
        "forms": [(_form_words(one), _form_url(one), one == form) for one in forms],
        "form": form,
        "page": page,
        "rows": shown_rows(page.rows, words) if page else [],
        "shows_all": not show,
        "shows_problems": bool(show),
        "whole": whole_problems(form, intake.round) if form else [],
        "unit_form": _unit_form(request, form) if form else None,
        "columns_form": _columns_form(form, intake.version) if form and form.columns else None,
        "may_change": can_change(request.seat, intake),
    }
    return render_page(request, "intake/file.html", context)


@require_safe
def download_original(request: Request, pk: int) -> FileResponse:
    """Give the file as it was handed in."""
    file = visible_file(request, pk)
    demand(can_fetch(request.seat, file.intake))
    return file_as_handed_in(file.file, file.name)


@require_safe
def download_remarks(request: Request, pk: int) -> HttpResponse:
    """Give a copy of the workbook with the remarks in it, or a list of them for other files."""
    file = own_file(request, pk)
    if file.state != FileState.READ:
        raise Http404
    name, data = remarked_copy(file)
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _chosen(request: Request, forms: list[IntakeForm]) -> IntakeForm | None:
    wanted = request.GET.get("form", "")
    return next((form for form in forms if str(form.pk) == wanted), forms[0] if forms else None)


def _form_words(form: IntakeForm) -> str:
    parts = (form.layout, form.part_name or str(form.order + 1))
    return " – ".join(part for part in parts if part)


def _form_url(form: IntakeForm) -> str:
    return f"{reverse('intake:file', args=[form.file_id])}?form={form.pk}"


def _unit_form(request: Request, form: IntakeForm) -> UnitForm:
    intake = form.file.intake
    return UnitForm(
        parts=choosable_parts(request.seat, intake.round),
        initial={"unit": form.participation_id or "", "version": intake.version},
    )


def _columns_form(form: IntakeForm, version: int) -> ColumnsForm:
    return ColumnsForm(columns=form.columns, initial={"version": version})
