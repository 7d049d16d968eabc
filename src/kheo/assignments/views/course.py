"""The course of a part: reporting with files, answering, and giving the files."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from kheo.assignments.actions import (
    TaskError,
    confirm_part,
    open_part_again,
    report_part,
    return_part,
)
from kheo.assignments.forms.course import AnswerForm, ReportForm
from kheo.assignments.models import TaskBody
from kheo.assignments.queries.one import part_page
from kheo.assignments.queries.visible import evidence_visible_to
from kheo.assignments.views.finding import visible_part, with_lateness
from kheo.audit.queries import history_of
from kheo.organisations.http import Request
from kheo.ui.downloads import file_as_handed_in
from kheo.ui.pages import render_page
from kheo.ui.uploads import AttachmentError, SizeLimit, too_large_words

ANSWERS = {"confirm": confirm_part, "return": return_part, "reopen": open_part_again}


@require_safe
def part_detail(request: Request, pk: int) -> HttpResponse:
    """Show a part: what has been reported on it, and what can be done now."""
    return _show(request, visible_part(request, pk), ReportForm(), AnswerForm())


@csrf_exempt
def add_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report; the limit is in place before the body is read, so the check comes after."""
    request.upload_handlers.insert(0, SizeLimit(request))
    return _add_report(cast("Request", request), pk)


@csrf_protect
@require_POST
def _add_report(request: Request, pk: int) -> HttpResponse:
    part = visible_part(request, pk)
    form = ReportForm(request.POST, request.FILES)
    too_large = getattr(request, "upload_too_large", None)
    if too_large is not None:
        form.add_error("evidence", too_large_words(too_large))
    elif form.is_valid():
        done = request.POST.get("deed") == "done"
        try:
            report_part(
                body=part,
                text=form.cleaned_data["text"],
                done=done,
                files=form.cleaned_data["evidence"],
                by=request.seat,
                at=timezone.now(),
            )
        except TaskError as error:
            form.add_error("text", str(error))
        except AttachmentError as error:
            form.add_error("evidence", str(error))
        else:
            said = _("You said that the part is done.") if done else _("The report is sent.")
            messages.success(request, said)
            return redirect("assignments:part", pk)
    return _show(request, part, form, AnswerForm(), status=422)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Confirm, return or open a part again."""
    part = visible_part(request, pk)
    deed = ANSWERS.get(request.POST.get("deed", ""))
    form = AnswerForm(request.POST)
    if deed is None:
        raise Http404
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            deed(body=part, text=text, by=request.seat, at=timezone.now())
        except TaskError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("The answer is sent."))
            return redirect("assignments:part", pk)
    return _show(request, part, ReportForm(), form, status=422)


@require_safe
def download_file(request: Request, pk: int) -> FileResponse:
    """Give a file to those who see its part, never to be shown inside our pages."""
    evidence = get_object_or_404(evidence_visible_to(request.seat), pk=pk)
    return file_as_handed_in(evidence.file, evidence.name, evidence.media_type)


def _show(
    request: Request,
    part: TaskBody,
    report_form: ReportForm,
    answer_form: AnswerForm,
    *,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "page": part_page(request.seat, part, today),
        "part": part,
        "task": part.task,
        "late": with_lateness([part], today)[0][1],
        "report_form": report_form,
        "answer_form": answer_form,
        "evidence_limit": settings.EVIDENCE_LIMIT_MIB,
        "history": list(history_of(part)[:50]),
    }
    return render_page(request, "assignments/part.html", context, status=status)
