"""A whole life, last chapter: another commune takes the road over, and the funnel counts it all."""

from datetime import datetime

import pytest
from playwright.sync_api import expect
from tests.factories.accounts import HANOI
from tests.factories.progress import terms
from tests.journeys.life.world import HOUSE, entry_of, open_round
from tests.journeys.player import Player
from tests.journeys.s4.models import ROAD
from tests.journeys.s4.story import Story
from tests.journeys.s4.writing import save, sign_and_submit

from kheo.exemplars.actions import accept
from kheo.exemplars.models import Registration
from kheo.progress.actions import report_done, report_update
from kheo.replication.models import Replication
from kheo.rounds.models import Participation, Period

pytestmark = pytest.mark.journey
OPENED = datetime(2025, 2, 3, 8, 0, tzinfo=HANOI)
STEPS = "Họp chi bộ, phân công đảng viên.\nHọp dân bàn cách làm.\nCán bộ, đảng viên làm trước."
ADAPTATION = "Làm trước ở thôn Trám, sau đó ra toàn xã."
OUTCOME = "Đã mở rộng 500 m đường, 28 hộ hiến đất."
# registered, accepted, nominated, carried out, appraised,
# recognised, praised, commended, replicated
COUNTS = {2024: (8, 7, 4, 6, 6, 5, 0, 2, 1), 2025: (1, 1, 0, 1, 0, 0, 0, 0, 0)}


def test_the_unit_describes_how_it_is_done_and_it_is_published(story: Story) -> None:
    story.turn_to(3, 2, year=2025)
    open_next_round(story)
    clerk, officer = story.call("an-duong"), story.call("officer")
    clerk.go(f"/replication/models/{entry_of(ROAD).exemplar_id}/guide")
    clerk.fill(problem="Đường hẹp, một số hộ chưa đồng thuận.", steps=STEPS)
    clerk.press("Lưu", exact=True)
    clerk.told("Đã lưu hướng dẫn")
    officer.go(f"/replication/models/{entry_of(ROAD).exemplar_id}")
    officer.press("Công bố hướng dẫn")
    officer.sees_no("Hướng dẫn chưa công bố")
    officer.look("life-8-guide")


def test_another_commune_asks_and_is_helped(story: Story) -> None:
    asking, origin = story.call("cao-xa"), story.call("an-duong")
    asking.go("/replication/")
    asking.sees(ROAD.name)
    asking.look("life-8-models")
    asking.go(f"/replication/models/{entry_of(ROAD).exemplar_id}")
    asking.sees(STEPS.split("\n")[1])
    asking.fill(adaptation=ADAPTATION, intended_level="cơ sở")
    asking.press("Gửi đề nghị đến đơn vị có mô hình")
    asking.told("Đã gửi đề nghị")
    origin.go("/notices/")
    origin.sees(f"Đảng ủy xã Cao Xá đề nghị nhân rộng “{ROAD.name}”")
    origin.go(page_of_it())
    origin.press("Không đồng ý với lý do này")
    origin.sees("Hãy ghi vài dòng")
    origin.look("life-8-declined-without-words")
    origin.page.locator("#answer-text").fill("Đơn vị cử hai cán bộ sang trao đổi.")
    origin.press("Đồng ý và hướng dẫn")
    origin.told("Đã lưu và báo cho đơn vị bên kia.")
    origin.sees("Đảng ủy xã An Dương")


def test_the_replica_is_registered_in_the_next_round(story: Story) -> None:
    clerk, head = story.call("cao-xa"), story.call("head-cao-xa")
    clerk.go(page_of_it())
    clerk.press("Bắt đầu đăng ký")
    clerk.page.wait_for_url("**/edit")
    expect(clerk.page.locator("[name=continuity][value=replicated]")).to_be_checked()
    clerk.fill(
        level="huyện",
        address="Xã Cao Xá, huyện Tân Yên",
        scope="Thôn Trám, xã Cao Xá",
        starts="Tháng 3/2025",
        ends="Tháng 12/2025",
    )
    save(clerk)
    part = Participation.objects.get(round__year=2025, organisation__code="TY-02")
    sign_and_submit(head, f"/registrations/units/{part.pk}", short=True)
    replica = Registration.objects.get(round__year=2025)
    accept(registration=replica, by=story.district.seats["officer"], at=story.clock())


def test_it_is_carried_out_and_the_origin_is_told(story: Story) -> None:
    story.turn_to(20, 10, year=2025)
    seat = story.district.seats["cao-xa"]
    said = {"registration": Registration.objects.get(round__year=2025), "by": seat}
    figures = [terms("land-residential", "640", "m²")]
    report_update(text="Đã làm xong.", figures=figures, at=story.clock(), **said)
    report_done(text="Đã hoàn thành.", at=story.clock(), **said)
    clerk, origin = story.call("cao-xa"), story.call("an-duong")
    clerk.go(page_of_it())
    clerk.press("Đã thực hiện xong")
    clerk.sees("Hãy ghi vài dòng")
    clerk.page.locator("#finish-text").fill(OUTCOME)
    clerk.press("Đã thực hiện xong")
    clerk.told("Đã lưu và báo cho đơn vị bên kia.")
    clerk.sees(OUTCOME, "640")
    clerk.look("life-8-replicated")
    origin.go("/notices/")
    origin.sees(f"Đảng ủy xã Cao Xá đã thực hiện xong việc nhân rộng “{ROAD.name}”")
    origin.go(f"/replication/models/{entry_of(ROAD).exemplar_id}")
    expect(origin.row("Đảng ủy xã Cao Xá")).to_contain_text(OUTCOME)


def test_the_figures_of_replication_say_so(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/replication/figures")
    # recognised, replicated of those, replicas, of them carried out
    figures = [line.split()[0] for line in stats(officer)]
    assert figures == ["5", "1", "1", "1"]
    cells = officer.row("kinh tế").locator("td").all_inner_texts()
    assert [text.split()[0] for text in cells[:2]] == ["3", "1"]
    officer.look("life-8-figures")


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_funnel_counts_what_the_story_told(story: Story, year: int) -> None:
    officer = story.call("officer")
    officer.go(f"/reports/funnel?year={year}")
    assert totals(officer) == COUNTS[year]
    officer.sees("Các cột đều khớp với tổng số.")
    if year == 2024:
        officer.look("life-8-funnel")
    for rows in ("field", "level", "form"):
        officer.go(f"/reports/funnel?year={year}&rows={rows}")
        assert totals(officer) == COUNTS[year]


def test_a_figure_of_the_funnel_opens_its_list(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/reports/funnel?year=2024")
    officer.page.locator("main tfoot td").nth(7).get_by_role("link").click()
    expect(officer.page.locator("#registrations tbody tr")).to_have_count(2)
    officer.sees(ROAD.name, HOUSE.name)


def open_next_round(story: Story) -> None:
    """Open the round of 2025, in which a replica can be registered."""
    changes = {"year": 2025, "title": "Đăng ký mô hình năm 2025", "theme": ""}
    open_round(story.district, OPENED, period=Period.objects.get(), **changes)


def page_of_it() -> str:
    """Return the address of the one replication."""
    return f"/replication/{Replication.objects.get().pk}"


def stats(player: Player) -> list[str]:
    """Return the figures at the head of the page, each with its words."""
    return player.page.locator("main .stats > *").all_inner_texts()


def totals(player: Player) -> tuple[int, ...]:
    """Return the figures of the last line of the funnel."""
    cells = player.page.locator("main tfoot td").all_inner_texts()
    return tuple(int(text) for text in cells)
