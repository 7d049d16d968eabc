"""A whole life, sixth chapter: five recognised, three of them commended, one taken back."""

import pytest
from playwright.sync_api import expect
from tests.journeys.life.papers import read, says
from tests.journeys.life.world import HOUSE, LIGHT, LYCHEE, STREET, WATCH, entry_of
from tests.journeys.player import Player
from tests.journeys.s4.models import ROAD, Written
from tests.journeys.s4.story import Story

from kheo.exemplars.enums import Stage
from kheo.recognition.enums import Purpose
from kheo.recognition.models import Decision

pytestmark = pytest.mark.journey
RECOGNISED = (ROAD, LIGHT, HOUSE, STREET, LYCHEE)
COMMENDED = (ROAD, HOUSE, STREET)
MERIT = "Đã có thành tích xuất sắc trong phong trào thi đua “Dân vận khéo” năm 2024"
RECOGNITION = "công nhận mô hình, điển hình “Dân vận khéo” năm 2024"
COMMENDATION = "tặng Giấy khen các mô hình “Dân vận khéo” tiêu biểu năm 2024"
WRONG = "Kiểm tra cho thấy số hộ tham gia báo cáo không đúng thực tế."


def test_what_the_council_put_forward_is_proposed(story: Story) -> None:
    story.turn_to(1, 10)
    officer = story.call("officer")
    propose(officer, "công nhận của Đảng", RECOGNITION, "05-TTr/BDV")
    officer.press("Thêm đối tượng")
    officer.page.locator("#council-achievement").fill(MERIT)
    officer.press("Thêm tất cả trường hợp hội đồng đề nghị")
    officer.told("Đã thêm 5 đối tượng.")
    officer.look("life-6-proposal")
    for fmt in ("docx", "pdf"):
        paper = read(officer, f"/paper/{fmt}/", story.folder)
        says(paper, "TỜ TRÌNH", "05-TTr/BDV", *[name_of(text) for text in RECOGNISED])
        assert WATCH.name not in paper
    officer.press("Gửi tờ trình")
    officer.told("Đã gửi tờ trình đến Huyện ủy Tân Yên.")


def test_a_decision_without_number_is_not_issued(story: Story) -> None:
    officer = story.call("officer")
    draw_up(officer)
    officer.press("Lưu quyết định")
    officer.told("Đã lưu dự thảo quyết định.")
    leader = story.call("leader")
    leader.go(f"{decision(RECOGNITION)}issue/")
    leader.sees("Chưa thể ban hành vì", "Chưa có số quyết định.", "Chưa có họ tên người ký.")
    with leader.page.expect_navigation():
        leader.press("Ban hành quyết định")
    leader.sees("Chưa thể ban hành vì")
    leader.look("life-6-no-number")


def test_the_leader_issues_and_the_units_hear_of_it_when_it_is_announced(story: Story) -> None:
    officer, leader, clerk = [story.call(who) for who in ("officer", "leader", "an-duong")]
    complete(officer, RECOGNITION, "127", "2024-10-01")
    issue(leader, RECOGNITION)
    assert clerk.go(decision(RECOGNITION)).status == 404
    announce(officer, RECOGNITION)
    for fmt in ("docx", "pdf"):
        paper = read(officer, f"/paper/{fmt}/", story.folder)
        says(paper, "QUYẾT ĐỊNH", "127-QĐ/HU", ROAD.name, LYCHEE.name, "Dương Văn Toàn")
    sheets = read(officer, "/certificates/", story.folder)
    says(sheets, "GIẤY CHỨNG NHẬN", ROAD.name, LYCHEE.name, MERIT)
    assert clerk.go(decision(RECOGNITION)).ok
    clerk.sees(ROAD.name)
    clerk.sees_no(LYCHEE.name)
    assert reached(Stage.RECOGNISED) == {text.name for text in RECOGNISED}


def test_what_is_not_recognised_is_not_commended(story: Story) -> None:
    officer = story.call("officer")
    propose(officer, "Giấy khen", COMMENDATION, "06-TTr/BDV")
    officer.press("Thêm đối tượng")
    for text in (*COMMENDED, WATCH):
        officer.page.get_by_label(f"Chọn {text.name}", exact=True).check()
    officer.page.locator("#achievement").fill(MERIT)
    officer.press("Thêm các mục đã chọn")
    officer.told("Đã thêm 4 đối tượng.")
    expect(officer.row(WATCH.name)).to_contain_text("Chưa được công nhận: “Giấy khen” chỉ trao")
    officer.look("life-6-not-recognised")
    officer.press("Gửi tờ trình")
    officer.sees("Chưa thể thực hiện", "Chưa được công nhận")
    officer.press("Quay lại danh sách")
    officer.page.get_by_label(f"Chọn {WATCH.name}", exact=True).check()
    officer.press("Rút khỏi danh sách")
    officer.told("Đã rút 1 đối tượng khỏi danh sách.")
    officer.press("Gửi tờ trình")
    officer.told("Đã gửi tờ trình")


