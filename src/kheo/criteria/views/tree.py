"""The tree of criteria on one page: what is typed is stored before anything moves."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kheo.criteria.actions import (
    CriteriaError,
    add_criterion,
    move_criterion,
    remove_criterion,
    save_criteria,
)
from kheo.criteria.enums import CriterionKind
from kheo.criteria.forms import CriterionForm, criterion_forms
from kheo.criteria.models import CriteriaSet
from kheo.criteria.queries.page import sums_of
from kheo.criteria.queries.shape import SetShape, shape_of_set
from kheo.criteria.queries.visible import criteria_sets_visible_to
from kheo.criteria.rules.deeds import can_change_set
from kheo.criteria.rules.tree import tree_of
from kheo.criteria.views.terms import seen_version
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page

TEMPLATE = "criteria/tree.html"
MOVES = ("up", "down", "in", "out")


@require_http_methods(["GET", "HEAD", "POST"])
def tree_edit(request: Request, pk: int) -> HttpResponse:
    """Show the criteria of a draft to be typed in, moved, added and removed."""
    row = _draft(request, pk)
    shape = shape_of_set(row)
    criteria = [node.criterion for node in shape.nodes]
    if request.method != "POST":
        return _show(request, shape, criterion_forms(criteria, None))
    found = criterion_forms(criteria, request.POST)
    checked = [form.is_valid() for form in found.values()]
    if not all(checked):
        return _show(request, shape, found, status=422)
    try:
        key = _store(request, row, found)
    except CriteriaError as error:
        return _show(request, shape, found, reasons=error.reasons, status=422)
    if key is None:
        messages.success(request, _("The criteria are saved."))
        return redirect("criteria:detail", pk)
    return redirect(f"{reverse('criteria:tree', args=[pk])}#{key}")


@require_POST
def tree_sum(request: Request, pk: int) -> HttpResponse:
    """Show what the criteria come to as they are typed, before anything is stored."""
    row = _draft(request, pk)
    shape = shape_of_set(row)
    found = criterion_forms([node.criterion for node in shape.nodes], request.POST)
    for node in shape.nodes:
        form = found[node.criterion.pk]
        form.is_valid()
        data = form.cleaned_data
        node.criterion.points = data.get("points") or Decimal(0)
        node.criterion.kind = CriterionKind(data.get("kind") or node.criterion.kind)
    typed = replace(shape, nodes=tree_of(node.criterion for node in shape.nodes))
    return render_page(request, f"{TEMPLATE}#sums", {"sums": sums_of(typed)})


def _draft(request: Request, pk: int) -> CriteriaSet:
    row = get_object_or_404(criteria_sets_visible_to(request.seat), pk=pk)
    demand(can_change_set(request.seat, row))
    return row


@transaction.atomic
def _store(request: Request, row: CriteriaSet, found: dict[int, CriterionForm]) -> str | None:
    """Store what was typed, then do what was pressed; return where on the page that was."""
    standing = {one.pk: one for one in row.criteria.all()}
    saved = save_criteria(
        criteria_set=row,
        lines=[form.line(standing[pk]) for pk, form in found.items()],
        seen_version=seen_version(request),
        by=request.seat,
        at=timezone.now(),
    )
    deed, _colon, text = request.POST.get("deed", "").partition(":")
    key = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
    act = DEEDS.get(deed)
    return act(request, saved, key, deed) if act else None


def _add(request: Request, row: CriteriaSet, key: int | None, _deed: str) -> str:
    made = add_criterion(criteria_set=row, parent=key, by=request.seat, at=timezone.now())
    return f"c{made.pk}"


def _remove(request: Request, row: CriteriaSet, key: int | None, _deed: str) -> str:
    remove_criterion(criteria_set=row, criterion=key or 0, by=request.seat, at=timezone.now())
    return "tree"


def _move(request: Request, row: CriteriaSet, key: int | None, deed: str) -> str:
    move_criterion(
        criteria_set=row, criterion=key or 0, way=deed, by=request.seat, at=timezone.now()
    )
    return f"c{key}"


DEEDS: dict[str, Callable[[Request, CriteriaSet, int | None, str], str]] = {
    "add": _add,
    "remove": _remove,
    **dict.fromkeys(MOVES, _move),
}


def _show(
    request: Request,
    shape: SetShape,
    found: dict[int, CriterionForm],
    *,
    reasons: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "set": shape.criteria_set,
        "lines": [(node, found[node.criterion.pk]) for node in shape.nodes],
        "sums": sums_of(shape),
        "reasons": list(reasons),
    }
    return render_page(request, TEMPLATE, context, status=status)
