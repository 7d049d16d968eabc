"""The scripts of the pages, played in Chromium on small pages of their own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

import kheo.ui

SCRIPTS = Path(kheo.ui.__file__).parent / "static" / "ui" / "js"
ORIGIN = "http://kheo.test"
pytestmark = pytest.mark.journey

WORDS = """
<template data-line-words="{lines} dòng / {range} · {count}"></template>
<template data-autosave-words data-saved="Đã lưu lúc" data-saving="Đang lưu" data-kept="Giữ lại"
  data-lost="Mất" data-restored="Đã đưa trở lại" data-older="Bản nháp đã đổi"
  data-put-back="Đưa trở lại" data-conflict="Xung đột"></template>
<template data-request-words data-ended="Phiên đã kết thúc." data-again="Đăng nhập lại"></template>
"""
DRAFT = """
<div id="messages"></div>
<form id="draft" method="post" action="/submit" data-autosave-url="/save">
  <input type="hidden" name="csrfmiddlewaretoken" value="token">
  <input type="hidden" name="version" value="%s">
  <input name="name" value="%s">
  <label><input type="checkbox" name="also" value="1"> một</label>
  <button>Gửi</button>
</form>
"""


class Stage:
    """A page whose server is the test."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.html = ""
        self.saved: list[str] = []
        self.sent: list[str] = []
        self.held: list[Route] = []
        self.holds = ""
        self.answer: dict[str, object] = {"status": 200, "body": "ok"}
        page.route("**/*", self._serve)

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if route.request.method == "POST" and path != "/save":
            self.sent.append(path)
        if path == self.holds:
            self.held.append(route)
        else:
            self._answer(route, path)

    def _answer(self, route: Route, path: str) -> None:
        if path == "/save":
            self.saved.append(route.request.post_data or "")
            if self.answer.get("offline"):
                route.abort()
            else:
                route.fulfill(**self.answer)  # type: ignore[arg-type]
        elif path.startswith("/js/"):
            route.fulfill(path=SCRIPTS / path.removeprefix("/js/"))
        else:
            route.fulfill(
                body=self.html,
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": "default-src 'self'"},
            )

    def show(self, body: str, *scripts: str) -> None:
        tags = "".join(f'<script src="/js/{name}" defer></script>' for name in scripts)
        head = f"<!doctype html><html><head>{tags}</head>"
        self.html = f'{head}<body data-person="7">{body}{WORDS}</body></html>'
        self.page.goto(f"{ORIGIN}/page")

    def type_name(self, text: str) -> None:
        self.page.fill("[name=name]", text)

    def wait_for(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def wait_for_held(self) -> None:
        for _turn in range(1000):
            if self.held:
                return
            self.page.wait_for_timeout(20)
        pytest.fail(f"nothing was sent to {self.holds}")

    def one_by_one(self, *deeds: str) -> None:
        """Do things in the page, a moment apart, while it may be on its way to the next."""
        timed = (
            f"setTimeout(() => {{ {deed} }}, {turn * 200});" for turn, deed in enumerate(deeds)
        )
        self.page.evaluate(f"() => {{ {' '.join(timed)} }}")

    def let_go(self) -> None:
        """Answer what was kept back."""
        self.holds = ""
        for route in self.held:
            self._answer(route, route.request.url.removeprefix(ORIGIN))
        self.held.clear()

    def kept(self) -> dict[str, object] | None:
        copy = self.page.evaluate("localStorage.getItem('kheo:7:/save')")
        return json.loads(copy) if copy else None


@pytest.fixture
def stage(browser: Browser) -> Iterator[Stage]:
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    yield Stage(page)
    context.close()


def test_typing_is_saved_and_said_so(stage):
    stage.show(DRAFT % (1, ""), "autosave.js")
    stage.answer = {"status": 200, "body": "ok", "headers": {"X-Version": "2"}}
    stage.type_name("Tổ tự quản")
    stage.wait_for("Đã lưu lúc")
    assert "Tổ tự quản" in stage.saved[0]
    assert stage.page.input_value("[name=version]") == "2"
    assert stage.kept() is None


def test_text_survives_a_network_that_fails(stage):
    stage.show(DRAFT % (1, ""), "autosave.js")
    stage.answer = {"offline": True}
    stage.type_name("Camera an ninh")
    stage.wait_for("Giữ lại")
    stage.answer = {"status": 200, "body": "ok"}
    stage.page.reload()
    stage.wait_for("Đã đưa trở lại")
    assert stage.page.input_value("[name=name]") == "Camera an ninh"
    stage.wait_for("Đã lưu lúc")
    assert stage.kept() is None


def test_text_survives_a_session_that_ends(stage):
    stage.show(DRAFT % (1, ""), "autosave.js")
    stage.answer = {"status": 401, "body": ""}
    stage.page.check("[name=also]")
    stage.wait_for("Giữ lại")
    stage.page.reload()
    stage.wait_for("Đã đưa trở lại")
    assert stage.page.is_checked("[name=also]")


def test_text_of_one_person_is_not_shown_to_another(stage):
    stage.show(DRAFT % (1, ""), "autosave.js")
    stage.answer = {"offline": True}
    stage.type_name("Của tôi")
    stage.wait_for("Giữ lại")
    stage.html = stage.html.replace('data-person="7"', 'data-person="8"')
    stage.page.reload()
    assert stage.page.input_value("[name=name]") == ""


def test_a_draft_that_moved_on_is_not_written_over_in_silence(stage):
    stage.show(DRAFT % (1, ""), "autosave.js")
    stage.answer = {"offline": True}
    stage.type_name("Bản cũ")
    stage.wait_for("Giữ lại")
    stage.show(DRAFT % (2, "Bản mới"), "autosave.js")
    stage.wait_for("Bản nháp đã đổi")
    assert stage.page.input_value("[name=name]") == "Bản mới"
    stage.page.get_by_role("button", name="Đưa trở lại").click()
    assert stage.page.input_value("[name=name]") == "Bản cũ"


def test_conflict_is_shown_and_nothing_more_is_sent(stage):
    stage.show(DRAFT % (1, ""), "autosave.js")
    stage.answer = {
        "status": 409,
        "body": "<p>Chị Lan đã sửa lúc 9:05</p>",
        "content_type": "text/html; charset=utf-8",
    }
    stage.type_name("A")
    stage.wait_for("Chị Lan đã sửa lúc 9:05")
    stage.type_name("AB")
    stage.page.wait_for_timeout(2200)
    assert len(stage.saved) == 1


def test_a_button_pressed_while_the_page_saves_itself_counts_though_it_is_brought_anew(stage):
    hint = '<div id="hint"><button form="draft" formaction="/answer">Nhân rộng</button></div>'
    stage.show(DRAFT % (1, "") + hint, "forms.js", "autosave.js")
    stage.holds = "/save"
    stage.type_name("Tuyến đường hoa")
    stage.wait_for_held()
    stage.page.get_by_role("button", name="Nhân rộng").click()
    stage.page.evaluate("hint.innerHTML = hint.innerHTML")
    assert stage.sent == []
    with stage.page.expect_navigation():
        stage.let_go()
    assert stage.sent == ["/answer"]


PRESSED = "document.querySelector('button').click()"
ANSWERED = """document.querySelector('%s').dispatchEvent(new CustomEvent("htmx:afterRequest",
    {bubbles: true, detail: {elt: document.querySelector('%s')}}))"""
TYPED_ON = """const box = document.querySelector("[name=name]"); box.value += " thôn Hạ";
    box.dispatchEvent(new Event("input", {bubbles: true}))"""


def test_what_is_typed_behind_a_form_that_was_sent_is_offered_on_the_next_page(stage):
    stage.show(DRAFT % (1, ""), "forms.js", "autosave.js")
    stage.holds = "/submit"
    stage.type_name("Tổ tự quản")
    stage.one_by_one(PRESSED, TYPED_ON)
    stage.wait_for_held()
    stage.page.wait_for_timeout(2500)
    assert stage.saved == []
    stage.html = stage.html.replace('name="version" value="1"', 'name="version" value="2"')
    stage.let_go()
    stage.page.get_by_role("button", name="Đưa trở lại").click()
    assert stage.page.input_value("[name=name]") == "Tổ tự quản thôn Hạ"


def test_pressing_twice_reaches_the_server_once(stage):
    form = '<form method="post" action="/submit"><button>Gửi</button></form>'
    stage.show(f"{form}<div id=preview></div>", "forms.js")
    stage.holds = "/submit"
    # an answer for another part of the page frees nothing
    stage.one_by_one(PRESSED, PRESSED, ANSWERED % ("#preview", "#preview"), PRESSED)
    stage.wait_for_held()
    stage.page.wait_for_timeout(1200)
    assert stage.sent == ["/submit"]


def test_a_form_that_was_answered_in_its_place_can_be_sent_again(stage):
    stage.show('<form method="post" action="/submit"><button>Gửi</button></form>', "forms.js")
    stage.page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    stage.page.evaluate(PRESSED)
    assert stage.page.locator("button[aria-busy]").count() == 1
    stage.page.evaluate(ANSWERED % ("form", "form"))
    assert stage.page.locator("[data-sending], [aria-busy]").count() == 0


def test_lines_and_letters_are_counted(stage):
    stage.show('<textarea id="id_content" data-lines="3-5"></textarea>', "lines.js")
    counter = stage.page.locator("#id_content_counter")
    assert counter.text_content() == "0 dòng / 3–5 · 0"
    stage.page.fill("textarea", "một dòng")
    assert counter.text_content() == "1 dòng / 3–5 · 8"
    assert "counter-out" in (counter.get_attribute("class") or "")
    stage.page.fill("textarea", "a" * 76 + "\nb")
    assert (counter.text_content() or "").startswith("3 dòng")
    assert "counter-out" not in (counter.get_attribute("class") or "")


def test_ticking_the_head_ticks_all_and_counts(stage):
    rows = "".join(
        f'<tr><td><input type="checkbox" data-bulk form="bulk" name="row" value="{row}"></td></tr>'
        for row in range(3)
    )
    stage.show(
        '<form id="bulk"></form><div data-bulk-bar="bulk"><span data-bulk-count>Chọn:</span>'
        '<span hidden data-bulk-words="Đã chọn {count}"></span></div>'
        f'<table><tr><th><input type="checkbox" data-bulk-all="bulk"></th></tr>{rows}</table>',
        "bulk.js",
    )
    count = stage.page.locator("[data-bulk-count]")
    stage.page.check("[data-bulk-all]")
    assert count.text_content() == "Đã chọn 3"
    stage.page.locator("[data-bulk]").first.uncheck()
    assert count.text_content() == "Đã chọn 2"
    assert stage.page.evaluate("document.querySelector('[data-bulk-all]').indeterminate")
    for box in stage.page.locator("[data-bulk]").all():
        box.uncheck()
    assert count.text_content() == "Chọn:"


def test_escape_closes_an_open_menu_and_gives_the_focus_back(stage):
    stage.show(
        '<details class="drop"><summary>Tài khoản</summary><a href="#x">Mật khẩu</a></details>',
        "forms.js",
    )
    stage.page.click("summary")
    stage.page.keyboard.press("Tab")
    stage.page.keyboard.press("Escape")
    assert not stage.page.evaluate("document.querySelector('details').open")
    assert stage.page.evaluate("document.activeElement.tagName") == "SUMMARY"


SIGNED_OUT = """document.dispatchEvent(
    new CustomEvent("htmx:responseError", {detail: {xhr: {status: 401}}}))"""


def test_whoever_writes_is_told_of_the_end_of_the_session_and_not_sent_away(stage):
    stage.show(DRAFT % (1, "Tổ tự quản"), "requests.js")
    stage.page.evaluate("window.stillHere = true")
    stage.page.evaluate(SIGNED_OUT)
    stage.wait_for("Phiên đã kết thúc.")
    assert stage.page.evaluate("window.stillHere")
    assert stage.page.get_by_role("link", name="Đăng nhập lại").get_attribute("href") == (
        f"{ORIGIN}/page"
    )


def test_whoever_only_reads_goes_to_the_door_at_once(stage):
    stage.show("<div id='messages'></div>", "requests.js")
    stage.page.evaluate("window.stillHere = true")
    with stage.page.expect_navigation():
        stage.page.evaluate(SIGNED_OUT)
    assert not stage.page.evaluate("window.stillHere")
