"""Many registrations at once: choose, see what would change, do it, look at it, undo it."""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kheo.exemplars.actions import StalePreviewError, do_batch, undo_batch
from kheo.exemplars.enums import BatchDeed
from kheo.exemplars.forms import BATCH_FIELDS, BatchForm
from kheo.exemplars.models import Batch, Registration
from kheo.exemplars.queries.batches import (
    LABELS,
    REMIND,
    Plan,
    assignable_seats,
    batches_of,
    chosen_registrations,
    offered_deeds,
    parts_to_continue_in,
    plan_batch,
    undo_lines,
    units_to_remind,
)
from kheo.exemplars.queries.listing import filtered_registrations, queue_of
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.exemplars.rules.batches import MOST_AT_ONCE, can_undo, terms_verdict
from kheo.exemplars.views.finding import KEY
from kheo.exemplars.views.listing import narrowed_by
from kheo.organisations.http import Request
from kheo.rounds.enums import OWING
from kheo.ui.pages import render_page
from kheo.ui.paging import PAGE_SIZE, CappedPage, page_number, page_of

# how long a unit is given where the officer names no other day
CORRECTION_DAYS = 7
# more choices than this nobody looks through
MOST_SEATS = 300
# each unit is a field of the form that reminds it
MOST_UNITS = 4900


@require_POST
def do_together(request: Request) -> HttpResponse:
    """Show which of the chosen registrations a deed changes and how; then do exactly that."""
    asked = request.POST.get("deed", "")
    if asked not in {deed for deed, _label in offered_deeds(request.seat)}:
        raise Http404
    rows = chosen_registrations(request.seat, _keys(request))
    if not rows:
        messages.warning(request, _("Tick the registrations first."))
        return redirect(_back(request))
    if asked == REMIND:
        return _remind(request, rows)
    return _plan(request, BatchDeed(asked), rows)


@require_safe
def list_batches(request: Request) -> HttpResponse:
    """Show what was done to many at once from seats of this organisation."""
    context = {"page": page_of(batches_of(request.seat), request)}
    return render_page(request, "exemplars/batches.html", context, part="batches")


@require_safe
def show_batch(request: Request, pk: int) -> HttpResponse:
    """Show what a deed on many changed, and what of it can still be undone."""
    batch = get_object_or_404(batches_of(request.seat), pk=pk)
    lines = undo_lines(batch, request.seat)
    context = {
        "batch": batch,
        "label": LABELS[batch.deed],
        "page": _page_of(lines, page_number(request)),
        "undo": can_undo(request.seat, batch),
        "undoable": sum(1 for _item, verdict in lines if verdict),
    }
    return render_page(request, "exemplars/batch_done.html", context, part="items")


def _page_of(lines: Sequence[object], number: int) -> CappedPage:
    end = number * PAGE_SIZE
    return CappedPage(
        rows=lines[end - PAGE_SIZE : end],
        number=number,
        size=PAGE_SIZE,
        total=len(lines),
        capped=False,
        has_next=end < len(lines),
    )


def _asked_page(request: Request, name: str) -> int:
    # the preview is leafed through by buttons of its form, which carries what was chosen
    asked = request.POST.get(name, "")
    return max(int(asked), 1) if KEY.fullmatch(asked) else 1


@require_POST
def undo_together(request: Request, pk: int) -> HttpResponse:
    """Put back what nobody has built on."""
    batch = get_object_or_404(batches_of(request.seat), pk=pk)
    back, left = undo_batch(batch=batch, by=request.seat, at=timezone.now())
    words = ngettext("%s registration is as before.", "%s registrations are as before.", back)
    messages.success(request, words % back)
    if left:
        words = ngettext(
            "%s was left alone: others have built on it.",
            "%s were left alone: others have built on them.",
            left,
        )
        messages.warning(request, words % left)
    return redirect("exemplars:batch-detail", pk)


