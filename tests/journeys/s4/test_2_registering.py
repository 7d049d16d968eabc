"""S4, second chapter: communes and agencies write, sign and submit by 20/02/2024."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys.harness import kept_back
from tests.journeys.s4.history import play_last_year
from tests.journeys.s4.models import (
    AN_DUONG,
    CAO_XA,
    CATTLE,
    FARMING,
    LAST_YEAR,
    NHA_NAM,
    ROAD,
    WITH_MARKUP,
    WOMEN,
)
from tests.journeys.s4.story import Story
from tests.journeys.s4.writing import ADDRESSES, begin, register, save, sign_and_submit, write

from kheo.exemplars.models import Registration, Submission

pytestmark = pytest.mark.journey
TOO_LONG = "Dân vận khéo " * 25 + "ở thôn"


def test_the_clerk_finds_the_round_in_her_work(story: Story) -> None:
    play_last_year(story.district)
    story.turn_to(20, 2)
    clerk = story.call("an-duong")
    clerk.go("/")
    clerk.sees("năm 2024", "27/02/2024")
    clerk.look("s4-2-my-work")
    clerk.page.locator("main tbody a.btn").first.click()
    clerk.page.wait_for_url(f"**{story.unit_page('TY-01')}")
    clerk.sees("27/02/2024")
    clerk.look("s4-2-unit-empty")


def test_what_is_typed_is_saved_and_stands_on_the_paper(story: Story) -> None:
    clerk = story.call("an-duong")
    begin(clerk, story.unit_page("TY-01"), "collective")
    name = clerk.page.locator("#draft [name=name]")
    name.press_sequentially(ROAD.name, delay=5)
    expect(clerk.page.locator(".autosave")).to_contain_text("Đã lưu lúc")
    expect(clerk.page.locator("#preview .sheet")).to_contain_text(ROAD.name)
    clerk.page.reload()
    expect(name).to_have_value(ROAD.name)
    write(clerk, ROAD, ADDRESSES["TY-01"])
    expect(clerk.page.locator("#id_content_counter")).to_contain_text("3–5")
    save(clerk)
    clerk.look("s4-2-form")


def test_evidence_is_attached_once_and_only_of_a_known_kind(story: Story, tmp_path: Path) -> None:
    clerk = story.call("an-duong")
    paper, program = tmp_path / "bien-ban-hop-thon.pdf", tmp_path / "anh.exe"
    paper.write_bytes(b"%PDF-1.4\n" + b"0" * 2000)
    program.write_bytes(b"MZ" + b"0" * 2000)
    for file in (paper, paper, program):
        clerk.page.locator("input[type=file]").set_input_files(file)
        with clerk.page.expect_navigation():
            clerk.page.locator("form[enctype] button[type=submit]").click()
    expect(clerk.page.locator(".files li")).to_have_count(1)
    expect(clerk.page.locator("#messages .alert-danger")).to_be_visible()
    clerk.look("s4-2-evidence")


def test_a_name_of_331_letters_is_refused_and_kept_in_its_box(story: Story) -> None:
    clerk = story.call("an-duong")
    begin(clerk, story.unit_page("TY-01"), "collective")
    box = clerk.page.locator("#draft [name=name]")
    box.fill(TOO_LONG)
    with clerk.page.expect_navigation():
        clerk.page.locator("#draft .desk-buttons button").first.click()
    expect(clerk.page.locator("main")).to_contain_text("300")
    expect(box).to_have_value(TOO_LONG)
    clerk.look("s4-2-name-too-long")
    write(clerk, AN_DUONG[0], ADDRESSES["TY-01"])
    save(clerk)


def test_markup_in_a_text_is_shown_as_it_was_typed(story: Story) -> None:
    clerk = story.call("an-duong")
    expect(clerk.page.get_by_role("heading", level=1)).to_have_text(WITH_MARKUP)
    expect(clerk.page.locator("#preview .sheet")).to_contain_text(WITH_MARKUP)
    assert clerk.page.locator("#preview .sheet b", has_text="Sáng").count() == 0


def test_missing_and_impossible_items_are_named_beside_their_boxes(story: Story) -> None:
    clerk = story.call("an-duong")
    begin(clerk, story.unit_page("TY-01"), "individual")
    clerk.fill(name=CATTLE.name, starts="Tháng 12/2024", ends="Tháng 3/2024")
    clerk.page.locator("#draft .desk-buttons button").first.click()
    expect(clerk.page.locator(".gap-list li")).not_to_have_count(0)
    clerk.sees("Tên cá nhân", "Tháng 12/2024")
    clerk.look("s4-2-gaps")
    write(clerk, CATTLE, ADDRESSES["TY-01"])
    save(clerk)


def test_the_model_of_last_year_is_continued_in_one_step(story: Story) -> None:
    clerk = story.call("an-duong")
    clerk.go(story.unit_page("TY-01"))
    clerk.sees(LAST_YEAR)
    clerk.page.locator("#continue [name=r]").first.check()
    with clerk.page.expect_navigation():
        clerk.page.locator("#continue button[value=ticked]").click()
    expect(clerk.row(LAST_YEAR)).to_be_visible()
    clerk.row(LAST_YEAR).get_by_role("link").last.click()
    clerk.fill(starts="Tháng 3/2024", ends="Tháng 12/2024", level="huyện")
    save(clerk)
    expect(clerk.page.locator("[name=continuity][value=kept]")).to_be_checked()


def test_saving_while_the_page_saves_itself_is_no_conflict_with_oneself(story: Story) -> None:
    clerk = story.call("an-duong")
    with (
        clerk.page.expect_navigation(url="**/edit?check=1"),
        kept_back(clerk.page, "**/autosave") as saving,
    ):
        clerk.fill(scope="Các thôn của xã An Dương")
        saving()
        clerk.page.locator("#draft .desk-buttons button").first.click()
    expect(clerk.page.locator("#draft [name=scope]")).to_have_value("Các thôn của xã An Dương")


def test_two_windows_on_one_draft_meet_with_a_conflict(story: Story) -> None:
    clerk = story.call("an-duong")
    other = clerk.visitor.page()
    other.goto(clerk.page.url)
    clerk.fill(scope="6 thôn của xã An Dương")
    save(clerk)
    other.locator("#draft [name=scope]").fill("Thôn Nguyễn")
    expect(other.locator("#conflict")).to_contain_text("6 thôn của xã An Dương")
    expect(other.locator("#conflict")).to_contain_text("Thôn Nguyễn")
    other.locator("#conflict a.btn").click()
    expect(other.locator("#draft [name=scope]")).to_have_value("6 thôn của xã An Dương")
    other.close()


def test_the_rest_of_the_commune_is_written(story: Story) -> None:
    clerk = story.call("an-duong")
    for text in AN_DUONG[1:]:
        register(clerk, story.unit_page("TY-01"), "TY-01", text)
    clerk.go(story.unit_page("TY-01"))
    expect(clerk.page.locator("main table tbody tr")).to_have_count(7)
    assert clerk.page.locator("form.confirm").count() == 0
    clerk.look("s4-2-unit-drafts")


def test_the_head_signs_and_what_is_over_the_quota_is_refused(story: Story) -> None:
    head, address = story.call("head-an-duong"), story.unit_page("TY-01")
    head.go(f"{address}/sign-off")
    head.look("s4-2-sign-off")
    head.page.locator("form.confirm button[type=submit]").click()
    head.page.wait_for_url(f"**{address}")
    head.go(f"{address}/submit")
    expect(head.page.locator("form.confirm [name=r]")).to_have_count(6)
    expect(head.page.locator("form.confirm .why")).to_contain_text("5")
    head.look("s4-2-over-quota")


def test_a_double_click_submits_once(story: Story) -> None:
    head = story.call("head-an-duong")
    head.page.locator("form.confirm button[type=submit]").dblclick()
    head.page.wait_for_url(f"**{story.unit_page('TY-01')}")
    sent = Registration.objects.filter(participation=story.part("TY-01"), is_registered=True)
    assert sent.count() == 6
    assert Submission.objects.filter(registration__in=sent).count() == 6
    head.look("s4-2-unit-submitted")


def test_the_second_commune_replicates_and_submits_less_knowingly(story: Story) -> None:
    clerk, address = story.call("cao-xa"), story.unit_page("TY-02")
    for text in CAO_XA:
        register(clerk, address, "TY-02", text)
    clerk.go(f"{address}/replicate?q=hoa+giai")
    clerk.look("s4-2-replicate")
    clerk.row(LAST_YEAR).get_by_role("button").click()
    expect(clerk.page.locator("[name=continuity][value=replicated]")).to_be_checked()
    clerk.fill(
        level="huyện",
        address=ADDRESSES["TY-02"],
        scope="Xã Cao Xá",
        starts="Tháng 3/2024",
        ends="Tháng 12/2024",
    )
    save(clerk)
    head = story.call("head-cao-xa")
    head.go(f"{address}/sign-off")
    head.page.locator("form.confirm button[type=submit]").click()
    head.page.wait_for_url(f"**{address}")
    head.go(f"{address}/submit")
    head.page.locator("form.confirm button[type=submit]").click()
    expect(head.page.locator(".field-wrong .field-errors")).to_be_visible()
    head.look("s4-2-under-minimum")
    head.page.locator("[name=acknowledge]").check()
    head.page.locator("form.confirm button[type=submit]").click()
    head.page.wait_for_url(f"**{address}")


@pytest.mark.parametrize(
    ("who", "code", "texts"), [("farming", "TY-11", FARMING), ("women", "TY-12", WOMEN)]
)
def test_an_agency_registers(story: Story, who: str, code: str, texts: list) -> None:
    clerk, address = story.call(who), story.unit_page(code)
    for text in texts:
        register(clerk, address, code, text)
    sign_and_submit(story.call(f"head-{who}"), address, short=True)


def test_the_third_commune_has_drafts_only(story: Story) -> None:
    clerk = story.call("nha-nam")
    for text in NHA_NAM:
        register(clerk, story.unit_page("TY-03"), "TY-03", text)


def test_the_board_counts_four_of_nine(story: Story) -> None:
    officer = story.call("officer")
    officer.go(story.board())
    officer.sees("4/9 đơn vị đã đăng ký")
    an_duong = officer.row("Đảng ủy xã An Dương")
    expect(an_duong.locator("td.numeric").last).to_have_text("6")
    expect(an_duong).to_contain_text("đúng hạn")
    expect(officer.row("Đảng ủy xã Cao Xá").locator(".standing-warning")).to_have_count(1)
    officer.look("s4-2-board")
