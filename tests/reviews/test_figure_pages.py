"""The pages of figures, annexes, composed tables and checks, as their users meet them."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.exemplars import Stage
from tests.factories.reviews import opened_review, report_of

from kheo.exemplars.enums import State
from kheo.reviews.models import TableDesign

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast):
    stage = Stage(cast)
    stage.registration(State.SUBMITTED)
    stage.registration(State.ACCEPTED, unit=cast.communes[1], field="culture_society")
    review = opened_review(cast, period_from=date(2024, 1, 1), period_to=date(2024, 12, 31))
    return report_of(review, cast.district)


def page(name, report, *more):
    return reverse(f"reviews:{name}", args=[report.pk, *more])


def test_a_figure_is_chosen_seen_and_put_into_the_text(officer, report):
    heading = report.review.headings.first()
    asked = {"measure": "models", "heading": heading.pk, "field": "economy", "nature": "model"}
    picker = page("figures-new", report)
    shown = officer.get(picker, asked).content.decode()
    assert "01 mô hình" in shown
    assert not report.figures.exists()
    told = asked | {"first_year": 2024, "last_year": 2024}
    answer = officer.post(picker, told)
    assert answer.url == page("answer", report, heading.pk)
    assert report.answers.get(heading=heading).body == "{01 mô hình #1}"
    detail = officer.get(page("figure", report, 1)).content.decode()
    assert "Vận động nhân dân hiến đất" in detail
    listed = officer.get(page("figures", report)).content.decode()
    assert "01 mô hình" in listed


def test_the_sentence_of_s3_is_put_in_at_once_with_figures_that_add_up(officer, report):
    heading = report.review.headings.first()
    data = {"sentence": "registered", "heading": heading.pk, "noun": "tổ chức cơ sở đảng"}
    officer.post(page("figures-new", report), data)
    assert report.answers.get(heading=heading).body == (
        "Đến nay, đã có {02/04 tổ chức cơ sở đảng #1} đăng ký thực hiện với {02 mô hình #2} trên"
        " các lĩnh vực (kinh tế: {01 mô hình #3}; văn hóa - xã hội: {01 mô hình #4}; quốc phòng -"
        " an ninh: {0 mô hình #5}; xây dựng hệ thống chính trị: {0 mô hình #6})."
    )
    data["then"] = "mark"
    copied = officer.post(page("figures-new", report), data).content.decode()
    assert "{02 mô hình #2}" in copied
    assert report.figures.count() == 6


@pytest.mark.parametrize(
    "measure", ["units_registered", "documents", "tasks", "visits", "honours", "registrations"]
)
def test_every_measure_has_a_page_with_its_definition(officer, report, measure):
    picker = page("figures-new", report)
    told = {"measure": measure, "first_year": 2024, "last_year": 2024, "then": "mark"}
    assert officer.post(picker, told).status_code == 200
    assert officer.get(page("figure", report, 1)).status_code == 200


def test_strange_choices_are_refused_in_words(officer, report):
    told = {"measure": "result", "first_year": 2025, "last_year": 2024}
    answer = officer.post(page("figures-new", report), told)
    assert answer.status_code == 422
    assert "chỉ tiêu" in answer.content.decode()
    assert not report.figures.exists()


def test_others_see_no_drafts(client, cast, report):
    client.force_login(cast.stranger.user)
    assert client.get(page("figures", report)).status_code == 404
    client.force_login(cast.clerk.user)
    assert client.get(page("annexes", report)).status_code in {403, 404}


def test_annexes_as_pages_and_workbooks(officer, report):
    design = TableDesign.objects.filter(owner=None, spec__rows="unit").first()
    annex = report.review.annexes.create(title="Kết quả", design=design, order=5)
    assert "Kết quả" in officer.get(page("annexes", report)).content.decode()
    shown = officer.get(page("annex", report, annex.pk)).content.decode()
    assert "Đảng ủy xã An Dương" in shown
    file = officer.get(page("annex-file", report, annex.pk))
    assert file.content[:2] == b"PK"


def test_a_table_is_composed_looked_at_and_kept(officer, cast, report):
    assert (
        "Kết quả thực hiện theo chỉ tiêu" in officer.get(reverse("reviews:tables")).content.decode()
    )
    chosen = {"rows": "unit", "columns": "field", "year": 2024, "year_to": 2024}
    preview = officer.get(reverse("reviews:table-new"), chosen).content.decode()
    assert "Đảng ủy xã An Dương" in preview
    officer.post(reverse("reviews:table-new"), chosen | {"name": "Bảng của huyện"})
    design = TableDesign.objects.get(owner=cast.district)
    assert (design.name, design.spec["columns"]) == ("Bảng của huyện", "field")
    answer = officer.post(
        reverse("reviews:table", args=[design.pk]),
        chosen | {"columns": "form", "name": "Bảng khác", "version": design.version},
    )
    design.refresh_from_db()
    assert (answer.status_code, design.name, design.spec["columns"]) == (302, "Bảng khác", "form")
    same = officer.post(reverse("reviews:table-new"), chosen | {"columns": "unit", "name": "X"})
    assert same.status_code == 422
    officer.post(reverse("reviews:table-drop", args=[design.pk]))
    assert not TableDesign.objects.filter(owner=cast.district).exists()


def test_checks_are_told_with_their_place(officer, report):
    shown = officer.get(page("checks", report)).content.decode()
    assert "Mục này chưa có nội dung." in shown
