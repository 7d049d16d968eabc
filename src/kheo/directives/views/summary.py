"""The annex "Tổng hợp văn bản triển khai": chosen, looked at, and downloaded."""

from dataclasses import dataclass
from itertools import islice
from typing import cast, get_args

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.directives.forms.relations import SummaryForm
from kheo.directives.models import Document
from kheo.directives.papers import SummaryPaper, summary_paper
from kheo.directives.queries.summary import (
    SummaryRow,
    SummaryScope,
    summary_documents,
    summary_rows,
    summary_units,
)
from kheo.lib.papers.nodes import Paper
from kheo.lib.papers.render import Format, render
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.ui.pages import render_page

FORMATS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PREVIEW_ROWS = 40
USUAL_YEARS = 3


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for, checked."""

    unit: Organisation
    first: int
    last: int
    attached_to: str
    rows: QuerySet[Document]


@require_safe
def summary_page(request: Request) -> HttpResponse:
    """Choose unit and years, and see the annex as it will be printed."""
    form = _form(request)
    wish = _wish(request, form)
    context: dict[str, object] = {"form": form}
    if wish is not None:
        total = wish.rows.count()
        rows = list(islice(summary_rows(wish.rows), PREVIEW_ROWS))
        # what is cut off must not look like years without documents
        until = rows[-1].issued_on.year if total > PREVIEW_ROWS else wish.last
        context |= {
            "total": total,
            "shown": PREVIEW_ROWS if total > PREVIEW_ROWS else 0,
            "sheet": render(_paper(wish, rows, until), "html").decode(),
            "query": form.data.urlencode() if hasattr(form.data, "urlencode") else "",
            "formats": FORMATS.items(),
        }
    return render_page(request, "directives/summary.html", context, part="summary")


@require_safe
def summary_file(request: Request, fmt: str) -> HttpResponse:
    """Give the whole annex as Word, PDF or Excel."""
    wish = _wish(request, _form(request))
    if fmt not in FORMATS or fmt not in get_args(Format) or wish is None:
        raise Http404
    paper = _paper(wish, list(summary_rows(wish.rows)), wish.last)
    content = render(paper, cast("Format", fmt))
    response = HttpResponse(content, content_type=MEDIA_TYPES[fmt])
    name = f"tong-hop-van-ban-{wish.unit.pk}-{wish.first}-{wish.last}.{fmt}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _form(request: Request) -> SummaryForm:
    this_year = timezone.localdate().year
    data = request.GET.copy()
    if "year_from" not in data:
        data["year_from"], data["lower"] = str(this_year - USUAL_YEARS), ""
    data.setdefault("year_to", str(this_year))
    units = summary_units(request.seat)
    data.setdefault("unit", str(units[0][0]))
    return SummaryForm(data, units=units)


def _wish(request: Request, form: SummaryForm) -> _Wish | None:
    if not form.is_valid():
        return None
    chosen = form.cleaned_data
    unit = Organisation.objects.select_related("kind").get(pk=chosen["unit"])
    scope = SummaryScope(
        unit=unit,
        year_from=chosen["year_from"],
        year_to=chosen["year_to"],
        with_lower=chosen["lower"],
    )
    rows = summary_documents(request.seat, scope)
    return _Wish(unit, scope.year_from, scope.year_to, chosen["attached_to"], rows)


def _paper(wish: _Wish, rows: list[SummaryRow], until: int) -> Paper:
    made_of = SummaryPaper(
        unit_name=wish.unit.name,
        is_party=wish.unit.kind.is_party,
        year_from=wish.first,
        year_to=until,
        dated=timezone.localdate(),
        attached_to=wish.attached_to,
    )
    return summary_paper(made_of, rows)
