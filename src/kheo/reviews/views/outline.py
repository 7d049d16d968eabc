"""Changing the outline of a review that is being prepared."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.actions import (
    HeadingDetails,
    add_heading,
    copy_outline,
    move_heading,
    remove_heading,
    rename_heading,
)
from kheo.reviews.enums import HeadingPurpose
from kheo.reviews.forms.reports import CopyOutlineForm, HeadingDetailForm
from kheo.reviews.models import OutlineHeading, Review
from kheo.reviews.queries.reviews import outline_of, reviews_visible_to
from kheo.reviews.rules.purposes import purpose_of_words
from kheo.reviews.rules.reviews import DEEPEST, ReviewError, can_prepare_review
from kheo.reviews.views.finding import heading_of, visible_review
from kheo.ui.pages import render_page

DETAILS = ("guidance", "purpose", "field")


@require_safe
def outline(request: Request, pk: int) -> HttpResponse:
    """Show the outline with what can be done to each heading."""
    review = visible_review(request, pk)
    demand(can_prepare_review(request.seat, review))
    context = {"review": review, "outline": outline_of(review), "deepest": DEEPEST}
    return render_page(request, "reviews/outline.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def heading_new(request: Request, pk: int) -> HttpResponse:
    """Add a main heading."""
    review = visible_review(request, pk)
    return _add(request, review, None)


@require_http_methods(["GET", "HEAD", "POST"])
def heading_below(request: Request, pk: int, heading: int) -> HttpResponse:
    """Add a heading below another."""
    review = visible_review(request, pk)
    return _add(request, review, heading_of(review, heading))


@require_http_methods(["GET", "HEAD", "POST"])
def heading_edit(request: Request, pk: int, heading: int) -> HttpResponse:
    """Change the text of a heading."""
    review = visible_review(request, pk)
    demand(can_prepare_review(request.seat, review))
    current = heading_of(review, heading)
    initial = {name: getattr(current, name) for name in ("title", *DETAILS)}

    def save(typed: Mapping[str, Any]) -> object:
        return rename_heading(
            heading=current,
            title=typed["title"],
            details=HeadingDetails(**{name: typed[name] for name in DETAILS}),
            seen_version=typed["version"],
            by=request.seat,
            at=timezone.now(),
        )

    words = purpose_of_words(current.title)
    about = {"heading": current, "guessed": HeadingPurpose(words.purpose) if words.purpose else ""}
    return _ask(request, review, initial, save, about)


@require_http_methods(["GET", "HEAD", "POST"])
def outline_copy(request: Request, pk: int) -> HttpResponse:
    """Take over the outline of another review."""
    review = visible_review(request, pk)
    demand(can_prepare_review(request.seat, review))
    others = reviews_visible_to(request.seat).exclude(pk=pk).filter(headings__isnull=False)
    initial = {"version": review.version}
    form = CopyOutlineForm(request.POST or None, reviews=others.distinct(), initial=initial)
    if form.is_valid():
        try:
            copy_outline(
                review=review,
                source=form.cleaned_data["source"],
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The outline is taken over. Change it where needed."))
            return redirect("reviews:outline", pk)
    context = {
        "question": _("Take over the outline of another review"),
        "consequences": [_("It takes the place of all headings this review has now.")],
        "form": form,
        "deed": _("Take it over"),
        "action_url": request.path,
        "back_url": reverse("reviews:outline", args=[pk]),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "ui/confirm.html", context, status=status)


@require_POST
def heading_move(request: Request, pk: int, heading: int) -> HttpResponse:
    """Move a heading among its neighbours."""
    review = visible_review(request, pk)
    current = heading_of(review, heading)
    up = request.POST.get("direction") == "up"
    move_heading(heading=current, up=up, by=request.seat, at=timezone.now())
    return redirect("reviews:outline", pk)


@require_POST
def heading_remove(request: Request, pk: int, heading: int) -> HttpResponse:
    """Take a heading out."""
    review = visible_review(request, pk)
    current = heading_of(review, heading)
    remove_heading(heading=current, by=request.seat, at=timezone.now())
    messages.success(request, _("“%s” is taken out.") % current)
    return redirect("reviews:outline", pk)


def _add(request: Request, review: Review, parent: OutlineHeading | None) -> HttpResponse:
    demand(can_prepare_review(request.seat, review))

    def save(typed: Mapping[str, Any]) -> object:
        return add_heading(
            review=review,
            title=typed["title"],
            parent=parent,
            details=HeadingDetails(**{name: typed[name] for name in DETAILS}),
            seen_version=typed["version"],
            by=request.seat,
            at=timezone.now(),
        )

    return _ask(request, review, {}, save, {"parent": parent})


def _ask(
    request: Request,
    review: Review,
    initial: dict[str, object],
    save: Callable[[Mapping[str, Any]], object],
    about: Mapping[str, object],
) -> HttpResponse:
    initial = {"version": review.version, **initial}
    form = HeadingDetailForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            save(form.cleaned_data)
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            return redirect("reviews:outline", review.pk)
    context = {"review": review, "form": form, **about}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reviews/heading.html", context, status=status)
