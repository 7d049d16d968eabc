"""The catalogue of indicators: read by everybody, added to by administrators."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.progress.actions import (
    ProgressError,
    create_indicator,
    edit_indicator,
    retire_indicator,
)
from kheo.progress.forms.catalogue import IndicatorForm, initial_indicator
from kheo.progress.models import Indicator
from kheo.progress.queries.catalogue import catalogue_of
from kheo.progress.rules.catalogue import can_add_indicators, can_edit_indicator
from kheo.progress.views.finding import asked_version
from kheo.ui.pages import render_page


@require_safe
def indicator_list(request: Request) -> HttpResponse:
    """Show the indicators that units in view count by."""
    rows = [(one, can_edit_indicator(request.seat, one)) for one in catalogue_of(request.seat)]
    groups = groupby(rows, lambda row: row[0].get_group_display())
    context = {
        "groups": [(name, list(found)) for name, found in groups],
        "may_add": can_add_indicators(request.seat),
    }
    return render_page(request, "progress/indicators.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_new(request: Request) -> HttpResponse:
    """Add an indicator."""
    demand(can_add_indicators(request.seat))
    form = IndicatorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            create_indicator(terms=form.terms(), by=request.seat, at=timezone.now())
        except ProgressError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The indicator is added."))
            return redirect("progress:indicators")
    return _show(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_edit(request: Request, pk: int) -> HttpResponse:
    """Change an indicator."""
    indicator = get_object_or_404(catalogue_of(request.seat), pk=pk)
    demand(can_edit_indicator(request.seat, indicator))
    form = IndicatorForm(
        request.POST if request.method == "POST" else None, initial=initial_indicator(indicator)
    )
    if form.is_bound and form.is_valid():
        try:
            edit_indicator(
                indicator=indicator,
                terms=form.terms(),
                version=form.cleaned_data["version"] or 0,
                by=request.seat,
                at=timezone.now(),
            )
        except ProgressError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The indicator is changed."))
            return redirect("progress:indicators")
    return _show(request, form, indicator)


@require_POST
def indicator_retire(request: Request, pk: int) -> HttpResponse:
    """Take an indicator out of use, or into use again."""
    indicator = get_object_or_404(catalogue_of(request.seat), pk=pk)
    try:
        retire_indicator(
            indicator=indicator,
            retired=indicator.retired_at is None,
            version=asked_version(request),
            by=request.seat,
            at=timezone.now(),
        )
    except ProgressError as error:
        messages.error(request, str(error))
    return redirect("progress:indicators")


def _show(request: Request, form: IndicatorForm, indicator: Indicator | None) -> HttpResponse:
    context = {"form": form, "indicator": indicator}
    status = 422 if form.is_bound else 200
    return render_page(request, "progress/indicator.html", context, status=status)
