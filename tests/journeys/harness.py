"""What journeys do with a page: sign in, look at it with axe, take its picture."""

import contextlib
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    Route,
    expect,
)
from tests.factories.accounts import PASSWORD

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHOTS = HERE / "shots"
# the switch is thrown when the pictures of README and docs are to be taken anew
PICTURES = ROOT / "docs/pictures" if os.environ.get("KHEO_PICTURES") else None
AXE = HERE / "axe/axe.min.js"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# the outermost elements that end beyond the window
TOO_WIDE = """[...document.querySelectorAll("main *")]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 5).map((one) => `${one.tagName} ${one.className} ${one.id}`)"""
# what Chromium and htmx report when somebody leaves a page that is still fetching
HARMLESS = re.compile(r"Failed to load resource|htmx:(sendAbort|afterRequest)")
# the switch that shows races: KHEO_SLOW=1, 2, … keeps each request back by chance, another way for
# each number, and gives pages a quarter of the processor, as on a machine with much else to do
SLOW = os.environ.get("KHEO_SLOW", "")
LONGEST_DELAY = 400
SLOWNESS = 4
# what a page looks like hangs on no database: the journeys on PostgreSQL walk the same ways unseen;
# looking also gives a page time, which would hide races
LOOKING = not (SLOW or os.environ.get("DATABASE_URL", "").startswith("postgres"))
# where nobody looks at pictures none are taken
SHOOTING = LOOKING and "CI" not in os.environ
LAPTOP = (1366, 768)
PHONE = (390, 844)
# how long anything may take: every wait of a journey ends as soon as what it waits for is seen
SECONDS = 15 * (SLOWNESS if SLOW else 1)
expect.set_options(timeout=SECONDS * 1000)


def chromium_path() -> str:
    """Return where this system keeps its Chromium; a journey without one is a failure."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.fail("Chromium is missing: run tools/system_packages.sh")


def _chance_of_this_test() -> random.Random:
    test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0]
    return random.Random(f"{SLOW} {test}")


@dataclass
class Visitor:
    """A browser window of one person, which notes whatever a user should never meet."""

    context: BrowserContext
    host: str
    faults: list[str] = field(default_factory=list)
    chance: random.Random = field(default_factory=_chance_of_this_test)

    def page(self) -> Page:
        """Open a tab whose faults are noted."""
        page = self.context.new_page()
        page.set_default_timeout(SECONDS * 1000)
        if SLOW:
            throttle = self.context.new_cdp_session(page)
            throttle.send("Emulation.setCPUThrottlingRate", {"rate": SLOWNESS})
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.faults.append(f"script failed: {error}"))
        page.on("response", self._note_answer)
        return page

    def keep_inside(self, route: Route, request: Request) -> None:
        """Refuse every request to another host."""
        if urlsplit(request.url).netloc == self.host or request.url.startswith(("data:", "blob:")):
            if SLOW:
                self._pass_late(route)
            else:
                route.continue_()
            return
        self.faults.append(f"another host was asked: {request.url}")
        route.abort()

    def _pass_late(self, route: Route) -> None:
        # whoever closes the page meanwhile needs no answer
        with contextlib.suppress(Error):
            self.context.pages[0].wait_for_timeout(self.chance.uniform(0, LONGEST_DELAY))
            route.continue_()

    def _note_console(self, message: ConsoleMessage) -> None:
        # refused forms stand here too; _note_answer tells which of them matter
        if message.type == "error" and not HARMLESS.match(message.text):
            self.faults.append(f"console: {message.text}")

    def _note_answer(self, answer: Response) -> None:
        expected = answer.status < 400 or (
            answer.status < 500 and answer.request.resource_type in {"document", "xhr", "fetch"}
        )
        if not expected:
            self.faults.append(f"{answer.status}: {answer.url}")


def open_window(
    browser: Browser, address: str, size: tuple[int, int] = LAPTOP, language: str = "vi-VN"
) -> Visitor:
    """Return a fresh window, with no cookies, on the server at this address."""
    width, height = size
    context = browser.new_context(
        base_url=address,
        locale=language,
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": width, "height": height},
        is_mobile=size == PHONE,
        has_touch=size == PHONE,
        accept_downloads=True,
    )
    visitor = Visitor(context, urlsplit(address).netloc)
    context.route("**/*", visitor.keep_inside)
    return visitor


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign a person in through the door that everybody uses."""
    page.goto("/account/sign-in")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/account/sign-in" not in url)


@contextlib.contextmanager
def kept_back(page: Page, address: str) -> Iterator[Callable[[], None]]:
    """Keep requests to an address back until the block ends; give what waits for the first one."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    def wait() -> None:
        for _turn in range(SECONDS * 50):
            if held:
                return
            page.wait_for_timeout(20)
        pytest.fail(f"nobody asked for {address}")

    page.route(address, hold)
    yield wait
    for route in held:
        route.continue_()
    page.unroute(address)


def axe(page: Page) -> None:
    """Fail when axe-core finds anything on the page as it stands."""
    if not LOOKING:
        return
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    faults = [
        f"{fault['id']} ({fault['impact']}): {fault['help']}\n"
        + "\n".join(f"    {node['html']}" for node in fault["nodes"][:5])
        for fault in found
    ]
    assert not faults, f"axe on {page.url}:\n" + "\n".join(faults)


def fits(page: Page) -> None:
    """Fail when the page must be pushed sideways to be read."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide: {page.evaluate(TOO_WIDE)}"


def shot(page: Page, name: str, *, whole: bool = False) -> Path:
    """Keep a picture of the page; the name says what it shows, in words with dashes."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name), name
    path = SHOTS / f"{name}.png"
    if not SHOOTING:
        return path
    SHOTS.mkdir(parents=True, exist_ok=True)
    # hiding the caret would leave style="" on every box, which htmx copies and the policy refuses
    page.screenshot(path=path, full_page=whole, animations="disabled", caret="initial")
    return path


def picture(page: Page, name: str) -> None:
    """Take a picture for README and docs, small enough for a clone, when the switch is thrown."""
    if PICTURES is None:
        return
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    page.evaluate("window.scrollTo(0, 0)")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, animations="disabled")
    shrink(path)


def shrink(path: Path) -> None:
    """Leave 96 colours to a picture: enough for pages, and a fraction of the size."""
    convert = shutil.which("convert")
    assert convert, "pictures need ImageMagick"
    subprocess.run([convert, path, "-strip", "+dither", "-colors", "96", path], check=True)  # noqa: S603


def look(page: Page, name: str) -> None:
    """Do what every stop of a journey does: axe, width and a picture."""
    page.wait_for_load_state()
    axe(page)
    fits(page)
    shot(page, name)
