"""The tree of organisations as of any day, and the page of one of them."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.organisations import forms, queries
from kheo.organisations.http import Request
from kheo.organisations.rules import can_manage_organisations
from kheo.organisations.views.finding import day_asked, organisation_or_404
from kheo.ui.pages import render_page

OPTIONS = 20


@require_safe
def tree(request: Request) -> HttpResponse:
    """Show what stands below a place in the tree on a day."""
    form = forms.TreeForm(request.GET or None)
    day = day_asked(request)
    at = request.GET.get("at", "")
    page = queries.tree_page(
        request.seat,
        day=day,
        line=request.GET.get("line", ""),
        search=request.GET.get("q", "").strip()[:200],
        at=int(at) if at.isdigit() and len(at) < 19 else None,
    )
    if page is None:
        raise Http404
    context = {
        "form": form if request.GET else forms.TreeForm(initial={"on": day}),
        "tree": page,
        "today": timezone.localdate(),
        "may_manage": can_manage_organisations(request.seat, request.seat.organisation),
    }
    return render_page(request, "organisations/tree.html", context, part="tree")


@require_safe
def branch(request: Request, pk: int) -> HttpResponse:
    """Show only what stands directly below one organisation, for a branch that opens."""
    organisation_or_404(request, pk)
    day, line = day_asked(request), request.GET.get("line", "")
    context = {
        "nodes": queries.children_as_of(pk, day, line),
        "day": day,
        "line": line,
    }
    return render_page(request, "organisations/_branch.html", context)


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """Show one organisation: what it is, was, who sits in it, what happened to it."""
    organisation = organisation_or_404(request, pk)
    day = timezone.localdate()
    page = queries.organisation_page(request.seat, organisation, day)
    return render_page(request, "organisations/detail.html", {"page": page, "day": day})


@require_safe
def options(request: Request) -> HttpResponse:
    """Propose units for a box in which somebody types."""
    typed = next(
        (request.GET[name] for name in ("parent", "organisation", "q") if name in request.GET), ""
    )
    units = queries.units_to_invite_into(request.seat, typed[:200])[:OPTIONS] if typed else []
    return render_page(request, "organisations/_options.html", {"units": units})
