"""A whole life, seventh chapter: a unit enters for a title, is scored, judged and recognised."""

from datetime import date

import pytest
from playwright.sync_api import expect
from tests.journeys.life.papers import read, says
from tests.journeys.life.scoring import leaves_of
from tests.journeys.life.test_4_scoring import fill_scores
from tests.journeys.life.test_6_honours import (
    announce,
    complete,
    decision,
    draw_up,
    issue,
    propose,
)
from tests.journeys.s4.story import Story

from kheo.appraisal.enums import TitleState
from kheo.appraisal.models import AppraisalFile, TitleEntry
from kheo.councils.actions import (
    CouncilTerms,
    Mark,
    MemberTerms,
    Presence,
    SessionTerms,
    allot_evenly,
    announce_outcome,
    carry_out_announcement,
    create_council,
    move_council,
    name_members,
    save_member_scores,
    save_session,
    take_in_files,
)
from kheo.councils.enums import CouncilDeed, MemberRole
from kheo.councils.models import Allotment, Council, CouncilMember
from kheo.criteria.enums import Side
from kheo.criteria.models import CriteriaSet

pytestmark = pytest.mark.journey
TITLE = "Đơn vị “Dân vận khéo”"
COUNCIL = "Hội đồng xét danh hiệu Đơn vị “Dân vận khéo” năm 2024"
SUBJECT = "công nhận danh hiệu Đơn vị “Dân vận khéo” năm 2024"


