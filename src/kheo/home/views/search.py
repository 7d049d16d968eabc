"""The search page, and the views that people saved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.exemplars.queries.labels import registrable_levels
from kheo.exemplars.queries.listing import list_years
from kheo.home.actions import SavedViewError, delete_view, own_address, rename_view, save_view
from kheo.home.forms import FindForm, ViewNameForm
from kheo.home.models import SavedView
from kheo.home.queries.search import kinds_offered, search_page, views_of
from kheo.organisations.http import Request
from kheo.search.queries.finding import RANKED
from kheo.ui.pages import render_page, wants_part
from kheo.ui.paging import page_number

# whoever finds more adds words: how many more there are is not worth a look at each of them, and
# while somebody types only what can be leafed through is counted
COUNTED_WHILE_TYPING = RANKED
COUNTED = 1_000


@require_safe
def search(request: Request) -> HttpResponse:
    """Find models, documents, organisations and people by words and filters in the address."""
    form = FindForm(
        request.GET,
        kinds=kinds_offered(),
        years=list_years(),
        levels=list(registrable_levels()),
    )
    cap = COUNTED_WHILE_TYPING if wants_part(request) else COUNTED
    found = search_page(request.seat, form.chosen, page_number(request), cap)
    views = [] if found.asked else views_of(request.seat)
    context = {"form": form, "found": found, "views": views}
    return render_page(request, "home/search.html", context, part="found")


@require_http_methods(["GET", "HEAD", "POST"])
def saved_views(request: Request) -> HttpResponse:
    """List one's saved views; keep the address that is given under a name."""
    address = (request.POST or request.GET).get("address", "")
    form = ViewNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            view = save_view(
                name=form.cleaned_data["name"], address=address, by=request.seat, at=timezone.now()
            )
        except SavedViewError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Saved as “%s”.") % view.name)
            return redirect(view.address)
    context = {"form": form, "address": _shown_address(address), "views": views_of(request.seat)}
    return render_page(
        request, "home/saved_views.html", context, status=422 if form.errors else 200
    )


@require_POST
def rename_saved_view(request: Request, pk: int) -> HttpResponse:
    """Call one's saved view otherwise."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    try:
        name = request.POST.get("name", "")
        renamed = rename_view(view=view, name=name, by=request.seat, at=timezone.now())
    except SavedViewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is called “%s” now.") % renamed.name)
    return redirect("home:saved-views")


@require_POST
def delete_saved_view(request: Request, pk: int) -> HttpResponse:
    """Throw one's saved view away."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    delete_view(view=view, by=request.seat, at=timezone.now())
    messages.success(request, _("“%s” is deleted.") % view.name)
    return redirect("home:saved-views")


def _shown_address(address: str) -> str:
    try:
        return own_address(address) if address else ""
    except SavedViewError:
        return ""
