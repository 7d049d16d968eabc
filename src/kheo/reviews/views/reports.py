"""The home of a report: what is written, what is missing, what can be done next."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kheo.organisations.http import Request
from kheo.reviews.queries.answering import answers_of
from kheo.reviews.queries.reviews import outline_of
from kheo.reviews.rules.reports import can_read_answers
from kheo.reviews.views.finding import visible_report
from kheo.ui.pages import render_page


@require_safe
def report_home(request: Request, pk: int) -> HttpResponse:
    """Show how far a report is, heading by heading."""
    report = visible_report(request, pk)
    may_read = can_read_answers(request.seat, report)
    context = {
        "report": report,
        "review": report.review,
        "outline": outline_of(report.review),
        "may_read": may_read,
        "answers": answers_of(report) if may_read else {},
    }
    return render_page(request, "reviews/report.html", context)
