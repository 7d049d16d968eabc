"""All six shapes in all five formats: same text everywhere, same bytes every time."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from tests.lib.papers import samples
from tests.lib.papers.reading import pdf_pages, seen, squeezed

from kheo.lib.papers.nodes import Paragraph, Run, SectionRow
from kheo.lib.papers.render import render

GOLDEN = Path(__file__).parent / "golden"
FORMATS = ("docx", "pdf", "html", "txt", "xlsx")
DRESSED = tuple(fmt for fmt in FORMATS if fmt != "txt")


@pytest.mark.golden
@pytest.mark.parametrize("name", samples.ALL)
def test_text_of_a_paper_is_as_approved(name):
    approved = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert render(samples.ALL[name](), "txt").decode() == approved


@pytest.mark.parametrize("fmt", DRESSED)
@pytest.mark.parametrize("name", samples.ALL)
def test_every_format_carries_every_line_of_the_mirror(name, fmt):
    paper = samples.ALL[name]()
    found = seen(render(paper, fmt), fmt)
    mirror = render(paper, "txt").decode().replace(" [x]", "\n").replace(" [ ]", "\n")
    for line in mirror.replace("\t", "\n").replace(" / ", "\n").split("\n"):
        if squeezed(line) not in {"*", ""}:
            # the dashes of lists are drawn by the stylesheet on screen
            wanted = line.removeprefix("- ") if fmt == "html" else line
            assert squeezed(wanted) in found


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("name", samples.ALL)
def test_same_paper_gives_same_bytes(name, fmt):
    assert render(samples.ALL[name](), fmt) == render(samples.ALL[name](), fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_special_letters_come_out_literally_wherever_they_stand(fmt):
    nasty = samples.NASTY
    table = samples.m_list([SectionRow(nasty, nasty), samples.m_row(1, nasty)], author=nasty)
    for paper, times in ((samples.m1(nasty), 1), (table, 3), (samples.m2(nasty), 2)):
        found = seen(render(paper, fmt), fmt)
        assert found.count(squeezed(nasty)) == times


@pytest.mark.parametrize("fmt", FORMATS)
def test_letters_in_two_parts_become_one(fmt):
    found = seen(render(samples.m1(unicodedata.normalize("NFD", samples.LONG_NAME)), fmt), fmt)
    assert squeezed(samples.LONG_NAME) in found
    assert unicodedata.is_normalized("NFC", found)


@pytest.mark.parametrize("fmt", FORMATS)
def test_control_characters_are_dropped(fmt):
    found = seen(render(samples.m1("Tổ\x00 hòa\x0b giải\x1f\ud800 ở\ufeff cơ sở\x7f"), fmt), fmt)
    assert "Tổhòagiảiởcơsở" in found


@pytest.mark.parametrize("fmt", FORMATS)
def test_dress_of_runs_does_not_split_their_text(fmt):
    runs = (Run("Hạn ", bold=True), Run("31/3\n", italic=True), Run("hằng năm", underline=True))
    paper = replace(samples.m1(), body=(Paragraph(runs),))
    assert "Hạn31/3hằngnăm" in seen(render(paper, fmt), fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_list_without_rows_still_has_head_and_signature(fmt):
    found = seen(render(samples.m4(0), fmt), fmt)
    assert squeezed("Tập thể hoặc cá nhân") in found
    assert squeezed("Trần Thị Giả Định") in found


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_one_of_many_rows_is_there(fmt):
    found = seen(render(samples.m4(60), fmt), fmt)
    assert all(squeezed(f"Thôn {n}, xã Tân Lập") in found for n in range(1, 61))


def test_row_taller_than_a_page_loses_nothing():
    words = [f"việc{n}." for n in range(1200)]
    paper = samples.m_list([samples.m_row(1, " ".join(words))])
    pages = pdf_pages(render(paper, "pdf"))
    found = squeezed("".join(pages))
    assert len(pages) > 2
    assert all(word in found for word in words)


@pytest.mark.parametrize("fmt", ["docx", "pdf", "html", "xlsx"])
def test_state_paper_has_the_states_head(fmt):
    found = seen(render(replace(samples.s0(), profile="state-2020"), fmt), fmt)
    assert squeezed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") in found
    assert squeezed("Độc lập - Tự do - Hạnh phúc") in found
    assert squeezed("ĐẢNG CỘNG SẢN VIỆT NAM") not in found


def test_form_may_leave_the_motto_out():
    found = seen(render(samples.m2(), "txt"), "txt")
    assert squeezed("ĐẢNG CỘNG SẢN VIỆT NAM") not in found
