"""M1 and M2: the words of the official form, the right year, body and names, all escaped."""

import pytest
from tests.factories.directives import DocumentFactory
from tests.factories.exemplars import PERSON

from kheo.exemplars.enums import State
from kheo.exemplars.papers import registration_paper
from kheo.exemplars.queries.one import readable_registrations, sheet_of
from kheo.lib.papers.render import render
from kheo.lib.papers.to_text import to_text
from kheo.rounds.enums import Form


def paper_of(stage, row):
    sheet = sheet_of(readable_registrations(stage.head).get(pk=row.pk))
    return registration_paper(sheet.registration, sheet.spec, sheet.labels)


def text_of(stage, row) -> str:
    return to_text(paper_of(stage, row)).decode()


def test_collective_paper_reads_as_m1(stage):
    stage.round.governing_document = DocumentFactory(owner=stage.cast.district)
    stage.round.save()
    text = text_of(stage, stage.registration(State.SUBMITTED))
    for words in (
        "MẪU ĐĂNG KÝ CỦA TẬP THỂ",
        "ĐẢNG ỦY XÃ AN DƯƠNG",
        "BẢN ĐĂNG KÝ",
        "năm 2024",
        "Thực hiện Hướng dẫn số 09-HD/HU ngày 17/8/2022 của Ban Thường vụ Huyện ủy",
        "1. Tên mô hình đăng ký: Vận động nhân dân hiến đất",
        "2. Thuộc lĩnh vực",
        "3. Đăng ký mô hình, điển hình ở cấp: Huyện",
        "5. Thời gian thực hiện: Từ tháng 3/2024 đến tháng 12/2024",
        "7. Kết quả dự kiến: 45 hộ",
        "Lãnh đạo tổ chức, cơ quan, đơn vị",
        "Giáp Văn Lâm",
    ):
        assert words in text, words
    assert "{" not in text


def test_individual_paper_reads_as_m2_and_has_two_places_to_sign(stage):
    text = text_of(stage, stage.registration(State.SUBMITTED, form=Form.INDIVIDUAL))
    for words in (
        "MẪU ĐĂNG KÝ CỦA CÁ NHÂN",
        f"Tên cá nhân: {PERSON['full_name']}",
        f"Chức vụ: {PERSON['position']}",
        "Như sau:",
        "1. Tên nội dung đăng ký",
        "Cá nhân đăng ký",
    ):
        assert words in text, words
    assert text.count(PERSON["full_name"]) == 2


def test_the_chosen_field_carries_the_mark(stage):
    paper = paper_of(stage, stage.registration(State.SUBMITTED, field="culture_society"))
    [boxes] = [block for block in paper.body if type(block).__name__ == "CheckBoxes"]
    assert [box.label for box in boxes.options if box.checked] == ["Văn hóa - xã hội"]
    assert len(boxes.options) == 4


def test_same_registration_always_gives_the_same_file(stage):
    row = stage.registration(State.SUBMITTED)
    assert render(paper_of(stage, row), "docx") == render(paper_of(stage, row), "docx")


@pytest.mark.parametrize("name", ["Đường {year} {unit}", "<b>x</b> & #let"])
def test_what_people_write_is_printed_as_they_wrote_it(stage, name):
    row = stage.registration(State.SUBMITTED, name=name)
    assert name in text_of(stage, row)
    assert "<b>x</b>" not in render(paper_of(stage, row), "html").decode()


def test_empty_form_shows_the_hints_of_the_official_one(stage):
    row = stage.registration(State.DRAFT, name="", content="", expected_results="")
    assert "Nêu tóm tắt nội dung từ 03 đến 05 dòng" in text_of(stage, row)
