"""Preview and publication of a round, closing, reopening, extensions, late joiners."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.rounds.actions import (
    add_unit_to_round,
    close_round,
    extend_deadline,
    publish_round,
    reopen_round,
)
from kheo.rounds.forms.asking import (
    ExtensionForm,
    LateJoinerForm,
    OptionalReasonForm,
    ReasonForm,
    UnitFilterForm,
)
from kheo.rounds.queries.asked import (
    audiences_of,
    preview_units,
    publication_obstacles,
    round_preview,
    with_audiences,
)
from kheo.rounds.queries.visible import parts_found, parts_visible_to
from kheo.rounds.rules import (
    RoundError,
    can_close_round,
    can_extend_deadline,
    can_publish_round,
    can_reopen_round,
)
from kheo.rounds.views.finding import add_reasons, show_form, visible_round
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    """Show exactly who will be asked for what, and what stands in the way."""
    round = visible_round(request, pk)
    audiences = audiences_of(round)
    filters = UnitFilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    page = page_of(preview_units(round, audiences, **chosen), request)
    shown = round_preview(round, audiences)
    context = {
        "round": round,
        "preview": shown,
        "obstacles": publication_obstacles(round, audiences, shown),
        "page": page,
        "rows": with_audiences(page.rows, audiences),
        "filters": filters,
        "show": chosen.get("show", ""),
        "may_publish": can_publish_round(request.seat, round),
        "step": 3,
    }
    return render_page(request, "rounds/preview.html", context, part="units")


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: Request, pk: int) -> HttpResponse:
    """Publish a round after showing what will happen."""
    round = visible_round(request, pk)
    demand(can_publish_round(request.seat, round))
    if request.method == "POST":
        return _publish(request, pk)
    audiences = audiences_of(round)
    shown = round_preview(round, audiences)
    context = {
        "round": round,
        "preview": shown,
        "obstacles": publication_obstacles(round, audiences, shown),
        "step": 4,
    }
    return render_page(request, "rounds/publish.html", context)


def _publish(request: Request, pk: int) -> HttpResponse:
    round = visible_round(request, pk)
    try:
        publish_round(round=round, by=request.seat, at=timezone.now())
    except RoundError as error:
        for reason in error.reasons:
            messages.error(request, reason)
        return redirect("rounds:preview", pk)
    count = round.participations.count()
    done = ngettext(
        "The round is published; %(count)s unit is asked.",
        "The round is published; %(count)s units are asked.",
        count,
    )
    messages.success(request, done % {"count": count})
    return redirect("rounds:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Request, pk: int) -> HttpResponse:
    """Close a round after asking."""
    round = visible_round(request, pk)
    demand(can_close_round(request.seat, round))
    form = OptionalReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        close_round(round=round, reason=reason, by=request.seat, at=timezone.now())
        messages.success(request, _("The round is closed."))
        return redirect("rounds:detail", pk)
    context = {
        "question": _("Close the round “%s”?") % round,
        "consequences": [
            _("Units can submit and correct nothing more."),
            _("It can be reopened with a reason."),
        ],
        "deed": _("Close the round"),
        "danger": True,
        "action_url": request.path,
        "back_url": reverse("rounds:detail", args=[pk]),
    }
    return show_form(request, "ui/confirm.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: Request, pk: int) -> HttpResponse:
    """Reopen a closed round, with a reason."""
    round = visible_round(request, pk)
    demand(can_reopen_round(request.seat, round))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            reopen_round(round=round, reason=reason, by=request.seat, at=timezone.now())
        except RoundError as error:
            add_reasons(form, error)
        else:
            messages.success(request, _("The round is open again."))
            return redirect("rounds:detail", pk)
    context = {
        "question": _("Reopen the round “%s”?") % round,
        "consequences": [_("Units can submit and correct again; deadlines stay as they are.")],
        "deed": _("Reopen the round"),
        "action_url": request.path,
        "back_url": reverse("rounds:detail", args=[pk]),
    }
    return show_form(request, "ui/confirm.html", form, context)


@require_safe
def unit_list(request: Request, pk: int) -> HttpResponse:
    """Show the asked units with their deadlines, to find the one that needs more time."""
    round = visible_round(request, pk)
    filters = UnitFilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    context = {
        "round": round,
        "page": page_of(parts_found(request.seat, round, **chosen), request),
        "filters": filters,
        "show": chosen.get("show", ""),
        "may_extend": can_close_round(request.seat, round),
    }
    return render_page(request, "rounds/units.html", context, part="units")


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: Request, pk: int, part: int) -> HttpResponse:
    """Give one unit more time."""
    round = visible_round(request, pk)
    parts = parts_visible_to(request.seat, round).select_related("round__organiser", "audience")
    found = get_object_or_404(parts, pk=part)
    demand(can_extend_deadline(request.seat, found))
    form = ExtensionForm(
        request.POST or None,
        initial={"due_on": found.due_on, "reason": found.extension_reason},
    )
    if form.is_valid():
        try:
            extend_deadline(
                participation=found, **form.cleaned_data, by=request.seat, at=timezone.now()
            )
        except RoundError as error:
            add_reasons(form, error)
        else:
            messages.success(request, _("“%s” has more time now.") % found.unit_name)
            return redirect("rounds:detail", pk)
    return show_form(request, "rounds/extend.html", form, {"round": round, "part": found})


@require_http_methods(["GET", "HEAD", "POST"])
def add_unit(request: Request, pk: int) -> HttpResponse:
    """Ask one more unit in a round that runs."""
    round = visible_round(request, pk)
    demand(can_close_round(request.seat, round))
    form = LateJoinerForm(request.POST or None, round=round, today=timezone.localdate())
    if form.is_valid():
        try:
            part = add_unit_to_round(
                round=round,
                organisation=form.cleaned_data["code"],
                audience=form.cleaned_data["audience"],
                by=request.seat,
                at=timezone.now(),
            )
        except RoundError as error:
            add_reasons(form, error)
        else:
            messages.success(request, _("“%s” is asked now.") % part.unit_name)
            return redirect("rounds:units", pk)
    return show_form(request, "rounds/add_unit.html", form, {"round": round})
