"""One deed on one registration: asked for a reason where the rule wants one, then done."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.exemplars import actions
from kheo.exemplars.enums import Deed
from kheo.exemplars.forms import DecisionForm, ReturnForm
from kheo.exemplars.models import Registration
from kheo.exemplars.papers import item_text
from kheo.exemplars.queries.deeds import LABELS, deed_verdict
from kheo.exemplars.queries.one import Sheet
from kheo.exemplars.rules import TRANSITIONS, can_return
from kheo.exemplars.views.finding import visible_key, visible_sheet
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page

Action = Callable[..., Registration]
ACTIONS: dict[Deed, Action] = {
    Deed.SIGN_OFF: actions.sign_off,
    Deed.SUBMIT: actions.submit,
    Deed.REOPEN_DRAFT: actions.reopen_draft,
    Deed.AMEND: actions.amend,
    Deed.WITHDRAW: actions.withdraw,
    Deed.ACCEPT: actions.accept,
    Deed.DECLINE: actions.decline,
    Deed.RECONSIDER: actions.reconsider,
}
# how long a unit is given where the officer names no other day
CORRECTION_DAYS = 7


@require_http_methods(["GET", "HEAD", "POST"])
def do_deed(request: Request, pk: int, deed: str) -> HttpResponse:
    """Do a deed, after asking for the reason where one is needed."""
    if deed not in ACTIONS:
        raise Http404
    arrow = TRANSITIONS[Deed(deed)]
    form = DecisionForm(request.POST or None) if arrow.needs_reason else None
    if request.method == "POST" and (form is None or form.is_valid()):
        act = partial(ACTIONS[arrow.deed], registration=visible_key(request, pk))
        if form is not None:
            act = partial(act, reason=form.cleaned_data["reason"])
        row = act(by=request.seat, at=timezone.now())
        state = row.get_state_display()
        messages.success(
            request, _("“%(name)s” is now: %(state)s.") % {"name": row, "state": state}
        )
        return redirect("exemplars:detail", pk)
    sheet = visible_sheet(request, pk)
    demand(deed_verdict(arrow.deed, sheet, request.seat, timezone.localdate()))
    return _ask(request, sheet, arrow.deed, form)


@require_http_methods(["GET", "HEAD", "POST"])
def return_with_remarks(request: Request, pk: int) -> HttpResponse:
    """Show the registration item by item with a box for a remark beside each, and return it."""
    sheet = visible_sheet(request, pk)
    row = sheet.registration
    shown = sheet.spec.shown
    due = max(timezone.localdate(), row.participation.due_on) + timedelta(days=CORRECTION_DAYS)
    form = ReturnForm(request.POST or None, items=shown, initial={"due_on": due})
    if request.method == "POST" and form.is_valid():
        if form.remarks and form.cleaned_data["due_on"] >= timezone.localdate():
            actions.return_registration(
                registration=row,
                remarks=form.remarks,
                due_on=form.cleaned_data["due_on"],
                by=request.seat,
                at=timezone.now(),
            )
            messages.success(request, _("“%s” was returned to the unit.") % row)
            return redirect("exemplars:check")
        _explain(form)
    else:
        demand(can_return(request.seat, row))
    labels = dict(sheet.labels)
    items = [
        (
            item,
            labels.get(row.field, "") if item.key == "field" else item_text(row, item.key),
            form[f"on-{item.key}"],
        )
        for item in shown
        # what is not on the paper and not filled in needs no remark
        if item.printed or item_text(row, item.key)
    ]
    context = {"sheet": sheet, "row": row, "form": form, "items": items}
    status = 422 if form.errors else 200
    return render_page(request, "exemplars/return.html", context, status=status)


def _explain(form: ReturnForm) -> None:
    if not form.remarks:
        form.add_error(None, _("Write at least one remark: the unit must know what to correct."))
    if form.cleaned_data.get("due_on") and form.cleaned_data["due_on"] < timezone.localdate():
        form.add_error("due_on", _("The day until which it is corrected lies in the past."))


def _ask(request: Request, sheet: Sheet, deed: Deed, form: DecisionForm | None) -> HttpResponse:
    row = sheet.registration
    context = {
        "question": _("%(deed)s: “%(name)s”?") % {"deed": LABELS[deed], "name": row},
        "text": row.unit_name,
        "form": form,
        "deed": LABELS[deed],
        "danger": deed in {Deed.WITHDRAW, Deed.DECLINE},
        "action_url": reverse("exemplars:deed", args=[row.pk, deed.value]),
        "back_url": reverse("exemplars:detail", args=[row.pk]),
    }
    status = 422 if form is not None and form.errors else 200
    return render_page(request, "ui/confirm.html", context, status=status)
