"""The page of one model: its timeline, its results, its milestones, and its files."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from kheo.exemplars.models import Registration
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.progress.actions import ProgressError, StaleCourseError, report_update, set_results
from kheo.progress.forms.deeds import MilestoneForm
from kheo.progress.forms.figures import (
    FigureRowsForm,
    PlanForm,
    UpdateForm,
    known_measures,
    planned_measures,
)
from kheo.progress.queries.one import (
    CoursePage,
    course_of,
    course_page,
    update_files_visible_to,
    usable_indicators,
)
from kheo.progress.views.finding import followed_model
from kheo.ui.downloads import file_as_handed_in, small_picture
from kheo.ui.pages import render_page
from kheo.ui.uploads import AttachmentError, SizeLimit, too_large_words


@require_safe
def model_detail(request: Request, pk: int) -> HttpResponse:
    """Show a model in its course, and what can be done now."""
    row = followed_model(request, pk)
    context = {
        "page": course_page(request.seat, row, timezone.localdate()),
        "row": row,
        "milestone_form": MilestoneForm(),
    }
    return render_page(request, "progress/detail.html", context)


@csrf_exempt
def new_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Take news; the limit is in place before the body is read, so the check comes after."""
    request.upload_handlers.insert(0, SizeLimit(request))
    return _new_update(cast("Request", request), pk)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _new_update(request: Request, pk: int) -> HttpResponse:
    row = followed_model(request, pk)
    page = course_page(request.seat, row, timezone.localdate())
    demand(page.may["report"])
    form = UpdateForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        indicators=list(usable_indicators(row)),
        measures=known_measures(page.results),
        initial={"version": page.version},
    )
    too_large = getattr(request, "upload_too_large", None)
    if too_large is not None:
        form.add_error("photos", too_large_words(too_large))
    elif form.is_bound and form.is_valid() and _report(request, row, form):
        return redirect("progress:detail", pk)
    return _show_form(request, "progress/update.html", page, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_results(request: Request, pk: int) -> HttpResponse:
    """Set what a model is to achieve."""
    row = followed_model(request, pk)
    page = course_page(request.seat, row, timezone.localdate())
    demand(page.may["plan"])
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        indicators=list(usable_indicators(row)),
        measures=planned_measures(page.results),
        initial={"version": page.version},
    )
    if form.is_bound and form.is_valid() and _plan(request, row, form):
        return redirect("progress:detail", pk)
    return _show_form(request, "progress/plan.html", page, form)


@require_safe
def download_file(request: Request, pk: int) -> FileResponse:
    """Give a photo or file to those who see its model."""
    found = get_object_or_404(update_files_visible_to(request.seat), pk=pk)
    return file_as_handed_in(found.file, found.name, found.media_type)


@require_safe
def small_photo(request: Request, pk: int) -> HttpResponse:
    """Give a small copy of a photo to those who see its model."""
    return small_picture(get_object_or_404(update_files_visible_to(request.seat), pk=pk).file)


def _report(request: Request, row: Registration, form: UpdateForm) -> bool:
    data = form.cleaned_data
    done = request.POST.get("deed") == "done"
    try:
        report_update(
            registration=row,
            text=data["text"],
            happened_on=data["happened_on"],
            figures=form.figures(),
            files=data["photos"],
            version=data["version"],
            done=done,
            by=request.seat,
            at=timezone.now(),
        )
    except AttachmentError as error:
        form.add_error("photos", str(error))
    except ProgressError as error:
        _explain(request, form, row, error)
    else:
        said = _("The model is reported as carried out.") if done else _("The news is kept.")
        messages.success(request, said)
        return True
    return False


def _plan(request: Request, row: Registration, form: PlanForm) -> bool:
    try:
        set_results(
            registration=row,
            planned=form.figures(),
            version=form.cleaned_data["version"],
            by=request.seat,
            at=timezone.now(),
        )
    except ProgressError as error:
        _explain(request, form, row, error)
        return False
    messages.success(request, _("The planned results are kept."))
    return True


def _explain(
    request: Request, form: FigureRowsForm, row: Registration, error: ProgressError
) -> None:
    """Put the reason on the form; after another's change, what was typed can be sent again."""
    form.add_error(None, str(error))
    if isinstance(error, StaleCourseError):
        course = course_of(row)
        typed = request.POST.copy()
        typed["version"] = str(course.version if course else 0)
        form.data = typed


def _show_form(
    request: Request, template: str, page: CoursePage, form: FigureRowsForm
) -> HttpResponse:
    context = {
        "page": page,
        "row": page.registration,
        "form": form,
        "evidence_limit": settings.EVIDENCE_LIMIT_MIB,
    }
    return render_page(request, template, context, status=422 if form.is_bound else 200)
