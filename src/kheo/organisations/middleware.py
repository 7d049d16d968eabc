"""Puts the seat on the request, and answers what rules refuse."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts.models import User
from kheo.audit.actions import Deed, record
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import NotAllowedError

SESSION_KEY = "seat"
# what people do who have no seat yet, or must choose a password of their own first
WITHOUT_SEAT = frozenset(
    {
        "accounts:sign-out",
        "accounts:profile",
        "accounts:password-change",
        "accounts:language",
        "home:language",
        "organisations:first-organisation",
        "organisations:accept-invitation",
        "organisations:no-seat",
    }
)
BEFORE_PASSWORD = frozenset(
    {"accounts:sign-out", "accounts:password-change", "accounts:language", "home:language"}
)


class SeatMiddleware:
    """Set ``request.seat`` for signed-in people; answer a refusal with 403 and its reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.seat = current_seat(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: Any
    ) -> HttpResponse | None:
        """Send those elsewhere who must choose a password first, or hold no seat."""
        user = request.user
        if not isinstance(user, User) or not getattr(view, "login_required", True):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if user.must_change_password and name not in BEFORE_PASSWORD:
            return redirect("accounts:password-change")
        if getattr(request, "seat", None) is None and name not in WITHOUT_SEAT:
            return redirect(_page_without_seat())
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refused deed with 403 and the rule's reason; leave a trace, also of a 404."""
        if isinstance(exception, Http404) and not hasattr(request, "reach_considered"):
            note_refusal(request, _("Nothing at this address lies within the reach of the seat."))
        if not isinstance(exception, NotAllowedError):
            return None
        note_refusal(request, str(exception.reason))
        return render(request, "403.html", {"reason": exception.reason}, status=403)


def note_refusal(request: HttpRequest, reason: str) -> None:
    """Leave a trace in the audit that a seat asked for what it may not have."""
    seat = getattr(request, "seat", None)
    if seat is None:
        return
    deed = Deed(
        verb="access.refused",
        record=seat,
        scope=seat.organisation.path,
        after={"path": request.path, "method": request.method},
        reason=reason,
    )
    record(deed=deed, by=seat, at=timezone.now())


def current_seat(request: HttpRequest) -> Seat | None:
    """Return the seat chosen in this session, else the person's first one, if held today."""
    if not isinstance(request.user, User):
        return None
    chosen = request.session.get(SESSION_KEY)
    held = Seat.objects.held(timezone.localdate()).filter(user=request.user)
    # whom one acts for is read where it is the case: few seats are held for somebody else
    seats = held.select_related("organisation__kind", "organisation__level")
    seat = seats.filter(pk=chosen).first() if chosen is not None else None
    seat = seat or seats.own_first().first()
    if seat is not None:
        # read with the session already
        seat.user = request.user
    return seat


def _page_without_seat() -> str:
    founded = Organisation.objects.exists()
    return "organisations:no-seat" if founded else "organisations:first-organisation"
