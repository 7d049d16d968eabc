"""A letter is dropped, read and checked: lit by a click, decided by keys, in two windows."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from tests.factories.accounts import START
from tests.factories.organisations import Cast, OrganisationFactory
from tests.journeys.conftest import OpenWindow
from tests.journeys.harness import PHONE, kept_back, look, sign_in

from kheo.directives.models import Document, Finding
from kheo.organisations.actions import rename_organisation
from kheo.organisations.models import Organisation

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LETTER = """ĐẢNG BỘ TỈNH BẮC GIANG
HUYỆN ỦY TÂN YÊN

*

Số 127-CV/HU

V/v triển khai phong trào thi đua
“Dân vận khéo” năm 2024

ĐẢNG CỘNG SẢN VIỆT NAM

Tân Yên, ngày 19 tháng 02 năm 2024

Kính gửi: - Các cơ quan, đơn vị thuộc Huyện ủy, UBND huyện,
- Ủy ban MTTQ và các tổ chức chính trị - xã hội huyện,
- Hội Làm vườn huyện Tân Yên.

Thực hiện Kế hoạch số 62-KH/HU ngày 01/11/2021 của Ban Thường vụ Huyện ủy, Thường trực Huyện ủy \
đề nghị các địa phương, đơn vị thực hiện một số nội dung sau:

1. Các đơn vị lựa chọn, đăng ký theo chủ đề “Xây dựng mô hình về phát triển kinh tế”; mỗi đơn vị \
đăng ký từ 1-2 nội dung cấp tỉnh; từ 4-5 nội dung cấp huyện năm 2024.

* Đối với các xã, thị trấn: tổng hợp danh sách theo mẫu M3, đăng ký ít nhất 01 nội dung cấp tỉnh, \
gửi về Ban Dân vận Huyện ủy chậm nhất ngày 27/02/2024.

* Đối với các cơ quan, đơn vị thuộc Huyện ủy: tổng hợp danh sách theo mẫu M4, gửi về Ban Dân vận \
Huyện ủy trước ngày 31/4/2024.

2. Giao Ban Dân vận Huyện ủy tham mưu xét và giới thiệu không quá 05 nội dung cấp tỉnh, báo cáo \
Thường trực Huyện ủy tại Hội nghị giao ban ngày 01/3/2024.

Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.

