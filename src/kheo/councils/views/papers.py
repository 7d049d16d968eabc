"""Minutes and score table as Word, PDF or Excel."""

from collections.abc import Callable
from typing import cast

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.councils.models import Council, Outcome
from kheo.councils.papers import CouncilPaper, PaperFile, minutes_paper, scores_paper
from kheo.councils.queries.meeting import last_ballots
from kheo.councils.queries.papering import (
    files_in_order,
    kept_out_of,
    member_totals_of,
    members_in_order,
)
from kheo.councils.rules.deeds import sees_scores
from kheo.councils.views.finding import own_member, visible_council
from kheo.lib.papers.nodes import Paper
from kheo.lib.papers.render import Format, render
from kheo.organisations.http import Request
from kheo.organisations.papers.letterheads import issuer_of
from kheo.organisations.rules import demand

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def minutes_file(request: Request, pk: int, fmt: str) -> HttpResponse:
    """Give the minutes of the session."""
    if fmt not in {"docx", "pdf"}:
        raise Http404
    return _file(request, pk, minutes_paper, fmt, "bien-ban-hop-hoi-dong")


@require_safe
def scores_file(request: Request, pk: int, fmt: str) -> HttpResponse:
    """Give the table of scores."""
    if fmt not in MEDIA_TYPES:
        raise Http404
    return _file(request, pk, scores_paper, fmt, "bang-tong-hop-diem")


def council_paper(council: Council) -> CouncilPaper:
    """Gather what the papers of a council are made of."""
    ballots, totals = last_ballots(council), member_totals_of(council)
    kept_out = kept_out_of(council)
    return CouncilPaper(
        council=council,
        issuer=issuer_of(council.organisation, council.held_on or timezone.localdate()),
        members=members_in_order(council),
        files=[
            PaperFile(
                file=row,
                outcome=_outcome(row),
                ballot=ballots.get(row.pk),
                totals=totals.get(row.pk, {}),
                kept_out=tuple(kept_out.get(row.pk, ())),
            )
            for row in files_in_order(council)
        ],
    )


def _outcome(row: object) -> Outcome | None:
    return cast("Outcome | None", getattr(row, "outcome", None))


def _file(
    request: Request, pk: int, write: Callable[[CouncilPaper], Paper], fmt: str, name: str
) -> HttpResponse:
    council = visible_council(request, pk)
    demand(sees_scores(request.seat, council, own_member(request, council), None))
    content = render(write(council_paper(council)), cast("Format", fmt))
    response = HttpResponse(content, content_type=MEDIA_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}-{council.pk}.{fmt}"'
    return response
