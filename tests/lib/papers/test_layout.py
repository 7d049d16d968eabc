"""Numbers of headings, heads of tables, cells of rows, and the space texts take."""

import pytest
from tests.lib.papers import samples

from kheo.lib.papers.layout import (
    field_runs,
    head_rows,
    lines_needed,
    roman,
    row_cells,
    shares,
    sheets,
)
from kheo.lib.papers.nodes import (
    Column,
    FieldLine,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    SectionRow,
    Table,
    TotalRow,
)
from kheo.lib.papers.runs import plain


def numbers(*levels):
    body = tuple(Heading("x", level) if level else PageBreak() for level in levels)
    paper = Paper(profile="party-2018", title="x", body=body)
    return [number for sheet in sheets(paper) for number, _ in sheet.blocks]


def test_headings_number_themselves_like_the_outline_of_the_letter():
    assert numbers(1, 1, 2, 2, 3, 4, 4, 3, 2, 1, 2) == [
        "I.", "II.", "1.", "2.", "2.1.", "2.1.1.", "2.1.2.", "2.2.", "3.", "III.", "1.",
    ]  # fmt: skip


def test_numbers_begin_anew_behind_a_page_break():
    assert numbers(1, 1, 0, 1) == ["I.", "II.", "I."]


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX")]
)
def test_roman_numbers(number, letters):
    assert roman(number) == letters


def test_page_break_may_turn_the_sheet_for_good():
    paper = Paper(
        profile="party-2018",
        title="x",
        body=(Paragraph("a"), PageBreak("landscape"), Paragraph("b"), PageBreak(), Paragraph("c")),
    )
    assert [sheet.orientation for sheet in sheets(paper)] == ["portrait", "landscape", "landscape"]


def test_heads_without_groups_take_one_row():
    table = Table((Column("A"), Column("B", note="ghi chú")), ())
    (row,) = head_rows(table)
    assert [plain(cell.runs) for cell in row] == ["A", "B\n(ghi chú)"]
    assert all(cell.rowspan == cell.colspan == 1 for cell in row)


def test_same_group_twice_apart_is_headed_twice():
    columns = (Column("A", group="G"), Column("B"), Column("C", group="G"))
    top, below = head_rows(Table(columns, ()))
    assert [(plain(c.runs), c.column) for c in top] == [("G", 0), ("B", 1), ("G", 2)]
    assert [(plain(c.runs), c.column) for c in below] == [("A", 0), ("C", 2)]


def test_rows_come_from_any_iterable_and_can_be_read_twice():
    table = Table(samples.M_COLUMNS, (samples.m_row(n, "x") for n in range(3)))
    assert len(table.body) == len(tuple(table.body)) == 3


@pytest.mark.parametrize("row", [samples.m_row(1, "x"), TotalRow("Cộng", ("1", "2"))])
def test_row_that_does_not_fit_its_columns_is_refused(row):
    with pytest.raises(ValueError, match="row 1"):
        Table((Column("A"), Column("B")), [row])


def test_label_of_a_total_spans_what_the_figures_leave():
    cells = row_cells(TotalRow("Cộng", ("5",)), (Column("A"), Column("B"), Column("C")))
    assert [(plain(cell.runs), cell.colspan) for cell in cells] == [("Cộng", 2), ("5", 1)]
    assert all(run.bold for cell in cells for run in cell.runs)


def test_section_spans_the_table_and_only_its_name_is_bold():
    (cell,) = row_cells(SectionRow("I. KINH TẾ", "nông thôn mới"), (Column("A"), Column("B")))
    assert cell.colspan == 2
    assert [(run.text, run.bold) for run in cell.runs] == [
        ("I. KINH TẾ", True),
        (" (nông thôn mới)", False),
    ]


def test_item_without_value_has_dots_unless_boxes_follow():
    assert "…" in plain(field_runs(FieldLine("7. Kết quả dự kiến")))
    assert plain(field_runs(FieldLine("2. Thuộc lĩnh vực:", dots=False))) == "2. Thuộc lĩnh vực: "


def test_hint_of_an_item_is_bracketed_once():
    for hint in ("ghi rõ họ và tên", "(ghi rõ họ và tên)"):
        line = FieldLine("Tên cá nhân", "Nguyễn Thử", hint)
        assert field_runs(line)[-1] == Run(" (ghi rõ họ và tên)", italic=True)


def test_shares_make_a_whole():
    assert sum(shares(Table(samples.S_COLUMNS, ()))) == pytest.approx(1)


def test_more_text_and_capitals_need_more_lines():
    assert lines_needed("", 30, 12) == lines_needed("ngắn", 30, 12) == 1
    assert lines_needed("a\nb\nc", 30, 12) == 3
    text = "một dòng chữ dài vừa phải"
    assert lines_needed(text.upper(), 30, 12) > lines_needed(text, 30, 12)
