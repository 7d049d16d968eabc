"""Finding an accepted model of another unit, to begin from it or to name it as the source."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kheo.exemplars.actions import FormNotAskedError, replicate, save_draft
from kheo.exemplars.enums import Continuity
from kheo.exemplars.forms import SearchForm
from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.queries.earlier import latest_public_registration, replicable_exemplars
from kheo.exemplars.rules import can_edit, can_start
from kheo.exemplars.views.finding import posted_keys, visible_part, visible_registration
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.rounds.enums import Form
from kheo.rounds.models import Participation
from kheo.ui.pages import render_page

FOUND = 30


@require_http_methods(["GET", "HEAD", "POST"])
def replicate_model(request: Request, pk: int) -> HttpResponse:
    """Search other units' accepted models; begin a registration from one, or name it in a draft."""
    part = visible_part(request, pk)
    into = _into(request, part)
    if request.method == "POST":
        [key] = posted_keys([request.POST.get("exemplar", "")]) or [0]
        exemplar = get_object_or_404(Exemplar, pk=key)
        return _name(request, into, exemplar) if into else _begin(request, part, exemplar)
    if into is None:
        demand(can_start(request.seat, part, today=timezone.localdate()))
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "part": part,
        "into": into,
        "search": form,
        "found": list(replicable_exemplars(request.seat, text)[:FOUND]),
        "limit": FOUND,
    }
    return render_page(request, "exemplars/replicate.html", context, part="found")


def _into(request: Request, part: Participation) -> Registration | None:
    sent = request.POST if request.method == "POST" else request.GET
    keys = posted_keys([sent.get("into", "")])
    if not keys:
        return None
    row = visible_registration(request, keys[0])
    demand(can_edit(request.seat, row))
    return row if row.participation_id == part.pk else None


def _begin(request: Request, part: Participation, exemplar: Exemplar) -> HttpResponse:
    try:
        row = replicate(
            exemplar=exemplar,
            participation=part,
            form=request.POST.get("form", Form.COLLECTIVE),
            by=request.seat,
            at=timezone.now(),
        )
    except FormNotAskedError as error:
        messages.error(request, str(error))
        return redirect("exemplars:unit-round", part.pk)
    return redirect("exemplars:edit", row.pk)


def _name(request: Request, row: Registration, exemplar: Exemplar) -> HttpResponse:
    if latest_public_registration(exemplar, request.seat) is not None:
        save_draft(
            registration=row,
            values={"replicated_from": exemplar, "continuity": Continuity.REPLICATED},
            version=row.version,
            by=request.seat,
            at=timezone.now(),
        )
    return redirect("exemplars:edit", row.pk)
