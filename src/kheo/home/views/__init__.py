"""The first page, the gallery, the health check, and the pages that say what went wrong."""

import sys
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kheo.home.forms import JournalForm, SampleFilterForm, SampleForm
from kheo.home.queries.gallery import sample_records
from kheo.home.queries.journal import JournalFilter, journal_entries, journal_lines
from kheo.home.queries.search import views_of
from kheo.home.queries.work import work_page
from kheo.organisations.http import Request
from kheo.ui.components.library import icon_names
from kheo.ui.history import registered_deeds
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

# without a question the journal shows the last month: older entries are asked for
JOURNAL_DAYS = timedelta(days=30)
RETRY_SECONDS = 5
EMPTY: dict[str, Any] = {
    "first": None,
    "last": None,
    "verb": "",
    "person": "",
    "record": "",
    "text": "",
}


@require_safe
def my_work(request: Request) -> HttpResponse:
    """Show what is due from this seat."""
    work = work_page(request.seat, timezone.now())
    context = {"work": work, "views": views_of(request.seat)}
    return render_page(request, "home/my_work.html", context)


@require_safe
def audit(request: Request) -> HttpResponse:
    """Search the journal of all that was done within the seat's reach."""
    today = timezone.localdate()
    data = request.GET if request.GET else {"first": (today - JOURNAL_DAYS).isoformat()}
    form = JournalForm(data, deeds=registered_deeds())
    chosen = JournalFilter(**{name: form.value(name) or empty for name, empty in EMPTY.items()})
    page = page_of(journal_entries(request.seat, chosen), request)
    context = {"form": form, "page": page, "lines": journal_lines(list(page.rows))}
    return render_page(request, "home/audit.html", context, part="journal")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states."""
    form = SampleForm()
    wrong = SampleForm(
        {"name": "Đ" * 301, "level": "commune", "begins_on": "31/02/2024"}, auto_id="wrong_%s"
    )
    records = sample_records(timezone.now())
    context = {
        "form": form,
        "wrong": wrong,
        "filters": SampleFilterForm(request.GET),
        "records": records,
        "icons": sorted(icon_names()),
    }
    return render_page(request, "home/gallery.html", context, part="sample-table")


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer "ok" when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that the request could not be understood."""
    return render(request, "400.html", status=400)


@login_not_required
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what was refused and why."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


@login_not_required
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page, or none for this seat."""
    return render(request, "404.html", status=404)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that the form came from an old page, and how to send it again."""
    return render(request, "403_csrf.html", status=403)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; nothing here may touch the database, which may be the fault."""
    if isinstance(sys.exc_info()[1], OperationalError):
        # a write that waited too long for others, or a database that is away: trying again helps
        busy = render(request, "503.html", status=503)
        busy["Retry-After"] = str(RETRY_SECONDS)
        return busy
    return render(request, "500.html", status=500)
