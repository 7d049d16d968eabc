"""Recommendations: the list, one of them, the unit's answer, the team's."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from kheo.audit.queries import history_of
from kheo.organisations.http import Request
from kheo.ui.downloads import file_as_handed_in
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of
from kheo.ui.uploads import AttachmentError, SizeLimit, too_large_words
from kheo.visits.actions import accept_answer, answer_advice, return_answer
from kheo.visits.enums import AdviceDeed
from kheo.visits.forms.visits import AdviceFilterForm
from kheo.visits.forms.words import AnswerForm, ReasonForm
from kheo.visits.models import Recommendation
from kheo.visits.queries.standing import parts_in
from kheo.visits.queries.visible import advice_files_visible_to, advice_listed
from kheo.visits.rules.deeds import VisitError, can_do_advice
from kheo.visits.views.finding import visible_advice


@require_safe
def advice_list(request: Request) -> HttpResponse:
    """Show the recommendations this seat sees, open ones first."""
    form = AdviceFilterForm(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    rows = advice_listed(request.seat, state=data.get("state", ""), unit=data.get("unit", ""))
    context = {"filters": form, "page": page_of(rows, request), "today": timezone.localdate()}
    return render_page(request, "visits/advice.html", context, part="advice")


@require_safe
def advice_detail(request: Request, pk: int) -> HttpResponse:
    """Show a recommendation, its answer and what can be done now."""
    return _show(request, visible_advice(request, pk), AnswerForm(), ReasonForm())


@csrf_exempt
def advice_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the unit's answer; the limit is in place before the body is read."""
    request.upload_handlers.insert(0, SizeLimit(request))
    return _advice_answer(cast("Request", request), pk)


@csrf_protect
@require_POST
def _advice_answer(request: Request, pk: int) -> HttpResponse:
    advice = visible_advice(request, pk)
    form = AnswerForm(request.POST, request.FILES)
    too_large = getattr(request, "upload_too_large", None)
    if too_large is not None:
        form.add_error("evidence", too_large_words(too_large))
    elif form.is_valid():
        data = form.cleaned_data
        try:
            answer_advice(
                advice=advice,
                text=data["text"],
                files=data["evidence"],
                by=request.seat,
                at=timezone.now(),
            )
        except VisitError as error:
            form.add_error("text", str(error))
        except AttachmentError as error:
            form.add_error("evidence", str(error))
        else:
            messages.success(request, _("The answer is sent to the team."))
            return redirect("visits:advice-detail", pk)
    return _show(request, advice, form, ReasonForm(), status=422)


@require_POST
def advice_settle(request: Request, pk: int) -> HttpResponse:
    """Confirm that a recommendation was followed, or ask for more."""
    advice = visible_advice(request, pk)
    form = ReasonForm(request.POST)
    deed = request.POST.get("deed", "")
    if deed not in {"accept", "return"}:
        raise Http404
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        if deed == "accept":
            accept_answer(advice=advice, by=request.seat, at=timezone.now())
        else:
            return_answer(advice=advice, reason=reason, by=request.seat, at=timezone.now())
    except VisitError as error:
        form.add_error("reason", str(error))
        return _show(request, advice, AnswerForm(), form, status=422)
    messages.success(request, _("The unit is told."))
    return redirect("visits:advice-detail", pk)


@require_safe
def advice_file(request: Request, pk: int) -> FileResponse:
    """Give a file of an answer to those who see the recommendation."""
    found = get_object_or_404(advice_files_visible_to(request.seat), pk=pk)
    return file_as_handed_in(found.file, found.name, found.media_type)


def _show(
    request: Request,
    advice: Recommendation,
    answer: AnswerForm,
    reason: ReasonForm,
    *,
    status: int = 200,
) -> HttpResponse:
    parts = parts_in(request.seat, advice.visit.team)
    context = {
        "advice": advice,
        "files": list(advice.files.all()),
        "answer_form": answer,
        "reason_form": reason,
        "may_answer": can_do_advice(AdviceDeed.ANSWER, request.seat, advice, parts),
        "may_settle": can_do_advice(AdviceDeed.ACCEPT, request.seat, advice, parts),
        "limit": settings.EVIDENCE_LIMIT_MIB,
        "history": list(history_of(advice)[:30]),
    }
    return render_page(request, "visits/advice_detail.html", context, status=status)
