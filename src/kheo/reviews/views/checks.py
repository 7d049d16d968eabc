"""What does not hold in a report, with the place of each."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.queries.checks import problems_of
from kheo.reviews.rules.reports import can_read_answers, can_write
from kheo.reviews.views.finding import visible_report
from kheo.ui.pages import render_page


@require_safe
def report_checks(request: Request, pk: int) -> HttpResponse:
    """Show what does not hold: what refuses the submission first, then what is to be looked at."""
    report = visible_report(request, pk)
    demand(can_read_answers(request.seat, report))
    problems = problems_of(report)
    context = {
        "report": report,
        "review": report.review,
        "refusing": [problem for problem in problems if problem.refuses],
        "doubtful": [problem for problem in problems if not problem.refuses],
        "may_write": bool(can_write(request.seat, report)),
    }
    return render_page(request, "reviews/checks.html", context)
