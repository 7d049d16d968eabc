"""The list of reviews, the page of one, beginning, changing and discarding one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.audit.queries import history_of
from kheo.directives.queries import origins_of
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.actions import create_review, delete_draft_review, edit_review
from kheo.reviews.enums import ReviewState
from kheo.reviews.forms.reports import ReportFilterForm
from kheo.reviews.forms.reviews import (
    AnnexFormSet,
    DueFormSet,
    ReviewFilterForm,
    ReviewForm,
    initial_review,
    terms_typed,
)
from kheo.reviews.models import Review
from kheo.reviews.queries.reports import found_reports, own_report_in, report_counts
from kheo.reviews.queries.reviews import found_reviews, outline_of
from kheo.reviews.rules.reports import can_keep, is_late_report
from kheo.reviews.rules.reviews import (
    ReviewError,
    can_close_review,
    can_prepare_review,
    can_reopen_review,
    can_run_review,
)
from kheo.reviews.views.finding import visible_review
from kheo.rounds.queries.visible import own_organiser
from kheo.ui.pages import render_page, wants_part
from kheo.ui.paging import page_of

# an outline has dozens of headings, each with its own sentence
MOST_ORIGINS = 6


@require_safe
def review_list(request: Request) -> HttpResponse:
    """Show the reviews this seat sees."""
    filters = ReviewFilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    context = {
        "page": page_of(found_reviews(request.seat, **chosen), request),
        "filters": filters,
        "may_run": can_run_review(request.seat, own_organiser(request.seat)),
    }
    return render_page(request, "reviews/list.html", context, part="reviews")


@require_safe
def review_detail(request: Request, pk: int) -> HttpResponse:
    """Show a review: what is asked, by which outline, until when."""
    review = visible_review(request, pk)
    if wants_part(request):
        return render_page(
            request, "reviews/detail.html", _reports(request, review), part="reports"
        )
    context = {
        **_reports(request, review),
        "review": review,
        "outline": outline_of(review),
        "dues": list(review.dues.select_related("level")),
        "annexes": list(review.annexes.select_related("design")),
        "history": list(history_of(review)[:50]),
        "origins": origins_of("reviews.review", [review.pk]).get(review.pk, [])[:MOST_ORIGINS],
        "today": timezone.localdate(),
        "may_prepare": can_prepare_review(request.seat, review),
        "may_close": can_close_review(request.seat, review),
        "may_reopen": can_reopen_review(request.seat, review),
    }
    return render_page(request, "reviews/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review_new(request: Request) -> HttpResponse:
    """Begin a review by hand."""
    organiser = own_organiser(request.seat)
    demand(can_run_review(request.seat, organiser))
    forms = _forms(request, {"basics": {}, "dues": [], "annexes": []})
    if _are_valid(forms):
        try:
            made = create_review(
                organiser=organiser, terms=_terms(forms), by=request.seat, at=timezone.now()
            )
        except ReviewError as error:
            forms["form"].add_error(None, str(error))
        else:
            messages.success(request, _("The review is begun. Now write its outline."))
            return redirect("reviews:outline", made.pk)
    return _show(request, forms, None)


@require_http_methods(["GET", "HEAD", "POST"])
def review_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is said of a review, its due dates and annexes."""
    review = visible_review(request, pk)
    demand(can_prepare_review(request.seat, review))
    forms = _forms(request, initial_review(review))
    if _are_valid(forms):
        try:
            edit_review(
                review=review,
                terms=_terms(forms),
                seen_version=forms["form"].cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except ReviewError as error:
            forms["form"].add_error(None, str(error))
        else:
            messages.success(request, _("The review is saved."))
            return redirect("reviews:detail", pk)
    return _show(request, forms, review)


@require_http_methods(["GET", "HEAD", "POST"])
def review_delete(request: Request, pk: int) -> HttpResponse:
    """Discard a draft after asking."""
    review = visible_review(request, pk)
    demand(can_prepare_review(request.seat, review))
    if request.method == "POST":
        delete_draft_review(review=review, by=request.seat, at=timezone.now())
        messages.success(request, _("The draft is discarded."))
        return redirect("reviews:list")
    context = {
        "question": _("Discard the draft “%s”?") % review,
        "consequences": [_("No unit was asked yet. The journal keeps what the draft said.")],
        "deed": _("Discard the draft"),
        "danger": True,
        "action_url": request.path,
        "back_url": reverse("reviews:detail", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context)


def _reports(request: Request, review: Review) -> dict[str, Any]:
    """Return who has answered a review that is asked for, as far as the seat sees them."""
    if review.state == ReviewState.DRAFT:
        return {}
    today = timezone.localdate()
    filters = ReportFilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    page = page_of(found_reports(request.seat, review, today, **chosen), request)
    own = own_report_in(request.seat, review)
    return {
        "review": review,
        "filters": filters,
        "page": page,
        "rows": [(report, is_late_report(report, today)) for report in page.rows],
        "counts": report_counts(request.seat, review, today),
        "own": own,
        "may_keep": can_keep(request.seat, own) if own else None,
        "today": today,
    }


def _forms(request: Request, initial: dict[str, Any]) -> dict[str, Any]:
    data = request.POST or None
    return {
        "form": ReviewForm(data, seat=request.seat, initial=initial["basics"]),
        "dues": DueFormSet(data, prefix="dues", initial=initial["dues"]),
        "annexes": AnnexFormSet(
            data,
            prefix="annexes",
            initial=initial["annexes"],
            form_kwargs={"seat": request.seat},
        ),
    }


def _are_valid(forms: dict[str, Any]) -> bool:
    # each is asked, so that all errors are shown at once
    return all([form.is_valid() for form in forms.values()])  # noqa: C419


def _terms(forms: dict[str, Any]) -> Any:
    return terms_typed(forms["form"], forms["dues"], forms["annexes"])


def _show(request: Request, forms: dict[str, Any], review: Review | None) -> HttpResponse:
    # what passes is answered with a redirect
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reviews/edit.html", {"review": review, **forms}, status=status)