Nơi nhận:
- Như trên,
- Lưu Văn phòng Huyện ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Nguyễn Văn Mẫu
"""
SELECT = """(words) => {
    const span = [...document.querySelectorAll("#paper-text [data-s]")]
        .find((one) => one.textContent.includes(words));
    const range = document.createRange();
    const at = span.textContent.indexOf(words);
    range.setStart(span.firstChild, at);
    range.setEnd(span.firstChild, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    span.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
}"""


def drop(page: Page) -> Document:
    page.goto("/documents/receive")
    letter = {"name": "cong-van.txt", "mimeType": "text/plain", "buffer": LETTER.encode()}
    page.locator("input[type=file]").set_input_files(letter)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/documents/waiting/"))
    page.get_by_role("button", name="Lưu văn bản").click()
    page.wait_for_url(re.compile(r"/documents/\d+$"))
    return Document.objects.get()


@pytest.fixture
def garden(cast: Cast) -> Organisation:
    """A body that the letter still calls by its former name."""
    made = OrganisationFactory(
        name="Hội Làm vườn huyện Tân Yên",
        kind_code="association",
        level_code="district",
        parent=cast.district,
    )
    return rename_organisation(
        organisation=made,
        name="Hội Làm vườn và Trang trại huyện Tân Yên",
        on=date(2022, 1, 1),
        by=None,
        at=START,
    )


def correct_by_keys(page: Page) -> None:
    """A click on the words lights the finding, and keys correct it."""
    page.locator("mark", has_text="trước ngày 31/4/2024").click()
    lit = page.locator(".finding.is-lit")
    expect(lit).to_contain_text("không có trong lịch")
    look(page, "reading-lit")
    page.keyboard.press("c")
    page.locator(".finding-form [name=on]").fill("31/4/2024")
    page.get_by_role("button", name="Lưu phần sửa").click()
    expect(page.locator(".finding-form")).to_contain_text("Ngày 31/4/2024 không có trong lịch.")
    look(page, "reading-correct")
    page.locator(".finding-form [name=on]").fill("30/4/2024")
    page.get_by_role("button", name="Lưu phần sửa").click()
    expect(lit).to_contain_text("30/04/2024")
    expect(lit).to_contain_text("đã sửa")
    expect(page.locator("mark.is-lit.is-corrected")).to_have_text("trước ngày 31/4/2024")


def reject_by_keys(page: Page) -> None:
    """A click on the finding lights the words; while one types, letters are only letters."""
    lit = page.locator(".finding.is-lit")
    page.locator(".finding-value", has_text=re.compile("^M4$")).click()
    expect(page.locator("mark.is-lit")).to_have_text("M4")
    with kept_back(page, "**/reject") as asked:
        page.keyboard.press("r")
        asked()
        # whoever writes ahead of the form decides nothing by it
        page.keyboard.type("ack")
    page.locator("[name=reason]").press_sequentially("cac ban da ra")
    page.get_by_role("button", name="Bác bỏ nội dung này").click()
    expect(lit).to_contain_text("đã bác bỏ")
    page.keyboard.press("j")
    expect(lit).not_to_contain_text("đã bác bỏ")


def write_while_a_decision_is_stored(page: Page) -> None:
    """Whoever writes elsewhere by the time of the answer is not called away."""
    with kept_back(page, "**/reopen/*") as stored:
        page.keyboard.press("k")
        page.locator(".finding.is-lit [data-deed=reopen]").click()
        stored()
        page.locator("#marker [name=words]").press_sequentially("khai ")
    expect(page.locator(".finding.is-lit")).to_contain_text("M4")
    expect(page.locator(".finding.is-lit [data-deed=accept]")).to_be_visible()
    page.keyboard.type("mac")
    expect(page.locator("#marker [name=words]")).to_have_value("khai mac")
    expect(page.locator(".finding.is-lit [data-deed=accept]")).to_be_visible()


def add_by_selecting(page: Page) -> None:
    """Words are selected and become a finding."""
    lit = page.locator(".finding.is-lit")
    page.evaluate(SELECT, "nghiêm túc triển khai thực hiện")
    expect(page.locator("#marker [name=words]")).to_have_value("nghiêm túc triển khai thực hiện")
    page.locator("#marker [name=field]").select_option("assignment")
    page.get_by_role("button", name="Đánh dấu").click()
    expect(page.locator("#adding [name=content]")).to_have_value("nghiêm túc triển khai thực hiện")
    expect(page.locator("#adding .adding")).to_be_in_viewport()
    look(page, "reading-add")
    page.get_by_role("button", name="Thêm nội dung này").click()
    expect(page.locator("mark.is-added")).to_have_text("nghiêm túc triển khai thực hiện")
    expect(lit).to_contain_text("nghiêm túc triển khai thực hiện")


def name_the_body(page: Page, garden: Organisation) -> None:
    """A former name is asked."""
    asked = page.locator(".body-asked")
    expect(asked).to_contain_text("“Hội Làm vườn huyện Tân Yên” là cơ quan, đơn vị nào?")
    look(page, "reading-names")
    asked.get_by_role("button", name="Ghi nhận").click()
    expect(page.locator(".body-asked")).to_have_count(0)
    assert Finding.objects.get(ordinal=10).bodies == {"Hội Làm vườn huyện Tân Yên": garden.pk}


def meet_a_conflict(other: Page) -> None:
    """The other window is told, and nothing is overwritten."""
    stale = other.locator(".finding", has_text="không có trong lịch")
    stale.get_by_role("button", name="Chấp nhận").click()
    expect(other.locator(".finding.is-lit")).to_contain_text("ở cửa sổ khác")
    expect(other.locator(".finding.is-lit")).to_contain_text("30/04/2024")
    look(other, "reading-conflict")


def accept_the_rest(page: Page) -> None:
    """What is certain is shown, then accepted at once."""
    page.get_by_role("link", name="nội dung chắc chắn").click()
    look(page, "reading-certain")
    page.get_by_role("button", name="Chấp nhận tất cả").click()
    expect(page.locator(".messages")).to_contain_text("Đã chấp nhận")
    look(page, "reading-accepted")


def test_a_letter_is_dropped_and_checked(
    window: OpenWindow, cast: Cast, garden: Organisation
) -> None:
    page = window()
    sign_in(page, cast.officer.user.username)
    document = drop(page)
    page.get_by_role("link", name="Kiểm tra nội dung đọc được").click()
    look(page, "reading")
    other = window()
    sign_in(other, cast.administrator.user.username)
    other.goto(f"/documents/{document.pk}/reading")
    correct_by_keys(page)
    reject_by_keys(page)
    write_while_a_decision_is_stored(page)
    add_by_selecting(page)
    name_the_body(page, garden)
    meet_a_conflict(other)
    accept_the_rest(page)


def test_a_letter_is_checked_on_a_telephone(window: OpenWindow, cast: Cast) -> None:
    phone = window(PHONE)
    sign_in(phone, cast.officer.user.username)
    document = drop(phone)
    phone.goto(f"/documents/{document.pk}/reading")
    look(phone, "reading-phone")
    phone.locator("mark", has_text="trước ngày 31/4/2024").click()
    lit = phone.locator(".finding.is-lit")
    expect(lit).to_be_in_viewport()
    look(phone, "reading-phone-lit")
    lit.get_by_role("link", name="Bác bỏ").click()
    phone.get_by_role("button", name="Bác bỏ nội dung này").click()
    expect(lit).to_contain_text("đã bác bỏ")
    look(phone, "reading-phone-rejected")
