"""Reminding the bodies that have not reported: who will be reminded is seen before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.notices.rules import can_prepare_message
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.actions import prepare_report_reminder
from kheo.reviews.models import Review
from kheo.reviews.queries.reports import reports_to_remind
from kheo.reviews.rules.reports import is_late_report
from kheo.reviews.rules.reviews import ReviewError
from kheo.reviews.views.finding import visible_review
from kheo.rounds.queries.visible import own_organiser
from kheo.ui.pages import render_page

MOST_REMINDED = 500


@require_http_methods(["GET", "HEAD", "POST"])
def review_remind(request: Request, pk: int) -> HttpResponse:
    """Show who still owes a report, the late ones ticked, and remind those that are ticked."""
    review = visible_review(request, pk)
    sender = own_organiser(request.seat)
    demand(can_prepare_message(request.seat, sender))
    if request.method == "POST":
        return _prepare(request, review)
    today = timezone.localdate()
    found = list(reports_to_remind(request.seat, review)[: MOST_REMINDED + 1])
    more, found = len(found) > MOST_REMINDED, found[:MOST_REMINDED]
    rows = [(report, is_late_report(report, today)) for report in found]
    context = {"review": review, "rows": rows, "today": today, "more": more, "most": MOST_REMINDED}
    return render_page(request, "reviews/remind.html", context)


def _prepare(request: Request, review: Review) -> HttpResponse:
    ticked = [text for text in request.POST.getlist("report") if text.isdecimal()]
    keys = [int(text) for text in ticked if len(text) < 12]
    reports = reports_to_remind(request.seat, review).filter(pk__in=keys)
    try:
        message = prepare_report_reminder(
            sender=own_organiser(request.seat),
            reports=list(reports[:MOST_REMINDED]),
            link=reverse("reviews:mine"),
            by=request.seat,
            at=timezone.now(),
        )
    except ReviewError:
        messages.warning(request, _("No unit was ticked. Tick those you want to remind."))
        return redirect("reviews:remind", review.pk)
    messages.success(
        request,
        _("The reminder waits in the outbox. Read it, change it where needed, and send it."),
    )
    return redirect("notices:message", pk=message.pk)
