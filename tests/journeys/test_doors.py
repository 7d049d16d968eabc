"""Coming in: the sign-in page on a laptop and on a telephone, a wrong and a right password."""

import pytest
from playwright.sync_api import Page, expect
from tests.factories.organisations import Cast
from tests.journeys.harness import axe, look, shot, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_door_is_accessible_on_a_laptop(page: Page, cast: Cast) -> None:
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    look(page, "sign-in")


def test_the_door_is_accessible_on_a_telephone(phone: Page, cast: Cast) -> None:
    phone.goto("/account/sign-in")
    look(phone, "sign-in-on-a-telephone")


def test_a_wrong_password_is_told_beside_the_form(page: Page, cast: Cast) -> None:
    page.goto("/account/sign-in")
    page.locator("[name=username]").fill(cast.clerk.user.username)
    page.locator("[name=password]").fill("sai-mat-khau")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("mật khẩu")
    expect(page.locator("[name=username]")).to_have_value(cast.clerk.user.username)
    axe(page)
    shot(page, "sign-in-refused")


def test_the_right_password_opens_my_work(page: Page, cast: Cast) -> None:
    sign_in(page, cast.clerk.user.username)
    expect(page.locator("header")).to_contain_text(cast.clerk.user.full_name)
    look(page, "my-work-empty")


def test_the_doors_speak_english_to_who_asks_for_it(page: Page, cast: Cast) -> None:
    page.goto("/account/sign-in")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    axe(page)
