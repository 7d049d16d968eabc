"""A whole life, second chapter: the district ranks and puts forward; the province answers."""

import pytest
from playwright.sync_api import expect
from tests.journeys.life.papers import read, says
from tests.journeys.life.world import HOUSE, LIGHT, LYCHEE, PIGGY, STREET, WATCH, entry_of
from tests.journeys.player import Player
from tests.journeys.s4.models import ROAD, Written
from tests.journeys.s4.story import Story

from kheo.exemplars.enums import Stage
from kheo.nominations.models import NominationList

pytestmark = pytest.mark.journey
UP = (ROAD, LIGHT, HOUSE, STREET, LYCHEE)
REASON = "Mô hình mới triển khai, tiếp tục theo dõi; giới thiệu vào năm sau."
BACK = "Bổ sung số hộ tham gia và hình ảnh tuyến đường."
KEPT = "Quy mô cấp huyện, đề nghị huyện công nhận."


def test_the_district_puts_five_forward_and_a_sixth_is_refused(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/nominations/")
    officer.press("Lập danh sách")
    officer.sees("5/5", "cần xem xét")
    for number, text in enumerate(UP[:4], start=1):
        put_forward(officer, text)
        expect(officer.page.locator("#ranking tbody tr")).to_have_count(number)
    # a second window of the same officer, from before the fifth went up
    other = officer.visitor.page()
    other.goto(officer.page.url)
    put_forward(officer, UP[4])
    officer.sees("đã đủ 5", "không quá 5")
    with other.expect_response("**/rank") as refused:
        other.locator(f"#forward-{entry_of(WATCH).pk}").click()
    assert refused.value.status == 422
    expect(other.locator("main")).to_contain_text("Chưa thực hiện được")
    expect(other.locator("main")).to_contain_text("đã đủ 5")
    expect(other.locator("#choosing [value^=forward]")).to_have_count(0)
    other.close()
    officer.look("life-2-sixth")


def test_each_one_that_stops_has_a_reason_and_the_order_is_changed(story: Story) -> None:
    officer = story.call("officer")
    officer.go(address())
    stop(officer, WATCH, "")
    officer.sees("Hãy ghi lý do dừng ở cấp này")
    stop(officer, WATCH, REASON)
    expect(officer.row(WATCH.name)).to_contain_text(REASON)
    officer.press(f"Chuyển “{HOUSE.name}” lên trên")
    expect(officer.page.locator("#ranking tbody tr").nth(1)).to_contain_text(HOUSE.name)


def test_the_proposal_goes_up_with_its_list_as_a_paper(story: Story) -> None:
    officer = story.call("officer")
    officer.press("Tờ trình và danh sách")
    officer.fill(number="17", issued_on="2024-09-03", signatory="Dương Văn Toàn")
    officer.press("Lưu và xem văn bản")
    officer.told("Đã lưu tờ trình.")
    expect(officer.page.locator(".paper")).to_contain_text(ROAD.name)
    officer.look("life-2-proposal")
    for fmt in ("docx", "pdf"):
        paper = read(officer, f"/proposal.{fmt}", story.folder)
        says(paper, "HUYỆN ỦY TÂN YÊN", "TỜ TRÌNH", "17-TTr/HU", ROAD.name, "Dương Văn Toàn")
        assert paper.index(HOUSE.name) < paper.index("Tuyến đường")
    officer.go(address())
    officer.press("Gửi danh sách lên cấp trên")
    officer.sees("Gửi danh sách đến Tỉnh ủy Bắc Giang?")
    officer.press("Gửi danh sách lên cấp trên")
    officer.told("Đã gửi danh sách lên cấp trên.")
    assert reached(Stage.NOMINATED) == {text.name for text in UP}


def test_the_province_takes_some_keeps_one_below_and_sends_one_back(story: Story) -> None:
    above = story.call("above")
    above.go("/nominations/")
    above.row("Huyện ủy Tân Yên").get_by_role("link", name="Trả lời").click()
    for text in (ROAD, HOUSE, STREET):
        answer(above, text, "chấp nhận")
    answer(above, LYCHEE, "giữ ở cấp dưới", KEPT)
    answer(above, LIGHT, "gửi trả")
    above.press("Lưu ý kiến")
    expect(above.page.locator("main .form-errors")).to_contain_text(LIGHT.name)
    above.look("life-2-answer-refused")
    answer(above, LIGHT, "gửi trả", BACK)
    above.press("Lưu ý kiến")
    above.told("Đã lưu ý kiến và báo cho cấp dưới.")
    names = {text.name for text in UP} - {LIGHT.name}
    assert reached(Stage.NOMINATED) == names


def test_the_district_and_the_unit_read_the_answer(story: Story) -> None:
    officer = story.call("officer")
    officer.go(address())
    officer.sees("Cấp trên gửi trả", BACK, KEPT)
    clerk = story.call("an-duong")
    clerk.go("/notices/")
    clerk.sees("Ý kiến của Tỉnh ủy Bắc Giang")
    assert PIGGY.name not in reached(Stage.NOMINATED)


def address() -> str:
    """Return the address of the district's list."""
    return f"/nominations/{NominationList.objects.get().pk}"


def put_forward(player: Player, text: Written) -> None:
    """Press the button of a candidate."""
    player.page.locator(f"#forward-{entry_of(text).pk}").click()
    expect(player.page.locator("#ranking")).to_contain_text(text.name)


def stop(player: Player, text: Written, reason: str) -> None:
    """Tick a candidate and let it stop here."""
    player.page.get_by_label(f"Chọn “{text.name}”").check()
    player.page.locator("#reason").fill(reason)
    player.press("Cho dừng các nội dung đã chọn")


def answer(player: Player, text: Written, choice: str, reason: str = "") -> None:
    """Answer one model of the list."""
    line = player.page.locator(".nomination-answers > li", has_text=text.name)
    line.get_by_label(choice, exact=True).check()
    line.locator("textarea").fill(reason)


def reached(stage: Stage) -> set[str]:
    """Return the names of the models of 2024 that have come so far."""
    rows = (entry_of(text) for text in (*UP, WATCH, PIGGY))
    return {row.name for row in rows if row.stages & stage}
