"""S4, fourth chapter: the deadline of 27/02/2024 passes; one unit has more time, one is late."""

import pytest
from playwright.sync_api import expect
from tests.journeys.s4.models import NGOC_THIEN
from tests.journeys.s4.story import Story
from tests.journeys.s4.writing import register, sign_and_submit

pytestmark = pytest.mark.journey
WHY = "Thị trấn bị mất điện nhiều ngày do giông lốc."
ADDED = "Liên hệ đồng chí Thân Thị Hạnh, Ban Dân vận Huyện ủy."


def test_the_officer_gives_one_unit_more_time(story: Story) -> None:
    story.turn_to(26, 2)
    officer = story.call("officer")
    officer.go(f"/rounds/{story.round.pk}/units")
    officer.look("s4-4-units")
    officer.row("Đảng ủy thị trấn Nhã Nam").get_by_role("link").click()
    officer.fill(due_on="2024-02-29")
    officer.page.locator("main form button[type=submit]").click()
    assert officer.page.url.endswith("/extension"), "a reason must be asked for"
    officer.fill(reason=WHY)
    officer.look("s4-4-extension")
    officer.page.locator("main form button[type=submit]").click()
    officer.told("Nhã Nam")
    officer.sees("29/02/2024", WHY)
    officer.go(story.board())
    expect(officer.row("Đảng ủy thị trấn Nhã Nam")).to_contain_text("29/02/2024")
    expect(officer.row("Đảng ủy thị trấn Nhã Nam")).to_contain_text(WHY)


def test_a_reminder_waits_in_the_outbox_until_it_is_read_and_sent(story: Story) -> None:
    story.turn_to(27, 2)
    officer = story.call("officer")
    officer.go(story.board())
    officer.page.locator("button[name=which][value=all]").click()
    officer.page.wait_for_url("**/notices/messages/*")
    for unit in ("Nhã Nam", "Ngọc Thiện", "Cao Thượng", "Giáo dục", "Công an"):
        officer.sees(unit)
    officer.sees_no("An Dương")
    officer.look("s4-4-message")
    body = officer.page.locator("main [name=body]")
    body.fill(f"{body.input_value()}\n{ADDED}")
    officer.page.locator("main form button[type=submit]:not([name=send])").first.click()
    officer.told("Đã lưu")
    officer.go("/notices/outbox")
    officer.look("s4-4-outbox")
    assert story.call("clerk-cao-thuong").go("/notices/").ok
    story.call("clerk-cao-thuong").sees_no("Đôn đốc")
    officer.page.locator("main tbody a").first.click()
    officer.page.locator("button[name=send]").click()
    officer.sees_no("Lỗi")
    expect(officer.page.locator("button[name=send]")).to_have_count(0)
    officer.look("s4-4-message-sent")


def test_the_unit_sees_the_reminder(story: Story) -> None:
    clerk = story.call("clerk-cao-thuong")
    clerk.go("/notices/")
    clerk.sees("Đôn đốc đăng ký")
    clerk.page.locator("main details summary").first.click()
    clerk.sees(ADDED, "27/02/2024")
    clerk.look("s4-4-reminder")
    clerk.page.locator("main tbody button").first.click()
    expect(clerk.page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")


def test_the_extended_unit_submits_in_time(story: Story) -> None:
    story.turn_to(28, 2)
    head = story.call("head-nha-nam")
    head.go("/")
    head.sees("29/02/2024")
    head.go(story.unit_page("TY-03"))
    head.sees("29/02/2024", "27/02/2024")
    sign_and_submit(head, story.unit_page("TY-03"), short=True)
    officer = story.call("officer")
    officer.go(story.board())
    officer.sees("5/9 đơn vị đã đăng ký")
    expect(officer.row("Đảng ủy thị trấn Nhã Nam")).to_contain_text("đúng hạn")


def test_the_late_unit_is_told_before_and_marked_after(story: Story) -> None:
    head, address = story.call("head-ngoc-thien"), story.unit_page("TY-04")
    head.go("/")
    head.sees("27/02/2024")
    head.look("s4-4-my-work-late")
    register(head, address, "TY-04", NGOC_THIEN)
    head.go(f"{address}/sign-off")
    head.page.locator("form.confirm button[type=submit]").click()
    head.page.wait_for_url(f"**{address}")
    head.go(f"{address}/submit")
    expect(head.page.locator(".alert-warning").first).to_contain_text("27/02/2024")
    head.look("s4-4-late-warning")
    head.page.locator("[name=acknowledge]").check()
    head.page.locator("form.confirm button[type=submit]").click()
    head.page.wait_for_url(f"**{address}")
    expect(head.row(NGOC_THIEN.name)).to_contain_text("quá hạn")


def test_the_board_tells_late_from_extended(story: Story) -> None:
    officer = story.call("officer")
    officer.go(story.board())
    officer.sees("6/9 đơn vị đã đăng ký")
    expect(officer.row("Đảng ủy xã Ngọc Thiện")).to_contain_text("1 ngày")
    expect(officer.row("Đảng ủy thị trấn Nhã Nam")).to_contain_text("đúng hạn")
    officer.look("s4-4-board")
    officer.go(story.board() + "?late=on")
    late = officer.page.locator("#board tbody tr", has=officer.page.locator("[data-bulk]"))
    expect(late).to_have_count(4)
    for unit in ("Ngọc Thiện", "Cao Thượng", "Giáo dục", "Công an"):
        expect(officer.row(unit)).to_be_visible()


def test_all_that_came_in_is_accepted_for_the_meeting(story: Story) -> None:
    story.turn_to(1, 3)
    officer = story.call("officer")
    officer.go("/registrations/check")
    officer.page.locator("[data-bulk-all]").check()
    officer.page.locator("button[name=deed][value=accept]").click()
    officer.page.locator("form.batch button[name=token]").click()
    officer.told("3")
    officer.go(story.board())
    officer.sees("6/9 đơn vị đã đăng ký")
    story.call("leader").go(story.board())
    story.call("leader").look("s4-4-board-of-the-leader")
