"""Finding things: from any page by a key, while typing, narrowed, kept as a view."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.factories.exemplars import Stage
from tests.factories.organisations import Cast
from tests.journeys.harness import look, sign_in

from kheo.exemplars.enums import State

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CAMERA = "Tổ tự quản “Camera an ninh” thôn Nguyễn"
ROAD = "Vận động nhân dân hiến đất mở đường xây dựng NTM"


@pytest.fixture
def stage(cast: Cast) -> Stage:
    made = Stage(cast)
    made.registration(State.SUBMITTED, name=CAMERA, content="Góp tiền lắp camera ở các ngả đường.")
    made.registration(State.ACCEPTED, name=ROAD)
    made.registration(unit=cast.communes[1], name="Hòa giải ở cơ sở")
    return made


def test_an_officer_finds_from_any_page_and_while_typing(page: Page, stage: Stage) -> None:
    sign_in(page, stage.officer.user.username)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("/")
    expect(page.locator("#quick-search")).to_be_focused()
    page.keyboard.type("camera an")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=camera+an")
    expect(page.locator("main mark").first).to_have_text("Camera an")
    look(page, "search-found")

    box = page.locator("#id_q")
    box.fill("")
    box.press_sequentially("nong thon moi", delay=20)
    # on the way there the page answers to what is typed so far
    expect(page).to_have_url(re.compile("q=nong%20thon%20moi"))
    expect(page.locator("#found")).to_contain_text(ROAD)
    expect(page.locator("#found")).not_to_contain_text("Camera")


def test_what_is_narrowed_is_kept_as_a_view(page: Page, stage: Stage) -> None:
    sign_in(page, stage.officer.user.username)
    page.goto("/search?q=đường")
    expect(page.locator("#found")).to_contain_text("Camera")
    page.get_by_text("Thu hẹp phạm vi tìm").click()
    page.locator("#id_state").select_option("submitted")
    expect(page.locator("#found")).not_to_contain_text(ROAD)
    expect(page.locator("#found")).to_contain_text("Camera")
    look(page, "search-narrowed")

    page.get_by_role("link", name="Lưu dạng xem này").click()
    page.get_by_label("Tên dạng xem").fill("Đường đã gửi")
    look(page, "search-save-view")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu với tên “Đường đã gửi”.")).to_be_visible()
    address = page.url
    page.goto("/")
    page.get_by_role("link", name="Đường đã gửi").click()
    page.wait_for_url(address)
    page.get_by_role("link", name="Camera").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Camera")


def test_a_telephone_finds_and_is_told_what_is_not_there(phone: Page, stage: Stage) -> None:
    sign_in(phone, stage.clerk.user.username)
    phone.locator(".quick-search-link").click()
    look(phone, "search-empty-phone")
    phone.locator("#id_q").fill("camera")
    phone.get_by_role("button", name="Tìm", exact=True).click()
    expect(phone.locator("#found")).to_contain_text(CAMERA)
    look(phone, "search-found-phone")
    phone.locator("#id_q").fill("hoa giai")
    # the neighbour's model is not for this clerk
    expect(phone.locator("#found")).to_contain_text("Không có kết quả nào khớp")
    look(phone, "search-nothing-phone")


def test_it_works_without_scripts(browser: Browser, server: str, stage: Stage) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    sign_in(page, stage.officer.user.username)
    page.locator("#quick-search").fill("hoà giải")
    page.locator("#quick-search").press("Enter")
    expect(page.locator("#found")).to_contain_text("Hòa giải ở cơ sở")
    page.locator("#id_q").fill("khongco")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator("#found")).to_contain_text("Không có kết quả nào khớp")
    context.close()
