"""The annex "Tổng hợp văn bản triển khai": right documents, every year told, golden in Word."""

import io
import os
from datetime import date
from pathlib import Path

import docx
import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.factories.directives import DocumentFactory, DocumentLinkFactory
from tests.factories.organisations import make_cast

from kheo.directives.enums import Relation
from kheo.directives.queries.summary import SummaryScope, summary_documents, summary_rows

pytestmark = pytest.mark.django_db

APPROVED = Path(__file__).parents[1] / "golden/directives/summary.txt"
ASKED = {
    "year_from": "2017",
    "year_to": "2020",
    "lower": "on",
    "attached_to": "Kèm theo Báo cáo số 15-BC/HU ngày 02/4/2020 của Ban Thường vụ Huyện ủy",
}


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def documents(cast):
    """What a district and a commune issued from 2017 to 2020, one of it replaced later."""
    made = [
        DocumentFactory(
            owner=owner,
            kind=symbol.split("-")[1].split("/")[0],
            symbol=symbol,
            issued_on=day,
            issuer_name=issuer,
            subject=subject,
        )
        for owner, symbol, day, issuer, subject in (
            (
                cast.district,
                "35-KH/HU",
                date(2017, 5, 8),
                "Ban Thường vụ Huyện ủy",
                "thực hiện Chỉ thị số 22-CT/TU về phong trào thi đua “Dân vận khéo”",
            ),
            (
                cast.district,
                "112-CV/HU",
                date(2019, 2, 14),
                "Ban Thường vụ Huyện ủy",
                "về việc đăng ký mô hình, điển hình “Dân vận khéo” năm 2019",
            ),
            (
                cast.communes[0],
                "08-KH/ĐU",
                date(2019, 11, 20),
                "Đảng ủy xã An Dương",
                "xây dựng mô hình, điển hình “Dân vận khéo” năm 2020",
            ),
            (
                cast.district,
                "71-KH/HU",
                date(2020, 1, 6),
                "Ban Thường vụ Huyện ủy",
                "thực hiện phong trào thi đua “Dân vận khéo” giai đoạn mới",
            ),
        )
    ]
    DocumentFactory(owner=cast.district, symbol="", issued_on=None)
    DocumentFactory(owner=cast.district, symbol="01-HD/HU", issued_on=date(2016, 12, 31))
    DocumentLinkFactory(document=made[3], target=made[0], relation=Relation.REPLACES)
    return made


def lines(seat, unit, **changes):
    scope = SummaryScope(unit=unit, year_from=2017, year_to=2020, **changes)
    return [row.symbol for row in summary_rows(summary_documents(seat, scope))]


def test_it_holds_what_was_issued_in_the_years_by_the_unit_or_below(cast, documents):
    assert lines(cast.officer, cast.district) == ["35-KH/HU", "112-CV/HU", "71-KH/HU"]
    assert lines(cast.officer, cast.district, with_lower=True) == [
        "35-KH/HU",
        "112-CV/HU",
        "08-KH/ĐU",
        "71-KH/HU",
    ]
    assert lines(cast.officer, cast.communes[0]) == ["08-KH/ĐU"]
    assert lines(cast.officer, cast.district, kinds=("CV",)) == ["112-CV/HU"]


def test_it_never_holds_what_the_seat_does_not_see(cast, documents):
    assert lines(cast.clerk, cast.district, with_lower=True) == [
        "35-KH/HU",
        "112-CV/HU",
        "08-KH/ĐU",
        "71-KH/HU",
    ]
    assert lines(cast.stranger, cast.district, with_lower=True) == []


def test_it_costs_two_statements_however_many(cast, documents, django_assert_num_queries):
    scope = SummaryScope(unit=cast.district, year_from=2017, year_to=2020, with_lower=True)
    with django_assert_num_queries(2):
        assert len(list(summary_rows(summary_documents(cast.officer, scope)))) == 4


@pytest.mark.golden
def test_the_word_file_is_as_approved_and_has_every_year(client, cast, documents):
    client.force_login(cast.officer.user)
    asked = ASKED | {"unit": str(cast.district.pk)}
    address = reverse("directives:summary-file", args=["docx"])
    word = client.get(address, asked)
    assert word["Content-Disposition"].startswith("attachment")
    paper = docx.Document(io.BytesIO(word.content))
    section = paper.sections[0]
    assert section.page_width > section.page_height
    found = [part.text for part in paper.paragraphs if part.text]
    found += [
        " | ".join(cell.text.replace("\n", " ⏎ ") for cell in row.cells)
        for row in paper.tables[-1].rows
    ]
    text = "\n".join(found) + "\n"
    if os.environ.get("KHEO_APPROVE"):
        APPROVED.parent.mkdir(exist_ok=True)
        APPROVED.write_text(text)
    assert text == APPROVED.read_text()


def test_the_workbook_and_the_pdf_hold_the_same(client, cast, documents):
    client.force_login(cast.officer.user)
    asked = ASKED | {"unit": str(cast.district.pk)}
    sheet = client.get(reverse("directives:summary-file", args=["xlsx"]), asked).content
    cells = [
        str(cell.value)
        for row in load_workbook(io.BytesIO(sheet)).active.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert any("35-KH/HU" in cell for cell in cells)
    assert {"2018", "2020"} <= set(cells)
    pdf = client.get(reverse("directives:summary-file", args=["pdf"]), asked).content
    assert pdf.startswith(b"%PDF-")
    assert client.get(reverse("directives:summary-file", args=["csv"]), asked).status_code == 404


def test_the_page_shows_the_paper_and_says_when_it_is_empty(client, cast, documents):
    client.force_login(cast.officer.user)
    page = client.get(reverse("directives:summary"), ASKED).content.decode()
    assert "Số 08-KH/ĐU" in page
    assert "Được thay thế bởi Kế hoạch số 71-KH/HU ngày 06/01/2020" in page
    empty = client.get(reverse("directives:summary"), {"year_from": "1990", "year_to": "1991"})
    assert "chưa nhập văn bản nào" in empty.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"year_from": "2020", "year_to": "2017"},
        {"year_from": "1950", "year_to": "2017"},
        {"year_from": "năm nay", "year_to": ""},
        {"year_from": "2017", "year_to": "2018", "unit": "999999"},
    ],
)
def test_what_cannot_be_listed_says_what_is_wrong(client, cast, asked):
    client.force_login(cast.officer.user)
    page = client.get(reverse("directives:summary"), asked)
    assert page.status_code == 200
    assert "field-errors" in page.content.decode()
    assert client.get(reverse("directives:summary-file", args=["docx"]), asked).status_code == 404


def test_a_long_list_is_cut_on_the_page_without_inventing_empty_years(client, cast, monkeypatch):
    monkeypatch.setattr("kheo.directives.views.summary.PREVIEW_ROWS", 2)
    for year in (2017, 2018, 2019):
        DocumentFactory(owner=cast.district, issued_on=date(year, 3, 1))
    client.force_login(cast.officer.user)
    page = client.get(reverse("directives:summary"), ASKED).content.decode()
    sheet = page[page.index('class="paper') :]
    assert "2018" in sheet
    assert ">2019<" not in sheet
    assert "2 dòng đầu" in page
