"""How a clerk of the story fills in a form: begins it, writes in its boxes, saves it."""

from playwright.sync_api import expect
from tests.journeys.player import Player
from tests.journeys.s4.models import Written

ADDRESSES = {
    "TY-01": "Xã An Dương, huyện Tân Yên",
    "TY-02": "Xã Cao Xá, huyện Tân Yên",
    "TY-03": "Thị trấn Nhã Nam, huyện Tân Yên",
    "TY-04": "Xã Ngọc Thiện, huyện Tân Yên",
    "TY-11": "Thị trấn Cao Thượng, huyện Tân Yên",
    "TY-12": "Thị trấn Cao Thượng, huyện Tân Yên",
}


def begin(player: Player, unit_page: str, form: str) -> None:
    """Open an empty form from the page of the unit's part in the round."""
    player.go(unit_page)
    start = player.page.locator("form.button-form", has=player.page.locator(f"[value={form}]"))
    start.first.get_by_role("button").click()
    player.page.wait_for_url("**/edit")


def write(player: Player, text: Written, address: str) -> None:
    """Fill in every box of the form."""
    player.fill(level=text.level, **text.boxes(address))
    choose(player, "field", text.field)
    choose(player, "nature", "exemplary" if text.person else "model")
    choose(player, "continuity", "new")


def choose(player: Player, name: str, value: str) -> None:
    """Tick one of several."""
    player.page.locator(f"#draft [name={name}][value={value}]").check()


def save(player: Player) -> None:
    """Save and check, and see that nothing is missing."""
    # the page may stand at this address already
    with player.page.expect_navigation(url="**/edit?check=1"):
        player.page.locator("#draft .desk-buttons button").first.click()
    expect(player.page.locator(".gap-list")).to_have_count(0)


def register(player: Player, unit_page: str, code: str, text: Written) -> None:
    """Write one registration from its beginning to a complete draft."""
    begin(player, unit_page, text.form)
    write(player, text, ADDRESSES[code])
    save(player)


def sign_and_submit(player: Player, unit_page: str, *, short: bool = False) -> None:
    """Sign all drafts of the unit as its head and submit them, knowingly less than asked or not."""
    player.go(f"{unit_page}/sign-off")
    player.page.locator("form.confirm button[type=submit]").click()
    player.page.wait_for_url(f"**{unit_page}")
    player.go(f"{unit_page}/submit")
    if short:
        player.page.locator("[name=acknowledge]").check()
    player.page.locator("form.confirm button[type=submit]").click()
    player.page.wait_for_url(f"**{unit_page}")
