"""A person at a window of their own: signs in, walks, looks, reads, downloads."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, Response, expect
from tests.factories.accounts import PASSWORD
from tests.journeys.harness import (
    LAPTOP,
    LOOKING,
    PHONE,
    Visitor,
    axe,
    fits,
    open_window,
    shot,
    sign_in,
)

# words that stand in no Vietnamese sentence: a page that shows one lacks a translation
ENGLISH = re.compile(
    r"(?<![/\w.-])(the|and|of|with|this|not|is|are|was|your|units?|rounds?|submit|draft)\b", re.I
)


@dataclass
class Player:
    """One person, who may come back to the window day after day."""

    username: str
    visitor: Visitor
    page: Page
    address: str
    password: str = PASSWORD

    def arrive(self) -> None:
        """Sign in, as everybody does in the morning."""
        sign_in(self.page, self.username, self.password)

    def go(self, path: str) -> Response:
        """Open an address and return the answer."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer

    def press(self, name: str, *, within: Locator | None = None, exact: bool = False) -> None:
        """Press the button, or follow the link, that carries these words."""
        place = within or self.page.locator("main")
        button = place.get_by_role("button", name=name, exact=exact)
        link = place.get_by_role("link", name=name, exact=exact)
        button.or_(link).first.click()

    def fill(self, **values: str) -> None:
        """Fill boxes by the name of their field; choose the first choice with the words."""
        for name, value in values.items():
            box = self.page.locator(f"main [name={name}]").first
            if box.evaluate("box => box.tagName") == "SELECT":
                option = box.locator("option", has_text=value).first
                box.select_option(value=option.get_attribute("value"))
            else:
                box.fill(value)

    def narrow(self, **values: str) -> None:
        """Fill the filters of a page, press their button and wait until its answer stands there.

        A change of a box asks for the list as well as the button does, so the list can be put in
        place twice: what is clicked in between is gone before the button of the mouse comes up.
        """
        self.fill(**values)
        self.page.locator("main form.filters button[type=submit]").first.click()
        expect(self.page.locator(".htmx-request")).to_have_count(0)

    def tick(self, field_name: str, *labels: str) -> None:
        """Tick boxes or choose buttons of one group by their words."""
        group = self.page.locator("main fieldset", has=self.page.locator(f"[name={field_name}]"))
        for label in labels:
            group.last.get_by_label(label, exact=True).check()

    def sees(self, *texts: str) -> None:
        """Fail unless the page shows each text."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def sees_no(self, *texts: str) -> None:
        """Fail if the page shows one of the texts."""
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)

    def told(self, text: str) -> None:
        """Fail unless the message at the head of the page says so."""
        expect(self.page.locator("#messages")).to_contain_text(text)

    def row(self, text: str) -> Locator:
        """Return the row of a table that contains the text."""
        return self.page.locator("main tbody tr", has_text=text).first

    def look(self, name: str) -> None:
        """Look at the page as on a laptop and as on a telephone: axe, width, words, picture."""
        self.page.wait_for_load_state()
        self._read_words()
        if not LOOKING:
            return
        for size, suffix in ((LAPTOP, ""), (PHONE, "-phone")):
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            axe(self.page)
            fits(self.page)
            self.page.evaluate("window.scrollTo(0, 0)")
            shot(self.page, f"{name}{suffix}", whole=True)
        self.page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})

    def _read_words(self) -> None:
        text = self.page.locator("body").inner_text()
        english = [line for line in text.splitlines() if ENGLISH.search(line)]
        assert not english, f"English on {self.page.url}: {english[:12]}"


@dataclass
class Troupe:
    """Everybody who has come in so far, each with a window."""

    browser: Browser
    address: str
    players: dict[str, Player] = field(default_factory=dict)

    def call(self, username: str) -> Player:
        """Return the person at their window, opened and signed in when first called."""
        if username not in self.players:
            player = self.window(username)
            player.arrive()
            self.players[username] = player
        return self.players[username]

    def window(self, username: str) -> Player:
        """Open one more window for a person, nobody signed in."""
        visitor = open_window(self.browser, self.address)
        return Player(username, visitor, visitor.page(), self.address)

    def new_day(self) -> None:
        """Close all windows: whoever comes back signs in again."""
        faults = self.faults()
        for player in self.players.values():
            player.visitor.context.close()
        self.players.clear()
        assert not faults, "\n".join(faults)

    def faults(self) -> list[str]:
        """Return what nobody should ever have met, and forget it."""
        found = [fault for player in self.players.values() for fault in player.visitor.faults]
        for player in self.players.values():
            player.visitor.faults.clear()
        return found
