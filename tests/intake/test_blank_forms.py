"""Blank forms: what they hold, whose they are, that they come back, and who may take them."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.factories.exemplars import IN_TIME
from tests.factories.organisations import SeatFactory
from tests.factories.rounds import make_s4_round, part_of

from kheo.exemplars.enums import State
from kheo.intake.papers import blank_form, blank_list
from kheo.intake.queries.blanks import blank_parts, blanks
from kheo.intake.queries.stamps import Stamp, read_stamp, stamp_text
from kheo.lib.extraction.forms.reading import read_forms
from kheo.lib.papers.render import render
from kheo.lib.sheets.blanks import write_blank
from kheo.organisations.enums import Role
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Round

HEAD_ROW = 6


@pytest.fixture
def next_part(stage):
    period = stage.round.period
    round = make_s4_round(stage.cast, period=period, year=2025, opens_on=date(2024, 1, 2))
    return part_of(round, stage.cast.communes[0])


@pytest.fixture
def sign_in(client):
    def as_seat(seat):
        client.force_login(seat.user)
        return client

    return as_seat


def blank_of(part, seat):
    return next(blanks(blank_parts(seat, part.round).filter(pk=part.pk)))


def workbook_of(part, seat):
    return write_blank(blank_list(blank_of(part, seat), IN_TIME))


def table(content):
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    titles = [cell.value for cell in page[HEAD_ROW]]
    rows = page.iter_rows(min_row=HEAD_ROW + 1, values_only=True)
    return page, titles, [dict(zip(titles, row, strict=True)) for row in rows]


def test_stamp_says_whose_a_form_is_and_cannot_be_made_up(stage):
    part = stage.part()
    text = stamp_text(part)
    assert read_stamp(text) == Stamp(part.round_id, part.organisation_id, part.pk)
    other = text.replace(f'"participation":{part.pk}', f'"participation":{part.pk + 1}')
    assert read_stamp(other) is None
    for strange in ("", "kheo:1:", "kheo:1:[]", "kheo:1:{}", "kheo:2:{}", text[:-1], text + "x"):
        assert read_stamp(strange) is None
    wrong = "kheo:1:" + '{"round":1,"unit":1,"participation":1,"check":"ă"}'
    assert read_stamp(wrong) is None


def test_stamp_of_another_house_is_not_believed(stage, settings):
    text = stamp_text(stage.part())
    settings.SECRET_KEY = "another"
    assert read_stamp(text) is None


def test_list_names_the_unit_and_offers_what_may_be_chosen(stage):
    content = workbook_of(stage.part(), stage.clerk)
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    assert page["A1"].value == stage.part().unit_name
    assert "NĂM 2024" in page["A2"].value
    assert book["_kheo"].sheet_state == "veryHidden"
    assert read_stamp(book["_kheo"]["A1"].value).participation == stage.part().pk
    titles = [cell.value for cell in page[HEAD_ROW]]
    offered = {
        page.cell(HEAD_ROW, next(iter(rule.sqref.ranges)).min_col).value
        for rule in page.data_validations.dataValidation
        if rule.type == "list"
    }
    assert offered >= {"Lĩnh vực", "Cấp đăng ký", "Tập thể/cá nhân", "Mới/duy trì/nhân rộng"}
    assert offered <= set(titles)


def test_only_the_body_of_a_list_can_be_written_in(stage):
    page, titles, rows = table(workbook_of(stage.part(), stage.clerk))
    assert page.protection.sheet
    assert page.cell(HEAD_ROW, 2).protection.locked
    assert not page.cell(HEAD_ROW + 1, 2).protection.locked
    assert page.freeze_panes == "C7"
    assert page.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
    assert page.column_dimensions["B"].width > 10
    assert rows[0][titles[1]] is None


def test_last_years_models_stand_in_the_list_as_kept(stage, next_part):
    stage.registration(State.ACCEPTED, name="Đường hoa", ends="Tháng 6/2025")
    stage.registration(State.SUBMITTED, name="=Tiếng kẻng & <an ninh>")
    stage.registration(State.DECLINED, name="Không nhận")
    stage.registration(State.DRAFT, name="Chưa gửi")
    _page, _titles, rows = table(workbook_of(next_part, stage.clerk))
    filled = [row for row in rows if row["Tên mô hình, điển hình"]]
    assert [row["Tên mô hình, điển hình"] for row in filled] == [
        "Đường hoa",
        "=Tiếng kẻng & <an ninh>",
    ]
    assert filled[0]["Mới/duy trì/nhân rộng"] == "Duy trì"
    assert filled[0]["Lĩnh vực"] == "Kinh tế"
    assert filled[0]["Cấp đăng ký"] == "Huyện"
    assert filled[0]["Thời gian hoàn thành"] == "Tháng 6/2025"
    assert filled[1]["Thời gian hoàn thành"] is None


def test_filled_list_is_read_back_to_the_same_values(stage, next_part):
    row = stage.registration(State.ACCEPTED, name="Đường hoa", ends="Tháng 6/2025")
    [form] = read_forms(workbook_of(next_part, stage.clerk), "danh-sach.xlsx")
    assert read_stamp(form.stamp).participation == next_part.pk
    [entry] = form.entries
    said = {key: value.understood for key, value in entry.values.items()}
    assert said["name"] == "Đường hoa"
    assert said["content"] == row.content
    assert said["expected_results"] == row.expected_results
    assert said["scope"] == row.scope
    assert (said["field"], said["form"], said["level"]) == ("economy", "collective", "district")
    assert (said["continuity"], said["nature"]) == ("kept", "model")
    assert entry.troubles == ()
    assert form.troubles == ()
    assert all(match.certain for match in form.columns)


def test_empty_list_is_read_back_as_nothing(stage):
    forms = read_forms(workbook_of(stage.part(), stage.clerk), "danh-sach.xlsx")
    assert [entry for form in forms for entry in form.entries] == []
    assert forms[0].stamp


@pytest.mark.parametrize("form", ["collective", "individual"])
def test_word_form_bears_the_unit_and_comes_back_to_it(stage, next_part, form):
    stage.registration(State.ACCEPTED)
    content = render(blank_form(blank_of(next_part, stage.clerk), form, IN_TIME), "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        text = parts.read("word/document.xml").decode()
        assert "custom-properties" in parts.read("_rels/.rels").decode()
    assert next_part.unit_name.upper() in text
    read = read_forms(content, "mau.docx")
    assert read_stamp(read[0].stamp).participation == next_part.pk


def test_form_that_is_not_asked_is_no_form(stage):
    blank = blank_of(stage.part(), stage.clerk)
    blank.asked.specs.pop("individual")
    with pytest.raises(LookupError):
        blank_form(blank, "individual", IN_TIME)


def test_clerk_takes_the_files_of_the_own_unit_only(stage, sign_in):
    client = sign_in(stage.clerk)
    page = client.get(reverse("intake:blank-forms", args=[stage.round.pk])).content.decode()
    own, other = stage.part(), stage.part(stage.cast.communes[1])
    assert reverse("intake:blank-list", args=[own.pk]) in page
    assert reverse("intake:blank-list", args=[other.pk]) not in page
    answer = client.get(reverse("intake:blank-list", args=[own.pk]))
    assert answer.status_code == 200
    assert "filename" in answer.headers["Content-Disposition"]
    assert client.get(reverse("intake:blank-form", args=[own.pk, "collective"])).status_code == 200
    assert client.get(reverse("intake:blank-form", args=[own.pk, "ghost"])).status_code == 404
    assert client.get(reverse("intake:blank-list", args=[other.pk])).status_code == 404


def test_officer_takes_the_files_of_all_units_in_one_zip(stage, sign_in):
    client = sign_in(stage.officer)
    answer = client.get(reverse("intake:blank-zip", args=[stage.round.pk]))
    content = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        assert files.testzip() is None
        names = files.namelist()
        stamps = {
            load_workbook(io.BytesIO(files.read(name)))["_kheo"]["A1"].value
            for name in names
            if name.endswith(".xlsx")
        }
    assert {read_stamp(text).participation for text in stamps} == set(
        stage.round.participations.values_list("pk", flat=True)
    )
    assert sum(name.endswith(".docx") for name in names) == 2 * len(stamps)
    assert len(set(names)) == len(names)


def test_forms_of_a_closed_round_are_said_to_be_too_late(stage, sign_in):
    url = reverse("intake:blank-forms", args=[stage.round.pk])
    assert "đã đóng" not in sign_in(stage.clerk).get(url).content.decode()
    Round.objects.filter(pk=stage.round.pk).update(state=RoundState.CLOSED)
    assert "không gửi lên được nữa" in sign_in(stage.clerk).get(url).content.decode()


def test_stranger_finds_no_forms(stage, sign_in):
    stranger = SeatFactory(organisation=stage.cast.stranger.organisation, role=Role.OFFICER)
    client = sign_in(stranger)
    for name, key in (("blank-list", stage.part().pk), ("blank-zip", stage.round.pk)):
        assert client.get(reverse(f"intake:{name}", args=[key])).status_code == 404


def test_statements_do_not_grow_with_the_units(stage, django_assert_max_num_queries):
    parts = blank_parts(stage.officer, stage.round)
    with django_assert_max_num_queries(14):
        assert len(list(blanks(parts.iterator(chunk_size=100)))) > 2
