"""Annexes that list: guiding documents, models in the official layouts, results and honours."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from kheo.directives.papers import SummaryPaper, summary_paper
from kheo.directives.queries.summary import summary_rows
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.lib.papers.nodes import Column, Paper, Row, Table, TableRow, TotalRow
from kheo.lib.text.numbers import format_number
from kheo.organisations.papers.letterheads import Issuer
from kheo.progress.queries.results import sums_below
from kheo.recognition.enums import Act, ProposalState, Subject
from kheo.recognition.models import HonourCandidate, HonourForm
from kheo.reporting.papers.lists import ListPaper, list_paper
from kheo.reporting.queries.lists import (
    FIELD_WORDS,
    FieldSection,
    level_names,
    list_spec,
    rows_of_list,
)
from kheo.reviews.queries.annex_data import AnnexData
from kheo.reviews.queries.measures import documents_of, honours_of_scope
from kheo.reviews.queries.scopes import registered_rows
from kheo.rounds.enums import LayoutKind
from kheo.rounds.models import FieldLabel, Layout

# nobody reads more on paper; the register gives all of them as Excel
MOST_LISTED = 30_000
Made = tuple[tuple[Column, ...], list[TableRow]]


def documents_table(data: AnnexData) -> Made:
    """Return the annex "Tổng hợp văn bản triển khai" of S0: documents by year."""
    rows = documents_of(data.scope, data.years).order_by("issued_on", "pk")
    report = data.report
    wish = SummaryPaper(
        unit_name=report.unit_name,
        is_party=True,
        year_from=data.years[0],
        year_to=data.years[-1],
        dated=report.asked_at.date(),
    )
    table = _table_in(summary_paper(wish, summary_rows(rows)))
    return table.columns, list(table.body)


def models_table(data: AnnexData, code: str) -> tuple[Table, int]:
    """Return the models of the last year in an official layout, and how many are left out.

    S0 lists what was registered to build or replicate in the year of the review.
    """
    layout = Layout.objects.filter(code=code, kind=LayoutKind.LIST).order_by("-is_shipped", "pk")
    spec = list_spec(layout[0])
    year = data.years[-1]
    rows = _listed(data, year)
    texts = {
        "year": str(year),
        "previous_year": str(year - 1),
        "unit": data.report.unit_name,
        "period": f"{data.years[0]}-{year}",
    }
    wish = ListPaper(
        spec=spec,
        texts=texts,
        issuer=Issuer(data.report.unit_name, "", "", is_party=True),
        dated=None,
        sections=_sections(spec.field_scheme_code),
        levels=level_names(),
        names_units=True,
    )
    table = _table_in(list_paper(wish, rows_of_list(rows[:MOST_LISTED])))
    # counted only where the list may have been cut
    is_cut = sum(isinstance(row, Row) for row in table.body) >= MOST_LISTED
    return table, rows.count() - MOST_LISTED if is_cut else 0


def results_table(data: AnnexData) -> Made:
    """Return what the models planned and achieved, by indicator with its unit."""
    columns = (
        Column("TT", 10, "center"),
        Column("Chỉ tiêu", 80),
        Column("Đơn vị tính", 24, "center"),
        Column("Kế hoạch", 26, "right"),
        Column("Thực hiện", 26, "right"),
        Column("Tỷ lệ (%)", 20, "right"),
        Column("Số mô hình, điển hình", 22, "right"),
    )
    rows: list[TableRow] = []
    for place, line in enumerate(sums_below(data.scope.paths, data.years), start=1):
        numbers = (line.planned, line.achieved, line.percent)
        told = ("" if number is None else format_number(number) for number in numbers)
        name, unit = str(line.indicator), line.indicator.unit
        rows.append(Row((str(place), name, unit, *told, format_number(line.models))))
    return columns, rows


def honours_table(data: AnnexData) -> Made:
    """Return the honours proposed and given, by form of honour and kind of the honoured."""
    kinds = [(kind.value, SUBJECTS[kind]) for kind in Subject]
    columns = (
        Column("TT", 10, "center"),
        Column("Hình thức", 60),
        *(Column(label, 22, "right", "Đề nghị") for _kind, label in kinds),
        *(Column(label, 22, "right", "Đã trao") for _kind, label in kinds),
    )
    proposed = _by_form(_proposed(data))
    given = _by_form(honours_of_scope(data.scope, data.years), "form")
    present = {form for form, _subject in (proposed | given)}
    forms = HonourForm.objects.filter(pk__in=present).order_by("order", "name")
    rows: list[TableRow] = []
    sums = [0] * (2 * len(kinds))
    for place, form in enumerate(forms, start=1):
        counts = [found.get((form.pk, kind), 0) for found in (proposed, given) for kind, _ in kinds]
        sums = [total + count for total, count in zip(sums, counts, strict=True)]
        act = ACT_WORDS[Act(form.act)]
        rows.append(Row((str(place), f"{form.name} ({act})", *map(format_number, counts))))
    return columns, [*rows, TotalRow("Tổng số", tuple(map(format_number, sums)))]


def _sections(scheme: str) -> list[FieldSection]:
    """Return the fields as the layout's own scheme words them, else in capitals as S0 has them."""
    labels = FieldLabel.objects.filter(scheme__code=scheme or None).order_by("order")
    found = [FieldSection(*row) for row in labels.values_list("field", "label", "topics")]
    usual = [FieldSection(field, words.upper(), "") for field, words in FIELD_WORDS.items()]
    known = {section.field for section in found}
    return [*found, *(section for section in usual if section.field not in known)]


def _listed(data: AnnexData, year: int) -> "QuerySet[Registration]":
    rows = registered_rows(data.scope, range(year, year + 1)).exclude(state=State.DECLINED)
    rows = rows.exclude(data.scope.inside("uncounted_path"))
    return rows.order_by("participation__sort_key", "participation", "order", "pk")


def _proposed(data: AnnexData) -> "QuerySet[HonourCandidate]":
    rows = HonourCandidate.objects.filter(
        data.scope.inside("proposal__path"), proposal__year__in=data.years
    )
    return rows.exclude(proposal__state=ProposalState.DRAFT)


def _by_form(rows: "QuerySet[Any]", form: str = "proposal__form") -> dict[tuple[int, str], int]:
    found: Iterable[tuple[int, str, int]] = (
        rows.order_by().values_list(form, "subject").annotate(n=Count("pk"))
    )
    return {(pk, subject): count for pk, subject, count in found}


def _table_in(paper: Paper) -> Table:
    return next(block for block in paper.body if isinstance(block, Table))


# as papers call them, whatever the language of the screen
SUBJECTS = {
    Subject.EXEMPLAR: "Mô hình, điển hình",
    Subject.UNIT: "Tập thể",
    Subject.PERSON: "Cá nhân",
}
ACT_WORDS = {
    Act.RECOGNISE: "công nhận",
    Act.PRAISE: "biểu dương",
    Act.COMMEND: "khen thưởng",
}
