"""Reading one registration: its page, its paper, its files."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kheo.exemplars.enums import State
from kheo.exemplars.models import Evidence
from kheo.exemplars.papers import registration_paper
from kheo.exemplars.queries.deeds import deed_buttons
from kheo.exemplars.queries.merging import shared_entries
from kheo.exemplars.queries.one import changed_items, dossier_of, turn_of
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.exemplars.rules import can_edit, is_checker
from kheo.exemplars.views.finding import visible_sheet
from kheo.lib.papers.render import Format, render
from kheo.lib.papers.to_html import to_html
from kheo.lib.text.folding import fold
from kheo.organisations.http import Request
from kheo.ui.downloads import file_as_handed_in
from kheo.ui.pages import render_page

MEDIA_TYPES: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

SUBMITTED = frozenset({State.SUBMITTED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN})


@require_safe
def show_registration(request: Request, pk: int) -> HttpResponse:
    """Show a registration with its paper, its state, whose turn it is and how it got here."""
    sheet = visible_sheet(request, pk)
    row = sheet.registration
    dossier = dossier_of(row)
    today = timezone.localdate()
    labels = {item.key: item.label for item in sheet.spec.shown}
    # the newest version is what stands here, unless it is being changed again
    compared = dossier.submissions[1:] if row.state in SUBMITTED else dossier.submissions
    changes = changed_items(row, compared[0] if compared else None)
    context = {
        "sheet": sheet,
        "row": row,
        "dossier": dossier,
        "paper": to_html(registration_paper(row, sheet.spec, sheet.labels)).decode(),
        "buttons": deed_buttons(sheet, request.seat, today),
        "turn": turn_of(row),
        "may_check": is_checker(request.seat, row),
        "can_edit": can_edit(request.seat, row),
        "remarks": [(labels.get(remark.item, ""), remark) for remark in dossier.remarks],
        "changes": [(labels[key], was) for key, was in changes.items() if key in labels],
        "shared": list(shared_entries(row).select_related("organisation")),
        "today": today,
    }
    return render_page(request, "exemplars/detail.html", context)


@require_safe
def download_paper(request: Request, pk: int, fmt: Format) -> HttpResponse:
    """Give the registration as Word, PDF or Excel in official form."""
    sheet = visible_sheet(request, pk)
    paper = registration_paper(sheet.registration, sheet.spec, sheet.labels)
    words = "-".join(fold(sheet.registration.name).split()[:10]) or "ban-dang-ky"
    response = HttpResponse(render(paper, fmt), content_type=MEDIA_TYPES[fmt])
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{sheet.spec.code}-{words}.{fmt}"
    )
    return response


@require_safe
def download_evidence(request: Request, pk: int) -> FileResponse:
    """Give a file to those who may read its registration, never to be shown inside our pages."""
    visible = registrations_visible_to(request.seat)
    evidence = get_object_or_404(Evidence, pk=pk, registration__in=visible, removed_at=None)
    return file_as_handed_in(evidence.file, evidence.name, evidence.media_type)
