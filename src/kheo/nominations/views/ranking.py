"""The page of one list: ranking by buttons and numbers, candidates, stopping with a reason."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kheo.audit.queries import history_of
from kheo.exemplars.models import Registration
from kheo.nominations import actions
from kheo.nominations.enums import Standing
from kheo.nominations.forms import CandidateFilterForm
from kheo.nominations.models import NominationList
from kheo.nominations.queries.candidates import found_candidates
from kheo.nominations.queries.page import candidate_lines, filter_choices, nominations_page
from kheo.nominations.rules import NominationError, moved_by, typed_order
from kheo.nominations.views.finding import posted_numbers, seen_version, visible_list
from kheo.organisations.http import Request
from kheo.ui.pages import render_page, wants_part
from kheo.ui.paging import page_of

DECISIONS = {"forward": actions.put_forward, "clear": actions.clear_decision}
STEPS = {"up": -1, "down": 1}
CANDIDATES_SHOWN = 25


@require_safe
def show_list(request: Request, pk: int) -> HttpResponse:
    """Show a list: to be ranked by its own people, to be read by others."""
    return _show(request, visible_list(request, pk))


@require_POST
def rank(request: Request, pk: int) -> HttpResponse:
    """Do one thing to the ranking, and show it again."""
    row = visible_list(request, pk)
    try:
        _do(request, row)
    except NominationError as error:
        return _show(request, visible_list(request, pk), errors=error.reasons, status=422)
    if wants_part(request):
        return _show(request, visible_list(request, pk))
    query = request.GET.urlencode()
    address = reverse("nominations:detail", args=[pk])
    return redirect(f"{address}?{query}" if query else address)


def _do(request: Request, row: NominationList) -> None:
    """Do what the pressed button says: "order", "stop", "stop-rest", or a deed with a key."""
    deed, _colon, key = request.POST.get("deed", "order").partition(":")
    act: dict[str, Any] = {"row": row, "seen_version": seen_version(request)}
    act |= {"by": request.seat, "at": timezone.now()}
    if deed in DECISIONS:
        found = get_object_or_404(Registration, pk__in=posted_numbers([key]))
        decide: Callable[..., object] = DECISIONS[deed]
        decide(registration=found, **act)
    elif deed in {"stop", "stop-rest"}:
        ticked = posted_numbers(request.POST.getlist("r")) if deed == "stop" else None
        reason = request.POST.get("reason", "")
        actions.stop_models(registrations=ticked, reason=reason, **act)
    else:
        actions.order_nominations(wanted=_wanted(request, row, deed, key), **act)


def _wanted(request: Request, row: NominationList, deed: str, key: str) -> list[int]:
    """Return the order asked for, by a step of one model or by the numbers typed."""
    up = row.nominations.filter(stands=Standing.NOMINATED).order_by("rank", "pk")
    keys = list(up.values_list("pk", flat=True))
    if deed in STEPS:
        return moved_by(keys, next(iter(posted_numbers([key])), 0), STEPS[deed])
    typed = {one: posted_numbers([request.POST.get(f"rank-{one}", "")]) for one in keys}
    return typed_order(keys, {one: numbers[0] for one, numbers in typed.items() if numbers})


def _show(
    request: Request,
    row: NominationList,
    *,
    errors: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    page = nominations_page(request.seat, row)
    context: dict[str, Any] = {
        "page": page,
        "list": row,
        "errors": errors,
        "reason": request.POST.get("reason", "") if errors else "",
        "query": request.GET.urlencode(),
        "history": list(history_of(row)[:50]),
    }
    if page.may["rank"]:
        context |= _candidates(request, row)
    show = partial(render_page, request, "nominations/detail.html", context, status=status)
    asked = request.headers.get("HX-Target", "")
    return show(part="candidates" if asked == "candidates" else "desk")


def _candidates(request: Request, row: NominationList) -> dict[str, Any]:
    fields, levels = filter_choices(row)
    form = CandidateFilterForm(request.GET, fields=fields, levels=levels)
    page = page_of(found_candidates(row, form.chosen), request, size=CANDIDATES_SHOWN)
    return {
        "filters": form,
        "candidates_page": page,
        "candidates": candidate_lines(row, page.rows),
    }
