"""The Word file as another program reads it: measures, styles, heads, boxes, sections."""

import time

import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from tests.lib.papers import samples
from tests.lib.papers.reading import W, part, word

from kheo.lib.papers.layout import row_cells
from kheo.lib.papers.nodes import Table
from kheo.lib.papers.render import render
from kheo.lib.papers.runs import plain


def near(length, mm):
    return abs(length - Mm(mm)) < Mm(0.05)


@pytest.mark.parametrize("name", samples.ALL)
def test_pages_are_a4_with_the_official_margins(name):
    for section in word(render(samples.ALL[name](), "docx")).sections:
        sides = (section.page_width, section.page_height)
        upright = section.orientation == WD_ORIENT.PORTRAIT
        assert all(map(near, sides, (210, 297) if upright else (297, 210)))
        assert near(section.top_margin, 20)
        assert near(section.bottom_margin, 20)
        assert near(section.left_margin, 30)
        assert near(section.right_margin, 15)


def test_lists_lie_on_their_side_and_forms_stand():
    assert word(render(samples.m1(), "docx")).sections[0].orientation == WD_ORIENT.PORTRAIT
    assert word(render(samples.m3(), "docx")).sections[0].orientation == WD_ORIENT.LANDSCAPE


def test_letter_with_annexes_turns_only_the_list():
    sections = word(render(samples.s0(), "docx")).sections
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in sections]
    assert turned == [False, False, True]


def test_page_number_stands_top_centre_but_not_on_page_one():
    data = render(samples.s0(), "docx")
    first, *rest = word(data).sections
    assert first.different_first_page_header_footer
    assert not any(section.different_first_page_header_footer for section in rest)
    header = part(data, "word/header1.xml")
    assert [field.get(f"{W}instr").strip() for field in header.iter(f"{W}fldSimple")] == ["PAGE"]
    style = word(data).styles["Số trang"]
    assert style.paragraph_format.alignment == 1


def test_times_new_roman_is_named_for_every_script():
    styles = part(render(samples.m1(), "docx"), "word/styles.xml")
    (fonts,) = styles.iter(f"{W}rFonts")
    scripts = {name.removeprefix(W): font for name, font in fonts.attrib.items()}
    assert scripts == dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman")


def test_body_is_set_as_the_rule_says():
    style = word(render(samples.m1(), "docx")).styles["Thân văn bản"]
    assert style.font.size.pt == 14
    assert style.paragraph_format.line_spacing.pt == 18
    assert near(style.paragraph_format.first_line_indent, 10)
    assert style.paragraph_format.alignment == 3


@pytest.mark.parametrize(("name", "head_rows"), [("m3", 2), ("m4", 2), ("s1", 3)])
def test_head_is_repeated_and_no_row_breaks(name, head_rows):
    table = word(render(samples.ALL[name](), "docx")).tables[1]
    repeated = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
    assert repeated == [True] * head_rows + [False] * (len(table.rows) - head_rows)
    assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)


@pytest.mark.parametrize("name", ["m3", "m4", "s1"])
def test_cells_are_those_of_the_paper(name):
    paper = samples.ALL[name]()
    (table,) = (block for block in paper.body if isinstance(block, Table))
    wanted = [
        [plain(cell.runs) for cell in row_cells(row, table.columns) for _ in range(cell.colspan)]
        for row in table.body
    ]
    read = word(render(paper, "docx")).tables[1]
    found = [[cell.text for cell in row.cells] for row in read.rows]
    assert found[-len(wanted) :] == wanted


def test_grouped_heads_span_their_columns():
    table = word(render(samples.s1(), "docx")).tables[1]
    top, below, numbers = ([cell.text for cell in table.rows[n].cells] for n in range(3))
    assert top[1:3] == ["HÌNH THỨC", "HÌNH THỨC"]
    assert below[1:3] == ["Mô hình tập thể", "Mô hình cá nhân"]
    assert top[0] == below[0] == "LĨNH VỰC/TÊN MÔ HÌNH, ĐIỂN HÌNH"
    assert numbers == list("1234567")


def test_columns_share_the_width_of_the_page():
    grid = word(render(samples.m3(), "docx")).tables[1]._tbl.tblGrid
    assert near(sum(column.w for column in grid), 297 - 30 - 15)


def test_chosen_box_carries_the_x():
    table = word(render(samples.m1(), "docx")).tables[1]
    marks = {row.cells[0].text: row.cells[1].text for row in table.rows if row.cells[0].text}
    assert marks == {
        f"- {label}": ("x" if place == 1 else "") for place, label in enumerate(samples.FIELDS)
    }


def test_value_of_several_lines_keeps_them_in_one_paragraph():
    paragraphs = [p.text for p in word(render(samples.m1(), "docx")).paragraphs]
    (content,) = (text for text in paragraphs if text.startswith("4. Nội dung"))
    assert content.split("\n")[1:] == [
        "Tổ chức ra quân vào thứ Bảy hằng tuần.",
        "Công khai thu chi tại nhà văn hóa thôn.",
    ]


def test_signature_is_held_by_the_last_row():
    table = word(render(samples.m4(), "docx")).tables[1]
    held = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows[2:]]
    assert held == [None] * 4 + [True]


def test_two_signers_stand_side_by_side():
    closing = word(render(samples.m2(), "docx")).tables[-1]
    left, right = closing.rows[-1].cells
    assert left.text.startswith("Lãnh đạo tổ chức, cơ quan, đơn vị\n(Ký tên, đóng dấu)")
    assert right.text.endswith("Nguyễn Thị Thử Nghiệm")


def test_properties_come_from_the_paper_and_not_from_a_clock():
    properties = word(render(samples.s0(), "docx")).core_properties
    assert properties.title == "Sơ kết 03 năm thực hiện Chỉ thị số 22-CT/TU"
    assert properties.author == "Văn phòng Tỉnh ủy"
    assert properties.created.date() == properties.modified.date() == samples.s0().dated


def test_headings_can_be_navigated():
    styles = [p.style.name for p in word(render(samples.s0(), "docx")).paragraphs]
    assert [name for name in styles if name.startswith("Heading")] == [
        "Heading 1",
        "Heading 1",
        "Heading 2",
        "Heading 2",
        "Heading 3",
        "Heading 4",
    ]


def test_five_thousand_rows_are_written_quickly():
    paper = samples.m4(5000)
    start = time.process_time()
    data = render(paper, "docx")
    assert time.process_time() - start < 3
    assert len(word(data).tables[1]._tbl.tr_lst) == 5002
