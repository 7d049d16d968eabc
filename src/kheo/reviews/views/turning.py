"""The deeds that move a report: signing, handing in, returning with remarks, and the others."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.actions import (
    accept_report,
    ask_report_again,
    excuse_report,
    extend_report,
    reconsider_report,
    reopen_report,
    return_report,
    sign_off_report,
    submit_report,
    take_back_report,
)
from kheo.reviews.forms.reports import ExtendForm, ReasonForm, RemarksForm
from kheo.reviews.models import Report
from kheo.reviews.queries.answering import answer_lines
from kheo.reviews.queries.figures import words_of_report
from kheo.reviews.rules.reports import (
    ReportDeed,
    can_extend,
    can_return,
    can_turn,
)
from kheo.reviews.rules.reviews import ReviewError
from kheo.reviews.views.finding import visible_report
from kheo.ui.pages import render_page

Words = str | Promise

PLAIN: dict[str, tuple[Callable[..., Report], Words]] = {
    ReportDeed.SIGN_OFF: (sign_off_report, gettext_lazy("The report is signed off.")),
    ReportDeed.REOPEN: (reopen_report, gettext_lazy("The report is a draft again.")),
    ReportDeed.SUBMIT: (submit_report, gettext_lazy("The report is submitted.")),
    ReportDeed.ACCEPT: (accept_report, gettext_lazy("The report is accepted.")),
}
# with a reason: the deed, what the page asks, what follows, the button
BECAUSE: dict[str, tuple[Callable[..., Report], Words, Words, Words]] = {
    ReportDeed.TAKE_BACK: (
        take_back_report,
        gettext_lazy("Take the report back?"),
        gettext_lazy("It becomes a draft again; the body that asked for it is told."),
        gettext_lazy("Take it back"),
    ),
    ReportDeed.RECONSIDER: (
        reconsider_report,
        gettext_lazy("Consider the report again?"),
        gettext_lazy("It waits as submitted; you can then return it. The unit is told."),
        gettext_lazy("Consider it again"),
    ),
    ReportDeed.EXCUSE: (
        excuse_report,
        gettext_lazy("Does this unit not need to report?"),
        gettext_lazy("It is no longer waited for; what it wrote stays. The unit is told."),
        gettext_lazy("It need not report"),
    ),
}


@require_POST
def report_turn(request: Request, pk: int) -> HttpResponse:
    """Do one of the deeds that need no more words."""
    report = visible_report(request, pk)
    name = request.POST.get("deed", "")
    if name == ReportDeed.ASK_AGAIN:
        ask_report_again(report=report, by=request.seat, at=timezone.now())
        messages.success(request, _("The unit is asked for its report again."))
        return redirect("reviews:report", pk)
    if name not in PLAIN:
        raise Http404
    deed, said = PLAIN[name]
    try:
        deed(report=report, seen_version=_version(request), by=request.seat, at=timezone.now())
    except ReviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(said))
    return redirect("reviews:report", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def report_because(request: Request, pk: int, deed: str) -> HttpResponse:
    """Ask why, then do the deed."""
    report = visible_report(request, pk)
    if deed not in BECAUSE:
        raise Http404
    act, question, consequence, button = BECAUSE[deed]
    demand(can_turn(ReportDeed(deed), request.seat, report))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            act(report=report, **form.cleaned_data, by=request.seat, at=timezone.now())
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            return redirect("reviews:report", pk)
    about = {"question": question, "consequences": [consequence], "deed": button}
    return _confirm(request, report, form, about)


@require_http_methods(["GET", "HEAD", "POST"])
def report_extend(request: Request, pk: int) -> HttpResponse:
    """Give a unit more time, with a reason."""
    report = visible_report(request, pk)
    demand(can_extend(request.seat, report))
    form = ExtendForm(request.POST or None)
    if form.is_valid():
        try:
            extend_report(report=report, **form.cleaned_data, by=request.seat, at=timezone.now())
        except ReviewError as error:
            form.add_error("due_on", str(error))
        else:
            messages.success(request, _("The unit has more time and was told."))
            return redirect("reviews:report", pk)
    day = f"{report.due_on:%d/%m/%Y}" if report.due_on else "–"
    about = {
        "question": _("Give the unit more time"),
        "text": _("%(unit)s: deadline so far %(day)s.") % {"unit": report.unit_name, "day": day},
        "deed": _("Extend the deadline"),
    }
    return _confirm(request, report, form, about)


@require_http_methods(["GET", "HEAD", "POST"])
def report_return(request: Request, pk: int) -> HttpResponse:
    """Show the report with a box for a remark beside each heading, and return it."""
    report = visible_report(request, pk)
    demand(can_return(request.seat, report))
    lines = answer_lines(report, timezone.now())
    form = RemarksForm(request.POST or None, headings=[line.heading for line in lines])
    if form.is_valid():
        try:
            return_report(
                report=report,
                remarks=form.remarks(),
                seen_version=_version(request),
                by=request.seat,
                at=timezone.now(),
            )
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The report is returned; the unit was told."))
            return redirect("reviews:report", pk)
    context = {
        "report": report,
        "review": report.review,
        "form": form,
        "items": [(line, form[f"heading_{line.heading.pk}"]) for line in lines],
        "words": words_of_report(report),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reviews/return.html", context, status=status)


def _confirm(
    request: Request, report: Report, form: ReasonForm, about: dict[str, Any]
) -> HttpResponse:
    context = {
        "form": form,
        "action_url": request.path,
        "back_url": reverse("reviews:report", args=[report.pk]),
        **about,
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "ui/confirm.html", context, status=status)


def _version(request: Request) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else None
