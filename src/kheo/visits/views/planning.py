"""Planning visits: day and place, models, announcing, changing, cancelling."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.visits.actions import (
    announce_visits,
    cancel_visit,
    change_visit,
    choose_visited_models,
    plan_visit,
)
from kheo.visits.enums import VisitDeed
from kheo.visits.forms.visits import VisitForm, initial_visit
from kheo.visits.forms.words import ReasonForm
from kheo.visits.models import Visit
from kheo.visits.queries.standing import parts_in
from kheo.visits.queries.visible import models_to_visit, teams_visible_to
from kheo.visits.rules.deeds import VisitError, can_do_visit, can_plan_visit
from kheo.visits.views.finding import visible_visit

MOST_MODELS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def visit_new(request: Request, team: int) -> HttpResponse:
    """Put a visit into the plan of a team."""
    rows = teams_visible_to(request.seat).select_related("organisation__kind")
    found = get_object_or_404(rows, pk=team)
    demand(can_plan_visit(request.seat, found, parts_in(request.seat, found)))
    form = VisitForm(request.POST or None, team=found)

    def plan(unit: Organisation) -> Visit:
        return plan_visit(team=found, terms=form.terms(unit), by=request.seat, at=timezone.now())

    return _save(request, form, plan, {"team": found}, "visits:models")


@require_http_methods(["GET", "HEAD", "POST"])
def visit_edit(request: Request, pk: int) -> HttpResponse:
    """Change the plan of a visit."""
    visit = visible_visit(request, pk)
    demand(can_do_visit(VisitDeed.CHANGE, request.seat, visit, parts_in(request.seat, visit.team)))
    form = VisitForm(request.POST or None, initial=initial_visit(visit), team=visit.team)

    def change(unit: Organisation) -> Visit:
        return change_visit(
            visit=visit,
            terms=form.terms(unit),
            seen_version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )

    context: dict[str, object] = {"team": visit.team, "visit": visit}
    return _save(request, form, change, context, "visits:detail")


@require_http_methods(["GET", "HEAD", "POST"])
def visit_models(request: Request, pk: int) -> HttpResponse:
    """Choose the models that a visit looks at."""
    visit = visible_visit(request, pk)
    demand(can_do_visit(VisitDeed.CHANGE, request.seat, visit, parts_in(request.seat, visit.team)))
    offered = list(models_to_visit(visit)[:MOST_MODELS])
    chosen = set(visit.sheets.values_list("registration", flat=True))
    if request.method == "POST":
        ticked = {int(key) for key in request.POST.getlist("model") if key.isdecimal()}
        rows = [row for row in offered if row.pk in ticked]
        try:
            choose_visited_models(
                visit=visit, registrations=rows, by=request.seat, at=timezone.now()
            )
        except VisitError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The models of the visit are chosen."))
            return redirect("visits:detail", pk)
    context = {"visit": visit, "offered": offered, "chosen": chosen}
    return render_page(request, "visits/models.html", context)


@require_POST
def visit_announce(request: Request, pk: int) -> HttpResponse:
    """Announce one visit to its unit."""
    visit = visible_visit(request, pk)
    announce_visits(visits=[visit], by=request.seat, at=timezone.now())
    messages.success(request, _("The visit is announced; the unit is told."))
    return redirect("visits:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_cancel(request: Request, pk: int) -> HttpResponse:
    """Cancel a visit with a reason."""
    visit = visible_visit(request, pk)
    demand(can_do_visit(VisitDeed.CANCEL, request.seat, visit, parts_in(request.seat, visit.team)))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            cancel_visit(visit=visit, reason=reason, by=request.seat, at=timezone.now())
        except VisitError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("The visit is cancelled."))
            return redirect("visits:detail", pk)
    context = {"visit": visit, "form": form, "deed": "cancel"}
    status = 422 if form.errors else 200
    return render_page(request, "visits/reason.html", context, status=status)


def _save(
    request: Request,
    form: VisitForm,
    deed: Callable[[Organisation], Visit],
    context: dict[str, object],
    target: str,
) -> HttpResponse:
    if form.is_valid() and form.meant is not None:
        try:
            visit = deed(form.meant)
        except VisitError as error:
            for reason in error.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("The visit is saved."))
            return redirect(target, visit.pk)
    status = 422 if form.errors else 200
    return render_page(request, "visits/edit.html", context | {"form": form}, status=status)
