"""Sending, returning, passing on and taking back files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kheo.appraisal.actions import (
    ScoreError,
    pass_to_council,
    return_file,
    send_file,
    take_back_files,
)
from kheo.appraisal.forms import ReasonForm, RemarkForm
from kheo.appraisal.queries.page import file_page
from kheo.appraisal.queries.sides import set_of
from kheo.appraisal.queries.visible import appraisal_files_visible_to
from kheo.appraisal.rules.transitions import can_return_file, can_take_back_file
from kheo.appraisal.views.lists import visible_file
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page

MOST_AT_ONCE = 10_000


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Request, pk: int) -> HttpResponse:
    """Send a file to the superior after asking."""
    file = visible_file(request, pk)
    page = file_page(request.seat, file)
    if request.method == "POST":
        send_file(file=file, by=request.seat, at=timezone.now())
        messages.success(request, _("The file is sent to the superior."))
        return redirect("appraisal:detail", pk)
    consequences = [str(file), _("The superior sees your scores and scores beside them.")]
    if page.seen.missing_evidence:
        words = _("%s criteria have no evidence yet, though the set asks for it.")
        consequences.append(words % page.seen.missing_evidence)
    if not page.may_send:
        messages.error(request, str(page.may_send.reason))
        return redirect("appraisal:detail", pk)
    context = {
        "question": _("Send the file to the superior?"),
        "text": _("You cannot change the scores any more, unless the file is returned."),
        "consequences": consequences,
        "deed": _("Send the file"),
        "action_url": request.path,
        "back_url": reverse("appraisal:detail", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: Request, pk: int) -> HttpResponse:
    """Return a file with remarks on criteria or on the whole."""
    file = visible_file(request, pk)
    demand(can_return_file(request.seat, file))
    posted = request.POST if request.method == "POST" else None
    general = RemarkForm(posted, prefix="all")
    found = {one.pk: RemarkForm(posted, prefix=f"c{one.pk}") for one in set_of(file).leaves}
    checked = [form.is_valid() for form in (general, *found.values())]
    reasons: list[str] = []
    if posted is not None and all(checked):
        remarks: dict[int | None, str] = {None: general.cleaned_data["text"]}
        remarks |= {key: form.cleaned_data["text"] for key, form in found.items()}
        try:
            return_file(file=file, remarks=remarks, by=request.seat, at=timezone.now())
        except ScoreError as error:
            reasons = error.reasons
        else:
            messages.success(request, _("The file is returned to its unit."))
            return redirect("appraisal:detail", pk)
    lines = [(one, found[one.pk]) for one in set_of(file).leaves]
    context = {"file": file, "general": general, "lines": lines, "reasons": reasons}
    status = 200 if posted is None else 422
    return render_page(request, "appraisal/return.html", context, status=status)


@require_POST
def pass_many(request: Request) -> HttpResponse:
    """Pass the ticked files to the council."""
    keys = [int(key) for key in request.POST.getlist("file") if key.isascii() and key.isdigit()]
    found = appraisal_files_visible_to(request.seat).filter(pk__in=keys[:MOST_AT_ONCE])
    chosen = list(found.values_list("pk", flat=True))
    if not chosen:
        messages.warning(request, _("Tick the files that go to the council."))
    else:
        passed = pass_to_council(files=chosen, by=request.seat, at=timezone.now())
        words = ngettext(
            "%s file went to the council.", "%s files went to the council.", len(passed)
        )
        messages.success(request, words % len(passed))
    one = chosen[0] if len(chosen) == 1 and request.POST.get("back") == "file" else None
    return redirect("appraisal:detail", one) if one else redirect("appraisal:list")


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take a file back from the council after asking why."""
    file = visible_file(request, pk)
    demand(can_take_back_file(request.seat, file))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        take_back_files(files=[pk], reason=reason, by=request.seat, at=timezone.now())
        messages.success(request, _("The file is back with the superior."))
        return redirect("appraisal:detail", pk)
    context = {
        "question": _("Take the file back from the council?"),
        "text": _("The council no longer decides on it; it can be passed on again."),
        "consequences": [str(file)],
        "deed": _("Take it back"),
        "form": form,
        "action_url": request.path,
        "back_url": reverse("appraisal:detail", args=[pk]),
    }
    return render_page(request, "ui/confirm.html", context, status=422 if form.errors else 200)
