"""What there is to replicate, what waits for an answer, and how much was replicated where."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kheo.organisations.http import Request
from kheo.replication.forms import ModelFilterForm
from kheo.replication.queries.figures import replication_figures
from kheo.replication.queries.origins import recognised_entries, replica_counts
from kheo.replication.queries.rows import own_replications, requests_to_answer
from kheo.replication.queries.suggesting import suggestions_for
from kheo.replication.rules import WORKERS
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def list_models(request: Request) -> HttpResponse:
    """Show what waits, the own unit's replicas, what would fit it, and all recognised models."""
    form = ModelFilterForm(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    page = page_of(recognised_entries(data.get("q", ""), data.get("field", "")), request, size=25)
    counts = replica_counts(row.exemplar_id for row in page.rows)
    seat = request.seat
    context = {
        "filters": form,
        "page": page,
        "rows": [(row, counts.get(row.exemplar_id, 0)) for row in page.rows],
        "requests": list(requests_to_answer(seat)),
        "own": list(own_replications(seat)),
        "suggestions": suggestions_for(seat.organisation) if seat.role in WORKERS else [],
    }
    return render_page(request, "replication/list.html", context, part="models")


@require_safe
def show_figures(request: Request) -> HttpResponse:
    """Show how many of those recognised were replicated, as a table and a picture."""
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == len("2024") else None
    context = {"figures": replication_figures(request.seat, year), "year": year}
    return render_page(request, "replication/figures.html", context)
