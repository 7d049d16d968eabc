"""Finding the model, milestone, figure or area an address names, as far as the seat sees it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from kheo.exemplars.models import Registration
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.rules import reach_of
from kheo.progress.models import Figure, Milestone
from kheo.progress.queries.listing import followed_registrations


def followed_model(request: Request, pk: int) -> Registration:
    """Return an accepted registration in view, or 404."""
    rows = followed_registrations(request.seat).select_related("organisation", "level", "round")
    return get_object_or_404(rows, pk=pk)


def visible_milestone(request: Request, pk: int) -> Milestone:
    """Return a milestone of a model in view, or 404."""
    rows = Milestone.objects.filter(registration__in=followed_registrations(request.seat))
    return get_object_or_404(rows.select_related("registration"), pk=pk)


def visible_figure(request: Request, pk: int) -> Figure:
    """Return a figure of a model in view, or 404."""
    seen = followed_registrations(request.seat)
    rows = Figure.objects.filter(result__registration__in=seen)
    return get_object_or_404(
        rows.select_related("result__registration", "result__indicator"), pk=pk
    )


def top_of_view(request: Request) -> Organisation:
    """Return the organisation below which the seat sees everything."""
    return Organisation.objects.get(path=reach_of(request.seat))


def asked_version(request: Request) -> int:
    """Return the version that a form without fields of its own sends along, or 404."""
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Http404
    return int(text)
