"""The sheet of a model: read, filled by a plain form, criteria laid under it, choices made."""

from collections.abc import Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from kheo.criteria.models import CriteriaSet
from kheo.organisations.http import Request
from kheo.ui.downloads import file_as_handed_in, small_picture
from kheo.ui.pages import render_page
from kheo.ui.uploads import AttachmentError, SizeLimit, too_large_words
from kheo.visits.actions import (
    EntryResult,
    add_sheet_photo,
    lay_criteria,
    remove_sheet_photo,
    settle_entry,
    take_entries,
)
from kheo.visits.actions.filling import REFUSED
from kheo.visits.actions.photos import MOST_PHOTOS
from kheo.visits.enums import Found, Outcome
from kheo.visits.forms.sheets import photo_keys, posted_entries
from kheo.visits.queries.criteria import sets_for_sheets
from kheo.visits.queries.pages import sheet_page
from kheo.visits.queries.visible import entries_to_settle, photos_visible_to
from kheo.visits.rules.deeds import VisitError
from kheo.visits.views.finding import visible_sheet


@csrf_exempt
def sheet_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet, or take it; the limit is in place before the body is read."""
    request.upload_handlers.insert(0, SizeLimit(request))
    return _sheet_fill(cast("Request", request), pk)


@csrf_protect
def _sheet_fill(request: Request, pk: int) -> HttpResponse:
    sheet = visible_sheet(request, pk)
    if request.method == "POST":
        troubles = _take(request, sheet)
        for words in troubles:
            messages.error(request, words)
        if not troubles:
            messages.success(request, _("The sheet is saved."))
        return redirect("visits:sheet", pk)
    context = {
        "page": sheet_page(request.seat, sheet),
        "sheet": sheet,
        "visit": sheet.visit,
        "found": Found.choices,
        "sets": list(sets_for_sheets(sheet.visit.team)[:50]),
        "photo_limit": settings.EVIDENCE_LIMIT_MIB,
        "most_photos": MOST_PHOTOS,
    }
    return render_page(request, "visits/sheet.html", context)


@require_POST
def sheet_criteria(request: Request, pk: int) -> HttpResponse:
    """Lay a criteria set under a sheet."""
    sheet = visible_sheet(request, pk)
    key = request.POST.get("set", "")
    chosen = get_object_or_404(CriteriaSet, pk=int(key)) if key.isdecimal() else None
    try:
        lay_criteria(sheet=sheet, criteria_set=chosen, by=request.seat, at=timezone.now())
    except VisitError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The criteria stand on the sheet."))
    return redirect("visits:sheet", pk)


@require_POST
def entry_settle(request: Request, pk: int) -> HttpResponse:
    """Choose what stands: the entry that waits, or what is in the sheet."""
    entry = get_object_or_404(entries_to_settle(request.seat).select_related("sheet__visit"), pk=pk)
    version = request.POST.get("version", "")
    try:
        settle_entry(
            entry=entry,
            keep=request.POST.get("keep") == "sent",
            seen_version=int(version) if version.isdecimal() else 0,
            by=request.seat,
            at=timezone.now(),
        )
    except VisitError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your choice is kept."))
    return redirect("visits:sheet", entry.sheet_id)


@require_POST
def photo_remove(request: Request, pk: int) -> HttpResponse:
    """Take a photo out of its sheet."""
    photos = photos_visible_to(request.seat).select_related("sheet__visit")
    photo = get_object_or_404(photos, pk=pk)
    remove_sheet_photo(photo=photo, by=request.seat, at=timezone.now())
    messages.success(request, _("The photo is taken out of the sheet."))
    return redirect("visits:sheet", photo.sheet_id)


@require_safe
def photo_show(request: Request, pk: int) -> FileResponse:
    """Give a photo to those who see its sheet, as a picture in the page."""
    photo = get_object_or_404(photos_visible_to(request.seat), pk=pk)
    response = file_as_handed_in(photo.file, photo.name, photo.media_type)
    # judged when it was taken in: these are pictures and nothing else
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
def photo_small(request: Request, pk: int) -> HttpResponse:
    """Give a small copy of a photo to those who see its sheet."""
    return small_picture(get_object_or_404(photos_visible_to(request.seat), pk=pk).file)


def _take(request: Request, sheet: Any) -> list[str]:
    """Take a posted sheet; return what could not be taken, in words."""
    too_large = getattr(request, "upload_too_large", None)
    if too_large is not None:
        return [too_large_words(too_large)]
    files = request.FILES.getlist("photo")
    try:
        results = take_entries(
            sheet=sheet, entries=posted_entries(request.POST), by=request.seat, at=timezone.now()
        )
        keys = photo_keys(request.POST.get("photo-key"), files)
        for key, file in zip(keys, files, strict=True):
            add_sheet_photo(
                sheet=sheet,
                client_key=key,
                file=file,
                caption=request.POST.get("caption", ""),
                by=request.seat,
                at=timezone.now(),
            )
    except (VisitError, AttachmentError) as error:
        return [str(error)]
    return _troubles(results)


def _troubles(results: Sequence[EntryResult]) -> list[str]:
    words = [one.reason for one in results if one.outcome == REFUSED]
    if any(one.outcome == Outcome.CONFLICT for one in results):
        words.append(_("Somebody else has changed the same lines: choose below what stands."))
    return words
