"""The annexes of a report, computed over its body and everything below, or as they were frozen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kheo.lib.papers.nodes import Column, Row, SectionRow, Table, TableRow, TotalRow
from kheo.reviews.enums import GUIDING_DOCUMENTS, TableContent
from kheo.reviews.models import Report, ReviewAnnex
from kheo.reviews.queries.annex_data import AnnexData
from kheo.reviews.queries.annex_lists import (
    documents_table,
    honours_table,
    models_table,
    results_table,
)
from kheo.reviews.queries.composed import composed_table, counting_rule
from kheo.reviews.rules.designs import TableSpec, table_spec

# from so many columns, or more millimetres, on a table needs a sheet laid sideways
WIDE, WIDEST = 8, 200


@dataclass(frozen=True, kw_only=True)
class AnnexTable:
    """A table to attach, as papers and pages show it.

    It is provisional while those of ``missing`` are still to report or to register; ``note`` says
    in Vietnamese how it counts.
    """

    title: str
    attached_to: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    annex: ReviewAnnex | None = None
    missing: tuple[str, ...] = ()
    note: str = ""
    numbering: bool = False

    @property
    def is_provisional(self) -> bool:
        """Tell whether somebody's figures are still missing."""
        return bool(self.missing)

    @property
    def is_wide(self) -> bool:
        """Tell whether it needs a sheet laid sideways."""
        return len(self.columns) >= WIDE or sum(one.width for one in self.columns) > WIDEST

    @property
    def table(self) -> Table:
        """Return the table as a part of a paper."""
        return Table(self.columns, self.rows, numbering=self.numbering)


def annex_tables(report: Report) -> list[AnnexTable]:
    """Return the annexes of a report in their order: frozen ones as they were submitted.

    Annexes for which no table was chosen are left out; see :func:`annexes_without_table`.
    """
    frozen = {table.annex_id: table.content for table in report.frozen_tables.all()}
    data = AnnexData(report)
    found = []
    for annex in report.review.annexes.select_related("design"):
        if annex.pk in frozen:
            found.append(table_of_content(frozen[annex.pk], annex))
        elif is_computed(annex):
            found.append(live_table(annex, data))
    return found


def annex_table(report: Report, annex: ReviewAnnex) -> AnnexTable | None:
    """Return one annex of a report; None where no table was chosen for it."""
    frozen = report.frozen_tables.filter(annex=annex).first()
    if frozen is not None:
        return table_of_content(frozen.content, annex)
    return live_table(annex, AnnexData(report)) if is_computed(annex) else None


def is_computed(annex: ReviewAnnex) -> bool:
    """Tell whether the system makes the table of an annex."""
    return bool(annex.layout_code or annex.design_id)


def annexes_without_table(report: Report) -> list[ReviewAnnex]:
    """Return the annexes that somebody has to compose first."""
    return [annex for annex in report.review.annexes.all() if not is_computed(annex)]


def live_table(annex: ReviewAnnex, data: AnnexData) -> AnnexTable:
    """Return an annex as the register makes it now."""
    if annex.design is not None:
        made = designed_table(table_spec(annex.design.spec), data)
        return _titled(made, annex, data)
    if annex.layout_code == GUIDING_DOCUMENTS:
        spec = TableSpec(content=TableContent.DOCUMENTS)
        return _titled(designed_table(spec, data), annex, data)
    table, left_out = models_table(data, annex.layout_code)
    note = f"Còn {left_out} mô hình, điển hình; toàn bộ có trong tệp Excel của sổ đăng ký."
    made = AnnexTable(
        title=annex.title,
        attached_to="",
        columns=table.columns,
        rows=table.body,
        note=note if left_out else "",
        numbering=table.numbering,
    )
    return _titled(made, annex, data)


def designed_table(spec: TableSpec, data: AnnexData) -> AnnexTable:
    """Return a composed table over a report's body and all below it; it has no title yet."""
    makers = {
        TableContent.RESULTS.value: results_table,
        TableContent.HONOURS.value: honours_table,
        TableContent.DOCUMENTS.value: documents_table,
    }
    note = ""
    rows: Iterable[TableRow]
    if (maker := makers.get(str(spec.content))) is not None:
        columns, rows = maker(data)
    else:
        columns, rows = composed_table(spec, data)
        note = counting_rule(spec, data)
    return AnnexTable(title="", attached_to="", columns=columns, rows=tuple(rows), note=note)


def content_of_table(table: AnnexTable) -> dict[str, Any]:
    """Return a table as it is frozen."""
    return {
        "columns": [
            [one.heading, one.width, one.align, one.group, one.note] for one in table.columns
        ],
        "rows": [_row_content(row) for row in table.rows],
        "is_provisional": table.is_provisional,
        "missing": list(table.missing),
        "note": table.note,
        "numbering": table.numbering,
    }


def table_of_content(content: Mapping[str, Any], annex: ReviewAnnex) -> AnnexTable:
    """Return a frozen table."""
    return AnnexTable(
        title=annex.title,
        attached_to=attached_to(annex),
        columns=tuple(Column(*column) for column in content["columns"]),
        rows=tuple(_row_of_content(row) for row in content["rows"]),
        annex=annex,
        missing=tuple(content["missing"]),
        note=content["note"],
        numbering=content["numbering"],
    )


def attached_to(annex: ReviewAnnex) -> str:
    """Return with which paper the annex was asked for, as S0 prints it under the title."""
    document = annex.review.document
    return f"Kèm theo {document.reference_with_issuer}" if document else ""


def _titled(table: AnnexTable, annex: ReviewAnnex, data: AnnexData) -> AnnexTable:
    return AnnexTable(
        title=annex.title,
        attached_to=attached_to(annex),
        columns=table.columns,
        rows=table.rows,
        annex=annex,
        missing=data.missing,
        note=table.note,
        numbering=table.numbering,
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
