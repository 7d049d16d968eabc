"""The officer's queue: what waits, longest first, and deciding many at once after a preview."""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kheo.exemplars.actions import accept_many, decline_many, return_many
from kheo.exemplars.enums import Deed
from kheo.exemplars.forms import DecisionForm, ReturnForm
from kheo.exemplars.models import Registration
from kheo.exemplars.queries.deeds import LABELS
from kheo.exemplars.queries.listing import queue_of
from kheo.exemplars.queries.one import readable_registrations
from kheo.exemplars.rules import can_do
from kheo.exemplars.views.finding import posted_keys
from kheo.organisations.enums import Role
from kheo.organisations.http import Request
from kheo.organisations.rules import demand, no
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

BULK = (Deed.ACCEPT, Deed.RETURN, Deed.DECLINE)


@require_safe
def check_queue(request: Request) -> HttpResponse:
    """Show what was submitted from below and waits to be checked."""
    if request.seat.role != Role.OFFICER:
        demand(no(_("Only a movement officer checks registrations.")))
    rows = queue_of(request.seat).select_related("level", "participation")
    context = {
        "page": page_of(rows, request),
        "deeds": [(deed.value, LABELS[deed]) for deed in BULK],
    }
    return render_page(request, "exemplars/check.html", context, part="queue")


@require_POST
def check_together(request: Request) -> HttpResponse:
    """Show which registrations a deed will change and which not, and why; then do it."""
    deed = _deed(request)
    keys = posted_keys(request.POST.getlist("r"))
    if not keys:
        messages.warning(request, _("Tick the registrations first."))
        return redirect("exemplars:check")
    found = list(readable_registrations(request.seat).filter(pk__in=keys).order_by("path", "pk"))
    judged = [(row, can_do(deed, request.seat, row)) for row in found]
    ready = [row for row, verdict in judged if verdict]
    form = _form(request, deed)
    confirmed = "confirmed" in request.POST and (form is None or form.is_valid())
    if confirmed and ready and _decide(request, deed, ready, form):
        return redirect("exemplars:check")
    context = {
        "deed": deed.value,
        "label": LABELS[deed],
        "ready": ready,
        "skipped": [(row, verdict) for row, verdict in judged if not verdict],
        "form": form,
    }
    status = 422 if "confirmed" in request.POST else 200
    return render_page(request, "exemplars/check_together.html", context, status=status)


def _deed(request: Request) -> Deed:
    value = request.POST.get("deed", "")
    if value not in {deed.value for deed in BULK}:
        raise Http404
    return Deed(value)


def _form(request: Request, deed: Deed) -> DecisionForm | ReturnForm | None:
    data = request.POST if "confirmed" in request.POST else None
    if deed == Deed.DECLINE:
        return DecisionForm(data)
    if deed == Deed.RETURN:
        return ReturnForm(data, initial={"due_on": timezone.localdate() + timedelta(days=7)})
    return None


def _decide(
    request: Request,
    deed: Deed,
    ready: Sequence[Registration],
    form: DecisionForm | ReturnForm | None,
) -> bool:
    now = timezone.now()
    if isinstance(form, ReturnForm):
        due_on = form.cleaned_data["due_on"]
        if not form.remarks or due_on < timezone.localdate(now):
            form.add_error(None, _("Write a remark, and a day that is not past."))
            return False
        return_many(
            registrations=ready, remarks=form.remarks, due_on=due_on, by=request.seat, at=now
        )
    elif isinstance(form, DecisionForm):
        reason = form.cleaned_data["reason"]
        decline_many(registrations=ready, reason=reason, by=request.seat, at=now)
    else:
        accept_many(registrations=ready, by=request.seat, at=now)
    words = ngettext(
        "%(deed)s: %(count)s registration.", "%(deed)s: %(count)s registrations.", len(ready)
    )
    messages.success(request, words % {"deed": LABELS[deed], "count": len(ready)})
    return True
