"""S4, third chapter: the officer returns, accepts and declines; the unit corrects."""

import pytest
from playwright.sync_api import expect
from tests.journeys.s4.models import CAO_XA, WITH_MARKUP, WOMEN
from tests.journeys.s4.story import Story
from tests.journeys.s4.writing import save, sign_and_submit

from kheo.exemplars.models import Registration

pytestmark = pytest.mark.journey
RETURNED, DECLINED = CAO_XA[1], WOMEN[1]
ON_CONTENT = "Nêu rõ điểm thu gom và người phụ trách."
ON_RESULTS = "Ghi số hộ tham gia."
REASON = "Nội dung đã được đăng ký trong chương trình khác của Hội."
BETTER = "Thu gom tại 4 nhà văn hóa thôn.\nChi đoàn phụ trách.\nĐổi cây vào ngày 15 hằng tháng."


def _address(name: str) -> str:
    return f"/registrations/{Registration.objects.get(name=name, year=2024).pk}"


def test_the_officer_finds_what_waits(story: Story) -> None:
    story.turn_to(21, 2)
    officer = story.call("officer")
    officer.go("/")
    officer.sees("13")
    officer.look("s4-3-my-work")
    officer.go("/registrations/check")
    expect(officer.page.locator("#queue tbody tr")).to_have_count(13)
    officer.look("s4-3-queue")


def test_the_officer_returns_one_with_remarks_on_two_items(story: Story) -> None:
    officer = story.call("officer")
    officer.go(_address(RETURNED.name))
    officer.look("s4-3-registration")
    officer.go(_address(RETURNED.name) + "/return")
    officer.page.locator("main form button[type=submit]").click()
    expect(officer.page.locator(".form-errors")).to_be_visible()
    officer.page.locator("[name=on-content]").fill(ON_CONTENT)
    officer.page.locator("[name=on-expected_results]").fill(ON_RESULTS)
    officer.fill(due_on="2024-03-01")
    officer.look("s4-3-return")
    officer.page.locator("main form button[type=submit]").click()
    officer.told(RETURNED.name)
    expect(officer.page.locator("#queue tbody tr")).to_have_count(12)


def test_the_board_shows_who_must_correct(story: Story) -> None:
    officer = story.call("officer")
    officer.go(story.board())
    officer.sees("4/9 đơn vị đã đăng ký")
    expect(officer.row("Đảng ủy xã Cao Xá")).to_contain_text("trả lại")
    expect(officer.row("Đảng ủy xã An Dương")).to_contain_text("đã gửi")


def test_the_unit_sees_the_remarks_beside_the_fields(story: Story) -> None:
    story.turn_to(22, 2)
    clerk = story.call("cao-xa")
    clerk.go("/")
    clerk.sees("bổ sung", "01/03/2024")
    clerk.look("s4-3-my-work-returned")
    clerk.go("/notices/")
    clerk.sees(RETURNED.name)
    clerk.look("s4-3-notices")
    clerk.go(_address(RETURNED.name) + "/edit")
    expect(clerk.page.locator("#item-content .remark")).to_contain_text(ON_CONTENT)
    expect(clerk.page.locator("#item-expected_results .remark")).to_contain_text(ON_RESULTS)
    expect(clerk.page.locator("#item-name .remark")).to_have_count(0)
    clerk.look("s4-3-remarks")


def test_the_unit_corrects_and_submits_again(story: Story) -> None:
    clerk = story.call("cao-xa")
    clerk.fill(content=BETTER, expected_results="2 tấn rác thải nhựa, 400 cây xanh, 150 hộ.")
    save(clerk)
    expect(clerk.page.locator("#item-content .changed del")).to_contain_text("Họp thôn bàn bạc")
    clerk.look("s4-3-corrected")
    sign_and_submit(story.call("head-cao-xa"), story.unit_page("TY-02"), short=True)
    assert Registration.objects.get(name=RETURNED.name).submissions.count() == 2


def test_the_officer_sees_what_changed(story: Story) -> None:
    officer = story.call("officer")
    officer.go(_address(RETURNED.name))
    officer.sees(BETTER.splitlines()[0], "Họp thôn bàn bạc", ON_CONTENT)
    expect(officer.page.locator(".remark-answered")).to_have_count(2)
    officer.look("s4-3-resubmitted")


def test_the_officer_accepts_many_at_once_after_a_preview(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/registrations/check")
    officer.page.locator("[data-bulk-all]").check()
    officer.row(DECLINED.name).locator("[data-bulk]").uncheck()
    officer.page.locator("button[name=deed][value=accept]").click()
    expect(officer.page.locator("form.batch tbody tr")).to_have_count(12)
    officer.sees(WITH_MARKUP)
    officer.sees_no(DECLINED.name)
    officer.look("s4-3-accept-preview")
    officer.page.locator("form.batch button[name=token]").click()
    officer.told("12")
    officer.look("s4-3-accepted-together")
    officer.go("/registrations/check")
    expect(officer.page.locator("#queue tbody tr")).to_have_count(1)


def test_the_officer_declines_one_with_a_reason(story: Story) -> None:
    officer = story.call("officer")
    officer.go(_address(DECLINED.name) + "/deeds/decline")
    officer.page.locator("main form button[type=submit]").click()
    assert officer.page.url.endswith("/decline"), "a reason must be asked for"
    officer.fill(reason=REASON)
    officer.look("s4-3-decline")
    officer.page.locator("main form button[type=submit]").click()
    officer.told(DECLINED.name)
    officer.go("/registrations/check")
    expect(officer.page.locator("#queue tbody tr")).to_have_count(0)
    officer.look("s4-3-queue-empty")


def test_the_unit_reads_why_it_was_declined(story: Story) -> None:
    clerk = story.call("women")
    clerk.go(_address(DECLINED.name))
    clerk.sees(REASON)
    clerk.look("s4-3-declined")


def test_the_board_shows_four_accepted(story: Story) -> None:
    officer = story.call("officer")
    officer.go(story.board() + "?state=accepted")
    officer.sees("4/9 đơn vị đã đăng ký")
    expect(officer.page.locator("#board tbody tr [data-bulk]")).to_have_count(4)
    officer.look("s4-3-board")
