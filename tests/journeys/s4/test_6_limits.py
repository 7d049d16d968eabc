"""S4, last chapter: whom the doors are closed to, what the journal keeps, what nobody loses."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect
from tests.factories.accounts import PASSWORD
from tests.journeys.s4.models import CAO_XA, FARMING, ROAD
from tests.journeys.s4.story import Story
from tests.journeys.s4.writing import begin

from kheo.exemplars.models import Evidence, Registration

pytestmark = pytest.mark.journey


def _pk(name: str) -> int:
    return Registration.objects.get(name=name, year=2024).pk


def test_a_clerk_of_another_commune_finds_nothing_by_guessing(story: Story) -> None:
    clerk = story.call("cao-xa")
    mine, theirs = _pk(CAO_XA[0].name), _pk(ROAD.name)
    assert clerk.go(f"/registrations/{mine}").ok
    for address in (
        f"/registrations/{theirs}",
        f"/registrations/{theirs}/edit",
        f"/registrations/{theirs}/paper.pdf",
        f"/registrations/evidence/{Evidence.objects.get().pk}",
        story.unit_page("TY-01"),
        story.unit_page("TY-01") + "/submit",
    ):
        assert clerk.go(address).status == 404, address
    clerk.look("s4-6-not-found")
    clerk.go("/registrations/?year=2024")
    clerk.sees(CAO_XA[0].name)
    clerk.sees_no(ROAD.name)
    clerk.look("s4-6-list-of-the-clerk")


def test_an_agency_clerk_cannot_do_the_officers_deed(story: Story) -> None:
    clerk = story.call("farming")
    answer = clerk.go(f"/registrations/{_pk(FARMING[0].name)}/deeds/reconsider")
    assert answer.status == 403
    clerk.look("s4-6-refused")
    assert clerk.go("/registrations/check").status == 403
    assert clerk.go(f"/rounds/{story.round.pk}/close").status == 403
    assert clerk.go("/rounds/new").status == 403


def test_the_journal_keeps_the_refused_attempts(story: Story) -> None:
    officer = story.call("officer")
    officer.go("/audit?verb=access.refused")
    officer.sees("Nguyễn Thị Lụa", f"/rounds/{story.round.pk}/close")
    officer.look("s4-6-journal-refused")
    officer.go("/audit")
    officer.look("s4-6-journal")


def test_the_journal_tells_the_life_of_one_registration(story: Story) -> None:
    officer = story.call("officer")
    officer.go(f"/registrations/{_pk(CAO_XA[1].name)}")
    for who in ("Đồng Văn Quý", "Lương Thị Vân", "Thân Thị Hạnh"):
        officer.sees(who)
    officer.look("s4-6-history")


def test_a_session_that_dies_in_mid_form_loses_no_text(story: Story) -> None:
    clerk = story.call("clerk-cao-thuong")
    begin(clerk, story.unit_page("TY-05"), "collective")
    form = clerk.page.url
    clerk.fill(name="Đường hoa nông thôn mới")
    expect(clerk.page.locator(".autosave")).to_contain_text("Đã lưu lúc")
    Session.objects.all().delete()
    clerk.fill(content="Dòng này viết sau khi phiên làm việc đã hết.")
    # the preview asks first, and finds the door closed; whoever writes is told, and stays
    expect(clerk.page.locator("#messages")).to_contain_text("Phiên làm việc đã kết thúc")
    expect(clerk.page.locator(".autosave")).to_contain_text("giữ")
    clerk.look("s4-6-session-ended")
    clerk.page.get_by_role("link", name="Đăng nhập lại").click()
    clerk.page.wait_for_url("**/account/sign-in**")
    clerk.page.locator("[name=username]").fill(clerk.username)
    clerk.page.locator("[name=password]").fill(PASSWORD)
    clerk.page.locator("[name=password]").press("Enter")
    clerk.page.wait_for_url(form)
    kept = clerk.page.locator("#draft [name=content]")
    expect(kept).to_have_value("Dòng này viết sau khi phiên làm việc đã hết.")
    expect(clerk.page.locator(".autosave")).to_contain_text("Đã lưu lúc")
    clerk.page.reload()
    expect(kept).to_have_value("Dòng này viết sau khi phiên làm việc đã hết.")


def test_the_officer_closes_the_round(story: Story) -> None:
    officer = story.call("officer")
    officer.arrive()
    officer.go(f"/rounds/{story.round.pk}/close")
    officer.look("s4-6-close")
    officer.page.locator("main form button[type=submit]").click()
    officer.told("Đã đóng đợt đăng ký")
    officer.go(story.board())
    officer.sees("6/9 đơn vị đã đăng ký")
    clerk = story.call("clerk-cao-thuong")
    clerk.go(story.unit_page("TY-05"))
    expect(clerk.page.locator(".begin .why")).to_be_visible()
    clerk.look("s4-6-closed")
