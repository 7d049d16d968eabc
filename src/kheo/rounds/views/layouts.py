"""The pages of layouts: the list, copying, changing with a preview."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.audit.queries import history_of
from kheo.lib.papers.to_html import to_html
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation, below
from kheo.organisations.rules import demand, reach_of
from kheo.rounds.actions.layouts import copy_layout, edit_layout, facts_of_spec
from kheo.rounds.enums import LayoutKind
from kheo.rounds.forms.layouts import (
    ColumnFormSet,
    CopyLayoutForm,
    FieldFormSet,
    FormHeadForm,
    ListHeadForm,
    initial_head,
    initial_parts,
    typed_spec,
)
from kheo.rounds.models import Layout
from kheo.rounds.papers import sample_paper
from kheo.rounds.queries.keys import labels_for, own_keys_of
from kheo.rounds.queries.specs import Spec, SpecError, parse_spec, spec_json
from kheo.rounds.queries.visible import (
    layouts_visible_to,
    own_organiser,
    periods_for,
    schemes_visible_to,
)
from kheo.rounds.queries.words import differing_fields
from kheo.rounds.rules import RoundError, StaleError, can_edit_layout, can_keep_layouts
from kheo.rounds.views.finding import add_reasons, show_form
from kheo.ui.pages import render_page

TEMPLATE = "rounds/layout_edit.html"


@require_safe
def layout_list(request: Request) -> HttpResponse:
    """Show official layouts and schemes, and those of this seat's issuers."""
    context = {
        "layouts": layouts_visible_to(request.seat),
        "schemes": schemes_visible_to(request.seat),
        "may_keep": can_keep_layouts(request.seat, own_organiser(request.seat)),
    }
    return render_page(request, "rounds/layouts.html", context)


@require_safe
def layout_detail(request: Request, pk: int) -> HttpResponse:
    """Show a layout as a sheet with invented entries."""
    layout = get_object_or_404(layouts_visible_to(request.seat), pk=pk)
    context = {
        "layout": layout,
        "html": _sheet(layout, parse_spec(layout.spec)),
        "may_edit": can_edit_layout(request.seat, layout),
        "may_keep": can_keep_layouts(request.seat, own_organiser(request.seat)),
        "history": list(history_of(layout)[:50]),
    }
    return render_page(request, "rounds/layout.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def layout_copy(request: Request, pk: int) -> HttpResponse:
    """Copy a layout for an issuer and a period."""
    source = get_object_or_404(layouts_visible_to(request.seat), pk=pk)
    organiser = own_organiser(request.seat)
    demand(can_keep_layouts(request.seat, organiser))
    form = CopyLayoutForm(
        request.POST or None,
        issuers=Organisation.objects.filter(below(reach_of(request.seat))),
        periods=periods_for(organiser),
        initial={"issuer": organiser, "name": f"{source.name} – {organiser.label}"},
    )
    if form.is_valid():
        try:
            made = copy_layout(
                source=source, **form.cleaned_data, by=request.seat, at=timezone.now()
            )
        except RoundError as error:
            add_reasons(form, error)
        else:
            messages.success(request, _("The layout is copied; change the copy now."))
            return redirect("rounds:layout-edit", made.pk)
    return show_form(request, "rounds/layout_copy.html", form, {"source": source})


@require_http_methods(["GET", "HEAD", "POST"])
def layout_edit(request: Request, pk: int) -> HttpResponse:
    """Change a layout; the preview shows what is typed before it is saved."""
    layout = get_object_or_404(layouts_visible_to(request.seat), pk=pk)
    demand(can_edit_layout(request.seat, layout))
    old = parse_spec(layout.spec)
    head, parts = _forms(request, layout, old)
    context: dict[str, Any] = {"layout": layout, "parts": parts}
    if request.method != "POST":
        return show_form(request, TEMPLATE, head, context | {"html": _sheet(layout, old)})
    if not (head.is_valid() and parts.is_valid()):
        return render_page(request, TEMPLATE, {"form": head, **context}, status=422)
    try:
        spec = typed_spec(old, head, parts)
    except SpecError as error:
        for problem in error.problems:
            head.add_error(None, problem)
        return show_form(request, TEMPLATE, head, context)
    if "preview" in request.POST:
        shown = {"form": head, **context, "html": _sheet(layout, spec)}
        return render_page(request, TEMPLATE, shown)
    return _save(request, layout, spec, head, context)


def _save(
    request: Request, layout: Layout, spec: Spec, head: Any, context: dict[str, Any]
) -> HttpResponse:
    try:
        edit_layout(
            layout=layout,
            spec=spec,
            seen_version=head.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )
    except StaleError:
        data = request.POST.copy()
        data["version"] = str(layout.version)
        head.data = data
        conflict = {
            "is_stale": True,
            "conflicts": differing_fields(
                facts_of_spec(layout.spec), facts_of_spec(spec_json(spec))
            ),
        }
        return render_page(request, TEMPLATE, {"form": head, **context, **conflict}, status=409)
    messages.success(request, _("The layout is saved."))
    return redirect("rounds:layout", layout.pk)


def _forms(request: Request, layout: Layout, spec: Spec) -> tuple[Any, Any]:
    is_form = layout.kind == LayoutKind.FORM
    head_class = FormHeadForm if is_form else ListHeadForm
    head = head_class(
        request.POST or None,
        schemes=schemes_visible_to(request.seat),
        initial=initial_head(spec, layout.version),
    )
    parts_class: Any = FieldFormSet if is_form else ColumnFormSet
    issuer = layout.issuer or own_organiser(request.seat)
    options = {} if is_form else {"form_kwargs": {"own_keys": own_keys_of(issuer)}}
    parts = parts_class(
        request.POST or None, prefix="parts", initial=initial_parts(spec), **options
    )
    return head, parts


def _sheet(layout: Layout, spec: Spec) -> str:
    paper = sample_paper(spec, labels_for(layout), timezone.localdate().year)
    return to_html(paper).decode()
