"""Changing the outline of a review that is being prepared."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.actions import add_heading, move_heading, remove_heading, rename_heading
from kheo.reviews.forms.reviews import HeadingForm
from kheo.reviews.models import OutlineHeading, Review
from kheo.reviews.queries.reviews import outline_of
from kheo.reviews.rules.reviews import DEEPEST, ReviewError, can_prepare_review
from kheo.reviews.views.finding import heading_of, visible_review
from kheo.ui.pages import render_page


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
    initial = {"title": current.title, "version": review.version}

    def save(title: str, version: int | None) -> object:
        return rename_heading(
            heading=current, title=title, seen_version=version, by=request.seat, at=timezone.now()
        )

    return _ask(request, review, initial, save, {"heading": current})


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

    def save(title: str, version: int | None) -> object:
        return add_heading(
            review=review,
            title=title,
            parent=parent,
            seen_version=version,
            by=request.seat,
            at=timezone.now(),
        )

    return _ask(request, review, {"version": review.version}, save, {"parent": parent})


def _ask(
    request: Request,
    review: Review,
    initial: dict[str, object],
    save: Callable[[str, int | None], object],
    about: dict[str, object],
) -> HttpResponse:
    form = HeadingForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            save(form.cleaned_data["title"], form.cleaned_data["version"])
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            return redirect("reviews:outline", review.pk)
    context = {"review": review, "form": form, **about}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reviews/heading.html", context, status=status)
