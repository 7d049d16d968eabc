"""The first page, the gallery, the health check, and the pages that say what went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kheo.home.forms import SampleFilterForm, SampleForm
from kheo.home.queries.gallery import sample_records
from kheo.ui.components.library import icon_names
from kheo.ui.pages import render_page


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Show what is due from this seat."""
    return render_page(request, "home/my_work.html")


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
    return render(request, "500.html", status=500)
