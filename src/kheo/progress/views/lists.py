"""The list of models in their course, and asking the ticked ones for news."""

import re

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kheo.organisations.enums import Role
from kheo.organisations.http import Request
from kheo.progress.actions import ProgressError, ask_for_news
from kheo.progress.forms.filters import ProgressFilterForm
from kheo.progress.queries.listing import (
    ProgressFilter,
    followed_registrations,
    followed_years,
    listed_models,
    progress_rows,
    standing_of,
)
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

KEY = re.compile(r"[0-9]{1,18}")
MOST = 500


@require_safe
def model_list(request: Request) -> HttpResponse:
    """Show how the accepted models in view go, and which have had no news."""
    years = followed_years(request.seat)
    form, chosen = _filter(request, years)
    now = timezone.localtime()
    page = page_of(listed_models(request.seat, chosen, now), request)
    context = {
        "filters": form,
        "chosen": chosen,
        "page": page,
        "rows": progress_rows(page.rows, chosen, now),
        "standing": standing_of(request.seat, chosen, now),
        "year_text": str(chosen.year),
        "days_text": str(chosen.days),
        "may_ask": request.seat.role == Role.OFFICER,
    }
    return render_page(request, "progress/list.html", context, part="models")


@require_POST
def ask(request: Request) -> HttpResponse:
    """Ask the units of the ticked models for news."""
    keys = [int(key) for key in request.POST.getlist("model") if KEY.fullmatch(key)][:MOST]
    models = list(followed_registrations(request.seat).filter(pk__in=keys))
    try:
        asked = ask_for_news(
            registrations=models,
            text=request.POST.get("text", "")[:2000],
            by=request.seat,
            at=timezone.now(),
        )
    except ProgressError as error:
        messages.warning(request, str(error))
    else:
        words = ngettext(
            "%(count)s unit's model was asked about; it finds the question in its notices.",
            "News of %(count)s models was asked for; their units find it in their notices.",
            len(asked),
        )
        messages.success(request, words % {"count": len(asked)})
    return redirect(_way_back(request))


def _way_back(request: Request) -> str:
    address = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if here and address.startswith("/") else reverse("progress:list")


def _filter(request: Request, years: list[int]) -> tuple[ProgressFilterForm, ProgressFilter]:
    usual = settings.PROGRESS_SILENT_DAYS
    form = ProgressFilterForm(request.GET, years=years, days=usual)
    newest = years[0] if years else timezone.localdate().year
    return form, ProgressFilter(
        year=form.value("year") or newest,
        days=form.value("days") or usual,
        q=form.value("q") or "",
        state=form.value("state") or "",
        field=form.value("field") or "",
        silent=bool(form.value("silent")),
        late=bool(form.value("late")),
    )
