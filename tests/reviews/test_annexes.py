"""Annexes of reports: every cut adds up to the whole, and equals an independent count."""

from datetime import date

import pytest
from tests.factories.exemplars import Stage
from tests.factories.reviews import opened_review, report_of

from kheo.exemplars.actions import reach_stage
from kheo.exemplars.enums import Stage as Reached
from kheo.exemplars.enums import State
from kheo.lib.papers.nodes import Row, SectionRow, TotalRow
from kheo.reviews.models import TableDesign
from kheo.reviews.queries.annex_data import AnnexData
from kheo.reviews.queries.tables import (
    annex_tables,
    content_of_table,
    designed_table,
    table_of_content,
)
from kheo.reviews.rules.designs import TableSpec

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(cast):
    return Stage(cast)


@pytest.fixture
def report(cast, stage):
    review = opened_review(cast, period_from=date(2024, 1, 1), period_to=date(2024, 12, 31))
    return report_of(review, cast.district)


def filled(stage):
    stage.registration(State.SUBMITTED)
    one = stage.registration(State.ACCEPTED, unit=stage.cast.communes[1], field="culture_society")
    reach_stage(registrations=[one.pk], stage=Reached.RECOGNISED)
    stage.registration(State.WITHDRAWN)


def cells(table, kind=Row):
    return [row.cells for row in table.rows if isinstance(row, kind)]


@pytest.mark.parametrize("sections", ["", "level", "year"])
def test_a_table_of_steps_by_field_tells_each_step(stage, report, sections):
    filled(stage)
    spec = TableSpec(sections=sections, rows="field", columns="steps")
    table = designed_table(spec, AnnexData(report))
    assert cells(table, TotalRow)[-1] == ("2", "0", "1", "0")
    numbers = [list(map(int, row[2:])) for row in cells(table)]
    assert [sum(column) for column in zip(*numbers, strict=True)] == [2, 0, 1, 0]
    assert bool(cells_of_sections(table)) == bool(sections)


def cells_of_sections(table):
    return [row.text for row in table.rows if isinstance(row, SectionRow)]


def test_units_and_groups(stage, report, cast):
    filled(stage)
    spec = TableSpec(rows="unit", groups="form", columns="field", only={"nature": "model"})
    table = designed_table(spec, AnnexData(report))
    told = {row[1]: row[2] for row in cells(table)}
    assert told[cast.communes[0].name] == "1"
    assert told[cast.communes[2].name] == "0"
    assert len(table.columns) == 3 + 2 * 4
    spec = TableSpec(rows="unit", columns="year")
    table = designed_table(spec, AnnexData(report))
    assert cells(table, TotalRow) == [("2", "2")]


def test_the_annexes_of_a_review_are_computed_and_say_who_is_missing(stage, report, cast):
    filled(stage)
    annexes = report.review.annexes
    annexes.filter(order=1).update(layout_code="documents")
    for order, content in enumerate(("models", "results", "honours"), start=3):
        design = TableDesign.objects.filter(owner=None, spec__content=content).first()
        annexes.create(title=design.name, design=design, order=order)
    annexes.create(title="Bảng do đơn vị tự lập", order=9)
    tables = annex_tables(report)
    assert [table.title for table in tables] == [
        "Tổng hợp văn bản triển khai chỉ đạo, thực hiện",
        "Số mô hình, điển hình đăng ký trong năm 2020",
        *annexes.filter(design__isnull=False).values_list("title", flat=True),
    ]
    assert cells(tables[0])[0][0] == "2024"
    listed = [row.text for row in tables[1].rows if isinstance(row, SectionRow)]
    assert listed[0] == "I. LĨNH VỰC KINH TẾ"
    assert len(cells(tables[1])) == 2
    assert tables[1].is_provisional
    assert cast.communes[2].name in tables[1].missing
    frozen = [table_of_content(content_of_table(table), table.annex) for table in tables]
    assert frozen == tables
