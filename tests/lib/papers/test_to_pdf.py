"""The PDF as another program reads it: sizes, page numbers, repeated heads, fonts."""

import re
import unicodedata
from dataclasses import replace

import pypdfium2
import pytest
from tests.lib.papers import samples
from tests.lib.papers.reading import pdf_pages, pdf_sizes, squeezed

from kheo.lib.papers.measures import PROFILES
from kheo.lib.papers.render import render


def text_box(data, page):
    """Left, right and top edge of everything on a page, in mm from the left and from the top."""
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page]
        height = sheet.get_height()
        boxes = [thing.get_bounds() for thing in sheet.get_objects()]
    left, _, right, top = zip(*boxes, strict=True)
    return [round(x / 72 * 25.4, 1) for x in (min(left), max(right), height - max(top))]


def test_forms_stand_and_lists_lie():
    assert set(pdf_sizes(render(samples.m1(), "pdf"))) == {(210, 297)}
    assert set(pdf_sizes(render(samples.m3(), "pdf"))) == {(297, 210)}
    assert pdf_sizes(render(samples.s0(), "pdf")) == [(210, 297), (210, 297), (297, 210)]


@pytest.mark.parametrize("name", ["m3", "s1"])
def test_text_keeps_within_the_margins(name):
    data = render(samples.ALL[name](), "pdf")
    left, right, top = text_box(data, 0)
    assert left >= 29.5
    assert right <= 297 - 14.5
    # marks above capitals reach out of their line
    assert top >= 18.5


def test_number_stands_above_the_text_from_page_two():
    pages = pdf_pages(render(samples.m4(60), "pdf"))
    assert len(pages) > 3
    assert pages[0].split()[0] != "1"
    assert [page.split()[0] for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]


def test_heads_are_repeated_on_every_page_of_a_table():
    pages = [squeezed(page) for page in pdf_pages(render(samples.m3(15), "pdf"))]
    assert len(pages) > 3
    assert all(squeezed("Địa chỉ xây dựng mô hình") in page for page in pages)
    assert all(squeezed("Thời gian triển khai") in page for page in pages)


def test_section_is_never_parted_from_its_first_row():
    for per_section in range(1, 12):
        for page in pdf_pages(render(samples.m3(per_section), "pdf")):
            lines = [line for line in page.splitlines() if line.strip()]
            assert not re.match(r"(I|II|III|IV)- Lĩnh vực", lines[-1])


def test_signature_is_never_alone_on_a_page():
    for count in range(1, 25):
        last = pdf_pages(render(samples.m4(count), "pdf"))[-1]
        assert f"Thôn {count}," in " ".join(last.split())
        assert "Trần Thị Giả Định" in last


@pytest.mark.parametrize("profile", PROFILES)
def test_right_head_stands_on_one_line(profile):
    (first, *_) = pdf_pages(render(replace(samples.s0(), profile=profile), "pdf"))
    lines = first.splitlines()
    assert all(any(motto in line for line in lines) for motto in PROFILES[profile].motto)


def test_only_our_own_fonts_are_used():
    data = render(samples.m1(), "pdf")
    names = set(re.findall(rb"/BaseFont ?/(?:[A-Z]{6}\+)?([\w-]+)", data))
    assert names
    assert all(name.startswith(b"Tinos") for name in names)


def test_every_vietnamese_letter_is_drawn():
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = "".join(v + t for v in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for t in tones) + "đĐ"
    found = squeezed("".join(pdf_pages(render(samples.m1(letters), "pdf"))))
    assert unicodedata.normalize("NFC", letters) in found


@pytest.mark.parametrize("build", [samples.m1, samples.m2, samples.one_row])
def test_word_without_end_stays_on_the_sheet(build):
    data = render(build("x" * 300), "pdf")
    width = pdf_sizes(data)[0][0]
    left, right, _ = text_box(data, 0)
    assert left >= 29.5
    assert right <= width - 14.5
    assert "x" * 300 in squeezed("".join(pdf_pages(data)))


def test_title_and_date_are_in_the_properties():
    with pypdfium2.PdfDocument(render(samples.s0(), "pdf")) as document:
        facts = document.get_metadata_dict()
    assert facts["Title"] == "Sơ kết 03 năm thực hiện Chỉ thị số 22-CT/TU"
    assert facts["CreationDate"].startswith("D:20200305")
