"""A directive comes in: dropped as a Word file, checked, saved, and seen in its family."""

import base64
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.factories.directives import DocumentFactory, DocumentLinkFactory, paper_text, word_file
from tests.factories.organisations import Cast
from tests.journeys.harness import look, sign_in

from kheo.directives.models import Document

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DROPPED = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name));
    return carried;
}"""
PLAN = word_file(paper_text())
LONG = (
    "nâng cao hiệu quả phong trào thi đua “Dân vận khéo” trong hệ thống chính trị gắn với xây dựng"
    " nông thôn mới nâng cao, đô thị văn minh, giữ vững quốc phòng - an ninh trên địa bàn"
)


@pytest.fixture
def directive(cast: Cast) -> Document:
    """The province's directive, which the district will implement."""
    return DocumentFactory(
        owner=cast.province,
        issuer=cast.province,
        kind="CT",
        number=11,
        symbol="11-CT/TU",
        issued_on=date(2021, 9, 28),
        issuer_name="Ban Thường vụ Tỉnh ủy",
        subject=LONG,
    )


def drop(page: Page, name: str, content: bytes) -> None:
    """Let a file fall on the box, as from the desktop."""
    carried = page.evaluate_handle(DROPPED, [name, base64.b64encode(content).decode()])
    page.dispatch_event("[data-drop]", "dragover", {"dataTransfer": carried})
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": carried})


def test_a_plan_is_dropped_checked_saved_and_stands_in_its_family(
    page: Page, phone: Page, cast: Cast, directive: Document
) -> None:
    sign_in(page, cast.officer.user.username)
    page.goto("/documents/")
    look(page, "documents-list")
    drop(page, "mat.docx", word_file(paper_text(mark="TỐI MẬT")))
    expect(page.get_by_text("Văn bản có dấu chỉ độ mật")).to_be_visible()
    look(page, "documents-refused")

    enter_plan(page)
    plan = Document.objects.get(symbol="62-KH/HU")
    implement(plan, cast)
    see_family(page)
    page.goto("/documents/summary?year_from=2020&year_to=2022&lower=on")
    expect(page.locator("#summary")).to_contain_text("Số 05-KH/ĐU")
    look(page, "documents-summary")

    sign_in(phone, cast.clerk.user.username)
    phone.goto("/documents/")
    look(phone, "documents-list-phone")
    phone.get_by_role("link", name="62-KH/HU").click()
    look(phone, "documents-detail-phone")
    phone.get_by_role("link", name="11-CT/TU").first.click()
    look(phone, "documents-family-phone")


def enter_plan(page: Page) -> None:
    page.goto("/documents/")
    drop(page, "ke-hoach-62.docx", PLAN)
    page.wait_for_url("**/documents/waiting/*")
    expect(page.get_by_label("Số và ký hiệu")).to_have_value("62-KH/HU")
    expect(page.get_by_label("Ngày ban hành")).to_have_value("2021-11-01")
    expect(page.get_by_text("Đọc được từ văn bản: “62-KH/HU”.")).to_be_visible()
    expect(page.get_by_role("link", name="Chỉ thị số 11-CT/TU")).to_be_visible()
    look(page, "documents-waiting")
    page.get_by_label("Người ký").fill("Trần Văn Mẫu, Phó Bí thư")
    page.get_by_role("button", name="Lưu văn bản").click()
    expect(page.get_by_text("Đã nhập văn bản.")).to_be_visible()


def implement(plan: Document, cast: Cast) -> None:
    """A commune's plan rests on the district's."""
    commune = DocumentFactory(
        owner=cast.communes[0],
        kind="KH",
        symbol="05-KH/ĐU",
        issued_on=date(2021, 12, 1),
        issuer_name="Đảng ủy xã An Dương",
    )
    DocumentLinkFactory(document=commune, target=plan)


def see_family(page: Page) -> None:
    page.reload()
    family = page.locator(".family")
    below = family.locator("> li > ul > li > ul a")
    expect(below).to_have_text("Kế hoạch số 05-KH/ĐU ngày 01/12/2021")
    expect(family.locator("[aria-current]")).to_contain_text("62-KH/HU")
    look(page, "documents-detail")
    with page.expect_download() as kept:
        page.get_by_role("link", name="ke-hoach-62.docx").click()
    assert Path(kept.value.path()).read_bytes() == PLAN
