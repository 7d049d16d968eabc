"""The annexes of a report, computed over its body and everything below."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kheo.lib.papers.nodes import Column, Row, SectionRow, Table, TableRow, TotalRow
from kheo.reviews.models import Report, ReviewAnnex


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """A table to attach, as papers and pages show it; provisional while somebody is missing."""

    title: str
    attached_to: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    annex: ReviewAnnex | None = None
    is_provisional: bool = False
    missing: tuple[str, ...] = ()
    numbering: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    def table(self) -> Table:
        """Return the table as a part of a paper."""
        return Table(self.columns, self.rows, numbering=self.numbering)


def annex_tables(report: Report) -> list[AnnexTable]:
    """Return the annexes of a report in their order: frozen ones as they were submitted."""
    frozen = {table.annex_id: table.content for table in report.frozen_tables.all()}
    document = report.review.document
    attached = f"(Kèm theo {document.reference_with_issuer})" if document else ""
    return [
        table_of_content(frozen[annex.pk], annex, attached)
        for annex in report.review.annexes.all()
        if annex.pk in frozen
    ]


def content_of_table(table: AnnexTable) -> dict[str, Any]:
    """Return a table as it is frozen."""
    return {
        "columns": [
            [one.heading, one.width, one.align, one.group, one.note] for one in table.columns
        ],
        "rows": [_row_content(row) for row in table.rows],
        "is_provisional": table.is_provisional,
        "missing": list(table.missing),
        "numbering": table.numbering,
    }


def table_of_content(content: Mapping[str, Any], annex: ReviewAnnex, attached: str) -> AnnexTable:
    """Return a frozen table."""
    return AnnexTable(
        title=annex.title,
        attached_to=attached,
        columns=tuple(Column(*column) for column in content["columns"]),
        rows=tuple(_row_of_content(row) for row in content["rows"]),
        annex=annex,
        is_provisional=content["is_provisional"],
        missing=tuple(content["missing"]),
        numbering=content["numbering"],
    )


def _row_content(row: TableRow) -> list[Any]:
    match row:
        case SectionRow():
            return ["section", row.text, row.note]
        case TotalRow():
            return ["total", row.label, *row.cells]
        case Row():
            return ["row", *row.cells]


def _row_of_content(content: list[Any]) -> TableRow:
    kind, *cells = content
    if kind == "section":
        return SectionRow(*cells)
    if kind == "total":
        return TotalRow(cells[0], tuple(cells[1:]))
    return Row(tuple(cells))
