"""Sending a list up, taking it back, and answering it."""

from collections.abc import Callable, Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.nominations.actions import (
    answer_nominations,
    return_nominations,
    send_nominations,
    take_back_nominations,
)
from kheo.nominations.enums import ListDeed, ListState
from kheo.nominations.forms import AnswerForm, ReasonForm, VersionForm
from kheo.nominations.models import NominationList
from kheo.nominations.queries.page import nominations_page, waiting_of
from kheo.nominations.queries.structure import committee_above
from kheo.nominations.rules import NominationError, can_handle_list
from kheo.nominations.views.finding import seen_version, visible_list
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Request, pk: int) -> HttpResponse:
    """Send a list up after asking."""
    row = visible_list(request, pk)
    demand(can_handle_list(ListDeed.SEND, request.seat, row))
    act = partial(send_nominations, row=row)
    if request.method == "POST":
        return _act(request, row, act, _("The list is sent up."))
    page = nominations_page(request.seat, row)
    above = committee_above(row.owner, timezone.localdate())
    going = [f"{line.nomination.rank}. {line.registration}" for line in page.ranking]
    context = {
        "question": _("Send the list to %s?") % (above or "…"),
        "text": _("These go up, in this order:") + " " + "; ".join(going) if going else "",
        "consequences": [
            _("The list is locked until the committee above answers it or you take it back."),
            _("The units are told what goes up, and why the others stop here."),
        ],
        "deed": _("Send the list up"),
    }
    return _ask(request, row, context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take a list back after asking."""
    row = visible_list(request, pk)
    demand(can_handle_list(ListDeed.TAKE_BACK, request.seat, row))
    act = partial(take_back_nominations, row=row)
    if request.method == "POST":
        return _act(request, row, act, _("The list is taken back."))
    context = {
        "question": _("Take the list back?"),
        "consequences": [_("It can be changed again, and is sent anew afterwards.")],
        "deed": _("Take the list back"),
    }
    return _ask(request, row, context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer the models of a list one by one, or send the whole list back."""
    row = visible_list(request, pk)
    demand(can_handle_list(ListDeed.ANSWER, request.seat, row))
    page = nominations_page(request.seat, row)
    lines = waiting_of(page)
    replying = request.method == "POST" and request.POST.get("deed") != "return"
    form = AnswerForm(request.POST if replying else None, lines=lines, version=row.version)
    back = ReasonForm(
        request.POST if request.method == "POST" and not replying else None,
        initial={"version": row.version},
        prefix="",
    )
    if request.method == "POST":
        done = _reply(request, row, form) if replying else _return(request, row, back)
        if done is not None:
            return done
    context = {"page": page, "list": row, "form": form, "back": back}
    status = 422 if form.errors or back.errors else 200
    return render_page(request, "nominations/answer.html", context, status=status)


def _reply(request: Request, row: NominationList, form: AnswerForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        row = answer_nominations(
            row=row,
            replies=form.replies,
            seen_version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )
    except NominationError as error:
        form.add_error(None, str(error))
        return None
    said = _("The answers are saved; the level below is told.")
    messages.success(request, said)
    still = row.state == ListState.SENT
    return redirect("nominations:answer" if still else "nominations:detail", row.pk)


def _return(request: Request, row: NominationList, form: ReasonForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        return_nominations(
            row=row,
            reason=form.cleaned_data["reason"],
            seen_version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )
    except NominationError as error:
        form.add_error("reason", str(error))
        return None
    messages.success(request, _("The list is sent back with your reason."))
    return redirect("nominations:detail", row.pk)


def _act(
    request: Request, row: NominationList, act: Callable[..., NominationList], said: str
) -> HttpResponse:
    try:
        act(seen_version=seen_version(request), by=request.seat, at=timezone.now())
    except NominationError as error:
        for reason in error.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, said)
    return redirect("nominations:detail", row.pk)


def _ask(request: Request, row: NominationList, context: Mapping[str, object]) -> HttpResponse:
    form = VersionForm(initial={"version": row.version})
    ways = {"action_url": request.path, "back_url": reverse("nominations:detail", args=[row.pk])}
    return render_page(request, "ui/confirm.html", {**context, **ways, "form": form})
