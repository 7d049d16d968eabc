"""Proposals, decisions and lists as Word, PDF or Excel; certificates as one PDF."""

import tempfile
from typing import IO, cast

from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from kheo.lib.papers.certificates import certificates_to_pdf
from kheo.lib.papers.nodes import Paper
from kheo.lib.papers.render import Format, render
from kheo.organisations.http import Request
from kheo.recognition.models import Decision
from kheo.recognition.papers.certificates import (
    SHEETS_IN_A_FILE,
    certificate_form,
    certificates_of,
)
from kheo.recognition.papers.decisions import decision_paper, list_paper_of
from kheo.recognition.papers.proposals import proposal_paper
from kheo.recognition.queries.contents import content_of_decision, content_of_proposal
from kheo.recognition.queries.visible import honours_visible_to
from kheo.recognition.views.finding import visible_decision, visible_proposal

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
IN_MEMORY = 1 << 20


@require_safe
def proposal_file(request: Request, pk: int, fmt: str) -> HttpResponse:
    """Give a proposal with its list."""
    proposal = visible_proposal(request, pk)
    return _file(proposal_paper(content_of_proposal(proposal)), f"to-trinh-{pk}", fmt)


@require_safe
def decision_file(request: Request, pk: int, fmt: str) -> HttpResponse:
    """Give a decision with its list; as a workbook, the list alone."""
    decision = visible_decision(request, pk)
    _issuer_only(request, decision)
    content = content_of_decision(decision)
    paper = list_paper_of(content) if fmt == "xlsx" else decision_paper(content)
    return _file(paper, f"quyet-dinh-{pk}", fmt)


@require_safe
def certificate_file(request: Request, pk: int, part: int = 1) -> FileResponse:
    """Give the certificates of the honours that stand and that the seat sees, a thousand a file."""
    decision = visible_decision(request, pk)
    rows = honours_visible_to(request.seat).filter(decision=decision, revoked_at=None)
    first = (part - 1) * SHEETS_IN_A_FILE
    honours = list(rows.order_by("order", "pk")[first : first + SHEETS_IN_A_FILE])
    if not honours:
        raise Http404
    content = content_of_decision(decision)
    # FileResponse closes it when the answer has gone out
    file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    file.write(certificates_to_pdf(certificate_form(content), certificates_of(content, honours)))
    file.seek(0)
    name = f"giay-{pk}-{part}.pdf"
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPES["pdf"])


def _file(paper: Paper, name: str, fmt: str) -> HttpResponse:
    if fmt not in MEDIA_TYPES:
        raise Http404
    response = HttpResponse(render(paper, cast("Format", fmt)), content_type=MEDIA_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}.{fmt}"'
    return response


def _issuer_only(request: Request, decision: Decision) -> None:
    """Keep the whole list to the issuer and those above it; units see their own lines."""
    seat = request.seat
    own = {seat.organisation_id, seat.organisation.reach_id}
    if decision.organisation_id not in own and not decision.path.startswith(
        seat.organisation.reach_path
    ):
        raise Http404
