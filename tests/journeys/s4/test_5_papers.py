"""S4, fifth chapter: M3 and M4 of the district go out as Word, PDF and Excel, part by part."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import expect
from tests.journeys.s4.models import (
    AN_DUONG,
    CAO_XA,
    CATTLE,
    CULTURE,
    DEFENCE,
    ECONOMY,
    FARMING,
    LAST_YEAR,
    NGOC_THIEN,
    NHA_NAM,
    POLITICAL,
    ROAD,
    WOMEN,
)
from tests.journeys.s4.papers import excel_rows, pdf_text, sections, word_rows, word_table
from tests.journeys.s4.story import Story

pytestmark = pytest.mark.journey
WRITTEN = [ROAD, *AN_DUONG[:-1], CATTLE, *CAO_XA, *NHA_NAM, *FARMING, *WOMEN, NGOC_THIEN]
# An Dương keeps it up, Cao Xá replicates it
CONTINUED = [LAST_YEAR, LAST_YEAR]
# communes stand on M3, agencies on M4; what was declined (the second of the women's) on neither
AGENCIES = [*FARMING, *WOMEN]
LISTED = {
    "M3": [text for text in WRITTEN if text not in AGENCIES],
    "M4": [text for text in AGENCIES if text != WOMEN[1]],
}
NAMES = {
    "M3": Counter([text.name for text in LISTED["M3"]] + CONTINUED),
    "M4": Counter(text.name for text in LISTED["M4"]),
}
HEADS = {
    ECONOMY: "I- Lĩnh vực kinh tế",
    CULTURE: "II- Lĩnh vực văn hóa – xã hội",
    DEFENCE: "III- Lĩnh vực Quốc phòng – an ninh",
    POLITICAL: "IV- Lĩnh vực xây dựng hệ thống chính trị",
}
TITLE = "DANH SÁCH ĐĂNG KÝ XÂY DỰNG\nMÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” NĂM 2024"
KEPT = "Mô hình đã và đang hoạt động tiếp tục đăng ký để duy trì thực hiện năm"
NEW = "Mô hình đăng ký xây dựng mới trong năm 2024"
# M3 prints the round's year twice, M4 the year before in the first place, as S4 has them
KEPT_YEARS = {"M3": "2024", "M4": "2023"}
FORMATS = ("docx", "pdf", "xlsx")
READERS: dict[str, Callable[[Path], list[list[str]]]] = {"docx": word_rows, "xlsx": excel_rows}
both = pytest.mark.parametrize("code", ["M3", "M4"])


def _file(told: Story, code: str, fmt: str) -> Path:
    return told.folder / f"{code}.{fmt}"


@both
def test_the_officer_downloads_the_list(story: Story, code: str) -> None:
    officer = story.call("officer")
    officer.go(story.board())
    officer.press("Danh sách để in")
    officer.page.wait_for_url("**/reports/lists/**")
    officer.narrow(layout=f"{code} –")
    expect(officer.page.locator("#list .sheet")).to_contain_text(
        f"thực hiện năm {KEPT_YEARS[code]}"
    )
    officer.sees(f"{NAMES[code].total()} bản đăng ký trong danh sách")
    officer.look(f"s4-5-list-{code.lower()}")
    for fmt in FORMATS:
        with officer.page.expect_download() as coming:
            officer.page.locator(f"#list a[href*='list.{fmt}']").click()
        assert code in coming.value.suggested_filename
        coming.value.save_as(_file(story, code, fmt))


@both
def test_word_has_the_letterhead_title_and_measures(told: Story, code: str) -> None:
    paper = docx.Document(str(_file(told, code, "docx")))
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    [[superior, right], [_empty, dated]] = [
        [cell.text for cell in row.cells] for row in paper.tables[0].rows
    ]
    assert superior.split("\n") == ["ĐẢNG BỘ TỈNH BẮC GIANG", "HUYỆN ỦY TÂN YÊN", "*"]
    assert right.strip() == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert dated == "Tân Yên, ngày 01 tháng 3 năm 2024"
    assert TITLE in [paragraph.text for paragraph in paper.paragraphs]
    assert "Lãnh đạo tổ chức, cơ quan, đơn vị" in paper.tables[-1].rows[-1].cells[-1].text


@both
@pytest.mark.parametrize("fmt", ["docx", "xlsx"])
def test_the_heads_of_the_table_carry_the_right_years(told: Story, code: str, fmt: str) -> None:
    rows = READERS[fmt](_file(told, code, fmt))
    head = " ".join(rows[0])
    for words in ("STT", "Địa chỉ xây dựng mô hình", "Tên mô hình", "Thời gian triển khai"):
        assert words in head
    if fmt == "docx":
        assert rows[1][4:6] == [f"{KEPT} {KEPT_YEARS[code]}", NEW]


@both
def test_word_and_excel_repeat_the_head_on_every_page(told: Story, code: str) -> None:
    repeated = [
        bool(row._tr.xpath("./w:trPr/w:tblHeader"))
        for row in word_table(_file(told, code, "docx")).rows
    ]
    assert repeated[:3] == [True, True, False]
    sheet = openpyxl.load_workbook(_file(told, code, "xlsx")).active
    assert sheet.print_title_rows == "$9:$10"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    sides = [getattr(sheet.page_margins, side) * 25.4 for side in ("top", "bottom", "left")]
    assert [round(side) for side in sides] == [20, 20, 30]


@both
@pytest.mark.parametrize("fmt", ["docx", "xlsx"])
def test_every_registered_model_stands_on_the_list_once(told: Story, code: str, fmt: str) -> None:
    rows = READERS[fmt](_file(told, code, fmt))
    assert Counter(name for names in sections(rows).values() for name in names) == NAMES[code]


@pytest.mark.parametrize("fmt", ["docx", "xlsx"])
def test_m3_groups_by_field_and_numbers_each_anew(told: Story, fmt: str) -> None:
    rows = READERS[fmt](_file(told, "M3", fmt))
    found = sections(rows)
    assert [head.split(" (")[0] for head in found] == list(HEADS.values())
    for field, head in HEADS.items():
        [names] = [names for full, names in found.items() if full.startswith(head)]
        expected = [text.name for text in LISTED["M3"] if text.field == field]
        assert sorted(names) == sorted(expected + (CONTINUED if field == POLITICAL else []))
    ordinals = [row[0] for row in rows if row[0].isdigit()]
    assert ordinals == [str(n + 1) for names in found.values() for n in range(len(names))]


@pytest.mark.parametrize("fmt", ["docx", "xlsx"])
def test_m4_runs_on_without_sections(told: Story, fmt: str) -> None:
    rows = READERS[fmt](_file(told, "M4", fmt))
    ordinals = [row[0] for row in rows if row[0].isdigit()]
    assert ordinals == [str(n + 1) for n in range(len(LISTED["M4"]))]
    assert not [row for row in rows if row[0].startswith(("I-", "II-"))]


def test_a_row_says_who_where_when_and_what_for(told: Story) -> None:
    rows = {row[2]: row for row in word_rows(_file(told, "M3", "docx"))}
    where, who = rows[CATTLE.name][1], rows[CATTLE.name][3]
    assert where == "Đảng ủy xã An Dương\nXã An Dương, huyện Tân Yên"
    assert who == "Cá nhân: Nguyễn Thị Thảo"
    assert rows[CATTLE.name][4:] == ["", "Tháng 3/2024", "Tháng 12/2024", CATTLE.results]
    kept = [row for row in word_rows(_file(told, "M3", "docx")) if row[2] == LAST_YEAR]
    assert [(row[4], row[5]) for row in kept] == [("Tháng 3/2024", ""), ("", "Tháng 3/2024")]


@both
def test_pdf_has_the_page_the_words_and_the_head_on_each_page(told: Story, code: str) -> None:
    path = _file(told, code, "pdf")
    paper = pypdfium2.PdfDocument(path)
    sizes = {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in paper}
    heads = ["STT" in page.get_textpage().get_text_bounded() for page in paper]
    paper.close()
    assert sizes == {(297, 210)}
    assert code == "M4" or len(heads) > 1
    assert all(heads[:-1]), "the table goes on without its head"
    text = pdf_text(path)
    assert " ".join(TITLE.split()) in text
    for words in ("ĐẢNG BỘ TỈNH BẮC GIANG", "HUYỆN ỦY TÂN YÊN", "ĐẢNG CỘNG SẢN VIỆT NAM"):
        assert words in text
    for written in LISTED[code]:
        # one of them was lengthened when it was corrected
        assert text.count(written.results.rstrip(".")) == 1, written.name


def test_one_registration_goes_out_as_m1_and_m2(story: Story) -> None:
    officer = story.call("officer")
    for text, code in ((ROAD, "M1"), (CATTLE, "M2")):
        officer.go(f"/registrations/?q={text.name.replace(' ', '+')}&year=2024")
        officer.page.locator("#registrations tbody a").first.click()
        with officer.page.expect_download() as coming:
            officer.page.locator("a[href*='paper.docx']").click()
        path = story.folder / coming.value.suggested_filename
        assert path.name.startswith(code)
        coming.value.save_as(path)
        words = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
        assert f"đăng ký: {text.name}" in words
        assert "09-HD/HU ngày 17/8/2022" in words


def test_the_figures_agree_with_the_lists(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/reports/?year=2024&year_to=2024&rows=field&columns=form")
    officer.look("s4-5-counting")
    total = officer.page.locator("#figures table").first.locator("tr").last
    expect(total.locator("td").last).to_have_text("16")
