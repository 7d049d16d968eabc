"""Forms by which an administrator founds, renames, moves, corrects and dissolves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.organisations import actions, forms, queries
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.rules import can_manage_organisations, demand
from kheo.organisations.views.finding import organisation_or_404
from kheo.ui.pages import render_page

PAGE = require_http_methods(["GET", "HEAD", "POST"])
Deed = Callable[..., object]


@PAGE
def create(request: Request) -> HttpResponse:
    """Found an organisation below another one."""
    demand(can_manage_organisations(request.seat, request.seat.organisation))
    below = request.GET.get("below", "")
    superior = organisation_or_404(request, int(below)) if below.isdigit() else None
    initial = {"parent": forms.unit_text(superior)} if superior else {}
    form = forms.FoundForm(request.seat, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        made = _done(form, actions.establish_organisation, **_dated(data), **_who(request))
        if isinstance(made, Organisation):
            messages.success(request, _("“%s” has been founded.") % made)
            return redirect("organisations:detail", made.pk)
    return _page(request, form, _("New organisation"), _("Found it"), superior)


@PAGE
def rename(request: Request, pk: int) -> HttpResponse:
    """Give an organisation another name from a day on."""
    organisation = _to_change(request, pk)
    known = {"name": organisation.name, "short_name": organisation.short_name}
    form = forms.RenameForm(request.seat, request.POST or None, initial=_seen(organisation, known))
    return _change(
        request, organisation, form, actions.rename_organisation, _("Rename"), _("Rename")
    )


@PAGE
def retype(request: Request, pk: int) -> HttpResponse:
    """Make an organisation one of another kind or level from a day on."""
    organisation = _to_change(request, pk)
    known = {"kind": organisation.kind_id, "level": organisation.level_id}
    form = forms.RetypeForm(request.seat, request.POST or None, initial=_seen(organisation, known))
    deed = actions.retype_organisation
    title, label = _("Change kind or level"), _("Make the change")
    return _change(request, organisation, form, deed, title, label)


@PAGE
def move(request: Request, pk: int) -> HttpResponse:
    """Put an organisation under another superior from a day on."""
    organisation = _to_change(request, pk)
    form = forms.MoveForm(request.seat, request.POST or None, initial=_seen(organisation, {}))
    deed = actions.move_organisation
    return _change(request, organisation, form, deed, _("Put under another superior"), _("Move"))


@PAGE
def affiliate(request: Request, pk: int) -> HttpResponse:
    """Put an organisation on a further line from a day on."""
    organisation = _to_change(request, pk)
    form = forms.AffiliateForm(request.seat, request.POST or None, initial=_seen(organisation, {}))
    deed = actions.add_affiliation
    return _change(request, organisation, form, deed, _("Put on a further line"), _("Add the line"))


@PAGE
def dissolve(request: Request, pk: int) -> HttpResponse:
    """End an organisation."""
    organisation = _to_change(request, pk)
    form = forms.DissolveForm(request.seat, request.POST or None, initial=_seen(organisation, {}))
    deed = actions.dissolve_organisation
    return _change(request, organisation, form, deed, _("Dissolve"), _("Dissolve"), danger=True)


@PAGE
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct the facts of an organisation that have no date."""
    organisation = _to_change(request, pk)
    names = ("code", "national_code", "place")
    known = {name: getattr(organisation, name) for name in names}
    form = forms.EditForm(request.seat, request.POST or None, initial=_seen(organisation, known))
    deed = actions.correct_organisation
    return _change(request, organisation, form, deed, _("Correct code and place"), _("Save"))


def _to_change(request: Request, pk: int) -> Organisation:
    organisation = organisation_or_404(request, pk)
    demand(can_manage_organisations(request.seat, organisation))
    return organisation


def _change(  # noqa: PLR0913 -- the shared ending of six short views
    request: Request,
    organisation: Organisation,
    form: forms.DatedForm,
    deed: Deed,
    title: str,
    button: str,
    *,
    danger: bool = False,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        data = _dated(dict(form.cleaned_data))
        if _done(form, deed, organisation=organisation, **data, **_who(request)) is not None:
            messages.success(request, _("The change to “%s” has been kept.") % organisation)
            return redirect("organisations:detail", organisation.pk)
    return _page(request, form, title, button, organisation, danger=danger)


def _done(form: forms.DatedForm, deed: Deed, **arguments: Any) -> object:
    """Do the deed; what it refuses stands above the form."""
    try:
        return deed(**arguments)
    except (actions.StructureError, actions.StaleError) as error:
        form.add_error(None, str(error))
        return None


def _page(
    request: Request,
    form: forms.DatedForm,
    title: str | Promise,
    button: str | Promise,
    organisation: Organisation | None,
    *,
    danger: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "button": button,
        "organisation": organisation,
        "danger": danger,
    }
    status = 422 if form.errors else 200
    return render_page(request, "organisations/change.html", context, status=status)


def _seen(organisation: Organisation, known: dict[str, Any]) -> dict[str, Any]:
    return known | {"seen": queries.stamp_of(organisation)}


def _dated(data: dict[str, Any]) -> dict[str, Any]:
    basis = actions.Basis(document=data.pop("basis", ""), seen=data.pop("seen", ""))
    return data | {"basis": basis}


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.seat, "at": timezone.now()}
