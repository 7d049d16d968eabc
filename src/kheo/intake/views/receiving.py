"""Where files are handed in: the rounds, and one round's box for files."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kheo.intake.actions import IntakeError, read_waiting_files, receive_files
from kheo.intake.actions.receiving import queue_reading
from kheo.intake.enums import IntakeState
from kheo.intake.forms import FilesForm
from kheo.intake.models import Intake
from kheo.intake.queries.pages import recent_intakes
from kheo.intake.queries.units import fillable_parts, intake_rounds, intakes_visible_to
from kheo.intake.queries.uploads import Handed, handed_files
from kheo.intake.rules import acts_for, can_receive
from kheo.intake.views.finding import import_round
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page

# so many files of so many bytes together are read while the person waits
READ_AT_ONCE = 3
BYTES_AT_ONCE = 256 << 10


@require_safe
def intake_list(request: Request) -> HttpResponse:
    """Show the open rounds files can be handed in for, and the latest imports."""
    owner = acts_for(request.seat)
    context = {
        "rounds": [
            (round, can_receive(request.seat, round, has_units=True))
            for round in intake_rounds(request.seat)[:50]
        ],
        "recent": recent_intakes(intakes_visible_to(request.seat), owner),
    }
    return render_page(request, "intake/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: Request, pk: int) -> HttpResponse:
    """Take files for a round; a few small ones are read at once, many in the background."""
    round = import_round(request, pk)
    has_units = fillable_parts(request.seat, round).exists()
    may = can_receive(request.seat, round, has_units=has_units)
    form = FilesForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        demand(may)
        if form.is_valid():
            try:
                intake = receive_files(
                    round=round,
                    files=_handed(form.cleaned_data["chosen"]),
                    by=request.seat,
                    at=timezone.now(),
                )
            except IntakeError as error:
                form.add_error("chosen", str(error))
            else:
                return redirect("intake:detail", _read_or_queued(intake).pk)
        status = 422
    intakes = intakes_visible_to(request.seat).filter(round=round)
    context = {
        "round": round,
        "form": form,
        "may": may,
        "limit_mib": settings.IMPORT_LIMIT_MIB,
        "most_files": settings.INTAKE_MOST_FILES,
        "recent": recent_intakes(intakes, acts_for(request.seat)),
    }
    return render_page(request, "intake/hand_in.html", context, status=status)


def _handed(files: Iterable["UploadedFile[bytes]"]) -> Iterator[Handed]:
    for file in files:
        yield from handed_files(file.name or "", file.read())


def _read_or_queued(intake: Intake) -> Intake:
    if intake.state != IntakeState.READING:
        return intake
    sizes = list(intake.files.values_list("size", flat=True))
    if len(sizes) <= READ_AT_ONCE and sum(sizes) <= BYTES_AT_ONCE:
        return read_waiting_files(intake=intake)
    queue_reading(intake=intake)
    return intake
