"""Deeds on a model: milestones, figures struck out, stopped, merged, resumed, taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kheo.exemplars.models import Registration
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.progress.actions import (
    ProgressError,
    add_milestone,
    complete_milestone,
    merge_registration,
    remove_milestone,
    reopen_milestone,
    resume_registration,
    stop_registration,
    strike_figure,
    take_back_done,
)
from kheo.progress.enums import Deed
from kheo.progress.forms.deeds import MergeForm, MilestoneForm, ReasonForm
from kheo.progress.queries.one import course_of, others_to_merge_into
from kheo.progress.rules.course import can_follow
from kheo.progress.views.finding import followed_model, visible_figure, visible_milestone
from kheo.ui.pages import render_page


@dataclass(frozen=True, kw_only=True)
class Closing:
    """A deed that asks for a reason on a page of its own, and the words of that page."""

    deed: Deed
    act: Callable[..., Any]
    title: str | Promise
    words: str | Promise
    said: str | Promise


CLOSINGS = {
    "take-back": Closing(
        deed=Deed.TAKE_BACK,
        act=take_back_done,
        title=gettext_lazy("Take the report back"),
        words=gettext_lazy("The model will be under way again and count as carried out no more."),
        said=gettext_lazy("The report is taken back."),
    ),
    "stop": Closing(
        deed=Deed.STOP,
        act=stop_registration,
        title=gettext_lazy("Mark as stopped"),
        words=gettext_lazy("The model goes on no more; what it achieved so far stays counted."),
        said=gettext_lazy("The model is marked as stopped."),
    ),
    "merge": Closing(
        deed=Deed.MERGE,
        act=merge_registration,
        title=gettext_lazy("Mark as merged"),
        words=gettext_lazy(
            "Another model carries this one on; where both give figures by one indicator, those of"
            " the other count."
        ),
        said=gettext_lazy("The model is marked as merged."),
    ),
    "resume": Closing(
        deed=Deed.RESUME,
        act=resume_registration,
        title=gettext_lazy("Take up again"),
        words=gettext_lazy("The model will be under way again."),
        said=gettext_lazy("The model is under way again."),
    ),
}
STEPS = {"reach": complete_milestone, "reopen": reopen_milestone, "remove": remove_milestone}


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Request, pk: int, deed: str) -> HttpResponse:
    """Ask for the reason of a deed, then do it."""
    closing = CLOSINGS[deed]
    row = followed_model(request, pk)
    course = course_of(row)
    demand(can_follow(closing.deed, request.seat, row, course))
    form = _form(request, row, closing, course.version if course else 0)
    if form.is_bound and form.is_valid():
        try:
            closing.act(registration=row, **form.cleaned_data, by=request.seat, at=timezone.now())
        except ProgressError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, str(closing.said))
            return redirect("progress:detail", pk)
    context = {"row": row, "closing": closing, "form": form}
    status = 422 if form.is_bound else 200
    return render_page(request, "progress/close.html", context, status=status)


@require_POST
def new_milestone(request: Request, pk: int) -> HttpResponse:
    """Set a milestone."""
    row = followed_model(request, pk)
    form = MilestoneForm(request.POST)
    if form.is_valid():
        try:
            add_milestone(registration=row, **form.cleaned_data, by=request.seat, at=timezone.now())
        except ProgressError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The milestone is set."))
    else:
        messages.error(request, _("Name the milestone, and the day by which it is to be reached."))
    return redirect("progress:detail", pk)


@require_POST
def change_milestone(request: Request, pk: int, deed: str) -> HttpResponse:
    """Say that a milestone is reached or not, or take it off."""
    milestone = visible_milestone(request, pk)
    try:
        STEPS[deed](milestone=milestone, by=request.seat, at=timezone.now())
    except ProgressError as error:
        messages.error(request, str(error))
    return redirect("progress:detail", milestone.registration_id)


@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: Request, pk: int) -> HttpResponse:
    """Ask why a figure is wrong, then strike it out."""
    figure = visible_figure(request, pk)
    row = figure.result.registration
    course = course_of(row)
    demand(can_follow(Deed.REPORT, request.seat, row, course))
    if figure.struck_at is not None:
        raise Http404
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        initial={"version": course.version if course else 0},
    )
    if form.is_bound and form.is_valid():
        try:
            strike_figure(figure=figure, **form.cleaned_data, by=request.seat, at=timezone.now())
        except ProgressError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The figure is struck out."))
            return redirect("progress:detail", row.pk)
    context = {"row": row, "figure": figure, "form": form}
    status = 422 if form.is_bound else 200
    return render_page(request, "progress/strike.html", context, status=status)


def _form(request: Request, row: Registration, closing: Closing, version: int) -> ReasonForm:
    data = request.POST if request.method == "POST" else None
    if closing.deed == Deed.MERGE:
        others = others_to_merge_into(request.seat, row)
        return MergeForm(data, others=others, initial={"version": version})
    return ReasonForm(data, initial={"version": version})
