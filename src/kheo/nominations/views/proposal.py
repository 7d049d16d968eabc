"""The proposal of a list: its words, how it will be printed, and the files."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.lib.papers.render import render
from kheo.nominations.actions import write_proposal
from kheo.nominations.enums import ListDeed
from kheo.nominations.forms import ProposalForm
from kheo.nominations.models import NominationList
from kheo.nominations.papers.gathering import proposal_of
from kheo.nominations.papers.proposal import Proposal, nomination_list_paper, proposal_paper
from kheo.nominations.queries.structure import committee_above
from kheo.nominations.rules import NominationError, can_handle_list
from kheo.nominations.views.finding import visible_list
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page

WORDS = ("number", "issued_on", "addressee", "grounds", "recipients", "position", "signatory")
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: Request, pk: int) -> HttpResponse:
    """Show the proposal as it will be printed; its own people write its words."""
    row = visible_list(request, pk)
    may_write = can_handle_list(ListDeed.RANK, request.seat, row)
    wish = _proposal(row)
    form = ProposalForm(request.POST or None, initial=_initial(row, wish))
    if request.method == "POST":
        demand(may_write)
        if form.is_valid() and _save(request, row, form):
            return redirect("nominations:proposal", pk)
    context = {
        "list": row,
        "form": form,
        "may_write": may_write,
        "sheet": render(proposal_paper(wish), "html").decode(),
    }
    status = 422 if form.errors else 200
    return render_page(request, "nominations/proposal.html", context, status=status)


@require_safe
def proposal_file(request: Request, pk: int, fmt: str) -> HttpResponse:
    """Give the proposal as Word or PDF, or its list as a workbook."""
    row = visible_list(request, pk)
    wish = _proposal(row)
    if fmt == "xlsx":
        content, name = render(nomination_list_paper(wish), "xlsx"), "danh-sach-gioi-thieu"
    elif fmt in {"docx", "pdf"}:
        content = render(proposal_paper(wish), "docx" if fmt == "docx" else "pdf")
        name = "to-trinh"
    else:
        raise Http404
    answer = HttpResponse(content, content_type=MEDIA_TYPES[fmt])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{pk}.{fmt}"'
    return answer


def _proposal(row: NominationList) -> Proposal:
    today = timezone.localdate()
    return proposal_of(row, row.target or committee_above(row.owner, today), today)


def _initial(row: NominationList, wish: Proposal) -> dict[str, object]:
    usual = {
        "addressee": wish.to,
        "recipients": "\n".join(wish.recipients),
        "position": wish.speaker.position.capitalize(),
    }
    own = {name: getattr(row, name) for name in WORDS}
    return {"version": row.version} | {name: own[name] or usual.get(name, "") for name in WORDS}


def _save(request: Request, row: NominationList, form: ProposalForm) -> bool:
    try:
        write_proposal(
            row=row,
            terms=form.terms,
            seen_version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )
    except NominationError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The proposal is saved."))
    return True
