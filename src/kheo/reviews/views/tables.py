"""Composed tables: all of them, composing one with a live preview, keeping and dropping it."""

from datetime import date

from django.contrib import messages
from django.db.models import Count, F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.organisations.http import Request
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.reviews.actions.tables import change_table, compose_table, drop_table
from kheo.reviews.forms.tables import TableForm, TableNameForm
from kheo.reviews.models import Report, Review, TableDesign
from kheo.reviews.queries.annex_data import AnnexData
from kheo.reviews.queries.designs import designs_visible_to
from kheo.reviews.queries.tables import designed_table
from kheo.reviews.rules.designs import (
    TableSpec,
    can_change_design,
    can_compose,
    refuse_impossible_table,
    table_spec,
)
from kheo.reviews.rules.reviews import ReviewError
from kheo.reviews.views.annexes import shown_table
from kheo.ui.pages import render_page


@require_safe
def table_list(request: Request) -> HttpResponse:
    """Show the tables that can be attached: shipped ones, the body's own, those of superiors."""
    context = {
        "designs": [
            (design, can_change_design(request.seat, design)) for design in _listed(request.seat)
        ],
        "may_compose": can_compose(request.seat),
    }
    return render_page(request, "reviews/tables.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def table_new(request: Request) -> HttpResponse:
    """Compose a table, see it over the own body, and keep it under a name."""
    demand(can_compose(request.seat))
    return _compose(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def table_edit(request: Request, pk: int) -> HttpResponse:
    """Look at a composed table, change it or keep a copy under another name."""
    return _compose(request, get_object_or_404(designs_visible_to(request.seat), pk=pk))


@require_POST
def table_drop(request: Request, pk: int) -> HttpResponse:
    """Drop a composed table."""
    design = get_object_or_404(designs_visible_to(request.seat), pk=pk)
    try:
        drop_table(design=design, by=request.seat, at=timezone.now())
    except ReviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%s” is dropped.") % design)
    return redirect("reviews:tables")


def _compose(request: Request, design: TableDesign | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    this_year = timezone.localdate().year
    spec = table_spec(design.spec) if design else None
    form = TableForm(data, years=(this_year, this_year), spec=spec)
    naming = TableNameForm(
        request.POST if request.method == "POST" else None, initial=_name(design)
    )
    context: dict[str, object] = {
        "design": design,
        "form": form,
        "naming": naming,
        "problem": "",
    }
    context["may_change"] = design is not None and can_change_design(request.seat, design)
    context["may_compose"] = can_compose(request.seat)
    if form.is_valid():
        chosen = form.spec()
        try:
            refuse_impossible_table(chosen)
            if request.method == "POST" and naming.is_valid():
                return _keep(request, design, chosen, naming)
            context |= _preview(request.seat, form, chosen)
        except ReviewError as error:
            context["problem"] = str(error)
    context["hidden"] = _hidden(form)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reviews/table.html", context, part="preview", status=status)


def _keep(
    request: Request, design: TableDesign | None, spec: TableSpec, naming: TableNameForm
) -> HttpResponse:
    name, now = naming.cleaned_data["name"], timezone.now()
    if (
        design is not None
        and can_change_design(request.seat, design)
        and "copy" not in request.POST
    ):
        kept = change_table(
            design=design,
            name=name,
            spec=spec,
            seen_version=naming.cleaned_data["version"],
            by=request.seat,
            at=now,
        )
    else:
        owner = Organisation.objects.get(pk=request.seat.organisation.reach_id)
        kept = compose_table(name=name, spec=spec, owner=owner, by=request.seat, at=now)
    messages.success(request, _("“%s” is kept. It can be attached to a review now.") % kept)
    return redirect("reviews:tables")


def _preview(seat: Seat, form: TableForm, spec: TableSpec) -> dict[str, object]:
    """Return the table over the seat's own body, in the years asked; nothing is kept."""
    body = Organisation.objects.get(pk=seat.organisation.reach_id)
    this_year = timezone.localdate().year
    first = form.cleaned_data.get("year") or this_year
    last = max(form.cleaned_data.get("year_to") or first, first)
    now = timezone.now()
    review = Review(
        period_from=date(first, 1, 1), period_to=date(last, 12, 31), organiser=body, created_at=now
    )
    report = Report(
        review=review, organisation=body, unit_name=body.name, path=body.path, asked_at=now
    )
    table = designed_table(spec, AnnexData(report))
    span = str(first) if first == last else f"{first}–{last}"
    return {"table": table, "caption": f"{body}, {span}", **shown_table(table)}


def _listed(seat: Seat) -> "QuerySet[TableDesign]":
    rows = designs_visible_to(seat).select_related("owner").annotate(used=Count("annexes"))
    return rows.order_by(F("owner__sort_key").asc(nulls_first=True), "name")


def _name(design: TableDesign | None) -> dict[str, object]:
    return {"name": design.name, "version": design.version} if design else {}


def _hidden(form: TableForm) -> list[tuple[str, object]]:
    """Return what the form for keeping the table carries along."""
    found: list[tuple[str, object]] = []
    for name in form.fields:
        value = form.cleaned_data.get(name) if form.is_valid() else None
        some = value if isinstance(value, list) else [value]
        found += [(name, "" if one is None else one) for one in some]
    return found
