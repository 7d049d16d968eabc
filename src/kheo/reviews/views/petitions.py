"""Petitions: which wait, what was answered, and passing them upward."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.audit.queries import history_of
from kheo.organisations.http import Request
from kheo.reviews.actions import answer_petition, pass_petition_up
from kheo.reviews.forms.following import PetitionAnswerForm, PetitionFilterForm
from kheo.reviews.models import Petition
from kheo.reviews.queries.following import found_petitions, petitions_visible_to
from kheo.reviews.rules.following import can_answer_petition, can_pass_petition_up
from kheo.reviews.rules.reviews import ReviewError
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def petition_list(request: Request) -> HttpResponse:
    """Show the petitions this seat sees, those waiting longest first."""
    filters = PetitionFilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    context = {
        "filters": filters,
        "page": page_of(found_petitions(request.seat, **chosen), request),
    }
    return render_page(request, "reviews/petitions.html", context, part="petitions")


@require_http_methods(["GET", "HEAD", "POST"])
def petition_detail(request: Request, pk: int) -> HttpResponse:
    """Show a petition with its course, and keep the answer."""
    petition = _visible(request, pk)
    initial = {"answer": petition.answer, "version": petition.version}
    form = PetitionAnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            answer_petition(
                petition=petition,
                answer=form.cleaned_data["answer"],
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The answer is kept; the unit has been told."))
            return redirect("reviews:petition", pk)
    return _show(request, petition, form)


@require_POST
def petition_pass_up(request: Request, pk: int) -> HttpResponse:
    """Put a petition into the own report, for the level above."""
    petition = _visible(request, pk)
    version = request.POST.get("version", "")
    try:
        pass_petition_up(
            petition=petition,
            seen_version=int(version) if version.isdecimal() and len(version) < 10 else None,
            by=request.seat,
            at=timezone.now(),
        )
    except ReviewError as error:
        form = PetitionAnswerForm(initial={"version": petition.version})
        return _show(request, petition, form, error=str(error), status=422)
    messages.success(request, _("The petition stands in the own report now."))
    return redirect("reviews:petition", pk)


def _visible(request: Request, pk: int) -> Petition:
    rows = petitions_visible_to(request.seat).select_related(
        "report__organisation", "report__parent__organisation", "passed_to__addressee"
    )
    return get_object_or_404(rows, pk=pk)


def _show(
    request: Request,
    petition: Petition,
    form: PetitionAnswerForm,
    *,
    error: str = "",
    status: int = 0,
) -> HttpResponse:
    context = {
        "petition": petition,
        "form": form,
        "error": error,
        "review": petition.report.review,
        "may_answer": can_answer_petition(request.seat, petition),
        "may_pass": can_pass_petition_up(request.seat, petition),
        "history": list(history_of(petition)[:50]),
    }
    code = status or (422 if request.method == "POST" else 200)
    return render_page(request, "reviews/petition.html", context, status=code)
