"""Asking for reports on pages: opening a review, passing it on, one more body, closing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.rules import demand
from kheo.reviews.actions import (
    ask_another_body,
    close_review,
    open_review,
    pass_on_report,
    reopen_review,
)
from kheo.reviews.enums import ReviewState
from kheo.reviews.forms.reports import (
    AnotherForm,
    OwnDueForm,
    ReasonForm,
    ask_forms,
    asked_in,
)
from kheo.reviews.queries.asking import AskTerms, asked_already, bodies_asked
from kheo.reviews.queries.guessing import GuessedGroup, guessed_asking
from kheo.reviews.rules.reports import can_keep, can_pass_on
from kheo.reviews.rules.reviews import (
    ReviewError,
    can_close_review,
    can_prepare_review,
    can_reopen_review,
)
from kheo.reviews.views.finding import visible_report, visible_review
from kheo.ui.pages import render_page

MOST_SHOWN = 300


@dataclass
class _Asking:
    """What a page of asking works on: who asks, from which groups it starts, what asks at last."""

    owner: Organisation
    groups: Sequence[GuessedGroup]
    own: OwnDueForm | None
    known: set[int]
    done_url: str
    ask: Callable[[list[AskTerms], date | None], object]
    about: dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def review_open(request: Request, pk: int) -> HttpResponse:
    """Show whom the due dates mean, let it be put right, and ask."""
    review = visible_review(request, pk)
    demand(can_prepare_review(request.seat, review))
    guessed = guessed_asking(review, timezone.localdate())
    initial = {"own_due_on": guessed.own_due_on, "version": review.version}
    own = OwnDueForm(request.POST or None, initial=initial)

    def ask(terms: list[AskTerms], own_due_on: date | None) -> object:
        return open_review(
            review=review,
            asked=terms,
            own_due_on=own_due_on,
            seen_version=own.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )

    done_url = reverse("reviews:detail", args=[pk])
    about = {"review": review, "dues": list(review.dues.select_related("level"))}
    asking = _Asking(review.organiser, guessed.groups, own, set(), done_url, ask, about)
    return _ask(request, asking)


@require_http_methods(["GET", "HEAD", "POST"])
def report_pass_on(request: Request, pk: int) -> HttpResponse:
    """Ask bodies below for theirs, before the own report is due."""
    report = visible_report(request, pk)
    demand(can_pass_on(request.seat, report))

    def ask(terms: list[AskTerms], _own: date | None) -> object:
        return pass_on_report(report=report, asked=terms, by=request.seat, at=timezone.now())

    done_url = reverse("reviews:report", args=[pk])
    about = {"review": report.review, "report": report}
    known = asked_already(report.review)
    return _ask(request, _Asking(report.organisation, (), None, known, done_url, ask, about))


@require_http_methods(["GET", "HEAD", "POST"])
def report_ask_another(request: Request, pk: int) -> HttpResponse:
    """Ask one more body for a report that goes into this one."""
    parent = visible_report(request, pk)
    demand(can_keep(request.seat, parent))
    initial = {"unit": request.GET.get("unit", "")}
    form = AnotherForm(
        request.POST or None, owner=parent.organisation, day=timezone.localdate(), initial=initial
    )
    if form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            made = ask_another_body(
                parent=parent,
                organisation=unit,
                due_on=form.cleaned_data["due_on"],
                by=request.seat,
                at=timezone.now(),
            )
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("“%s” is asked for its report.") % made.unit_name)
            return redirect("reviews:detail", parent.review_id)
    context = {
        "question": _("Ask another body"),
        "text": parent.review.title,
        "form": form,
        "deed": _("Ask it"),
        "action_url": request.path,
        "back_url": reverse("reviews:detail", args=[parent.review_id]),
    }
    return render_page(
        request, "ui/confirm.html", context, status=422 if request.method == "POST" else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review_close(request: Request, pk: int) -> HttpResponse:
    """Close a review after asking, or open a closed one again."""
    review = visible_review(request, pk)
    is_open = review.state == ReviewState.OPEN
    judge = can_close_review if is_open else can_reopen_review
    demand(judge(request.seat, review))
    form = ReasonForm(request.POST or None)
    form.fields["reason"].required = not is_open
    if form.is_valid():
        turn = close_review if is_open else reopen_review
        turn(review=review, reason=form.cleaned_data["reason"], by=request.seat, at=timezone.now())
        messages.success(
            request, _("The review is closed.") if is_open else _("The review is open again.")
        )
        return redirect("reviews:detail", pk)
    return _show_closing(request, pk, form, is_open=is_open)


def _show_closing(request: Request, pk: int, form: ReasonForm, *, is_open: bool) -> HttpResponse:
    context = {
        "question": _("Close this review?") if is_open else _("Open this review again?"),
        "consequences": [
            _("Nobody writes, hands in or returns a report any more; all can still be read.")
            if is_open
            else _("Reports that were not handed in can be written and handed in again.")
        ],
        "form": form,
        "deed": _("Close the review") if is_open else _("Open it again"),
        "action_url": request.path,
        "back_url": reverse("reviews:detail", args=[pk]),
    }
    return render_page(
        request, "ui/confirm.html", context, status=422 if request.method == "POST" else 200
    )


def _ask(request: Request, asking: _Asking) -> HttpResponse:
    day = timezone.localdate()
    typed = request.method == "POST"
    formset = ask_forms(request.POST or None, owner=asking.owner, day=day, groups=asking.groups)
    terms = [_terms(group) for group in asking.groups]
    passed = True
    if typed:
        # each is asked, so that all errors are shown at once
        passed = all([formset.is_valid(), asking.own is None or asking.own.is_valid()])
        terms = asked_in(formset) if passed else []
    bodies = bodies_asked(asking.owner, terms, day, known=asking.known)
    error = ""
    if typed and passed and "preview" not in request.POST:
        try:
            asking.ask(terms, asking.own.cleaned_data["own_due_on"] if asking.own else None)
        except ReviewError as refusal:
            error = str(refusal)
        else:
            _say_asked(request, len(bodies))
            return redirect(asking.done_url)
    audiences = [group.audience for group in asking.groups]
    context = {
        "formset": formset,
        "lines": list(zip_longest(formset.forms, audiences, fillvalue="")),
        "own_form": asking.own,
        "error": error,
        "bodies": bodies[:MOST_SHOWN],
        "count": len(bodies),
        "more": max(len(bodies) - MOST_SHOWN, 0),
        "passed": passed,
        **asking.about,
    }
    status = 200 if passed and not error else 422
    return render_page(request, "reviews/ask.html", context, status=status)


def _terms(group: GuessedGroup) -> AskTerms:
    return AskTerms(
        due_on=group.due_on, kinds=group.kinds, levels=group.levels, listed=group.listed
    )


def _say_asked(request: Request, count: int) -> None:
    said = ngettext(
        "%(count)s unit is asked for its report and has been told.",
        "%(count)s units are asked for their reports and have been told.",
        count,
    )
    messages.success(request, said % {"count": count})
