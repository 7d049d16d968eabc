"""The page of one replication: answered, begun, carried out, given up."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.audit.queries import history_of
from kheo.exemplars.actions import FormNotAskedError
from kheo.organisations.http import Request
from kheo.progress.queries.results import results_of
from kheo.replication.actions import (
    answer_request,
    begin_replica,
    finish_replication,
    give_up_replication,
)
from kheo.replication.enums import ReplicationDeed
from kheo.replication.forms import AnswerForm, BeginForm, VersionForm, WordsForm
from kheo.replication.models import Replication
from kheo.replication.queries.rows import open_parts_of
from kheo.replication.rules import ReplicationError, can_handle_replication
from kheo.replication.views.finding import visible_replication
from kheo.ui.pages import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def show_replication(request: Request, pk: int) -> HttpResponse:
    """Show a replication, and do to it what the pressed button says."""
    row = visible_replication(request, pk)
    deed = request.POST.get("deed", "")
    forms = _forms(request, row, deed)
    if request.method == "POST" and deed in DEEDS:
        form, act = forms[DEEDS[deed][0]], DEEDS[deed][1]
        if form.is_valid():
            try:
                done = act(request, row, form.cleaned_data)
            except (ReplicationError, FormNotAskedError) as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Saved; the other side is told."))
                if deed == "begin" and done.registration_id:
                    return redirect("exemplars:edit", done.registration_id)
                return redirect("replication:detail", pk)
    may = {
        one.name.lower(): can_handle_replication(one, request.seat, row) for one in ReplicationDeed
    }
    results = results_of([row.registration_id]) if row.registration_id else {}
    context = {
        "row": row,
        "may": may,
        "forms": forms,
        "results": results.get(row.registration_id or 0, []),
        "history": list(history_of(row)[:50]),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render_page(request, "replication/detail.html", context, status=status)


def _forms(request: Request, row: Replication, deed: str) -> dict[str, VersionForm]:
    """Return the forms of the page; the one whose button was pressed holds what was typed."""
    asked = DEEDS[deed][0] if deed in DEEDS else ""
    parts = list(open_parts_of(row.unit_id)) if row.state == "agreed" else []

    def words(name: str) -> dict[str, Any]:
        typed = request.POST if asked == name else None
        return {"data": typed, "initial": {"version": row.version}, "auto_id": f"{name}-%s"}

    return {
        "answer": AnswerForm(**words("answer")),
        "begin": BeginForm(**words("begin"), parts=parts),
        "finish": WordsForm(**words("finish")),
        "stop": WordsForm(**words("stop")),
    }


Values = dict[str, Any]


def _given(request: Request, data: Values) -> Values:
    return {"seen_version": data["version"], "by": request.seat, "at": timezone.now()}


def _answer(request: Request, row: Replication, data: Values) -> Replication:
    return answer_request(
        row=row,
        agree=request.POST.get("deed") == "agree",
        text=data["text"],
        mentor=data["mentor"],
        **_given(request, data),
    )


def _begin(request: Request, row: Replication, data: Values) -> Replication:
    part = get_object_or_404(open_parts_of(row.unit_id), pk=data["part"])
    return begin_replica(row=row, participation=part, **_given(request, data))


def _finish(request: Request, row: Replication, data: Values) -> Replication:
    return finish_replication(row=row, text=data["text"], **_given(request, data))


def _give_up(request: Request, row: Replication, data: Values) -> Replication:
    return give_up_replication(row=row, text=data["text"], **_given(request, data))


DEEDS: dict[str, tuple[str, Callable[[Request, Replication, Values], Replication]]] = {
    "agree": ("answer", _answer),
    "decline": ("answer", _answer),
    "begin": ("begin", _begin),
    "finish": ("finish", _finish),
    "give-up": ("stop", _give_up),
}
