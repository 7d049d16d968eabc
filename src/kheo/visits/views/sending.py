"""What a device that was without a connection asks and sends, as data."""

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from kheo.organisations.http import Request
from kheo.organisations.middleware import note_refusal
from kheo.organisations.rules import NotAllowedError
from kheo.ui.uploads import AttachmentError, SizeLimit, too_large_words
from kheo.visits.actions import add_sheet_photo, take_entries
from kheo.visits.enums import Outcome
from kheo.visits.forms.sheets import key_of, sent_entries
from kheo.visits.models import VisitSheet
from kheo.visits.queries.pages import versions_of
from kheo.visits.queries.worker import worker_script
from kheo.visits.rules.deeds import VisitError
from kheo.visits.views.finding import visible_sheet


@require_safe
def worker(request: Request) -> HttpResponse:  # noqa: ARG001 the same for everybody
    """Give the script that keeps opened sheets usable; it serves nothing beyond /visits/."""
    response = HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/visits/"
    response["Cache-Control"] = "no-cache"
    return response


@never_cache
@require_safe
def sheet_state(request: Request, pk: int) -> JsonResponse:
    """Tell a device who is signed in, with what token to send, and how far each piece has come."""
    sheet = visible_sheet(request, pk)
    waiting = sheet.entries.filter(outcome=Outcome.CONFLICT).count()
    return JsonResponse(
        {
            "person": request.user.pk,
            "token": get_token(request),
            "versions": versions_of(sheet),
            "waiting": waiting,
        }
    )


@require_POST
def sheet_send(request: Request, pk: int) -> JsonResponse:
    """Take the entries a device kept; each is answered, and none is taken twice."""
    sheet = visible_sheet(request, pk)
    try:
        results = take_entries(
            sheet=sheet, entries=sent_entries(request.body), by=request.seat, at=timezone.now()
        )
    except (VisitError, NotAllowedError) as error:
        return _refused(request, error)
    answers = [
        {
            "id": str(one.client_key),
            "outcome": one.outcome,
            "version": one.version,
            "reason": one.reason,
        }
        for one in results
    ]
    return JsonResponse({"results": answers})


@csrf_exempt
def photo_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo a device kept; the limit is in place before the body is read."""
    request.upload_handlers.insert(0, SizeLimit(request))
    return cast("HttpResponse", _photo_send(cast("Request", request), pk))


@csrf_protect
@require_POST
def _photo_send(request: Request, pk: int) -> JsonResponse:
    sheet: VisitSheet = visible_sheet(request, pk)
    file = request.FILES.get("photo")
    if file is None or hasattr(request, "upload_too_large"):
        return JsonResponse({"reason": _why_no_photo(request)}, status=422)
    try:
        photo = add_sheet_photo(
            sheet=sheet,
            client_key=key_of(request.POST.get("id")),
            file=file,
            caption=request.POST.get("caption", ""),
            by=request.seat,
            at=timezone.now(),
        )
    except (VisitError, AttachmentError, NotAllowedError) as error:
        return _refused(request, error)
    return JsonResponse({"id": str(photo.client_key), "outcome": Outcome.TAKEN})


def _why_no_photo(request: Request) -> str:
    too_large = getattr(request, "upload_too_large", None)
    return _("No photo came along.") if too_large is None else too_large_words(too_large)


def _refused(request: Request, error: Exception) -> JsonResponse:
    """Answer a refusal as data; what a rule forbids leaves its trace."""
    forbidden = isinstance(error, NotAllowedError)
    if forbidden:
        note_refusal(request, str(error))
    return JsonResponse({"reason": str(error)}, status=403 if forbidden else 422)
