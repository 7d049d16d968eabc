"""Giving files to members: by hand, by field, or balanced."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.councils.actions import CouncilError, allot_by_hand, allot_evenly, take_from_member
from kheo.councils.forms.setting_up import FilesForm
from kheo.councils.models import Allotment, Council
from kheo.councils.queries.pages import FileFilter, file_lines, files_of, member_loads
from kheo.councils.rules.deeds import can_allot
from kheo.councils.views.finding import own_member, posted_keys, tell_faults, visible_council
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def council_assign(request: Request, pk: int) -> HttpResponse:
    """Show who has what and who keeps out, and give files to members."""
    council = visible_council(request, pk)
    demand(can_allot(request.seat, council, own_member(request, council)))
    if request.method == "POST":
        try:
            _allot(request, council)
        except CouncilError as error:
            tell_faults(request, error.reasons)
        return redirect(request.get_full_path())
    form = FilesForm(request.GET)
    page = page_of(files_of(council, FileFilter(**form.values())), request)
    members = member_loads(council)
    context = {
        "council": council,
        "members": members,
        "scorers": [member for member in members if member.is_scoring],
        "most": max((getattr(member, "given", 0) for member in members), default=0),
        "filters": form,
        "page": page,
        "lines": file_lines(page.rows),
    }
    return render_page(request, "councils/assign.html", context, part="files")


def _allot(request: Request, council: Council) -> None:
    by, at = request.seat, timezone.now()
    if key := request.POST.get("back", ""):
        if not (key.isascii() and key.isdigit() and len(key) < 12):
            raise Http404
        rows = Allotment.objects.filter(file__council=council).select_related(
            "file__council", "file__file", "member"
        )
        take_from_member(allotment=get_object_or_404(rows, pk=int(key)), by=by, at=at)
        messages.success(request, _("The file was taken back from the member."))
        return
    mode = request.POST.get("mode", "")
    if mode in {"field", "balanced"}:
        count = allot_evenly(council=council, by_field=mode == "field", by=by, at=at)
    elif mode == "hand":
        count = allot_by_hand(
            council=council,
            files=posted_keys(request, "file"),
            members=posted_keys(request, "member"),
            by=by,
            at=at,
        )
    else:
        raise Http404
    messages.success(request, _("%s assignments were made.") % count)
