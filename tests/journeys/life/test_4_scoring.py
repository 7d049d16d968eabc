"""A whole life, fourth chapter: an own set of criteria, files, self-score and superior's score."""

import pytest
from playwright.sync_api import expect
from tests.journeys.life.papers import read, says
from tests.journeys.life.scoring import (
    NOTE,
    SUPERIOR,
    file_of,
    lines_for,
    superior_scores,
    units_score_themselves,
)
from tests.journeys.player import Player
from tests.journeys.s4.models import ROAD
from tests.journeys.s4.story import Story

from kheo.appraisal.models import AppraisalFile
from kheo.criteria.enums import Side
from kheo.criteria.models import CriteriaSet

pytestmark = pytest.mark.journey
OWN_SET = "Tiêu chí thẩm định mô hình của huyện Tân Yên"


def test_the_district_makes_a_shipped_set_its_own(story: Story) -> None:
    story.turn_to(23, 9)
    officer = story.call("officer")
    shipped = CriteriaSet.objects.get(code="mo-hinh-100", is_shipped=True)
    officer.go(f"/criteria/{shipped.pk}")
    officer.press("Sao chép thành bộ của mình")
    officer.told("Đã sao chép thành bản soạn")
    officer.press("Sửa thông tin chung")
    officer.fill(name=OWN_SET)
    officer.press("Lưu")
    officer.told("Đã lưu bộ tiêu chí.")
    officer.press("Sửa các tiêu chí")
    points = officer.page.get_by_label("Điểm", exact=True).first
    points.fill("12")
    officer.press("Lưu các tiêu chí")
    officer.told("Đã lưu các tiêu chí.")
    officer.sees("Thừa 2 điểm.")
    officer.look("life-4-set-does-not-add-up")
    officer.press("Sửa các tiêu chí")
    points.fill("10")
    officer.press("Lưu các tiêu chí")
    officer.press("Đưa vào áp dụng")
    officer.told("Bộ tiêu chí đã được đưa vào áp dụng.")


def test_files_are_opened_for_what_was_carried_out(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/appraisal/")
    officer.press("Mở hồ sơ thẩm định")
    officer.fill(round="năm 2024", criteria_set=OWN_SET, stage="đã thực hiện")
    officer.press("Đếm số bản đăng ký")
    officer.sees("Có 6 bản đăng ký")
    officer.press("Mở các hồ sơ")
    officer.told("Đã mở 6 hồ sơ thẩm định.")
    assert AppraisalFile.objects.count() == 6


def test_the_head_sends_the_unit_s_own_score(story: Story) -> None:
    units_score_themselves(story)
    head = story.call("head-an-duong")
    head.go(f"/appraisal/{file_of(ROAD).pk}")
    head.sees("đã gửi cấp trên", "100")


def test_the_superior_says_why_wherever_points_are_taken_off(story: Story) -> None:
    officer = story.call("officer")
    file = file_of(ROAD)
    officer.go(f"/appraisal/{file.pk}")
    officer.press("Cấp trên chấm điểm")
    lines = lines_for(file, Side.SUPERIOR, SUPERIOR[ROAD])
    fill_scores(officer, {line.criterion: str(line.points) for line in lines})
    officer.press("Lưu điểm")
    officer.sees("Chưa lưu được điểm", "cần ghi lý do thay đổi từ 10 thành 2 điểm")
    expect(officer.page.locator(".score-sums")).to_contain_text("92")
    officer.look("life-4-reason-missing")
    officer.page.locator(f"[name=c{lines[7].criterion}-note]").fill(NOTE)
    officer.press("Lưu điểm")
    officer.told("Đã lưu điểm")
    superior_scores(story, *[text for text in SUPERIOR if text is not ROAD])
    officer.go(f"/appraisal/{file.pk}")
    officer.sees("92", NOTE)
    for fmt in ("docx", "pdf"):
        paper = read(officer, f"/paper.{fmt}", story.folder)
        says(paper, "BẢNG ĐIỂM" if "BẢNG ĐIỂM" in paper else "BẢNG", ROAD.name, "92")
    officer.look("life-4-side-by-side")


def test_the_files_go_to_the_council(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/appraisal/all?year=2024")
    boxes = officer.page.locator("[name=file]")
    expect(boxes).to_have_count(6)
    for number in range(6):
        boxes.nth(number).check()
    officer.press("Chuyển hội đồng")
    officer.told("Đã chuyển hội đồng 6 hồ sơ.")


def fill_scores(player: Player, points: dict[int, str]) -> None:
    """Write points beside each criterion, or choose what holds."""
    for key, text in points.items():
        box = player.page.locator(f"[name=c{key}-points]")
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value=text)
        else:
            box.fill(text)
