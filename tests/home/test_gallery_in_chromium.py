"""The gallery and the error pages in Chromium: accessible, nothing refused, nothing too wide."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect
from tests.factories.organisations import SeatFactory

AXE = Path(__file__).parent.parent / "journeys" / "axe" / "axe.min.js"
SIZES = [(1366, 768), (390, 844)]
LONG = (
    "Phó Trưởng ban Thường trực kiêm Chủ nhiệm Ủy ban phụ trách công tác dân vận chính quyền " * 2
)
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def session(live_server) -> str:
    client = Client()
    client.force_login(SeatFactory(title=LONG[:200]).user)
    return client.cookies["kheo_session"].value


@pytest.mark.parametrize("size", SIZES, ids=["laptop", "phone"])
@pytest.mark.parametrize("address", ["/gallery", "/", "/no-such-page"])
def test_page_is_accessible_and_fits(live_server, browser, session, address, size):
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=False)
    context.add_cookies([{"name": "kheo_session", "value": session, "url": live_server.url}])
    page = context.new_page()
    refused: list[str] = []
    page.on(
        "console",
        lambda line: refused.append(line.text) if "Content Security" in line.text else None,
    )
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(live_server.url + address, wait_until="load")
    page.evaluate(AXE.read_text())
    options = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
    found = page.evaluate(f"axe.run(document, {options})")["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    assert refused == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_language_switch_turns_the_screen_to_english(live_server, browser, session):
    context = browser.new_context()
    context.add_cookies([{"name": "kheo_session", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url)
    assert page.locator("h1").text_content() == "Việc của tôi"
    page.click("details.account summary")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("My work")
    context.close()
