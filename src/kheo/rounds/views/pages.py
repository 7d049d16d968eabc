"""The list of rounds, the page of one round, copying and discarding one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.audit.queries import history_of
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.rounds.actions import copy_round, delete_draft_round
from kheo.rounds.forms.asking import CopyForm, RoundFilterForm
from kheo.rounds.queries.round_page import round_page
from kheo.rounds.queries.visible import found_rounds, own_organiser
from kheo.rounds.rules import (
    RoundError,
    can_close_round,
    can_edit_round,
    can_prepare_round,
    can_publish_round,
    can_reopen_round,
    can_run_round,
)
from kheo.rounds.views.finding import add_reasons, show_form, visible_round
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def round_list(request: Request) -> HttpResponse:
    """Show the rounds this seat sees."""
    filters = RoundFilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    context = {
        "page": page_of(found_rounds(request.seat, **chosen), request),
        "filters": filters,
        "may_open": can_run_round(request.seat, own_organiser(request.seat)),
        "today": timezone.localdate(),
    }
    return render_page(request, "rounds/list.html", context, part="rounds")


@require_safe
def round_detail(request: Request, pk: int) -> HttpResponse:
    """Show a round: state, whose turn it is, whom it asks, and what can be done."""
    round = visible_round(request, pk)
    seat = request.seat
    context = {
        "round": round,
        "shown": round_page(seat, round),
        "today": timezone.localdate(),
        "history": list(history_of(round)[:50]),
        "may_run": can_run_round(seat, round.organiser),
        "may_edit": can_edit_round(seat, round),
        "may_prepare": can_prepare_round(seat, round),
        "may_publish": can_publish_round(seat, round),
        "may_close": can_close_round(seat, round),
        "may_reopen": can_reopen_round(seat, round),
    }
    return render_page(request, "rounds/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_copy(request: Request, pk: int) -> HttpResponse:
    """Prepare another year's round like this one."""
    source = visible_round(request, pk)
    demand(can_run_round(request.seat, source.organiser))
    form = CopyForm(request.POST or None, initial={"year": source.year + 1})
    if form.is_valid():
        try:
            made = copy_round(
                source=source,
                year=form.cleaned_data["year"],
                opens_on=form.cleaned_data["opens_on"],
                by=request.seat,
                at=timezone.now(),
            )
        except RoundError as error:
            add_reasons(form, error)
        else:
            messages.success(
                request, _("The round is copied. Go through each step before publishing.")
            )
            return redirect("rounds:basics", made.pk)
    return show_form(request, "rounds/copy.html", form, {"round": source})


@require_http_methods(["GET", "HEAD", "POST"])
def round_delete(request: Request, pk: int) -> HttpResponse:
    """Discard a draft after asking."""
    round = visible_round(request, pk)
    demand(can_prepare_round(request.seat, round))
    if request.method == "POST":
        delete_draft_round(round=round, by=request.seat, at=timezone.now())
        messages.success(request, _("The draft is discarded."))
        return redirect("rounds:list")
    context = {
        "question": _("Discard the draft “%s”?") % round,
        "consequences": [_("No unit was asked yet. The journal keeps what the draft said.")],
        "deed": _("Discard the draft"),
        "danger": True,
        "action_url": request.path,
        "back_url": reverse("rounds:detail", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context)
