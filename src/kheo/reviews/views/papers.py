"""The report as an official paper: seen as it will be printed, its particulars, its files."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.lib.papers.nodes import Paper
from kheo.lib.papers.render import Format, render
from kheo.lib.papers.to_html import to_html
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.actions import PaperTerms, write_particulars
from kheo.reviews.forms.following import PaperForm
from kheo.reviews.papers.plan import plan_paper
from kheo.reviews.papers.report import report_paper
from kheo.reviews.rules.following import can_plan
from kheo.reviews.rules.reports import can_read_answers
from kheo.reviews.views.finding import visible_report
from kheo.ui.downloads import MEDIA_TYPES
from kheo.ui.pages import render_page

FORMATS = frozenset({"docx", "pdf", "html"})
FIELDS = tuple(PaperTerms.__dataclass_fields__)


@require_http_methods(["GET", "HEAD", "POST"])
def report_paper_page(request: Request, pk: int) -> HttpResponse:
    """Show the report as it will be printed, and keep number, day, signatory, recipients."""
    report = visible_report(request, pk)
    demand(can_read_answers(request.seat, report))
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(report, name) for name in FIELDS},
    )
    if request.method == "POST" and form.is_valid():
        write_particulars(report=report, terms=form.terms(), by=request.seat, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("reviews:paper-page", pk)
    context = {
        "report": report,
        "review": report.review,
        "form": form,
        "may_write": can_plan(request.seat, report),
        "sheet": to_html(report_paper(report)).decode(),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reviews/paper.html", context, status=status)


@require_safe
def report_file(request: Request, pk: int, fmt: str) -> HttpResponse:
    """Give the report as Word, PDF or a page of its own."""
    report = visible_report(request, pk)
    demand(can_read_answers(request.seat, report))
    if fmt == "html":
        return redirect("reviews:paper-page", pk)
    return _file(report_paper(report), f"bao-cao-{pk}", fmt)


@require_safe
def plan_file(request: Request, pk: int, fmt: str) -> HttpResponse:
    """Give the plan of the next period as Word or PDF."""
    report = visible_report(request, pk)
    demand(can_read_answers(request.seat, report))
    return _file(plan_paper(report), f"ke-hoach-{pk}", fmt)


def _file(paper: Paper, name: str, fmt: str) -> HttpResponse:
    if fmt not in FORMATS - {"html"}:
        raise Http404
    content = render(paper, cast("Format", fmt))
    response = HttpResponse(content, content_type=MEDIA_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}.{fmt}"'
    return response
