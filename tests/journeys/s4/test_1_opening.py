"""S4, first chapter: the officer enters the guidance, the period and the round, and publishes."""

import pytest
from playwright.sync_api import expect
from tests.factories.rounds import S4_THEME
from tests.journeys.player import Player
from tests.journeys.s4.story import Story

pytestmark = pytest.mark.journey
TITLE = "Đăng ký xây dựng mô hình, điển hình “Dân vận khéo” năm 2024"


def test_the_officer_finds_an_empty_house(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/rounds/")
    officer.look("s4-1-no-rounds")
    officer.go("/rounds/new")
    officer.look("s4-1-no-period")


def test_the_officer_enters_the_guidance(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/documents/new")
    officer.look("s4-1-document-new")
    officer.fill(
        kind="Hướng dẫn",
        symbol="09 - HD/HU",
        issued_on="2022-08-17",
        issuer_name="Ban Thường vụ Huyện ủy",
        issuer="Huyện ủy Tân Yên",
        subject="về xây dựng và biểu dương mô hình, điển hình “Dân vận khéo” giai đoạn 2022-2025",
        place="Tân Yên",
    )
    officer.page.locator("main form button[type=submit]").click()
    officer.sees("09-HD/HU", "17/08/2022", "Ban Thường vụ Huyện ủy")
    officer.look("s4-1-document")


def test_the_officer_enters_the_period(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/rounds/periods/new")
    officer.fill(name="2021 – 2025", first_year="2021", last_year="2025")
    officer.look("s4-1-period-new")
    officer.page.locator("main form button[type=submit]").click()
    officer.sees("2021 – 2025")
    officer.look("s4-1-periods")


def test_the_officer_says_what_the_round_is(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/rounds/new")
    officer.fill(
        period="2021 – 2025",
        year="2024",
        title=TITLE,
        theme=S4_THEME,
        receiver_name="Ban Dân vận Huyện ủy",
        opens_on="2024-02-05",
        nomination_cap="5",
        governing_document="09-HD/HU",
    )
    officer.look("s4-1-round-basics")
    officer.page.locator("main form button[type=submit]").click()
    officer.page.wait_for_url("**/audiences")
    officer.look("s4-1-nobody-asked")


def test_a_deadline_before_the_opening_is_refused(story: Story) -> None:
    officer = story.call("officer")
    officer.go(f"/rounds/{story.round.pk}/audiences/new")
    officer.fill(name="Các xã, thị trấn", due_on="2024-01-31", min_district="5", max_district="4")
    officer.page.locator("main form button[type=submit]").click()
    expect(officer.page.locator(".field-errors").nth(2)).to_be_visible()
    officer.look("s4-1-audience-refused")


def test_the_officer_asks_the_communes(story: Story) -> None:
    officer = story.call("officer")
    officer.go(f"/rounds/{story.round.pk}/audiences/new")
    officer.fill(
        name="Các xã, thị trấn",
        due_on="2024-02-27",
        min_province="1",
        min_district="4",
        max_district="5",
    )
    officer.tick("kinds", "đảng ủy xã, phường, thị trấn, đặc khu")
    _choose_layouts(officer, "M1", "M2", "M3")
    officer.look("s4-1-audience")
    officer.page.locator("main form button[type=submit]").click()
    officer.page.wait_for_url("**/audiences")
    expect(officer.row("Các xã, thị trấn").locator("td.numeric")).to_have_text("5")


def test_the_officer_asks_the_agencies(story: Story) -> None:
    officer = story.call("officer")
    officer.go(f"/rounds/{story.round.pk}/audiences/new")
    officer.fill(
        name="Các cơ quan, đơn vị",
        due_on="2024-02-27",
        min_province="1",
        max_province="2",
        min_district="4",
        max_district="5",
        listed="Đảng bộ Công an huyện",
    )
    officer.tick("kinds", "cơ quan, ban, ngành", "tổ chức chính trị - xã hội")
    officer.tick("levels", "huyện")
    _choose_layouts(officer, "M1", "M2", "M4")
    officer.page.locator("main form button[type=submit]").click()
    officer.page.wait_for_url("**/audiences")
    expect(officer.row("Các cơ quan, đơn vị").locator("td.numeric")).to_have_text("4")
    officer.look("s4-1-audiences")


def test_the_preview_shows_exactly_who_is_asked(story: Story) -> None:
    officer = story.call("officer")
    officer.go(f"/rounds/{story.round.pk}/preview")
    expect(officer.page.locator("#units tbody tr")).to_have_count(9)
    officer.sees("Đảng bộ Công an huyện", "27/02/2024")
    for code in ("M1, M2, M3", "M1, M2, M4"):
        officer.sees(code)
    officer.look("s4-1-preview")


def test_nobody_below_sees_the_round_before_it_is_published(story: Story) -> None:
    clerk = story.call("an-duong")
    assert clerk.go(f"/rounds/{story.round.pk}").status == 404


def test_the_officer_publishes(story: Story) -> None:
    officer = story.call("officer")
    officer.go(f"/rounds/{story.round.pk}/publish")
    officer.look("s4-1-publish")
    officer.page.locator("main form button[type=submit]").click()
    officer.told("9")
    officer.sees("09-HD/HU", S4_THEME)
    officer.look("s4-1-round")


def test_the_board_begins_with_nobody(story: Story) -> None:
    officer = story.call("officer")
    officer.go(story.board())
    officer.sees("0/9")
    expect(officer.page.locator("#board tbody tr")).to_have_count(9)
    officer.look("s4-1-board")


def _choose_layouts(officer: Player, *codes: str) -> None:
    for code in codes:
        officer.page.locator("#id_layouts").get_by_label(code).first.check()
