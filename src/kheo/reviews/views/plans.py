"""The plan of the next period, and what was learned, from which it starts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.lib.papers.to_html import to_html
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.actions import (
    draft_plan,
    drop_lesson,
    drop_plan_part,
    name_lesson,
    write_plan_part,
)
from kheo.reviews.forms.following import PlanPartForm
from kheo.reviews.models import PlanPart, Report
from kheo.reviews.papers.plan import plan_paper
from kheo.reviews.queries.comparing import period_words
from kheo.reviews.queries.following import last_lessons, lesson_points
from kheo.reviews.queries.plans import next_period
from kheo.reviews.rules.following import can_plan
from kheo.reviews.rules.reports import can_read_answers
from kheo.reviews.rules.reviews import ReviewError
from kheo.reviews.views.finding import visible_report
from kheo.ui.pages import render_page


@require_safe
def plan(request: Request, pk: int) -> HttpResponse:
    """Show the plan as it will be printed, its parts, and the lessons it starts from."""
    report = visible_report(request, pk)
    demand(can_read_answers(request.seat, report))
    context = {
        "report": report,
        "review": report.review,
        "period": period_words(next_period(report)),
        "parts": list(report.plan_parts.all()),
        "lessons": list(report.lessons.all()),
        "points": [point for point in lesson_points(report) if not point.is_named],
        "last_lessons": last_lessons(report),
        "may_plan": can_plan(request.seat, report),
        "sheet": to_html(plan_paper(report)).decode(),
    }
    return render_page(request, "reviews/plan.html", context)


@require_POST
def plan_draft(request: Request, pk: int) -> HttpResponse:
    """Keep the plan as the rules offer it, to be changed part by part."""
    report = visible_report(request, pk)
    try:
        draft_plan(report=report, by=request.seat, at=timezone.now())
    except ReviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The plan is begun; change its parts."))
    return redirect("reviews:plan", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_part_new(request: Request, pk: int) -> HttpResponse:
    """Add a part at the end of the plan."""
    return _edit(request, visible_report(request, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_part_edit(request: Request, pk: int, part: int) -> HttpResponse:
    """Change a part of the plan."""
    report = visible_report(request, pk)
    return _edit(request, report, get_object_or_404(report.plan_parts, pk=part))


@require_POST
def plan_part_drop(request: Request, pk: int, part: int) -> HttpResponse:
    """Take a part out of the plan."""
    report = visible_report(request, pk)
    found = get_object_or_404(report.plan_parts, pk=part)
    found.report = report
    drop_plan_part(part=found, by=request.seat, at=timezone.now())
    messages.success(request, _("“%s” is taken out.") % found)
    return redirect("reviews:plan", pk)


@require_POST
def lessons_name(request: Request, pk: int) -> HttpResponse:
    """Keep the marked points as limits, causes and lessons."""
    report = visible_report(request, pk)
    demand(can_plan(request.seat, report))
    marked = set(request.POST.getlist("point"))
    chosen = [
        point
        for point in lesson_points(report)
        if not point.is_named and f"{point.heading.pk}:{point.text}" in marked
    ]
    for point in chosen:
        name_lesson(
            report=report,
            heading=point.heading,
            kind=point.kind,
            text=point.text,
            by=request.seat,
            at=timezone.now(),
        )
    said = ngettext("%(count)s lesson is kept.", "%(count)s lessons are kept.", len(chosen))
    messages.success(request, said % {"count": len(chosen)})
    return redirect("reviews:plan", pk)


@require_POST
def lesson_drop(request: Request, pk: int, lesson: int) -> HttpResponse:
    """Take a named lesson away."""
    report = visible_report(request, pk)
    found = get_object_or_404(report.lessons, pk=lesson)
    found.report = report
    drop_lesson(lesson=found, by=request.seat, at=timezone.now())
    return redirect("reviews:plan", pk)


def _edit(request: Request, report: Report, part: PlanPart | None) -> HttpResponse:
    demand(can_plan(request.seat, report))
    initial = {"title": part.title, "body": part.body, "version": part.version} if part else {}
    form = PlanPartForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            write_plan_part(
                report=report,
                part=part,
                title=form.cleaned_data["title"],
                body=form.cleaned_data["body"],
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("reviews:plan", report.pk)
    context = {"report": report, "review": report.review, "part": part, "form": form}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reviews/plan_part.html", context, status=status)