def test_the_unit_enters_and_scores_itself(story: Story) -> None:
    clerk = story.call("nha-nam")
    clerk.go("/appraisal/titles")
    clerk.press("Đăng ký danh hiệu đơn vị")
    used = CriteriaSet.objects.get(code="don-vi-thang-100", is_shipped=True)
    clerk.page.locator(f"[name=criteria_set][value='{used.pk}']").check()
    clerk.fill(year="2024")
    clerk.look("life-7-enter")
    clerk.press("Đăng ký", exact=True)
    clerk.told("Đã đăng ký cho đơn vị")
    clerk.press("Tự chấm điểm")
    points = points_on(Side.SELF)
    first = next(iter(points))
    fill_scores(clerk, points | {first: "11"})
    clerk.press("Lưu", exact=True)
    clerk.sees("11 điểm cao hơn mức tối đa là 10")
    clerk.look("life-7-too-many-points")
    fill_scores(clerk, {first: points[first]})
    clerk.page.locator(f"[name=e{first}-upload]").set_input_files(
        {"name": "Kế hoạch.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    clerk.press("Lưu", exact=True)
    clerk.sees("Kế hoạch.pdf")
    clerk.look("life-7-self-score")


def test_the_head_sends_and_the_superior_scores_and_passes_on(story: Story) -> None:
    head = story.call("head-nha-nam")
    head.go(f"/appraisal/{file().pk}")
    head.press("Gửi cấp trên")
    head.press("Gửi hồ sơ")
    head.told("Đã gửi hồ sơ cho cấp trên.")
    officer = story.call("officer")
    officer.go("/appraisal/?kind=title")
    officer.row("Nhã Nam").get_by_role("link").first.click()
    officer.press("Cấp trên chấm điểm")
    fill_scores(officer, points_on(Side.SUPERIOR))
    officer.press("Lưu điểm")
    officer.told("Đã lưu điểm")
    officer.press("Chuyển hội đồng")
    officer.told("Đã chuyển hội đồng 1 hồ sơ.")
    says(read(officer, "/paper.docx", story.folder), TITLE, "ĐẢNG ỦY THỊ TRẤN NHÃ NAM")


def test_the_council_puts_it_forward(story: Story) -> None:
    council_decides(story)
    chair = story.call("leader")
    chair.go(f"/councils/{Council.objects.get(name=COUNCIL).pk}/outcome")
    expect(chair.page.locator("main tbody tr")).to_contain_text("đề nghị công nhận")
    for fmt in ("docx", "pdf"):
        says(read(chair, f"/minutes.{fmt}", story.folder), "BIÊN BẢN", TITLE, "Nhã Nam")
    assert TitleEntry.objects.get().state == TitleState.APPRAISED


def test_the_title_is_given_by_decision(story: Story) -> None:
    officer, leader = story.call("officer"), story.call("leader")
    propose(officer, "công nhận của Đảng", SUBJECT, "09-TTr/BDV")
    officer.press("Thêm đối tượng")
    officer.page.get_by_label("Đảng ủy thị trấn Nhã Nam").check()
    officer.page.locator("fieldset").locator("xpath=ancestor::form").get_by_role("button").click()
    officer.told("Đã thêm 1 đối tượng.")
    officer.press("Gửi tờ trình")
    draw_up(officer)
    complete(officer, SUBJECT, "160", "2024-11-12")
    issue(leader, SUBJECT)
    announce(officer, SUBJECT)
    for fmt in ("docx", "pdf"):
        paper = read(officer, f"/paper/{fmt}/", story.folder)
        says(paper, "160-QĐ/HU", "danh hiệu", "Nhã Nam")
    says(read(officer, "/certificates/", story.folder), "GIẤY CHỨNG NHẬN", "Nhã Nam")
    clerk = story.call("nha-nam")
    clerk.go("/appraisal/titles")
    expect(clerk.row("Nhã Nam")).to_contain_text("được công nhận danh hiệu")
    clerk.look("life-7-title")
    assert clerk.go(decision(SUBJECT)).ok
    assert TitleEntry.objects.get().state == TitleState.RECOGNISED


def file() -> AppraisalFile:
    """Return the file of the unit's entry."""
    return AppraisalFile.objects.get(title_entry__isnull=False)


def points_on(side: Side) -> dict[int, str]:
    """Return what a side gives: all points, no bonus, nothing taken off."""
    leaves = leaves_of(file().criteria_set, side)
    return {leaf.pk: f"{leaf.points.normalize():f}" if leaf.is_counted else "0" for leaf in leaves}


def council_decides(story: Story) -> None:
    """Let the council of the title sit; the council of models pressed all this on its pages."""
    seats, now = story.district.seats, story.clock()
    officer, chair = seats["officer"], seats["leader"]
    terms = CouncilTerms(
        name=COUNCIL,
        year=2024,
        criteria_set=file().criteria_set,
        quorum=3,
        decision_number="230-QĐ/HU",
        decision_on=date(2024, 11, 5),
    )
    said = {"by": officer, "at": now}
    council = create_council(organisation=story.district.units["TY"], terms=terms, **said)
    others = [seats[who] for who in ("head-cao-xa", "nong-thanh", "tran-ben")]
    members = [
        MemberTerms(seat=chair, role=MemberRole.CHAIR),
        MemberTerms(seat=officer, role=MemberRole.SECRETARY),
        *[MemberTerms(seat=seat) for seat in others],
    ]
    name_members(council=council, members=members, **said)
    take_in_files(council=council, **said)
    allot_evenly(council=council, by_field=False, **said)
    move_council(council=council, deed=CouncilDeed.OPEN_SCORING, **said)
    points = points_on_council()
    for row in Allotment.objects.filter(file__council=council).select_related("member__seat"):
        seat = row.member.seat
        save_member_scores(allotment=row, marks=points, hand_in=True, by=seat, at=now)
    move_council(council=council, deed=CouncilDeed.OPEN_SESSION, by=chair, at=now)
    keys = CouncilMember.objects.filter(council=council).values_list("pk", flat=True)
    presence = {key: Presence(is_present=True) for key in keys}
    session = SessionTerms(held_on=now.date(), starts="8 giờ 00", place="Phòng họp số 1")
    save_session(council=council, terms=session, presence=presence, **said)
    council = move_council(council=council, deed=CouncilDeed.DECIDE, by=chair, at=now)
    announcement = announce_outcome(council=council, by=chair, at=now)
    carry_out_announcement(announcement=announcement, at=now)


def points_on_council() -> dict[int, Mark]:
    """Return what each member gives: what the superior gave."""
    leaves = leaves_of(file().criteria_set, Side.COUNCIL)
    return {leaf.pk: Mark(leaf.points if leaf.is_counted else leaf.points * 0) for leaf in leaves}
