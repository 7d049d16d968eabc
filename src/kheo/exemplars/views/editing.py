"""The page that is the form: open, save, save while typing, preview, throw away."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kheo.exemplars.actions import (
    ContentError,
    StaleError,
    autosave_draft,
    discard_draft,
    save_draft,
)
from kheo.exemplars.actions.content import read_values, write_values
from kheo.exemplars.forms import EvidenceForm, RegistrationForm
from kheo.exemplars.models import Registration
from kheo.exemplars.papers import registration_paper
from kheo.exemplars.queries.labels import levels_on
from kheo.exemplars.queries.likeness_page import hint_lines, said_lines
from kheo.exemplars.queries.one import Sheet, changed_items, differences, dossier_of
from kheo.exemplars.queries.unit import twin_warnings
from kheo.exemplars.rules import can_discard, can_edit, can_sign_off, content_gaps
from kheo.exemplars.views.finding import visible_registration, visible_sheet
from kheo.lib.papers.to_html import to_html
from kheo.organisations.http import Request
from kheo.rounds.queries.quotas import quota_lines
from kheo.ui.pages import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def edit_registration(request: Request, pk: int) -> HttpResponse:
    """Show the form of a draft, and save it."""
    sheet = visible_sheet(request, pk)
    verdict = can_edit(request.seat, sheet.registration)
    if not verdict and request.method != "POST":
        messages.warning(request, str(verdict.reason))
        return redirect("exemplars:detail", pk)
    if request.method == "POST":
        return _save(request, sheet)
    return _show(request, sheet, _form(sheet))


@require_POST
def autosave_registration(request: Request, pk: int) -> HttpResponse:
    """Save what is being typed; 409 shows both versions, 422 what does not fit."""
    sheet = visible_sheet(request, pk)
    form = _form(sheet, request.POST)
    if not form.is_valid():
        return render_page(request, "exemplars/_errors.html", {"form": form}, status=422)
    try:
        row = autosave_draft(
            registration=sheet.registration,
            values=form.typed,
            version=form.opened_version,
            by=request.seat,
            at=timezone.now(),
        )
    except StaleError as error:
        context = _conflict(sheet, form, error.current)
        return render_page(request, "exemplars/_conflict.html", context, status=409)
    except ContentError as error:
        _add_problems(form, error)
        return render_page(request, "exemplars/_errors.html", {"form": form}, status=422)
    response = HttpResponse(status=200)
    response["X-Version"] = str(row.version)
    return response


@require_POST
def preview_registration(request: Request, pk: int) -> HttpResponse:
    """Show the paper of what is being typed; nothing is saved."""
    sheet = visible_sheet(request, pk)
    form = _form(sheet, request.POST)
    form.is_valid()
    row = sheet.registration
    values = {name: value for name, value in form.typed.items() if name not in form.errors}
    try:
        write_values(row, read_values(row, values))
    except ContentError as error:
        kept = {name: value for name, value in values.items() if name not in error.problems}
        write_values(row, read_values(row, kept))
    return render_page(request, "exemplars/_paper.html", {"paper": _paper(sheet)})


@require_http_methods(["GET", "HEAD", "POST"])
def discard_registration(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away after asking."""
    row = visible_registration(request, pk)
    if request.method == "POST":
        discard_draft(registration=row, by=request.seat, at=timezone.now())
        messages.success(request, _("The draft “%s” was thrown away.") % row)
        return redirect("exemplars:unit-round", row.participation_id)
    context = {
        "question": _("Throw this draft away?"),
        "consequences": [
            _("“%s” and the files attached to it disappear from the unit's list.") % row,
            _("The history keeps what was written in it."),
        ],
        "deed": _("Throw away"),
        "danger": True,
        "action_url": reverse("exemplars:discard", args=[pk]),
        "back_url": reverse("exemplars:edit", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context)


def keep_typed(request: Request, sheet: Sheet) -> HttpResponse | None:
    """Save what was typed; return the page that says what could not be saved, if anything."""
    form = _form(sheet, request.POST)
    passed = form.is_valid()
    try:
        row = save_draft(
            registration=sheet.registration,
            values=form.typed,
            version=form.opened_version,
            by=request.seat,
            at=timezone.now(),
        )
    except StaleError as error:
        return _show(request, sheet, form, status=409, current=error.current)
    except ContentError as error:
        _add_problems(form, error)
        return _show(request, sheet, form, status=422)
    if not passed:
        # what fits is saved; what does not stays in its box with the reason beside it
        form.reopen(row.version)
        return _show(request, sheet, form, status=422)
    return None


def _save(request: Request, sheet: Sheet) -> HttpResponse:
    trouble = keep_typed(request, sheet)
    if trouble is not None:
        return trouble
    row = sheet.registration
    messages.success(request, _("Saved."))
    if request.POST.get("then") == "close":
        return redirect("exemplars:unit-round", row.participation_id)
    return redirect(f"{reverse('exemplars:edit', args=[row.pk])}?check=1")


def _show(
    request: Request,
    sheet: Sheet,
    form: RegistrationForm,
    *,
    status: int = 200,
    current: Registration | None = None,
) -> HttpResponse:
    row = sheet.registration
    dossier = dossier_of(row, with_history=False)
    last = dossier.submissions[0] if dossier.submissions else None
    checked = "check" in request.GET or row.state == "returned"
    gaps = content_gaps(row, sheet.spec)
    context = {
        "sheet": sheet,
        "row": row,
        "form": form,
        "items": form.items(
            remarks=dossier.open_remarks,
            before=changed_items(row, last) if row.submitted_at else None,
            gaps=gaps if checked else None,
        ),
        "dossier": dossier,
        "whole_remarks": [remark for remark in dossier.open_remarks if not remark.item],
        "gaps": gaps if checked else {},
        "quotas": quota_lines(row.participation),
        "warnings": twin_warnings(list(row.participation.registrations.all())).get(row.pk, []),
        "hints": hint_lines(request.seat, row),
        "answered": said_lines(row),
        "evidence_form": EvidenceForm(),
        "evidence_limit": settings.EVIDENCE_LIMIT_MIB,
        "can_discard": can_discard(request.seat, row),
        "can_sign": can_sign_off(request.seat, row, gaps.values()),
        "paper": _paper(sheet),
        "today": timezone.localdate(),
    }
    if current is not None:
        context |= _conflict(sheet, form, current)
    return render_page(request, "exemplars/edit.html", context, status=status)


def _conflict(sheet: Sheet, form: RegistrationForm, current: Registration) -> dict[str, object]:
    return {
        "row": sheet.registration,
        "conflicts": differences(sheet, current, form.typed),
        "current_version": current.version,
    }


def _form(sheet: Sheet, data: Mapping[str, object] | None = None) -> RegistrationForm:
    levels = levels_on(sheet.registration.round.opens_on)
    return RegistrationForm(data, sheet=sheet, levels=levels)


def _add_problems(form: RegistrationForm, error: ContentError) -> None:
    for item, problem in error.problems.items():
        form.add_error(item if item in form.fields else None, problem)


def _paper(sheet: Sheet) -> str:
    paper = registration_paper(sheet.registration, sheet.spec, sheet.labels)
    return to_html(paper).decode()
