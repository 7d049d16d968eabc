"""Entering a unit for a title, the list of entries, and withdrawing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.appraisal.actions import ScoreError, enter_for_title, withdraw_title_entry
from kheo.appraisal.forms import EntryForm, ReasonForm
from kheo.appraisal.queries.visible import title_entries_visible_to
from kheo.appraisal.rules.transitions import can_enter_for_title, can_withdraw_entry
from kheo.appraisal.views.lists import visible_file
from kheo.criteria.enums import Subject
from kheo.criteria.queries.visible import sets_in_force_for
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def title_list(request: Request) -> HttpResponse:
    """Show the units that entered for a title, as far as the seat sees them."""
    seat = request.seat
    context = {
        "page": page_of(title_entries_visible_to(seat), request),
        "may_enter": can_enter_for_title(seat, seat.organisation),
    }
    return render_page(request, "appraisal/titles.html", context, part="entries")


@require_http_methods(["GET", "HEAD", "POST"])
def title_new(request: Request) -> HttpResponse:
    """Enter the seat's own unit for a title."""
    seat = request.seat
    demand(can_enter_for_title(seat, seat.organisation))
    today = timezone.localdate()
    sets = sets_in_force_for(seat.organisation, Subject.TITLE, today)
    form = EntryForm(request.POST or None, sets=sets, initial={"year": today.year})
    if form.is_valid():
        try:
            file = enter_for_title(
                organisation=seat.organisation, **form.cleaned_data, by=seat, at=timezone.now()
            )
        except ScoreError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Your unit is entered; now score it criterion by criterion.")
            )
            return redirect("appraisal:detail", file.pk)
    context = {"form": form, "unit": seat.organisation}
    status = 422 if form.errors else 200
    return render_page(request, "appraisal/title_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_entry(request: Request, pk: int) -> HttpResponse:
    """Withdraw the unit's entry after asking why."""
    file = visible_file(request, pk)
    demand(can_withdraw_entry(request.seat, file))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        withdraw_title_entry(file=file, reason=reason, by=request.seat, at=timezone.now())
        messages.success(request, _("The entry is withdrawn."))
        return redirect("appraisal:detail", pk)
    context = {
        "question": _("Withdraw the entry for the title?"),
        "text": _("The file is not scored any more; your unit can enter again."),
        "consequences": [str(file)],
        "deed": _("Withdraw the entry"),
        "danger": True,
        "form": form,
        "action_url": request.path,
        "back_url": reverse("appraisal:detail", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context, status=422 if form.errors else 200)
