"""Finds what an address names, for this seat only."""

from django.shortcuts import get_object_or_404

from kheo.intake.models import Intake, IntakeEntry, IntakeFile, IntakeForm
from kheo.intake.queries.units import files_visible_to, intakes_visible_to
from kheo.intake.rules import can_handle
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.rounds.models import Round
from kheo.rounds.queries.visible import rounds_visible_to


def import_round(request: Request, pk: int) -> Round:
    """Return the round, or 404 where this seat must not know of it."""
    return get_object_or_404(rounds_visible_to(request.seat), pk=pk)


def own_intake(request: Request, pk: int) -> Intake:
    """Return an import this seat may go on with, or 404 where it must not know of it.

    :raises NotAllowedError: when the seat sees it and may not go on with it.
    """
    intake = get_object_or_404(intakes_visible_to(request.seat), pk=pk)
    demand(can_handle(request.seat, intake))
    return intake


def visible_file(request: Request, pk: int) -> IntakeFile:
    """Return a file of an import the seat may see, or 404."""
    return get_object_or_404(files_visible_to(request.seat), pk=pk)


def own_file(request: Request, pk: int) -> IntakeFile:
    """Return a file of an import this seat may go on with, or 404."""
    file = visible_file(request, pk)
    demand(can_handle(request.seat, file.intake))
    return file


def own_form(request: Request, pk: int) -> IntakeForm:
    """Return a form of an import this seat may go on with, or 404."""
    found = get_object_or_404(IntakeForm.objects.only("pk", "file_id"), pk=pk)
    file = own_file(request, found.file_id)
    forms = IntakeForm.objects.select_related("participation__organisation")
    form = forms.get(pk=pk)
    form.file = file
    return form


def own_entry(request: Request, pk: int) -> IntakeEntry:
    """Return a row of an import this seat may go on with, or 404."""
    rows = IntakeEntry.objects.select_related("earlier", "replicated", "registration")
    entry = get_object_or_404(rows, pk=pk)
    entry.form = own_form(request, entry.form_id)
    return entry
