"""The workbook as another program reads it: page, heads, merged cells, texts like sums."""

import time

import pytest
from tests.lib.papers import samples
from tests.lib.papers.reading import part, workbook

from kheo.lib.papers.render import render

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(sheet):
    return {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}


def merged(sheet):
    return {str(area) for area in sheet.merged_cells.ranges}


@pytest.mark.parametrize(("name", "turned"), [("m1", "portrait"), ("m3", "landscape")])
def test_page_is_set_for_printing(name, turned):
    sheet = workbook(render(samples.ALL[name](), "xlsx")).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation or "portrait") == (9, turned)
    margins = sheet.page_margins
    inches = (margins.top, margins.bottom, margins.left, margins.right)
    assert [round(inch * 25.4) for inch in inches] == [20, 20, 30, 15]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0


def test_page_number_is_in_the_header_but_not_on_page_one():
    data = render(samples.s0(), "xlsx")
    headers = [
        part(data, f"xl/worksheets/sheet{n}.xml").find(f"{MAIN}headerFooter") for n in (1, 2)
    ]
    assert [header.get("differentFirst") for header in headers] == ["1", None]
    assert all("&P" in header.find(f"{MAIN}oddHeader").text for header in headers)


def test_head_of_the_list_is_repeated():
    sheet = workbook(render(samples.s1(), "xlsx")).worksheets[0]
    first = cells(sheet)["LĨNH VỰC/TÊN MÔ HÌNH, ĐIỂN HÌNH"].row
    assert sheet.print_title_rows == f"${first}:${first + 2}"


def test_grouped_heads_and_sections_are_merged():
    sheet = workbook(render(samples.s1(), "xlsx")).worksheets[0]
    found = cells(sheet)
    head, section = found["HÌNH THỨC"].row, found["I. LĨNH VỰC KINH TẾ"].row
    assert {f"A{head}:A{head + 1}", f"B{head}:C{head}", f"A{section}:G{section}"} <= merged(sheet)


def test_cells_wrap_and_are_bordered():
    sheet = workbook(render(samples.m4(1), "xlsx")).worksheets[0]
    cell = cells(sheet)["Công sở thân thiện"]
    assert cell.alignment.wrap_text
    assert cell.border.left.style == "thin"
    assert cell.font.name == "Times New Roman"


def test_long_text_gets_a_high_row():
    sheet = workbook(render(samples.m3(1), "xlsx")).worksheets[0]
    found = cells(sheet)
    long, short = found[samples.LONG_NAME].row, found["Tuyến đường hoa"].row
    heights = sheet.row_dimensions
    assert heights[long].height > 2 * heights[short].height


def test_columns_have_the_proportions_of_the_paper():
    sheet = workbook(render(samples.m4(1), "xlsx")).worksheets[0]
    widths = [sheet.column_dimensions[letter].width for letter in "AC"]
    assert widths[1] / widths[0] == pytest.approx(55 / 12, rel=0.1)


@pytest.mark.parametrize("text", ["=1+1", "+84 900", "-5", "@SUM(A1)", "12/03", "{=A1}"])
def test_text_that_looks_like_a_sum_stays_text(text):
    sheet = workbook(render(samples.one_row(text), "xlsx")).worksheets[0]
    assert cells(sheet)[text].data_type == "s"


def test_unit_signs_and_stamps_below_the_list():
    found = cells(workbook(render(samples.s1(), "xlsx")).worksheets[0])
    head, note = found["THỦ TRƯỞNG ĐƠN VỊ"], found["(Ký tên, đóng dấu)"]
    assert note.row == head.row + 1 > found["Tổng cộng"].row
    assert note.column > 3


def test_each_run_of_pages_has_its_sheet():
    book = workbook(render(samples.s0(), "xlsx"))
    assert [sheet.page_setup.orientation for sheet in book] == ["portrait", "portrait", "landscape"]


def test_five_thousand_rows_are_written_quickly():
    paper = samples.m4(5000)
    start = time.process_time()
    render(paper, "xlsx")
    assert time.process_time() - start < 3
