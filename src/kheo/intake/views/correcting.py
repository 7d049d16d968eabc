"""Where a person puts right what was read: rows, units, columns, and ends the import."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kheo.exemplars.actions import AlreadyRegisteredError, ContentError, FormNotAskedError
from kheo.exemplars.enums import Continuity
from kheo.exemplars.models import Exemplar, Registration
from kheo.intake import actions
from kheo.intake.actions.correcting import Correction
from kheo.intake.enums import Decision, Link
from kheo.intake.forms import ColumnsForm, RowForm, UnitForm
from kheo.intake.models import IntakeEntry, IntakeForm
from kheo.intake.queries.items import effective_items
from kheo.intake.queries.judging import rows_taken
from kheo.intake.queries.origins import (
    PREFIX,
    chosen_origin,
    like_origins,
    origin_choices,
    origin_of,
    origins_found,
)
from kheo.intake.queries.pages import choosable_parts, link_choices, round_words, shown_row
from kheo.intake.rules import UNIT_ROLES, can_change
from kheo.intake.views.finding import own_entry, own_form, own_intake
from kheo.lib.text.folding import normalise
from kheo.organisations.http import Request
from kheo.ui.pages import render_page, wants_part

MOST_KEYS = 5_000
# so many rows are saved within a second; more of them in the background
SAVED_AT_ONCE = 1_000


@require_http_methods(["GET", "HEAD", "POST"])
def edit_row(request: Request, pk: int) -> HttpResponse:
    """Show a row with what was read and what is wrong with it, to be put right."""
    entry = own_entry(request, pk)
    # words in that box are looked for, also where Enter was pressed there: nothing is kept then
    sought = normalise(request.POST.get("find", ""))[:200]
    seeks = bool(sought) or "search" in request.POST
    form = _row_form(request, entry, sought if seeks else None)
    if request.method != "POST" or seeks:
        return _show_row(request, entry, form)
    if not form.is_valid():
        return _show_row(request, entry, form, status=422)
    link = form.cleaned_data["link"]
    origin = chosen_origin(link)
    correction = Correction(
        values=form.values,
        decision=form.cleaned_data["decision"],
        link=Link.REPLICATES if origin else link,
        replicated=Exemplar.objects.get(pk=origin) if origin else None,
    )
    try:
        actions.correct_entry(
            entry=entry,
            correction=correction,
            version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )
    except actions.StaleIntakeError as error:
        messages.error(request, str(error))
        return _back(request, entry)
    except actions.IntakeError as error:
        form.add_error(None, str(error))
        return _show_row(request, entry, form, status=422)
    return _back(request, entry)


@require_http_methods(["GET", "HEAD"])
def show_row(request: Request, pk: int) -> HttpResponse:
    """Show a row as it stands; htmx puts it back in the table."""
    entry = own_entry(request, pk)
    return _row(request, entry) if wants_part(request) else _to_file(entry)


@require_POST
def confirm_unit(request: Request, pk: int) -> HttpResponse:
    """Say whose a form is."""
    found = own_form(request, pk)
    form = UnitForm(request.POST, parts=choosable_parts(request.seat, found.file.intake.round))
    if not form.is_valid():
        messages.error(request, _("Choose the unit whose list this is."))
        return _to_form(found)
    try:
        actions.confirm_form(
            form=found,
            participation_id=form.cleaned_data["unit"],
            version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )
    except (actions.StaleIntakeError, actions.IntakeError) as error:
        messages.error(request, str(error))
    return _to_form(found)


@require_POST
def choose_columns(request: Request, pk: int) -> HttpResponse:
    """Read a form again with what a person takes its columns for."""
    found = own_form(request, pk)
    form = ColumnsForm(request.POST, columns=found.columns)
    if not form.is_valid():
        messages.error(request, _("One of the columns was taken for something unknown."))
        return _to_form(found)
    try:
        actions.map_columns(
            form=found,
            keys=form.keys,
            version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )
    except actions.StaleIntakeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The file was read again; the unit's columns are remembered."))
    return _to_form(found)


@require_POST
def decide_rows(request: Request, pk: int) -> HttpResponse:
    """Take or leave out the ticked rows."""
    intake = own_intake(request, pk)
    wanted = request.POST.get("decision", "")
    decision = Decision(wanted) if wanted in Decision.values else Decision.LEAVE
    keys = [int(key) for key in request.POST.getlist("r")[:MOST_KEYS] if key.isdecimal()]
    count = actions.decide_entries(
        intake=intake, entries=keys, decision=decision, by=request.seat, at=timezone.now()
    )
    words = (
        ngettext("%s row is left out.", "%s rows are left out.", count)
        if decision == Decision.LEAVE
        else ngettext("%s row is taken.", "%s rows are taken.", count)
    )
    messages.success(request, words % count)
    first = IntakeEntry.objects.filter(pk__in=keys[:1], form__file__intake=intake).first()
    return _to_form(first.form) if first else redirect("intake:detail", pk)


@require_POST
def save(request: Request, pk: int) -> HttpResponse:
    """Make drafts of all rows that are to be taken."""
    intake = own_intake(request, pk)
    version = request.POST.get("version", "")
    # whoever saves a long list does not wait for it in front of a still page
    is_long = rows_taken(intake) > SAVED_AT_ONCE
    save_rows = actions.order_saving if is_long else actions.save_intake
    try:
        save_rows(
            intake=intake,
            version=int(version) if version.isdecimal() else 0,
            by=request.seat,
            at=timezone.now(),
        )
    except (
        actions.StaleIntakeError,
        AlreadyRegisteredError,
        ContentError,
        FormNotAskedError,
    ) as error:
        messages.error(request, str(error))
    return redirect("intake:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def abandon(request: Request, pk: int) -> HttpResponse:
    """Give an import up after asking."""
    intake = own_intake(request, pk)
    if request.method == "POST":
        actions.abandon_intake(intake=intake, by=request.seat, at=timezone.now())
        messages.success(request, _("The import is given up; nothing of it was saved."))
        return redirect("intake:hand-in", intake.round_id)
    context = {
        "question": _("Give this import up?"),
        "consequences": [
            _("Nothing of it becomes a registration."),
            _("The files may be handed in again later."),
        ],
        "deed": _("Give it up"),
        "danger": True,
        "action_url": request.path,
        "back_url": reverse("intake:detail", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context)


def _row_form(request: Request, entry: IntakeEntry, sought: str | None) -> RowForm:
    """Return the form of a row, with the models found where some are sought."""
    items = effective_items(entry)
    link = f"{PREFIX}{entry.replicated_id}" if entry.replicated_id else entry.link
    links = link_choices(entry, may_update=request.seat.role in UNIT_ROLES)
    data = request.POST.copy() if request.method == "POST" else None
    found: list[Registration] = []
    if data is not None and sought is not None:
        data["find"] = ""
        found = origins_found(request.seat, entry, sought)
    form = RowForm(
        data,
        initial={"version": entry.version, "decision": entry.decision, "link": link},
        items=items,
        words=round_words(entry.form.file.intake.round),
        links=[*links, *origin_choices([*found, *_origins(request, entry, items, link)])],
        auto_id=f"row-{entry.pk}-%s",
    )
    if found:
        count = ngettext("%s model was found.", "%s models were found.", len(found)) % len(found)
        form.fields["link"].help_text = count
    elif sought is not None:
        form.add_error("find", _("No accepted model of another unit holds all these words."))
    return form


def _origins(
    request: Request, entry: IntakeEntry, items: Mapping[str, str], link: str
) -> list[Registration]:
    """Return the models a row may replicate: chosen before, chosen now, and alike ones."""
    named = dict.fromkeys(map(chosen_origin, (link, request.POST.get("link", ""))))
    known = [origin_of(request.seat, entry, key) for key in named if key is not None]
    says_so = items.get("continuity") == Continuity.REPLICATED
    alike = like_origins(request.seat, entry, items) if says_so else []
    return [*filter(None, known), *alike]


def _show_row(
    request: Request, entry: IntakeEntry, form: RowForm, status: int = 200
) -> HttpResponse:
    words = round_words(entry.form.file.intake.round)
    context = {
        "row": shown_row(entry, words),
        "form": form,
        "file": entry.form.file,
        "may_change": can_change(request.seat, entry.form.file.intake),
    }
    template = "intake/_row_editing.html" if wants_part(request) else "intake/row.html"
    return render_page(request, template, context, status=status)


def _back(request: Request, entry: IntakeEntry) -> HttpResponse:
    if wants_part(request):
        return _row(request, own_entry(request, entry.pk))
    return _to_file(entry)


def _row(request: Request, entry: IntakeEntry) -> HttpResponse:
    intake = entry.form.file.intake
    context = {
        "row": shown_row(entry, round_words(intake.round)),
        "may_change": can_change(request.seat, intake),
        "form": entry.form,
    }
    return render_page(request, "intake/_row.html", context)


def _to_file(entry: IntakeEntry) -> HttpResponse:
    return redirect(f"{_file_url(entry.form)}#row-{entry.pk}")


def _to_form(form: IntakeForm) -> HttpResponse:
    return redirect(_file_url(form))


def _file_url(form: IntakeForm) -> str:
    return f"{reverse('intake:file', args=[form.file_id])}?form={form.pk}"
