"""A whole life, first chapter: units plan figures, tell what was done, and report the end."""

from datetime import datetime
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from tests.factories.accounts import HANOI
from tests.factories.progress import terms
from tests.factories.visits import photo_bytes
from tests.journeys.life.world import HOUSE, LIGHT, LYCHEE, PIGGY, STREET, WATCH, entry_of
from tests.journeys.player import Player
from tests.journeys.s4.models import ROAD
from tests.journeys.s4.story import Story

from kheo.progress.actions import report_done, report_update
from kheo.progress.models import Result

pytestmark = pytest.mark.journey
SUMMER = datetime(2024, 7, 10, 9, 0, tzinfo=HANOI)
# what was carried out besides the road, and who tells it
DONE = [
    (LIGHT, "an-duong", ("roads-flowers", "3500", "m")),
    (WATCH, "an-duong", ("self-managed", "6", "tổ")),
    (HOUSE, "cao-xa", ("work-days", "210", "ngày công")),
    (STREET, "nha-nam", ("households-joined", "80", "hộ")),
    (LYCHEE, "farming", ("households-joined", "300", "hộ")),
]
LAND, MONEY = "Đất hiến (đất ở) – m²", "Kinh phí huy động (nhân dân đóng góp) – triệu đồng"


def test_the_unit_plans_what_the_model_is_to_achieve(story: Story) -> None:
    clerk = story.call("an-duong")
    clerk.go("/progress/?year=2024")
    clerk.sees(ROAD.name, "chưa có")
    clerk.look("life-1-progress")
    clerk.row(ROAD.name).get_by_role("link").first.click()
    clerk.press("Kết quả kế hoạch")
    figure(clerk, 0, LAND, "1.200")
    figure(clerk, 1, MONEY, "250")
    clerk.press("Lưu kế hoạch")
    clerk.told("Đã lưu kết quả kế hoạch.")
    clerk.sees("1.200", "250")


def test_a_figure_that_is_no_number_is_refused_beside_its_box(story: Story) -> None:
    clerk = story.call("an-duong")
    clerk.press("Ghi việc đã làm")
    clerk.fill(text="Đã họp thôn, 20 hộ đồng ý hiến đất.")
    figure(clerk, 0, "", "12.5.3")
    clerk.press("Lưu tin thực hiện")
    clerk.sees("“12.5.3” không phải")
    expect(clerk.page.locator("[name=text]")).to_have_value("Đã họp thôn, 20 hộ đồng ý hiến đất.")
    clerk.look("life-1-figure-refused")
    figure(clerk, 0, "", "450,5")
    photo = {"name": "duong.png", "mimeType": "image/png", "buffer": photo_bytes(400, 300)}
    clerk.page.locator("[name=photos]").set_input_files(photo)
    clerk.press("Lưu tin thực hiện")
    clerk.told("Đã lưu tin thực hiện.")
    expect(clerk.page.locator(".photos img")).to_have_count(1)


def test_the_unit_reports_the_end_and_the_figures_add_up(story: Story) -> None:
    clerk = story.call("an-duong")
    clerk.press("Ghi việc đã làm")
    clerk.fill(text="Đã hoàn thành 800 m đường.")
    figure(clerk, 0, "", "829,5")
    clerk.press("Báo hoàn thành")
    clerk.told("Đã báo cáo mô hình thực hiện xong.")
    clerk.sees("1.280", "106,7%")
    result = Result.objects.get(registration=entry_of(ROAD), indicator__code="land-residential")
    assert result.achieved == Decimal(1280)


def test_the_others_report_and_the_officer_sees_who_is_silent(story: Story) -> None:
    seats = story.district.seats
    for text, who, figures in DONE:
        row, figure_of_all = entry_of(text), terms(*figures)
        said = {"registration": row, "by": seats[who]}
        report_update(text="Đã làm.", figures=[figure_of_all], at=SUMMER, **said)
        report_done(text="Đã hoàn thành.", at=story.clock(), **said)
    officer = story.call("officer")
    officer.go("/progress/?year=2024")
    expect(officer.page.locator(".stats")).to_contain_text("6")
    officer.sees("ngày không có tin")
    officer.page.locator(f"input[aria-label='{PIGGY.name}']").check()
    officer.page.locator("#ask-text").fill("Đề nghị báo cáo kết quả 9 tháng.")
    officer.press("Đề nghị báo cáo tiến độ")
    officer.told("Đã đề nghị báo cáo tiến độ 1 mô hình")
    officer.go("/progress/results?year=2024")
    officer.sees("1.280", "380")
    officer.look("life-1-results")


def figure(player: Player, number: int, measure: str, amount: str) -> None:
    """Write a figure in a row; an empty measure leaves the one that is chosen."""
    if measure:
        player.page.locator(f"[name=measure_{number}]").select_option(label=measure)
    player.page.locator(f"[name=amount_{number}]").fill(amount)
