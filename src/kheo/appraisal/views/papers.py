"""The score sheet of a file as Word, PDF or Excel."""

from typing import cast

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.appraisal.papers import SheetWish, score_sheet
from kheo.appraisal.queries.sides import side_by_side
from kheo.appraisal.views.lists import visible_file
from kheo.lib.papers.render import Format, render
from kheo.organisations.http import Request
from kheo.organisations.papers.letterheads import issuer_of
from kheo.organisations.papers.speakers import speaker_of

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def score_sheet_file(request: Request, pk: int, fmt: str) -> HttpResponse:
    """Give the score sheet of a file this seat sees, dated when it was sent."""
    if fmt not in MEDIA_TYPES:
        raise Http404
    file = visible_file(request, pk)
    dated = timezone.localdate(file.sent_at) if file.sent_at else None
    wish = SheetWish(
        issuer=issuer_of(file.organisation, dated or timezone.localdate()),
        speaker=speaker_of(file.organisation),
        dated=dated,
        year=file.year,
    )
    content = render(score_sheet(side_by_side(file), wish), cast("Format", fmt))
    response = HttpResponse(content, content_type=MEDIA_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="bang-diem-{pk}.{fmt}"'
    return response
