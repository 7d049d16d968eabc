"""The page of a model that can be replicated: its guide, what was made of it, and asking for it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.exemplars.models import Exemplar
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.replication.actions import ask_to_replicate, publish_guide, withdraw_guide, write_guide
from kheo.replication.enums import GuideState
from kheo.replication.forms import AskForm, GuideForm
from kheo.replication.models import Guide, GuideFile
from kheo.replication.queries.origins import counted_entry, tree_of
from kheo.replication.queries.rows import replications_visible_to
from kheo.replication.rules import (
    ReplicationError,
    can_ask,
    can_publish_guide,
    can_write_guide,
)
from kheo.replication.views.finding import public_model
from kheo.ui.downloads import file_as_handed_in
from kheo.ui.pages import render_page
from kheo.ui.uploads import AttachmentError

GUIDE_DEEDS = {"publish": publish_guide, "withdraw": withdraw_guide}


@require_http_methods(["GET", "HEAD", "POST"])
def show_model(request: Request, pk: int) -> HttpResponse:
    """Show a model with its guide and its replicas; ask to replicate it."""
    model = public_model(pk)
    today = timezone.localdate()
    form = AskForm(request.POST if request.method == "POST" else None, day=today)
    if request.method == "POST" and form.is_valid():
        try:
            row = ask_to_replicate(
                origin=model, **form.cleaned_data, by=request.seat, at=timezone.now()
            )
        except ReplicationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your request is sent to the unit of the model."))
            return redirect("replication:detail", row.pk)
    guide = _guide(request, model)
    tree = tree_of(model)
    context = {
        "model": model,
        "entry": counted_entry(model),
        "guide": guide,
        "tree": tree,
        "seen": set(_seen(request, [branch.row.pk for branch in tree])),
        "form": form,
        "may_ask": can_ask(request.seat, model.owner),
        "may_write": can_write_guide(request.seat, model.owner),
        "may_publish": can_publish_guide(request.seat, guide) if guide else None,
    }
    status = 422 if form.errors else 200
    return render_page(request, "replication/model.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_guide(request: Request, pk: int) -> HttpResponse:
    """Write the guide of the own unit's model."""
    model = public_model(pk)
    demand(can_write_guide(request.seat, model.owner))
    guide = Guide.objects.filter(exemplar=model).first()
    form = GuideForm(request.POST or None, request.FILES or None, initial=_initial(guide))
    if request.method == "POST" and form.is_valid():
        try:
            write_guide(
                exemplar=model,
                terms=form.terms,
                files=form.cleaned_data["attachments"],
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except ReplicationError as error:
            form.add_error(None, str(error))
        except AttachmentError as error:
            form.add_error("attachments", str(error))
        else:
            messages.success(request, _("The guide is saved; an officer above publishes it."))
            return redirect("replication:model", pk)
    status = 422 if form.errors else 200
    context = {"model": model, "form": form}
    return render_page(request, "replication/guide.html", context, status=status)


@require_POST
def turn_guide(request: Request, pk: int) -> HttpResponse:
    """Publish a guide or take it back."""
    model = public_model(pk)
    guide = get_object_or_404(Guide, exemplar=model)
    act = GUIDE_DEEDS.get(request.POST.get("deed", ""))
    if act is None:
        raise Http404
    try:
        act(guide=guide, by=request.seat, at=timezone.now())
    except ReplicationError as error:
        messages.error(request, str(error))
    return redirect("replication:model", pk)


@require_safe
def guide_file(request: Request, pk: int) -> FileResponse:
    """Give a file of a guide that the seat may read."""
    found = get_object_or_404(GuideFile.objects.select_related("guide__exemplar__owner"), pk=pk)
    if not _may_read(request, found.guide):
        raise Http404
    return file_as_handed_in(found.file, found.name, found.media_type)


def _guide(request: Request, model: Exemplar) -> Guide | None:
    rows = Guide.objects.filter(exemplar=model).select_related("exemplar__owner")
    guide = rows.prefetch_related("files").first()
    return guide if guide is not None and _may_read(request, guide) else None


def _may_read(request: Request, guide: Guide) -> bool:
    return (
        guide.state == GuideState.PUBLISHED
        or bool(can_write_guide(request.seat, guide.exemplar.owner))
        or bool(can_publish_guide(request.seat, guide))
    )


def _initial(guide: Guide | None) -> dict[str, object]:
    if guide is None:
        return {"version": 0}
    names = ("problem", "steps", "conditions", "cost", "people", "pitfalls", "contact", "version")
    return {name: getattr(guide, name) for name in names}


def _seen(request: Request, keys: list[int]) -> list[int]:
    rows = replications_visible_to(request.seat).filter(pk__in=keys)
    return list(rows.values_list("pk", flat=True))
