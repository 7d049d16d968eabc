"""Finds what an address names, for this seat only, and answers forms that did not pass."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from kheo.organisations.http import Request
from kheo.rounds.models import Audience, Round
from kheo.rounds.queries.visible import rounds_visible_to
from kheo.rounds.queries.words import differing_fields
from kheo.rounds.rules import RoundError
from kheo.ui.pages import render_page


def visible_round(request: Request, pk: int) -> Round:
    """Return the round, or 404 where this seat must not know of it."""
    rounds = rounds_visible_to(request.seat).select_related("governing_document", "field_scheme")
    return get_object_or_404(rounds, pk=pk)


def audience_of(round: Round, pk: int) -> Audience:
    """Return an audience of a round, or 404."""
    audience = get_object_or_404(round.audiences, pk=pk)
    audience.round = round
    return audience


def show_form(
    request: Request, template: str, form: forms.Form, context: Mapping[str, Any]
) -> HttpResponse:
    """Show a page with its form: 422 after a POST, which did not pass or it would not be here."""
    # what passes is answered with a redirect
    status = 422 if request.method == "POST" else 200
    return render_page(request, template, {"form": form, **context}, status=status)


def add_reasons(form: forms.Form, error: RoundError) -> None:
    """Show the reasons of a refused deed above the form."""
    for reason in error.reasons:
        form.add_error(None, reason)


def show_conflict(  # noqa: PLR0913 -- two edits and the page between them
    request: Request,
    template: str,
    form: forms.Form,
    context: Mapping[str, Any],
    *,
    theirs: Mapping[str, object],
    yours: Mapping[str, object],
    version: int,
) -> HttpResponse:
    """Answer 409 with what was typed, beside what somebody else saved meanwhile.

    Saving once more is then a choice made with open eyes, so the form carries the new version.
    """
    data = request.POST.copy()
    data[form.add_prefix("version")] = str(version)
    form.data = data
    values = {
        "form": form,
        "conflicts": differing_fields(theirs, yours),
        "is_stale": True,
        **context,
    }
    return render_page(request, template, values, status=409)
