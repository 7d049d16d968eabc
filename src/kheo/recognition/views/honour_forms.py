"""The forms of honour: who gives which, for whoever administers them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.organisations.http import Request
from kheo.organisations.models import Kind, Level
from kheo.organisations.rules import demand
from kheo.recognition.actions import edit_honour_form
from kheo.recognition.forms.honour_forms import HonourFormForm, initial_form
from kheo.recognition.models import HonourForm
from kheo.recognition.rules.transitions import can_keep_forms
from kheo.ui.pages import render_page


@require_safe
def honour_form_list(request: Request) -> HttpResponse:
    """Show who gives which form of honour; anybody may read it."""
    kinds = dict(Kind.objects.values_list("code", "name"))
    levels = dict(Level.objects.values_list("code", "name"))
    rows = [
        (
            form,
            [kinds.get(code, code) for code in form.giver_kinds],
            [levels.get(code, code) for code in form.giver_levels],
        )
        for form in HonourForm.objects.all()
    ]
    context = {"rows": rows, "may_keep": can_keep_forms(request.seat)}
    return render_page(request, "recognition/honour_forms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def honour_form_edit(request: Request, pk: int) -> HttpResponse:
    """Change who gives a form of honour."""
    demand(can_keep_forms(request.seat))
    row = get_object_or_404(HonourForm, pk=pk)
    form = HonourFormForm(request.POST or None, initial=initial_form(row))
    if form.is_valid():
        edit_honour_form(form=row, terms=form.terms(), by=request.seat, at=timezone.now())
        messages.success(request, _("The form of honour is saved."))
        return redirect("recognition:forms")
    context = {"form": form, "row": row}
    status = 422 if form.errors else 200
    return render_page(request, "recognition/honour_form_edit.html", context, status=status)
