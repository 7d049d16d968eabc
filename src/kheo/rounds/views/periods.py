"""The pages of periods."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.rounds.actions import create_period, edit_period, facts_of_period
from kheo.rounds.forms.basics import PeriodForm, initial_period
from kheo.rounds.queries.visible import own_organiser, periods_visible_to
from kheo.rounds.rules import RoundError, StaleError, can_edit_period, can_keep_period
from kheo.rounds.views.finding import add_reasons, show_conflict, show_form
from kheo.ui.pages import render_page

TEMPLATE = "rounds/period.html"


@require_safe
def period_list(request: Request) -> HttpResponse:
    """Show the periods this seat sees."""
    periods = periods_visible_to(request.seat).prefetch_related("governing_documents")
    context = {
        "rows": [(period, can_edit_period(request.seat, period)) for period in periods],
        "may_keep": can_keep_period(request.seat, own_organiser(request.seat)),
    }
    return render_page(request, "rounds/periods.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def period_new(request: Request) -> HttpResponse:
    """Enter a period."""
    organiser = own_organiser(request.seat)
    demand(can_keep_period(request.seat, organiser))
    form = PeriodForm(request.POST or None, seat=request.seat)
    if form.is_valid():
        try:
            create_period(
                organiser=organiser, terms=form.terms(), by=request.seat, at=timezone.now()
            )
        except RoundError as error:
            add_reasons(form, error)
        else:
            messages.success(request, _("The period is entered."))
            return redirect("rounds:periods")
    return show_form(request, TEMPLATE, form, {})


@require_http_methods(["GET", "HEAD", "POST"])
def period_edit(request: Request, pk: int) -> HttpResponse:
    """Change a period."""
    period = get_object_or_404(periods_visible_to(request.seat), pk=pk)
    demand(can_edit_period(request.seat, period))
    form = PeriodForm(request.POST or None, seat=request.seat, initial=initial_period(period))
    if form.is_valid():
        try:
            edit_period(
                period=period,
                terms=form.terms(),
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except StaleError:
            return show_conflict(
                request,
                TEMPLATE,
                form,
                {"period": period},
                theirs=facts_of_period(period),
                yours=facts_of_period(form.terms()),
                version=period.version,
            )
        except RoundError as error:
            add_reasons(form, error)
        else:
            messages.success(request, _("The period is saved."))
            return redirect("rounds:periods")
    return show_form(request, TEMPLATE, form, {"period": period})
