"""A unit's part in a round: what it registered, and all it can begin or send from there."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.exemplars.actions import (
    AlreadyRegisteredError,
    FormNotAskedError,
    copy_forward_all,
    sign_off_many,
    start_registration,
    submit_many,
)
from kheo.exemplars.enums import Continuity
from kheo.exemplars.queries.earlier import continuable_registrations
from kheo.exemplars.queries.unit import UnitPage, UnitRow, unit_page
from kheo.exemplars.views.finding import posted_keys, visible_part
from kheo.organisations.http import Request
from kheo.rounds.models import Participation
from kheo.ui.pages import render_page


@require_safe
def show_unit_round(request: Request, pk: int) -> HttpResponse:
    """Show quota and deadline, the unit's registrations, and the ways to begin another."""
    page = _page(request, visible_part(request, pk))
    is_own = page.participation.organisation_id == request.seat.organisation_id
    context = {"page": page, "is_own": is_own, "continuities": Continuity.choices[:2]}
    return render_page(request, "exemplars/unit_round.html", context)


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Begin an empty registration and open its form."""
    part = visible_part(request, pk)
    try:
        row = start_registration(
            participation=part,
            form=request.POST.get("form", ""),
            by=request.seat,
            at=timezone.now(),
        )
    except FormNotAskedError as error:
        messages.error(request, str(error))
        return redirect("exemplars:unit-round", pk)
    return redirect("exemplars:edit", row.pk)


@require_POST
def continue_earlier(request: Request, pk: int) -> HttpResponse:
    """Enter chosen models of earlier years again, or all of them."""
    part = visible_part(request, pk)
    continuity = request.POST.get("continuity", Continuity.KEPT)
    if continuity not in {Continuity.KEPT, Continuity.NEW}:
        continuity = Continuity.KEPT
    chosen = None
    if request.POST.get("which") != "all":
        keys = posted_keys(request.POST.getlist("r"))
        chosen = list(continuable_registrations(part).filter(pk__in=keys))
        if not chosen:
            messages.warning(request, _("Tick the models to be continued first."))
            return redirect("exemplars:unit-round", pk)
    try:
        rows = copy_forward_all(
            participation=part,
            registrations=chosen,
            continuity=continuity,
            by=request.seat,
            at=timezone.now(),
        )
    except AlreadyRegisteredError as error:
        messages.error(request, str(error))
        return redirect("exemplars:unit-round", pk)
    words = ngettext(
        "%s model was entered as a draft.", "%s models were entered as drafts.", len(rows)
    )
    messages.success(request, words % len(rows))
    return redirect("exemplars:unit-round", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off_all(request: Request, pk: int) -> HttpResponse:
    """Show which drafts will be signed and which not, and why; then sign them."""
    return _together(request, pk, "sign-off")


@require_http_methods(["GET", "HEAD", "POST"])
def submit_all(request: Request, pk: int) -> HttpResponse:
    """Show what will be submitted and what not, and why; then submit it."""
    return _together(request, pk, "submit")


def _together(request: Request, pk: int, deed: str) -> HttpResponse:
    page = _page(request, visible_part(request, pk))
    chosen = _chosen(request, page)
    ready = [row for row in chosen if _ready(row, deed)]
    must_confirm = deed == "submit" and bool(page.short_after)
    confirmed = not must_confirm or request.POST.get("acknowledge") == "on"
    if request.method == "POST" and confirmed:
        return _do_together(request, page.participation, deed, ready)
    context = {
        "page": page,
        "deed": deed,
        "ready": ready,
        "skipped": [row for row in chosen if not _ready(row, deed)],
        "must_confirm": must_confirm,
        "not_confirmed": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "exemplars/together.html", context, status=status)


def _do_together(
    request: Request, part: Participation, deed: str, ready: Sequence[UnitRow]
) -> HttpResponse:
    act: Callable[..., object] = submit_many if deed == "submit" else sign_off_many
    rows = [row.registration for row in ready]
    if rows:
        act(registrations=rows, by=request.seat, at=timezone.now())
    words = (
        ngettext("%s registration was submitted.", "%s registrations were submitted.", len(rows))
        if deed == "submit"
        else ngettext("%s registration was signed.", "%s registrations were signed.", len(rows))
    )
    messages.success(request, words % len(rows))
    return redirect(reverse("exemplars:unit-round", args=[part.pk]))


def _ready(row: UnitRow, deed: str) -> bool:
    return bool(row.can_send if deed == "submit" else row.can_sign)


def _chosen(request: Request, page: UnitPage) -> list[UnitRow]:
    sent = request.POST if request.method == "POST" else request.GET
    keys = set(sent.getlist("r"))
    open_states = {"draft", "returned", "signed_off"}
    rows = [row for row in page.rows if row.registration.state in open_states]
    return [row for row in rows if not keys or str(row.registration.pk) in keys]


def _page(request: Request, part: Participation) -> UnitPage:
    return unit_page(part, request.seat, timezone.localdate())
