"""Attaching files and taking them off; too large ones are stopped while they arrive."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from kheo.exemplars.actions import EvidenceError, add_evidence, remove_evidence
from kheo.exemplars.models import Evidence
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.exemplars.views.finding import visible_registration
from kheo.organisations.http import Request
from kheo.ui.uploads import SizeLimit, too_large_words


@csrf_exempt
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file; the limit is in place before the body is read, so the check comes after."""
    request.upload_handlers.insert(0, SizeLimit(request))
    return _add_file(cast("Request", request), pk)


@csrf_protect
@require_POST
def _add_file(request: Request, pk: int) -> HttpResponse:
    row = visible_registration(request, pk)
    file = request.FILES.get("file")
    too_large = getattr(request, "upload_too_large", None)
    if too_large is not None:
        messages.error(request, too_large_words(too_large))
    elif file is None:
        messages.error(request, _("Choose a file first."))
    else:
        try:
            evidence = add_evidence(
                registration=row,
                file=file,
                name=file.name or "",
                by=request.seat,
                at=timezone.now(),
            )
            messages.success(request, _("“%s” was attached.") % evidence.name)
        except EvidenceError as error:
            messages.error(request, str(error))
    return redirect("exemplars:edit", pk)


@require_POST
def remove_file(request: Request, pk: int) -> HttpResponse:
    """Take a file off its registration."""
    visible = registrations_visible_to(request.seat)
    evidence = get_object_or_404(
        Evidence.objects.select_related("registration"), pk=pk, registration__in=visible
    )
    remove_evidence(evidence=evidence, by=request.seat, at=timezone.now())
    messages.success(request, _("“%s” was taken off.") % evidence.name)
    return redirect("exemplars:edit", evidence.registration_id)
