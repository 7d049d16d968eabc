"""Writing under a heading: the box, saving while one types, the text as it reads, versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.lib.text.pasting import clean_prose
from kheo.lib.text.prose import LONGEST, with_figures
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.actions import mark_heading_open, write_answer
from kheo.reviews.forms.reports import AnswerForm
from kheo.reviews.models import AnswerVersion, OutlineHeading, Report
from kheo.reviews.queries.answering import (
    AnswerLine,
    answer_lines,
    earlier_text,
    headings_beside,
    versions_of_answer,
)
from kheo.reviews.queries.beside import known_beside
from kheo.reviews.queries.differences import differences_between
from kheo.reviews.queries.figures import words_of_report
from kheo.reviews.rules.answers import StaleAnswerError
from kheo.reviews.rules.reports import can_read_answers, can_write
from kheo.reviews.rules.reviews import ReviewError
from kheo.reviews.views.finding import heading_of, visible_report
from kheo.ui.pages import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def answer_edit(request: Request, pk: int, heading: int) -> HttpResponse:
    """Show the box of a heading with what helps to fill it, and keep what is written."""
    report, current = _place(request, pk, heading)
    demand(can_write(request.seat, report))
    if request.method != "POST":
        return _show(request, report, current)
    form = AnswerForm(request.POST)
    form.is_valid()
    try:
        _save(request, report, current, form)
    except StaleAnswerError as error:
        return _show(request, report, current, form=form, stale=error, status=409)
    except ReviewError as error:
        form.add_error("body", str(error))
        return _show(request, report, current, form=form, status=422)
    messages.success(request, _("Saved."))
    following = request.POST.get("then", "")
    if following.isdecimal() and len(following) < 12:
        return redirect("reviews:answer", pk, int(following))
    if following == "stay":
        return redirect("reviews:answer", pk, heading)
    return redirect(f"{reverse('reviews:report', args=[pk])}#heading-{heading}")


@require_POST
def answer_autosave(request: Request, pk: int, heading: int) -> HttpResponse:
    """Keep what is typed while one types; a conflict is answered with both texts."""
    report, current = _place(request, pk, heading)
    form = AnswerForm(request.POST)
    form.is_valid()
    try:
        answer = _save(request, report, current, form)
    except StaleAnswerError as error:
        context = _conflict(error) | {"report": report, "heading": current}
        return render_page(request, "reviews/_answer_conflict.html", context, status=409)
    except ReviewError as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(status=200)
    response["X-Version"] = str(answer.version)
    return response


@require_POST
def answer_preview(request: Request, pk: int, heading: int) -> HttpResponse:
    """Show how the text reads; nothing is kept."""
    report, _current = _place(request, pk, heading)
    demand(can_read_answers(request.seat, report))
    context = _reading(report, request.POST.get("body", ""))
    return render_page(request, "reviews/_reading.html", context)


@require_POST
def answer_presence(request: Request, pk: int, heading: int) -> HttpResponse:
    """Say that the box is open here, and tell who else has it open."""
    report, current = _place(request, pk, heading)
    demand(can_write(request.seat, report))
    now = timezone.now()
    answer = mark_heading_open(report=report, heading=current, seat=request.seat, at=now)
    here = answer.opened_by if answer.opened_by_id != request.seat.pk else None
    context = {"here": here, "changed": answer.version, "edited_by": answer.edited_by}
    return render_page(request, "reviews/_presence.html", context)


@require_safe
def answer_versions(request: Request, pk: int, heading: int) -> HttpResponse:
    """Show what stood under a heading, and what each version changed."""
    report, current = _place(request, pk, heading)
    demand(can_read_answers(request.seat, report))
    line = _line(request, report, current)
    versions = list(versions_of_answer(line.answer)[:200])
    chosen, before = _chosen(request, versions)
    context = {
        "report": report,
        "review": report.review,
        "heading": current,
        "versions": versions,
        "chosen": chosen,
        "before": before,
        "lines": differences_between(before.body if before else "", chosen.body) if chosen else [],
        "may_write": can_write(request.seat, report),
        "version": line.version,
    }
    return render_page(request, "reviews/versions.html", context)


def _place(request: Request, pk: int, heading: int) -> tuple[Report, OutlineHeading]:
    report = visible_report(request, pk)
    return report, heading_of(report.review, heading)


def _save(request: Request, report: Report, heading: OutlineHeading, form: AnswerForm) -> Any:
    return write_answer(
        report=report,
        heading=heading,
        body=form.cleaned_data["body"],
        seen_version=_seen(request, form),
        by=request.seat,
        at=timezone.now(),
    )


def _seen(request: Request, form: AnswerForm) -> int | None:
    """Return which version was seen: that of the page, or the one a conflict was settled on."""
    confirmed = request.POST.get("confirmed_version", "")
    if confirmed.isdecimal() and len(confirmed) < 9:
        return int(confirmed)
    return form.cleaned_data.get("version") or 1


def _line(request: Request, report: Report, heading: OutlineHeading) -> AnswerLine:
    lines = answer_lines(report, timezone.now(), seat=request.seat)
    return next(line for line in lines if line.heading.pk == heading.pk)


def _show(
    request: Request,
    report: Report,
    heading: OutlineHeading,
    *,
    form: AnswerForm | None = None,
    stale: StaleAnswerError | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = answer_lines(report, timezone.now(), seat=request.seat)
    line = next(one for one in lines if one.heading.pk == heading.pk)
    before, after = headings_beside(lines, heading)
    words = words_of_report(report)
    body = with_figures(line.body, words)
    shown = form or AnswerForm(initial={"body": body, "version": line.version})
    typed = request.POST.get("body", "") if form else body
    context = {
        "report": report,
        "review": report.review,
        "heading": heading,
        "line": line,
        "lines": lines,
        "form": shown,
        "before": before,
        "after": after,
        "known": known_beside(report, heading),
        "earlier": earlier_text(report, heading),
        "longest": LONGEST,
        **_reading(report, typed, words),
        **(_conflict(stale) if stale else {}),
    }
    return render_page(request, "reviews/answer.html", context, status=status)


def _reading(report: Report, body: str, words: dict[int, str] | None = None) -> dict[str, Any]:
    """Return how a text reads; what is longer than may be kept is not rendered."""
    if len(body) > LONGEST:
        return {"too_long": True, "reading": "", "words": {}}
    known = words_of_report(report) if words is None else words
    return {"reading": clean_prose(body), "words": known}


def _conflict(stale: StaleAnswerError) -> dict[str, Any]:
    current = stale.current
    return {
        "conflict": current,
        "mine": stale.mine,
        "conflict_lines": differences_between(current.body, stale.mine),
    }


def _chosen(
    request: Request, versions: list[AnswerVersion]
) -> tuple[AnswerVersion | None, AnswerVersion | None]:
    """Return the version asked for, else the newest, and the one it is compared with."""
    if not versions:
        return None, None
    asked = request.GET.get("version", "")
    numbers = [version.number for version in versions]
    if asked and not (asked.isdecimal() and len(asked) < 9 and int(asked) in numbers):
        raise Http404
    place = numbers.index(int(asked)) if asked else 0
    before = versions[place + 1] if place + 1 < len(versions) else None
    return versions[place], before