def test_three_are_commended_by_another_decision(story: Story) -> None:
    officer, leader = story.call("officer"), story.call("leader")
    draw_up(officer)
    complete(officer, COMMENDATION, "131", "2024-10-01")
    issue(leader, COMMENDATION)
    announce(officer, COMMENDATION)
    for fmt in ("docx", "pdf"):
        paper = read(officer, f"/paper/{fmt}/", story.folder)
        says(paper, "QUYẾT ĐỊNH", "131-QĐ/HU", "Giấy khen", *[name_of(one) for one in COMMENDED])
    says(read(officer, "/certificates/", story.folder), "GIẤY KHEN", STREET.name)
    assert reached(Stage.COMMENDED) == {text.name for text in COMMENDED}


def test_one_commendation_is_taken_back_with_a_reason(story: Story) -> None:
    story.turn_to(12, 11)
    officer, leader = story.call("officer"), story.call("leader")
    officer.go(decision(COMMENDATION))
    officer.press("Thu hồi")
    officer.page.get_by_label(f"Chọn {STREET.name}").check()
    officer.press("Xem những gì được trao trên cơ sở này")
    officer.sees("Chưa có hình thức nào được trao trên cơ sở này.")
    officer.fill(reason="  ")
    officer.press("Soạn quyết định thu hồi")
    expect(officer.page.locator(".field-errors")).to_be_visible()
    officer.fill(reason=WRONG)
    officer.press("Soạn quyết định thu hồi")
    officer.told("Đã soạn quyết định thu hồi")
    revocation = Decision.objects.get(purpose=Purpose.REVOKE)
    complete(officer, revocation.subject, "158", "2024-11-12")
    issue(leader, revocation.subject)
    for fmt in ("docx", "pdf"):
        paper = read(leader, f"/paper/{fmt}/", story.folder)
        says(paper, "158-QĐ/HU", "thu hồi", STREET.name, WRONG)
    leader.go(decision(COMMENDATION))
    expect(leader.row(STREET.name)).to_contain_text("đã thu hồi")
    leader.look("life-6-taken-back")
    clerk = story.call("nha-nam")
    clerk.go("/recognition/honours/")
    clerk.sees(STREET.name, "đã thu hồi")
    assert reached(Stage.COMMENDED) == {ROAD.name, HOUSE.name}
    assert reached(Stage.RECOGNISED) == {text.name for text in RECOGNISED}


def propose(player: Player, form: str, title: str, symbol: str) -> None:
    """Prepare a proposal to the district."""
    player.go("/recognition/proposals/")
    player.press("Lập tờ trình")
    player.fill(
        honour_form=form,
        year="2024",
        title=title,
        symbol=symbol,
        dated_on="2024-10-01",
    )
    player.press("Lưu tờ trình")
    player.told("Đã lưu tờ trình.")


def draw_up(player: Player) -> None:
    """Begin the decision on the proposal that the page shows."""
    player.press("Soạn quyết định")
    player.told("Đã soạn dự thảo")


def complete(player: Player, subject: str, number: str, issued_on: str) -> None:
    """Give the draft of a decision its number, date and signatory."""
    player.go(f"{decision(subject)}edit/")
    player.fill(
        number=number,
        letters="HU",
        issued_on=issued_on,
        signatory_position="Phó Bí thư",
        signatory="Dương Văn Toàn",
    )
    player.press("Lưu quyết định")
    player.told("Đã lưu dự thảo quyết định.")


def issue(player: Player, subject: str) -> None:
    """Look at a decision and issue it."""
    player.go(decision(subject))
    player.press("Xem trước và ban hành")
    expect(player.page.locator(".paper")).to_contain_text("QUYẾT ĐỊNH")
    player.press("Ban hành quyết định")
    player.told("Đã ban hành quyết định.")


def announce(player: Player, subject: str) -> None:
    """Announce an issued decision."""
    player.go(decision(subject))
    player.press("Công bố")
    player.fill(occasion="Tháng Dân vận")
    player.press("Công bố ngay")
    player.told("Đã công bố quyết định.")


def decision(subject: str) -> str:
    """Return the address of the decision on a subject."""
    return f"/recognition/decisions/{Decision.objects.get(subject=subject).pk}/"


def name_of(text: Written) -> str:
    """Return the name of a model as far as every reader of PDF finds it on one line."""
    return text.name.split(" <b>")[0]


def reached(stage: Stage) -> set[str]:
    """Return the names of the models that have come so far."""
    rows = (entry_of(text) for text in (*RECOGNISED, WATCH))
    return {row.name for row in rows if row.stages & stage}
