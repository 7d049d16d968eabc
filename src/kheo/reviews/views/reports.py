"""The pages of reports: the home of one, those of one's own body, what was handed in."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.audit.queries import history_of
from kheo.organisations.http import Request
from kheo.reviews.models import Report
from kheo.reviews.queries.answering import answer_lines, course_of_writing, open_remarks
from kheo.reviews.queries.checks import problems_of
from kheo.reviews.queries.figures import words_of_report
from kheo.reviews.queries.guessing import followers_of
from kheo.reviews.queries.reports import is_consolidated, own_reports
from kheo.reviews.rules.reports import (
    HANDED_IN,
    ReportDeed,
    can_accept,
    can_ask_again,
    can_excuse,
    can_extend,
    can_pass_on,
    can_read_answers,
    can_return,
    can_sign_off,
    can_submit,
    can_take_back,
    can_turn,
    can_write,
    is_late_report,
    is_own_report,
)
from kheo.reviews.views.finding import visible_report
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

MOST_HISTORY = 50


@require_safe
def report_home(request: Request, pk: int) -> HttpResponse:
    """Show how far a report is, heading by heading, and what can be done next."""
    report = visible_report(request, pk)
    now = timezone.now()
    may_read = can_read_answers(request.seat, report)
    may_write = can_write(request.seat, report)
    lines = answer_lines(report, now, seat=request.seat, hidden=not may_read)
    is_own = is_own_report(request.seat, report)
    context = {
        "report": report,
        "review": report.review,
        "lines": lines,
        "course": course_of_writing(lines),
        "may_read": may_read,
        "may_write": may_write,
        "is_own": is_own,
        "late": is_late_report(report, timezone.localdate(now)),
        "words": words_of_report(report) if may_read and not may_write else {},
        "remarks": open_remarks(report).get(None, []) if may_read else [],
        "consolidated": is_own and is_consolidated(report),
        "submissions": list(report.submissions.select_related("submitted_by__user")),
        "followers": followers_of(report.organisation),
        "history": list(history_of(report)[:MOST_HISTORY]),
        **_deeds(request, report),
    }
    return render_page(request, "reviews/report.html", context)


@require_safe
def report_list_own(request: Request) -> HttpResponse:
    """Show the reports that the seat's body was asked for."""
    page = page_of(own_reports(request.seat), request)
    today = timezone.localdate()
    rows = [(report, is_late_report(report, today)) for report in page.rows]
    return render_page(request, "reviews/mine.html", {"page": page, "rows": rows})


@require_safe
def report_submission(request: Request, pk: int, sequence: int) -> HttpResponse:
    """Show a report word for word as it was handed in."""
    report = visible_report(request, pk)
    submission = get_object_or_404(
        report.submissions.select_related("submitted_by__user"), sequence=sequence
    )
    words = {int(one["number"]): str(one["words"]) for one in submission.content.get("figures", [])}
    context = {
        "report": report,
        "review": report.review,
        "submission": submission,
        "headings": submission.content.get("headings", []),
        "words": words,
    }
    return render_page(request, "reviews/submission.html", context)


def _deeds(request: Request, report: Report) -> dict[str, object]:
    """Return what this seat may do with the report, each with the reason why not."""
    seat = request.seat
    gaps: list[str] = []
    problems = []
    if can_sign_off(seat, report) or can_submit(seat, report):
        problems = problems_of(report)
        gaps = [problem.text for problem in problems if problem.refuses]
    return {
        "problems": problems,
        "can_sign": can_sign_off(seat, report, gaps),
        "can_reopen": can_turn(ReportDeed.REOPEN, seat, report),
        "can_submit": can_submit(seat, report, gaps),
        "can_take_back": can_take_back(seat, report),
        "can_return": can_return(seat, report),
        "can_accept": can_accept(seat, report),
        "can_reconsider": can_turn(ReportDeed.RECONSIDER, seat, report),
        "can_excuse": can_excuse(seat, report),
        "can_ask_again": can_ask_again(seat, report, timezone.localdate()),
        "can_extend": can_extend(seat, report),
        "can_pass_on": can_pass_on(seat, report),
        "handed_in": report.state in HANDED_IN,
    }