def _plan(request: Request, deed: BatchDeed, rows: Sequence[Registration]) -> HttpResponse:
    now = timezone.now()
    form = _form(request, deed)
    plan: Plan | None = None
    status = 200
    if form.is_valid():
        verdict = terms_verdict(deed, request.seat, form.terms, timezone.localdate(now))
        if verdict:
            plan = plan_batch(deed, request.seat, rows, form.terms, now)
            if done := _do(request, deed, form, plan):
                return redirect("exemplars:batch-detail", done.pk)
            status = 409 if request.POST.get("token") else 200
            if status == 409:
                plan = _seen_anew(request, deed, form)
        else:
            form.add_error(None, str(verdict.reason))
    context = {
        "deed": deed.value,
        "label": LABELS[deed.value],
        "asks": deed in BATCH_FIELDS,
        "form": form,
        "plan": plan,
        "ready": _page_of(plan.ready, _asked_page(request, "page")) if plan else None,
        "skipped": _page_of(plan.skipped, _asked_page(request, "left")) if plan else None,
        "stale": status == 409,
        "count": len(rows),
        "keys": ",".join(str(row.pk) for row in rows),
        "back": _back(request),
        "danger": deed == BatchDeed.DECLINE,
    }
    status = 422 if form.is_bound and form.errors else status
    return render_page(request, "exemplars/batch.html", context, status=status)


def _do(request: Request, deed: BatchDeed, form: BatchForm, plan: Plan) -> Batch | None:
    if not plan.ready or request.POST.get("token") != plan.token:
        return None
    try:
        batch = do_batch(
            deed=deed, seen=plan.seen, terms=form.terms, by=request.seat, at=timezone.now()
        )
    except StalePreviewError:
        return None
    words = ngettext(
        "%(deed)s: %(count)s registration.",
        "%(deed)s: %(count)s registrations.",
        len(plan.ready),
    )
    counted = {"deed": LABELS[deed.value], "count": len(plan.ready)}
    messages.success(request, words % counted)
    return batch


def _seen_anew(request: Request, deed: BatchDeed, form: BatchForm) -> Plan:
    rows = chosen_registrations(request.seat, _keys(request))
    return plan_batch(deed, request.seat, rows, form.terms, timezone.now())


def _form(request: Request, deed: BatchDeed) -> BatchForm:
    now = timezone.now()
    seats = assignable_seats(request.seat, now)[:MOST_SEATS] if deed == BatchDeed.ASSIGN else ()
    parts = parts_to_continue_in(request.seat) if deed == BatchDeed.COPY_FORWARD else ()
    # the first visit brings only what was ticked
    told = "told" in request.POST or deed not in BATCH_FIELDS
    return BatchForm(
        request.POST if told else None,
        deed=deed,
        seats=list(seats),
        parts=list(parts),
        initial={
            "due_on": timezone.localdate(now) + timedelta(days=CORRECTION_DAYS),
            "continuity": "kept",
        },
    )


def _remind(request: Request, rows: Sequence[Registration]) -> HttpResponse:
    groups = [
        {
            "round": round,
            "owing": [part for part in parts if part.state in OWING][:MOST_UNITS],
            "done": [part for part in parts if part.state not in OWING],
        }
        for round, parts in units_to_remind(rows).items()
    ]
    context = {"groups": groups, "back": _back(request), "label": LABELS[REMIND]}
    return render_page(request, "exemplars/batch_remind.html", context)


def _keys(request: Request) -> list[int]:
    """Return the keys of what was chosen: ticked, carried on, of ticked units, or all of a list."""
    if carried := request.POST.get("keys", ""):
        return [int(key) for key in carried.split(",") if KEY.fullmatch(key)][:MOST_AT_ONCE]
    if request.POST.get("which") == "all":
        return list(_whole_list(request).values_list("pk", flat=True)[:MOST_AT_ONCE])
    if units := [int(key) for key in request.POST.getlist("unit") if KEY.fullmatch(key)]:
        rows = registrations_visible_to(request.seat).filter(participation__in=units)
        return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return [int(key) for key in request.POST.getlist("r") if KEY.fullmatch(key)][:MOST_AT_ONCE]


def _whole_list(request: Request) -> "QuerySet[Registration]":
    query = QueryDict(request.POST.get("query", ""))
    if request.POST.get("list") == "queue":
        rows = queue_of(request.seat)
        return rows.filter(assignee=request.seat) if query.get("mine") == "1" else rows
    _filter_form, filters, unit = narrowed_by(request, query)
    return filtered_registrations(request.seat, filters, unit)


def _back(request: Request) -> str:
    asked = request.POST.get("back", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("exemplars:list")
