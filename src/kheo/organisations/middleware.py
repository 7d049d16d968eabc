"""Puts the seat on the request, and answers what rules refuse."""

from collections.abc import Callable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kheo.accounts.models import User
from kheo.audit.actions import Deed, record
from kheo.organisations.models import Seat
from kheo.organisations.rules import NotAllowedError

SESSION_KEY = "seat"


class SeatMiddleware:
    """Set ``request.seat`` for signed-in people; turn a rule's refusal into a 403 with its reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.seat = current_seat(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Answer a refused deed with 403, the rule's reason and a trace in the audit."""
        if not isinstance(exception, NotAllowedError):
            return None
        seat = getattr(request, "seat", None)
        if seat is not None:
            deed = Deed(
                verb="access.refused",
                record=seat,
                scope=seat.organisation.path,
                after={"path": request.path, "method": request.method},
                reason=str(exception.reason),
            )
            record(deed=deed, by=seat, at=timezone.now())
        return render(request, "403.html", {"reason": exception.reason}, status=403)


def current_seat(request: HttpRequest) -> Seat | None:
    """Return the seat chosen in this session, else the person's first one, if held today."""
    if not isinstance(request.user, User):
        return None
    chosen = request.session.get(SESSION_KEY)
    held = Seat.objects.held(timezone.localdate()).filter(user=request.user)
    seats = held.select_related(
        "user", "organisation__kind", "organisation__level", "acting_for__user"
    )
    if chosen is not None and (seat := seats.filter(Q(pk=chosen)).first()):
        return seat
    return seats.order_by("acting_for_id", "pk").first()
