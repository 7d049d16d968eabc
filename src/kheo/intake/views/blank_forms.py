"""Blank forms to take home: a list and the round's own forms, for one unit or for all."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.exemplars.queries.unit import parts_readable
from kheo.intake.http import DOCX, XLSX, file_response, zip_response
from kheo.intake.papers import LIST, NAMES, blank_files, blank_form, blank_list, file_name
from kheo.intake.queries.blanks import Blank, blank_parts, blanks
from kheo.intake.views.finding import import_round
from kheo.lib.papers.render import render
from kheo.lib.sheets.blanks import write_blank
from kheo.organisations.http import Request
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def blank_forms(request: Request, pk: int) -> HttpResponse:
    """Show the units whose blank forms may be taken, each with its files."""
    round = import_round(request, pk)
    page = page_of(blank_parts(request.seat, round), request)
    shown = [(blank.part, list(blank.asked.specs)) for blank in blanks(page.rows)]
    context = {"round": round, "page": page, "shown": shown}
    return render_page(request, "intake/blank_forms.html", context, part="units")


@require_safe
def download_blank_list(request: Request, pk: int) -> HttpResponse:
    """Give a unit's list to be filled in."""
    blank = _blank(request, pk)
    content = write_blank(blank_list(blank, timezone.now()))
    return file_response(content, f"{file_name(blank, LIST)}.xlsx", XLSX)


@require_safe
def download_blank_form(request: Request, pk: int, form: str) -> HttpResponse:
    """Give a unit's form for a collective or an individual."""
    blank = _blank(request, pk)
    if form not in blank.asked.specs:
        raise Http404
    content = render(blank_form(blank, form, timezone.now()), "docx")
    return file_response(content, f"{file_name(blank, NAMES[form])}.docx", DOCX)


@require_safe
def download_all_blanks(request: Request, pk: int) -> HttpResponseBase:
    """Give the forms of all units the seat may take them for, a folder for each."""
    round = import_round(request, pk)
    parts = blank_parts(request.seat, round)
    if not parts.exists():
        raise Http404
    name = f"Mẫu đăng ký {round.year}.zip"
    return zip_response(blank_files(blanks(parts.iterator(chunk_size=100)), timezone.now()), name)


def _blank(request: Request, pk: int) -> Blank:
    part = get_object_or_404(parts_readable(request.seat).select_related("round"), pk=pk)
    own = get_object_or_404(blank_parts(request.seat, part.round), pk=pk)
    return next(blanks([own]))
