"""Annexes of a report: all of them, one as a page, one as a workbook."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.lib.papers.measures import Kind, profile_for
from kheo.lib.papers.nodes import (
    AnnexHead,
    Block,
    Column,
    Paper,
    Paragraph,
    Row,
    Run,
    SectionRow,
    TableRow,
    TotalRow,
)
from kheo.lib.papers.render import render
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.models import Report
from kheo.reviews.queries.annex_data import AnnexData
from kheo.reviews.queries.tables import (
    AnnexTable,
    annex_table,
    annexes_without_table,
    is_computed,
)
from kheo.reviews.rules.reports import can_read_answers
from kheo.reviews.views.finding import visible_report
from kheo.ui.downloads import MEDIA_TYPES
from kheo.ui.pages import render_page

# more rows nobody reads on a screen; the workbook has all
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Head:
    """A head of a table on a page: over how many columns and rows it stands."""

    text: str
    columns: int = 1
    rows: int = 1
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table on a page."""

    kind: str
    label: str
    cells: tuple[tuple[str, bool], ...]
    span: int = 1


@require_safe
def annex_list(request: Request, pk: int) -> HttpResponse:
    """Show which annexes a report has, and who is missing in their figures."""
    report = visible_report(request, pk)
    demand(can_read_answers(request.seat, report))
    annexes = list(report.review.annexes.select_related("design"))
    frozen = set(report.frozen_tables.values_list("annex", flat=True))
    context = {
        "report": report,
        "review": report.review,
        "annexes": [(annex, is_computed(annex), annex.pk in frozen) for annex in annexes],
        "missing": () if frozen else AnnexData(report).missing,
        "uncomposed": annexes_without_table(report),
    }
    return render_page(request, "reviews/annexes.html", context)


@require_safe
def annex_detail(request: Request, pk: int, annex: int) -> HttpResponse:
    """Show one annex as a table."""
    report = visible_report(request, pk)
    table = _table(request, report, annex)
    context = {
        "report": report,
        "review": report.review,
        "table": table,
        "frozen": report.frozen_tables.filter(annex=annex).first(),
        **shown_table(table),
    }
    return render_page(request, "reviews/annex.html", context)


@require_safe
def annex_file(request: Request, pk: int, annex: int) -> HttpResponse:
    """Give one annex as a workbook, with all its rows."""
    report = visible_report(request, pk)
    table = _table(request, report, annex)
    content = render(_paper(report, table), "xlsx")
    response = HttpResponse(content, content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="phu-luc-{pk}-{annex}.xlsx"'
    return response


def shown_table(table: AnnexTable) -> dict[str, object]:
    """Return the heads and the first rows of a table as a template shows them."""
    upper, lower = _heads(table.columns)
    numeric = [column.align == "right" for column in table.columns]
    return {
        "upper": upper,
        "lower": lower,
        "width": len(table.columns),
        "rows": [_shown(row, numeric) for row in table.rows[:MOST_SHOWN]],
        "left_out": max(0, len(table.rows) - MOST_SHOWN),
    }


def _table(request: Request, report: Report, annex: int) -> AnnexTable:
    demand(can_read_answers(request.seat, report))
    found = get_object_or_404(report.review.annexes.select_related("design"), pk=annex)
    table = annex_table(report, found)
    if table is None:
        raise Http404
    return table


def _heads(columns: tuple[Column, ...]) -> tuple[list[Head], list[Head]]:
    grouped = any(column.group for column in columns)
    upper: list[Head] = []
    lower: list[Head] = []
    last = ""
    for column in columns:
        head = Head(column.heading, is_number=column.align == "right")
        if not column.group:
            upper.append(Head(head.text, 1, 2 if grouped else 1, head.is_number))
        elif column.group == last:
            upper[-1] = Head(last, upper[-1].columns + 1)
            lower.append(head)
        else:
            upper.append(Head(column.group))
            lower.append(head)
        last = column.group
    return upper, lower


def _shown(row: TableRow, numeric: list[bool]) -> ShownRow:
    match row:
        case SectionRow():
            return ShownRow("section", f"{row.text} {row.note}".strip(), ())
        case TotalRow():
            cells = tuple((_text(cell), True) for cell in row.cells)
            return ShownRow("total", row.label, cells, len(numeric) - len(cells))
        case Row():
            told = zip(row.cells, numeric, strict=True)
            return ShownRow("row", "", tuple((_text(cell), number) for cell, number in told))


def _text(cell: str | tuple[Run, ...]) -> str:
    return cell if isinstance(cell, str) else "".join(run.text for run in cell)


def _paper(report: Report, table: AnnexTable) -> Paper:
    kind: Kind = "party" if report.organisation.kind.is_party else "state"
    profile = profile_for(kind, report.dated or timezone.localdate())
    body: list[Block] = [AnnexHead(table.title, table.attached_to), table.table]
    notes = [note for note in (table.note, missing_words(table)) if note]
    body += [Paragraph(note, indent=False) for note in notes]
    return Paper(
        profile=profile.key,
        title=table.title,
        body=tuple(body),
        orientation="landscape" if table.is_wide else "portrait",
        author=report.unit_name,
    )


def missing_words(table: AnnexTable) -> str:
    """Return in Vietnamese that a table is provisional and who is missing; papers print it."""
    if not table.is_provisional:
        return ""
    return f"Số liệu tạm tính, còn thiếu {len(table.missing)} đơn vị: {'; '.join(table.missing)}."
