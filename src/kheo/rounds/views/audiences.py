"""The second step of a round: whom it asks for what."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.rounds.actions import add_audience, edit_audience, move_audience, remove_audience
from kheo.rounds.actions.audiences import facts_of_terms, terms_of
from kheo.rounds.forms.audiences import AudienceForm, initial_audience
from kheo.rounds.models import Audience, Round
from kheo.rounds.queries.asked import audiences_of, round_preview
from kheo.rounds.queries.round_page import described
from kheo.rounds.rules import RoundError, StaleError, can_prepare_round
from kheo.rounds.views.finding import (
    add_reasons,
    audience_of,
    show_conflict,
    show_form,
    visible_round,
)
from kheo.ui.pages import render_page

TEMPLATE = "rounds/audience.html"


@require_safe
def audience_list(request: Request, pk: int) -> HttpResponse:
    """Show the audiences of a round in their order, with how many units each takes."""
    round = visible_round(request, pk)
    audiences = audiences_of(round)
    counts = round_preview(round, audiences).audiences
    context = {
        "round": round,
        "rows": [(count, described(count.audience)) for count in counts],
        "may_prepare": can_prepare_round(request.seat, round),
        "step": 2,
    }
    return render_page(request, "rounds/audiences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def audience_new(request: Request, pk: int) -> HttpResponse:
    """Add an audience."""
    round = visible_round(request, pk)
    demand(can_prepare_round(request.seat, round))
    form = AudienceForm(request.POST or None, round=round, initial={"version": round.version})
    context = {"round": round, "step": 2}
    if not form.is_valid():
        return show_form(request, TEMPLATE, form, context)
    try:
        add_audience(
            round=round,
            terms=form.terms(),
            seen_version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )
    except StaleError:
        # nothing typed here stands against anything: the page only did not show it all
        return show_conflict(
            request,
            TEMPLATE,
            form,
            context,
            theirs={"audiences": [row.name for row in round.audiences.all()]},
            yours={"audiences": [form.cleaned_data["name"]]},
            version=round.version,
        )
    except RoundError as error:
        add_reasons(form, error)
        return show_form(request, TEMPLATE, form, context)
    messages.success(request, _("The audience is added."))
    return redirect("rounds:audiences", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def audience_edit(request: Request, pk: int, audience: int) -> HttpResponse:
    """Change an audience."""
    round = visible_round(request, pk)
    demand(can_prepare_round(request.seat, round))
    found = audience_of(round, audience)
    form = AudienceForm(request.POST or None, round=round, initial=initial_audience(found))
    context = {"round": round, "audience": found, "step": 2}
    if form.is_valid():
        return _save(request, round, found, form, context)
    return show_form(request, TEMPLATE, form, context)


def _save(
    request: Request,
    round: Round,
    audience: Audience,
    form: AudienceForm,
    context: dict[str, object],
) -> HttpResponse:
    try:
        edit_audience(
            audience=audience,
            terms=form.terms(),
            seen_version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )
    except StaleError:
        return show_conflict(
            request,
            TEMPLATE,
            form,
            context,
            theirs=facts_of_terms(terms_of(audience)),
            yours=facts_of_terms(form.terms()),
            version=round.version,
        )
    except RoundError as error:
        add_reasons(form, error)
        return show_form(request, TEMPLATE, form, context)
    messages.success(request, _("The audience is saved."))
    return redirect("rounds:audiences", round.pk)


@require_POST
def audience_move(request: Request, pk: int, audience: int) -> HttpResponse:
    """Move an audience up or down."""
    round = visible_round(request, pk)
    move_audience(
        audience=audience_of(round, audience),
        up=request.POST.get("direction") == "up",
        by=request.seat,
        at=timezone.now(),
    )
    return redirect("rounds:audiences", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def audience_remove(request: Request, pk: int, audience: int) -> HttpResponse:
    """Remove an audience after asking."""
    round = visible_round(request, pk)
    demand(can_prepare_round(request.seat, round))
    found = audience_of(round, audience)
    if request.method == "POST":
        remove_audience(audience=found, by=request.seat, at=timezone.now())
        messages.success(request, _("The audience is removed."))
        return redirect("rounds:audiences", pk)
    context = {
        "question": _("Remove the audience “%s”?") % found,
        "text": _("Its units are asked no more, unless another audience describes them."),
        "deed": _("Remove the audience"),
        "danger": True,
        "action_url": request.path,
        "back_url": reverse("rounds:audiences", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context)
