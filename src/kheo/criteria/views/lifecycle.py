"""Putting a set in force, ending it, renewing and copying it, after asking."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kheo.criteria.actions import (
    CriteriaError,
    copy_criteria_set,
    discard_criteria_set,
    put_criteria_in_force,
    renew_criteria_set,
    retire_criteria_set,
)
from kheo.criteria.models import CriteriaSet
from kheo.criteria.queries.visible import criteria_sets_visible_to
from kheo.criteria.rules.deeds import can_change_set, can_retire_set
from kheo.criteria.views.terms import seen_version
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page


@require_POST
def put_in_force(request: Request, pk: int) -> HttpResponse:
    """Put a draft in force, or say what it lacks."""
    row = _found(request, pk)
    try:
        put_criteria_in_force(
            criteria_set=row,
            seen_version=seen_version(request),
            by=request.seat,
            at=timezone.now(),
        )
    except CriteriaError as error:
        for reason in error.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, _("The set is in force."))
    return redirect("criteria:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: Request, pk: int) -> HttpResponse:
    """End a set after asking."""
    row = _found(request, pk)
    demand(can_retire_set(request.seat, row))
    if request.method == "POST":
        retire_criteria_set(criteria_set=row, by=request.seat, at=timezone.now())
        messages.success(request, _("The set has ended."))
        return redirect("criteria:detail", pk)
    return _ask(
        request,
        row,
        question=_("End this criteria set?"),
        text=_("No file is opened by it any more; files that were opened are scored to the end."),
        deed=_("End the set"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away after asking."""
    row = _found(request, pk)
    demand(can_change_set(request.seat, row))
    if request.method == "POST":
        discard_criteria_set(criteria_set=row, by=request.seat, at=timezone.now())
        messages.success(request, _("The draft is thrown away."))
        return redirect("criteria:list")
    return _ask(
        request,
        row,
        question=_("Throw this draft away?"),
        text=_("Its criteria and grades are lost; other versions stay."),
        deed=_("Throw the draft away"),
    )


@require_POST
def renew(request: Request, pk: int) -> HttpResponse:
    """Begin the next version of a set."""
    made = renew_criteria_set(criteria_set=_found(request, pk), by=request.seat, at=timezone.now())
    messages.success(request, _("The new version is a draft; what is in force goes on till then."))
    return redirect("criteria:detail", made.pk)


@require_POST
def copy(request: Request, pk: int) -> HttpResponse:
    """Make an own set out of one that is seen."""
    made = copy_criteria_set(criteria_set=_found(request, pk), by=request.seat, at=timezone.now())
    messages.success(request, _("The copy is a draft of your own; change it as you need it."))
    return redirect("criteria:detail", made.pk)


def _found(request: Request, pk: int) -> CriteriaSet:
    return get_object_or_404(criteria_sets_visible_to(request.seat), pk=pk)


def _ask(
    request: Request, row: CriteriaSet, *, question: str, text: str, deed: str
) -> HttpResponse:
    context = {
        "question": question,
        "text": text,
        "consequences": [str(row)],
        "deed": deed,
        "action_url": request.path,
        "back_url": reverse("criteria:detail", args=[row.pk]),
    }
    return render_page(request, "ui/confirm.html", context)
