"""The pages of schemes of fields: copying and changing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.organisations.http import Request
from kheo.organisations.models import Organisation, below
from kheo.organisations.rules import demand, reach_of
from kheo.rounds.actions.layouts import copy_scheme, edit_scheme, labels_of
from kheo.rounds.forms.layouts import CopyLayoutForm
from kheo.rounds.forms.schemes import SchemeForm
from kheo.rounds.queries.visible import own_organiser, schemes_visible_to
from kheo.rounds.queries.words import Difference
from kheo.rounds.rules import RoundError, StaleError, can_edit_scheme, can_keep_layouts
from kheo.rounds.views.finding import add_reasons, show_form
from kheo.ui.pages import render_page

TEMPLATE = "rounds/scheme_edit.html"


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_copy(request: Request, pk: int) -> HttpResponse:
    """Copy a scheme for an issuer."""
    source = get_object_or_404(schemes_visible_to(request.seat), pk=pk)
    organiser = own_organiser(request.seat)
    demand(can_keep_layouts(request.seat, organiser))
    form = CopyLayoutForm(
        request.POST or None,
        issuers=Organisation.objects.filter(below(reach_of(request.seat))),
        periods=None,
        initial={"issuer": organiser, "name": f"{source.name} – {organiser.label}"},
    )
    if form.is_valid():
        try:
            made = copy_scheme(
                source=source, **form.cleaned_data, by=request.seat, at=timezone.now()
            )
        except RoundError as error:
            add_reasons(form, error)
        else:
            messages.success(request, _("The scheme is copied; change the copy now."))
            return redirect("rounds:scheme-edit", made.pk)
    return show_form(request, "rounds/layout_copy.html", form, {"source": source})


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_edit(request: Request, pk: int) -> HttpResponse:
    """Change how an issuer calls and orders the fields."""
    scheme = get_object_or_404(schemes_visible_to(request.seat), pk=pk)
    demand(can_edit_scheme(request.seat, scheme))
    labels = labels_of(scheme)
    form = SchemeForm(request.POST or None, labels=labels, initial={"name": scheme.name})
    if not form.is_valid():
        return show_form(request, TEMPLATE, form, {"scheme": scheme})
    try:
        edit_scheme(
            scheme=scheme,
            name=form.cleaned_data["name"],
            labels=form.typed(),
            seen=form.seen(),
            by=request.seat,
            at=timezone.now(),
        )
    except StaleError:
        return _show_stale(request, form, {"scheme": scheme})
    except RoundError as error:
        add_reasons(form, error)
        return show_form(request, TEMPLATE, form, {"scheme": scheme})
    messages.success(request, _("The scheme is saved."))
    return redirect("rounds:layouts")


def _show_stale(request: Request, form: SchemeForm, context: dict[str, object]) -> HttpResponse:
    conflicts = [
        Difference(saved.field, saved.label, typed.label)
        for saved, typed in zip(form.labels, form.typed(), strict=True)
        if saved != typed
    ]
    data = request.POST.copy()
    for name, field in form.fields.items():
        if name.startswith("seen_"):
            data[name] = str(field.initial)
    form.data = data
    values = {"form": form, "conflicts": conflicts, "is_stale": True, **context}
    return render_page(request, TEMPLATE, values, status=409)
