"""Beginning a set, and changing its terms and grades."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.criteria.actions import (
    CriteriaError,
    create_criteria_set,
    save_criteria_terms,
    save_grades,
)
from kheo.criteria.enums import Subject
from kheo.criteria.forms import SetForm, grade_forms, initial_terms, typed_grades
from kheo.criteria.models import CriteriaSet
from kheo.criteria.queries.visible import criteria_sets_visible_to
from kheo.criteria.rules.deeds import can_build_sets, can_change_set
from kheo.directives.queries.documents import documents_visible_to
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def set_new(request: Request) -> HttpResponse:
    """Begin a set."""
    demand(can_build_sets(request.seat))
    form = _form(request, {"subject": Subject.MODEL, "total": 100})

    def create() -> CriteriaSet:
        return create_criteria_set(terms=form.terms(), by=request.seat, at=timezone.now())

    return _save(request, form, create, None)


@require_http_methods(["GET", "HEAD", "POST"])
def set_edit(request: Request, pk: int) -> HttpResponse:
    """Change the terms of a draft."""
    row = get_object_or_404(criteria_sets_visible_to(request.seat), pk=pk)
    demand(can_change_set(request.seat, row))
    form = _form(request, initial_terms(row))

    def change() -> CriteriaSet:
        return save_criteria_terms(
            criteria_set=row,
            terms=form.terms(),
            seen_version=form.cleaned_data["version"] or 0,
            by=request.seat,
            at=timezone.now(),
        )

    return _save(request, form, change, row)


@require_http_methods(["GET", "HEAD", "POST"])
def grades_edit(request: Request, pk: int) -> HttpResponse:
    """Change the grades of a draft."""
    row = get_object_or_404(criteria_sets_visible_to(request.seat), pk=pk)
    demand(can_change_set(request.seat, row))
    found = grade_forms(row, request.POST if request.method == "POST" else None)
    reasons: tuple[str, ...] = ()
    checked = [form.is_valid() for form in found]
    if request.method == "POST" and all(checked):
        try:
            save_grades(
                criteria_set=row,
                grades=typed_grades(found),
                seen_version=seen_version(request),
                by=request.seat,
                at=timezone.now(),
            )
        except CriteriaError as error:
            reasons = error.reasons
        else:
            messages.success(request, _("The grades are saved."))
            return redirect("criteria:detail", pk)
    context = {"set": row, "forms": found, "reasons": reasons, "version": row.version}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "criteria/grades.html", context, status=status)


def seen_version(request: Request) -> int:
    """Return the version that the page was made of; anything strange is none at all."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _form(request: Request, initial: dict[str, object]) -> SetForm:
    documents = documents_visible_to(request.seat)
    return SetForm(request.POST or None, initial=initial, documents=documents)


def _save(
    request: Request, form: BaseForm, deed: Callable[[], CriteriaSet], row: CriteriaSet | None
) -> HttpResponse:
    if form.is_valid():
        try:
            saved = deed()
        except CriteriaError as error:
            for reason in error.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("The criteria set is saved."))
            return redirect("criteria:detail" if row else "criteria:tree", saved.pk)
    context = {"form": form, "set": row}
    status = 422 if form.errors else 200
    return render_page(request, "criteria/edit.html", context, status=status)
