"""The proposals of a paper on one page, and the making of each part."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kheo.assignments.actions import TaskTerms
from kheo.directives.models import Document
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.planning.actions import (
    PlannedAudience,
    PlannedTask,
    ReviewPlan,
    RoundPlan,
    apply_amendments,
    make_review_of_document,
    make_round_of_document,
    make_tasks_of_document,
)
from kheo.planning.queries.governing import PAPER
from kheo.planning.queries.round_proposal import RoundProposal
from kheo.planning.queries.task_proposals import body_terms
from kheo.planning.rules import PlanError
from kheo.planning.views.desk import (
    AudiencePart,
    Desk,
    RoundPart,
    TaskPart,
    desk_of,
    review_part,
    round_part,
    task_parts,
)
from kheo.reviews.forms.reviews import terms_typed
from kheo.ui.pages import render_page

TEMPLATE = "planning/proposals.html"
TIMES = ("timing", "starts_on", "due_on", "due_day", "due_month", "time_text")


@require_safe
def proposals(request: Request, pk: int) -> HttpResponse:
    """Show what would be made of a paper, beside each value the sentence it came from."""
    return _show(request, desk_of(request, pk), year=_year_asked(request))


@require_POST
def make_round(request: Request, pk: int) -> HttpResponse:
    """Make the round as it was typed."""
    desk = _ready(request, pk)
    year = request.POST.get("round-year", "")
    part = round_part(desk, request.POST, int(year) if year.isdecimal() else None)
    if part is None:
        raise Http404
    chosen = [one for one in part.audiences if one.use.is_valid() and one.use.cleaned_data["use"]]
    if part.form.is_valid() and _all_valid(one.form for one in chosen):
        try:
            made = make_round_of_document(
                reading=desk.paper.reading,  # type: ignore[union-attr]
                organiser=desk.organiser,
                plan=_round_plan(part, chosen),
                seen_version=part.form.cleaned_data["reading_version"],
                by=request.seat,
                at=timezone.now(),
            )
        except PlanError as error:
            _add_reasons(part.form, error)
        else:
            messages.success(
                request, _("The round is prepared. Look at whom it asks, then publish it.")
            )
            return redirect("rounds:preview", made.pk)
    return _show(request, desk, status=422, round=part)


@require_POST
def make_review(request: Request, pk: int) -> HttpResponse:
    """Make the review as it was typed."""
    desk = _ready(request, pk)
    part = review_part(desk, request.POST)
    if part is None:
        raise Http404
    if _all_valid([part.form, part.dues, part.annexes]):
        part.form.cleaned_data["document"] = desk.document
        try:
            made = make_review_of_document(
                reading=desk.paper.reading,  # type: ignore[union-attr]
                organiser=desk.organiser,
                plan=ReviewPlan(
                    terms=terms_typed(part.form, part.dues, part.annexes),
                    outline=part.form.cleaned_data["outline"],
                    findings=tuple(fact.finding for fact in part.proposal.facts),
                ),
                seen_version=part.form.cleaned_data["reading_version"],
                by=request.seat,
                at=timezone.now(),
            )
        except PlanError as error:
            _add_reasons(part.form, error)
        else:
            messages.success(request, _("The review is prepared; its outline can be changed."))
            return redirect("reviews:detail", made.pk)
    return _show(request, desk, status=422, review=part)


@require_POST
def make_tasks(request: Request, pk: int) -> HttpResponse:
    """Give the chosen tasks as they were typed."""
    desk = _ready(request, pk)
    parts = task_parts(desk, request.POST)
    open_parts = [part for part in parts if part.made is None]
    errors: list[str] = []
    if open_parts and _all_valid(part.form for part in open_parts):
        version = request.POST.get("reading_version", "")
        try:
            made = make_tasks_of_document(
                reading=desk.paper.reading,  # type: ignore[union-attr]
                owner=desk.organiser,
                plan=_planned_tasks(desk, open_parts),
                seen_version=int(version) if version.isdecimal() else None,
                by=request.seat,
                at=timezone.now(),
            )
        except PlanError as error:
            errors = list(error.reasons)
        else:
            done = ngettext("%(count)s task is given.", "%(count)s tasks are given.", len(made))
            messages.success(request, done % {"count": len(made)})
            return redirect("planning:proposals", pk)
    elif not open_parts:
        errors = [_("These tasks were given already.")]
    return _show(request, desk, status=422, tasks=parts, task_errors=errors)


@require_POST
def amend(request: Request, pk: int) -> HttpResponse:
    """Apply the chosen changes of an amending paper."""
    desk = _ready(request, pk)
    paper = desk.paper
    chosen = request.POST.getlist("change")
    version = request.POST.get("reading_version", "")
    try:
        count = apply_amendments(
            reading=paper.reading,  # type: ignore[union-attr]
            organiser=desk.organiser,
            chosen=[one for one in desk.amendments if one.key in chosen],
            seen_version=int(version) if version.isdecimal() else None,
            by=request.seat,
            at=timezone.now(),
        )
    except PlanError as error:
        return _show(request, desk, status=422, amend_errors=list(error.reasons))
    done = ngettext("%(count)s change is applied.", "%(count)s changes are applied.", count)
    messages.success(request, done % {"count": count})
    return redirect("planning:proposals", pk)


def _ready(request: Request, pk: int) -> Desk:
    desk = desk_of(request, pk)
    demand(desk.may_make)
    if desk.paper is None:
        raise Http404
    return desk


def _show(
    request: Request, desk: Desk, *, status: int = 200, year: int | None = None, **parts: Any
) -> HttpResponse:
    context = {
        "desk": desk,
        "document": desk.document,
        "reading_url": reading_url(desk.document),
        "round": parts.get("round") or round_part(desk, year=year),
        "review": parts.get("review") or review_part(desk),
        "tasks": parts.get("tasks") or task_parts(desk),
        "amend_errors": parts.get("amend_errors", []),
        "task_errors": parts.get("task_errors", []),
    }
    # an amending letter changes the round that is there; it opens no second one
    if desk.amendments:
        context["round"] = parts.get("round")
    context["nothing"] = not (
        desk.amendments or context["round"] or context["review"] or context["tasks"]
    )
    return render_page(request, TEMPLATE, context, status=status)


def reading_url(document: Document) -> str:
    """Return where the paper stands beside what was read in it, where that page is there."""
    try:
        return reverse("directives:reading", args=[document.pk])
    except NoReverseMatch:
        return ""


def _year_asked(request: Request) -> int | None:
    year = request.GET.get("year", "")
    return int(year) if year.isdecimal() and len(year) == len("2024") else None


def _round_plan(part: RoundPart, chosen: list[AudiencePart]) -> RoundPlan:
    data = part.form.cleaned_data
    choice = next(one for one in part.proposal.governing if one.key == data["governing"])
    return RoundPlan(
        year=data["year"],
        title=data["title"],
        opens_on=data["opens_on"],
        field_scheme=data["field_scheme"],
        theme=data["theme"],
        receiver_name=data["receiver_name"],
        nomination_cap=data["nomination_cap"],
        late_policy=data["late_policy"],
        period=data["period"],
        new_period=part.form.new_period,
        usual_due=part.form.usual_due,
        governing_document=choice.document if choice.key != PAPER else None,
        cited=choice.cited,
        audiences=tuple(_planned(one) for one in chosen),
        findings=_round_findings(part.proposal),
    )


def _planned(part: AudiencePart) -> PlannedAudience:
    findings = tuple(fact.finding for fact in part.proposal.facts)
    return PlannedAudience(terms=part.form.terms(), findings=findings)


def _round_findings(proposal: RoundProposal) -> tuple[Any, ...]:
    return tuple(fact.finding for fact in proposal.facts)


def _planned_tasks(desk: Desk, parts: Iterable[TaskPart]) -> list[PlannedTask]:
    today = timezone.localdate()
    planned = []
    for part in parts:
        data = part.form.cleaned_data
        if not data["use"] or desk.paper is None:
            continue
        bodies = body_terms(part.form.bodies(), desk.organiser, desk.paper, today)
        terms = TaskTerms(
            content=data["content"],
            ordinal=part.proposal.ordinal,
            bodies=bodies,
            **{name: data[name] for name in TIMES},
        )
        planned.append(PlannedTask(terms=terms, finding=part.proposal.fact.finding))
    return planned


def _all_valid(rows: Iterable[Any]) -> bool:
    # each is asked, so that all errors are shown at once
    return all([form.is_valid() for form in rows])  # noqa: C419


def _add_reasons(form: forms.Form, error: PlanError) -> None:
    for reason in error.reasons:
        form.add_error(None, reason)
