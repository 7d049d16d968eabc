"""Reports below side by side under one heading, and the own text that is made of them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kheo.lib.text.prose import with_figures
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.actions import (
    assemble_draft,
    drop_passage,
    pick_of,
    take_passage,
    write_answer,
)
from kheo.reviews.forms.consolidating import BelowFilterForm, OwnTextForm
from kheo.reviews.models import Answer, OutlineHeading, Passage, Report
from kheo.reviews.queries.comparing import compared_periods, previous_years
from kheo.reviews.queries.consolidating import (
    reports_below,
    rows_below,
    standing_below,
    taken_passages,
)
from kheo.reviews.queries.counting import words_in
from kheo.reviews.queries.drafting import SEVERAL, groups_below
from kheo.reviews.queries.reviews import outline_of
from kheo.reviews.rules.answers import StaleAnswerError
from kheo.reviews.rules.passages import joined
from kheo.reviews.rules.reports import can_read_answers, can_write
from kheo.reviews.rules.reviews import ReviewError
from kheo.reviews.views.finding import heading_of, visible_report
from kheo.ui.pages import render_page, wants_part
from kheo.ui.paging import page_of

PAGE_SIZE = 20
# points that several units make, shown beside the own text
SHOWN = 12


@require_safe
def below(request: Request, pk: int, heading: int) -> HttpResponse:
    """Show what all reports below say under a heading, beside the own text."""
    report, current = _place(request, pk, heading)
    return _show(request, report, current)


@require_POST
def below_write(request: Request, pk: int, heading: int) -> HttpResponse:
    """Keep the own text."""

    def keep(report: Report, current: OutlineHeading) -> str:
        del report, current
        return _("Saved.")

    return _do(request, pk, heading, keep)


@require_POST
def below_take(request: Request, pk: int, heading: int) -> HttpResponse:
    """Put the marked passages below the own text, which is kept first."""
    picks = [pick for key in request.POST.getlist("pick") if (pick := pick_of(key))]

    def take(report: Report, current: OutlineHeading) -> str:
        take_passage(
            report=report, heading=current, picks=picks, by=request.seat, at=timezone.now()
        )
        done = ngettext("%(count)s passage is taken.", "%(count)s passages are taken.", len(picks))
        return done % {"count": len(picks)}

    return _do(request, pk, heading, take)


@require_POST
def below_assemble(request: Request, pk: int, heading: int) -> HttpResponse:
    """Put a draft made by rule below the own text, which is kept first."""

    def assemble(report: Report, current: OutlineHeading) -> str:
        done = assemble_draft(
            report=report, only=current, below_written=True, by=request.seat, at=timezone.now()
        )
        if done.written:
            return _("The draft is put in. Read and correct it.")
        return _("The rules find nothing new for this heading.")

    return _do(request, pk, heading, assemble)


@require_POST
def below_insert(request: Request, pk: int, heading: int) -> HttpResponse:
    """Put the sentence of a comparison below the own text, which is kept first."""
    wanted = request.POST.get("measure", "")

    def insert(report: Report, current: OutlineHeading) -> str:
        found = {one.measure.value: one.sentence for one in compared_periods(report)}
        if wanted not in found:
            raise ReviewError(_("There is nothing to compare."))
        own = Answer.objects.filter(report=report, heading=current).first()
        body = joined(own.body if own else "", found[wanted])
        write_answer(report=report, heading=current, body=body, by=request.seat, at=timezone.now())
        return _("The sentence is put in.")

    return _do(request, pk, heading, insert)


@require_POST
def below_drop(request: Request, pk: int, heading: int, passage: int) -> HttpResponse:
    """Let go of a passage whose words no longer stand in the own text."""
    report, current = _place(request, pk, heading)
    rows = Passage.objects.filter(report=report, heading=current)
    found = get_object_or_404(rows.select_related("heading", "report"), pk=passage)
    drop_passage(passage=found, by=request.seat, at=timezone.now())
    return redirect(_address(request, report, current))


@require_safe
def below_figures(request: Request, pk: int, heading: int) -> HttpResponse:
    """Show what the register adds up to over everything below, beside the period before."""
    report, current = _place(request, pk, heading)
    demand(can_read_answers(request.seat, report))
    context = {
        "report": report,
        "review": report.review,
        "heading": current,
        "compared": compared_periods(report),
        "years_before": previous_years(report),
        "standing": standing_below(report, timezone.localdate()),
        "may_write": can_write(request.seat, report),
        "in_place": wants_part(request),
        "shared": [one for one in groups_below(report, current) if one.units >= SEVERAL][:SHOWN],
    }
    return render_page(request, "reviews/below_figures.html", context, part="figures")


@require_POST
def report_assemble(request: Request, pk: int) -> HttpResponse:
    """Write a draft by rule under every heading that has no text yet."""
    report = visible_report(request, pk)
    done = assemble_draft(report=report, by=request.seat, at=timezone.now())
    said = ngettext(
        "A draft stands under %(count)s heading now; what was written already was left.",
        "A draft stands under %(count)s headings now; what was written already was left.",
        len(done.written),
    )
    messages.success(request, said % {"count": len(done.written)})
    return redirect("reviews:report", pk)


def _place(request: Request, pk: int, heading: int) -> tuple[Report, OutlineHeading]:
    report = visible_report(request, pk)
    return report, heading_of(report.review, heading)


def _do(
    request: Request, pk: int, heading: int, deed: Callable[[Report, OutlineHeading], str]
) -> HttpResponse:
    """Keep the own text as typed, then do the deed; a conflict shows both texts."""
    report, current = _place(request, pk, heading)
    form = OwnTextForm(request.POST)
    form.is_valid()
    try:
        if "body" in request.POST:
            write_answer(
                report=report,
                heading=current,
                body=form.cleaned_data.get("body", ""),
                seen_version=form.cleaned_data.get("version") or 1,
                by=request.seat,
                at=timezone.now(),
            )
        said = deed(report, current)
    except StaleAnswerError as error:
        return _show(request, report, current, form=form, stale=error, status=409)
    except ReviewError as error:
        form.add_error(None, str(error))
        return _show(request, report, current, form=form, status=422)
    messages.success(request, said)
    return redirect(f"{_address(request, report, current)}#own")


def _address(request: Request, report: Report, heading: OutlineHeading) -> str:
    """Return the page with the filters it was opened with."""
    kept = QueryDict(request.POST.get("query", "")[:1000], mutable=True)
    address = reverse("reviews:below", args=[report.pk, heading.pk])
    return f"{address}?{kept.urlencode()}" if kept else address


def _show(
    request: Request,
    report: Report,
    heading: OutlineHeading,
    *,
    form: OwnTextForm | None = None,
    stale: StaleAnswerError | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    units = list(report.children.order_by("unit_name").values_list("organisation", "unit_name"))
    filters = BelowFilterForm(request.GET, units=units)
    chosen = filters.chosen()
    page = page_of(reports_below(report, heading, chosen, today), request, size=PAGE_SIZE)
    context: dict[str, Any] = {
        "report": report,
        "review": report.review,
        "heading": heading,
        "outline": outline_of(report.review),
        "filters": filters,
        "page": page,
        "rows": rows_below(list(page.rows), report, heading, today),
        "standing": standing_below(report, today),
        "query": request.GET.urlencode(),
        "conflict": stale.current if stale else None,
        **_own(request, report, heading, form, stale),
    }
    return render_page(request, "reviews/below.html", context, part="answers", status=status)


def _own(
    request: Request,
    report: Report,
    heading: OutlineHeading,
    form: OwnTextForm | None,
    stale: StaleAnswerError | None,
) -> dict[str, Any]:
    """Return the own text, for those who may read it."""
    if not can_read_answers(request.seat, report):
        return {"may_read": False, "may_write": can_write(request.seat, report)}
    own = Answer.objects.filter(report=report, heading=heading).first()
    words = words_in(report, own.body if own else "")
    body = with_figures(own.body, words) if own else ""
    shown = form or OwnTextForm(initial={"body": body, "version": own.version if own else 1})
    if stale is not None:
        # saving once more is a decision: the text of the other one was seen
        shown = OwnTextForm(initial={"body": stale.mine, "version": stale.current.version})
    return {
        "may_read": True,
        "may_write": can_write(request.seat, report),
        "own": own,
        "own_body": body,
        "words": words,
        "form": shown,
        "taken": taken_passages(report, heading, body),
    }
