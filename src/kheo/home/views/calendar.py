"""The calendar: a month of what is due, and the private address calendar programs fetch."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kheo.home.actions import close_calendar_feed, renew_calendar_feed
from kheo.home.models import CalendarFeed
from kheo.home.queries.calendar import LISTED_MONTHS, calendar_month
from kheo.home.queries.feed import dues_of_feed, feed_of_token, feed_words, last_change
from kheo.home.sheets import icalendar_of
from kheo.organisations.http import Request
from kheo.ui.pages import render_page

EARLIEST, LATEST = 1930, 2100


@require_safe
def show_calendar(request: Request) -> HttpResponse:
    """Show a month of what is due, as a grid or as a list."""
    today = timezone.localdate()
    listed = request.GET.get("view") == "list"
    month = _month(request, today)
    page = calendar_month(request.seat, month, today, months=LISTED_MONTHS if listed else 1)
    feed = CalendarFeed.objects.filter(user=request.user).first()
    context = {
        "page": page,
        "listed": listed,
        "month_shown": not listed,
        "this_month": f"{today:%Y-%m}",
        "feed": feed,
        "feed_address": _address(feed) if feed else "",
    }
    return render_page(request, "home/calendar.html", context)


@require_POST
def renew_address(request: Request) -> HttpResponse:
    """Give the person a private calendar address; the old one is dead."""
    renew_calendar_feed(by=request.seat, at=timezone.now())
    messages.success(request, _("Your calendar has a new private address; an older one is dead."))
    return redirect(f"{reverse('home:calendar')}#feed")


@require_POST
def close_address(request: Request) -> HttpResponse:
    """Take the private calendar address away."""
    feed = get_object_or_404(CalendarFeed, user=request.user)
    close_calendar_feed(feed=feed, by=request.seat, at=timezone.now())
    messages.success(
        request, _("The calendar address is dead; programs that fetch it get nothing.")
    )
    return redirect("home:calendar")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar of whoever the secret address belongs to; it reads only, and needs no door.

    Calendar programs ask often: what has not changed is answered with 304.
    """
    found = feed_of_token(token)
    if found is None:
        raise Http404
    now = timezone.now()
    with translation.override(found.user.language or settings.LANGUAGE_CODE):
        text = icalendar_of(
            dues_of_feed(found, timezone.localdate(now)),
            name=f"{_('Calendar')} Khéo",
            public_url=settings.PUBLIC_URL,
            words=feed_words(),
        )
    etag = quote_etag(hashlib.sha256(text).hexdigest()[:32])
    changed = last_change(now)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="kheo.ics"'
    shown = get_conditional_response(request, etag, int(changed.timestamp()), answer) or answer
    _dress(shown, etag, changed)
    return shown


def _dress(answer: Any, etag: str, changed: datetime) -> None:
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(changed.timestamp())
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"


def _month(request: Request, today: date) -> date:
    year, _dash, month = request.GET.get("month", "").partition("-")
    plain = year.isascii() and month.isascii() and year.isdigit() and month.isdigit()
    if not plain or len(year) > 4 or len(month) > 2:
        return today
    if not (EARLIEST <= int(year) <= LATEST and 1 <= int(month) <= 12):
        return today
    return date(int(year), int(month), 1)


def _address(feed: CalendarFeed) -> str:
    return f"{settings.PUBLIC_URL}{reverse('home:calendar-feed', args=[feed.token])}"
