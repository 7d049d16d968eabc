"""Footnotes as a reader meets them: numbered in order, at the foot of the page, back-linked."""

import re

import pypdfium2
import pytest
from tests.lib.papers.reading import W, docx_text, html_text, part, pdf_pages, seen, workbook

from kheo.lib.papers.nodes import (
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Run,
    Table,
    Title,
    TotalRow,
    footnote,
    rich,
)
from kheo.lib.papers.render import render

FIRST = "Đã mở 02 lớp bồi dưỡng cho 185 cán bộ <tổ trưởng> & tổ phó."
CELL = "Trong đó 12 mô hình đăng ký mới."
LAST = "Tập thể thôn Đông."


def noted(times: int = 1) -> Paper:
    """A report with a note in its text, one in a table and one in bold."""
    table = Table(
        (Column("Lĩnh vực"), Column("Số mô hình", align="right")),
        [
            Row(("Kinh tế", rich("53", footnote(CELL)))),
            TotalRow("Cộng", (rich("386"),)),
        ],
    )
    text = Paragraph(rich("Đã tổ chức trong năm 2017", footnote(FIRST), "; tiếp tục trong năm."))
    last = Paragraph((Run("Khen thưởng 02 tập thể", bold=True, note=LAST),))
    body = (Title("BÁO CÁO", "kết quả"), Heading("Công tác"), *[text] * times, table, last)
    return Paper(profile="party-2018", title="Báo cáo", body=body)


def test_word_numbers_real_footnotes():
    data = render(noted(), "docx")
    marks = [
        int(mark.get(f"{W}id"))
        for mark in part(data, "word/document.xml").iter(f"{W}footnoteReference")
    ]
    notes = part(data, "word/footnotes.xml").findall(f"{W}footnote")
    texts = {int(note.get(f"{W}id")): "".join(note.itertext(f"{W}t")).strip() for note in notes}
    assert marks == [1, 2, 3]
    assert [texts[mark] for mark in marks] == [FIRST, CELL, LAST]
    assert all(note.find(f".//{W}footnoteRef") is not None for note in notes[2:])
    assert FIRST not in docx_text(data)
    types = part(data, "[Content_Types].xml")
    assert any(one.get("PartName") == "/word/footnotes.xml" for one in types)


def test_a_word_file_without_notes_has_no_part_for_them():
    plain = Paper(profile="party-2018", title="Báo cáo", body=(Paragraph("Không chú thích"),))
    with pytest.raises(KeyError):
        part(render(plain, "docx"), "word/footnotes.xml")


def test_pdf_sets_each_note_at_the_foot_of_its_page():
    data = render(noted(times=40), "pdf")
    pages = pdf_pages(data)
    assert len(pages) > 1
    with pypdfium2.PdfDocument(data) as document:
        text = document[0].get_textpage()
        rest = text.get_text_bounded(top=200)
    assert "Đã mở 02 lớp" in rest
    assert "<tổ trưởng> & tổ phó" in " ".join(pages[0].split())
    assert "Tập thể thôn Đông" in pages[-1]
    assert "Tập thể thôn Đông" not in pages[0]


def test_html_links_there_and_back():
    page = render(noted(), "html").decode()
    for number in (1, 2, 3):
        assert f'href="#ghi-chu-{number}" id="cho-ghi-chu-{number}"' in page
        assert re.search(rf'<li id="ghi-chu-{number}">.*href="#cho-ghi-chu-{number}"', page)
    assert "&lt;tổ trưởng&gt; &amp; tổ phó" in page
    assert CELL in html_text(page.encode())


def test_text_and_excel_raise_the_number_and_end_with_the_notes():
    lines = render(noted(), "txt").decode().splitlines()
    assert "Đã tổ chức trong năm 2017¹; tiếp tục trong năm." in lines
    assert "Kinh tế\t53²" in lines
    assert lines[-3:] == [f"¹ {FIRST}", f"² {CELL}", f"³ {LAST}"]
    cells = [row[0].value for row in workbook(render(noted(), "xlsx")).active.iter_rows()]
    assert f"³ {LAST}" in [str(cell) for cell in cells]


@pytest.mark.parametrize("fmt", ["docx", "pdf", "html", "txt"])
def test_the_same_paper_gives_the_same_bytes(fmt):
    assert render(noted(), fmt) == render(noted(), fmt)
    assert "Khenthưởng02tậpthể" in seen(render(noted(), fmt), fmt)
