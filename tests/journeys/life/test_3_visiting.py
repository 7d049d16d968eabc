"""A whole life, third chapter: a survey team looks at the road, concludes, and is answered."""

from datetime import date, time

import pytest
from playwright.sync_api import expect
from tests.factories.visits import team_terms
from tests.journeys.life.papers import read, says
from tests.journeys.life.world import entry_of
from tests.journeys.s4.models import ROAD
from tests.journeys.s4.story import Story

from kheo.criteria.models import CriteriaSet
from kheo.visits.actions import (
    MemberTerms,
    VisitTerms,
    choose_visited_models,
    plan_visit,
    set_up_survey_team,
)
from kheo.visits.enums import TeamPart
from kheo.visits.models import Visit, VisitSheet

pytestmark = pytest.mark.journey
SEEN = "Đường thôn Nguyễn rộng 5 m, 45 hộ hiến đất."
ADVICE = "Bổ sung biên bản họp dân vào hồ sơ"


def test_the_visit_is_announced_and_the_sheet_is_filled(story: Story) -> None:
    story.turn_to(10, 9)
    prepare(story)
    officer = story.call("officer")
    officer.go("/visits/")
    officer.row("Đảng ủy xã An Dương").get_by_role("link").first.click()
    officer.press("Công bố cuộc khảo sát")
    officer.told("Đã công bố")
    officer.page.get_by_role("link", name=ROAD.name).click()
    chosen = CriteriaSet.objects.get(code="mo-hinh-100", issuer=None)
    officer.page.locator("#set").select_option(value=str(chosen.pk))
    officer.press("Dùng cho phiếu này")
    officer.told("Đã đưa tiêu chí vào phiếu.")
    expect(officer.page.locator("[data-visit-ready=yes]")).to_be_visible()
    officer.page.locator("#texts-seen").fill(SEEN)
    first = officer.page.locator("[data-piece]", has_text="Xuất phát từ việc khó").first
    first.get_by_label("đạt", exact=True).check()
    first.locator("[data-field=points]").fill("9,5")
    first.locator("[data-field=points]").blur()
    expect(officer.page.locator("[data-visit-status]")).to_contain_text("Đã gửi hết")
    officer.look("life-3-sheet")
    assert VisitSheet.objects.get().seen == SEEN


def test_the_visit_is_concluded_and_its_minutes_come_out(story: Story) -> None:
    officer = story.call("officer")
    officer.go(f"/visits/{Visit.objects.get().pk}")
    officer.press("Kết luận, kiến nghị")
    officer.fill(ends="10:30", conclusions="Mô hình hoạt động tốt, nhân dân đồng tình.")
    officer.page.locator("[name=advice-0-text]").fill(ADVICE)
    officer.page.locator("[name=advice-0-due_on]").fill("2024-10-01")
    officer.press("Lưu và kết luận cuộc khảo sát")
    officer.told("Đã kết luận cuộc khảo sát")
    officer.press("Biên bản")
    for fmt in ("docx", "pdf"):
        paper = read(officer, f"/minutes.{fmt}", story.folder)
        says(paper, "BIÊN BẢN", SEEN, "Xuất phát từ việc khó", ADVICE, "Dương Văn Toàn")


def test_the_unit_answers_the_recommendation(story: Story) -> None:
    clerk = story.call("an-duong")
    clerk.go("/visits/recommendations")
    clerk.page.get_by_role("link", name=ADVICE).click()
    clerk.fill(text="Đơn vị đã bổ sung biên bản họp dân của hai thôn.")
    clerk.press("Gửi trả lời")
    clerk.told("Đã gửi trả lời đến đoàn khảo sát.")
    officer = story.call("officer")
    officer.go("/visits/recommendations")
    officer.page.get_by_role("link", name=ADVICE).click()
    officer.press("Xác nhận đã thực hiện")
    officer.told("Đã báo cho đơn vị.")


def prepare(story: Story) -> None:
    """Set a team up and plan its visit; the journey of visits presses this on the pages."""
    seats, units = story.district.seats, story.district.units
    officer, now = seats["officer"], story.clock()
    members = (
        MemberTerms(part=TeamPart.HEAD, seat=seats["leader"]),
        MemberTerms(part=TeamPart.SECRETARY, seat=officer),
    )
    terms = team_terms(members=members)
    team = set_up_survey_team(organisation=units["TY-BDV"], terms=terms, by=officer, at=now)
    planned = VisitTerms(
        organisation=units["TY-01"],
        held_on=date(2024, 9, 10),
        starts=time(8, 0),
        place="Nhà văn hóa thôn Nguyễn",
        purpose="Việc thực hiện mô hình “Dân vận khéo” năm 2024",
    )
    visit = plan_visit(team=team, terms=planned, by=officer, at=now)
    choose_visited_models(visit=visit, registrations=[entry_of(ROAD)], by=officer, at=now)
