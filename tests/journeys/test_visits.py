"""A survey team fills its sheet on a phone without a connection, and comes back with it."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.factories.accounts import PASSWORD
from tests.factories.organisations import Cast
from tests.factories.visits import Survey, entry, photo_bytes
from tests.journeys.conftest import OpenWindow
from tests.journeys.harness import LAPTOP, PHONE, look, sign_in

from kheo.exemplars.enums import State
from kheo.visits.actions import take_entries
from kheo.visits.enums import Found, Outcome, VisitState
from kheo.visits.models import SheetEntry, SurveyTeam, Visit, VisitSheet

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
STATUS = "[data-visit-status]"
SENT = re.compile("Đã gửi hết")


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def enter(window: OpenWindow):
    def open_for(seat, size=LAPTOP) -> Page:
        page = window(size)
        sign_in(page, seat.user.username)
        return page

    return open_for


def press(page: Page, name: str) -> None:
    place = page.locator("main")
    button = place.get_by_role("button", name=name, exact=True)
    button.or_(place.get_by_role("link", name=name, exact=True)).first.click()


def test_a_team_fills_its_sheet_without_a_connection(enter, cast: Cast) -> None:
    survey = Survey(cast)
    survey.stage.registration(State.ACCEPTED)
    office = enter(survey.officer)
    set_up_and_announced(office)
    sheet = VisitSheet.objects.get()
    on_the_road = enter(survey.officer, PHONE)
    written_without_a_connection(on_the_road, sheet)
    sent_when_back(on_the_road, sheet)
    both_kept_when_two_wrote(on_the_road, survey, sheet)
    kept_when_the_session_ended(on_the_road, survey, sheet)
    nothing_left_after_signing_out(on_the_road)
    concluded(office, sheet.visit)
    answered(enter(survey.clerk), sheet.visit)


def set_up_and_announced(page: Page) -> None:
    page.goto("/visits/")
    look(page, "visits-empty")
    press(page, "Thành lập đoàn khảo sát")
    page.locator("[name=name]").fill("Đoàn khảo sát lĩnh vực kinh tế")
    page.locator("[name=year]").fill("2024")
    page.locator("[name=member-0-name]").fill("Dương Văn Toàn")
    page.locator("[name=member-0-position]").fill("Trưởng ban Dân vận Huyện ủy")
    page.locator("[name=member-1-seat]").select_option(index=1)
    look(page, "visits-team-edit")
    press(page, "Lưu")
    expect(page.get_by_text("Đã lưu đoàn khảo sát.")).to_be_visible()
    press(page, "Lập lịch khảo sát")
    page.locator("[name=unit]").fill("Đảng ủy xã An Dương")
    page.locator("[name=held_on]").fill(timezone.localdate().isoformat())
    page.locator("[name=starts]").fill("08:00")
    page.locator("[name=place]").fill("Nhà văn hóa thôn Nguyễn")
    press(page, "Lưu")
    expect(page.get_by_text("Đã lưu cuộc khảo sát.")).to_be_visible()
    page.locator("[name=model]").check()
    look(page, "visits-models")
    press(page, "Chọn các mô hình này")
    team = SurveyTeam.objects.get(name__contains="kinh tế")
    page.goto(f"/visits/teams/{team.pk}")
    look(page, "visits-team")
    press(page, "Công bố lịch khảo sát")
    expect(page.get_by_text("Đã công bố lịch khảo sát")).to_be_visible()


def written_without_a_connection(page: Page, sheet: VisitSheet) -> None:
    page.goto(f"/visits/{sheet.visit_id}")
    look(page, "visits-detail-phone")
    page.get_by_role("link", name=sheet.registration.name).click()
    expect(page.locator("[data-visit-ready=yes]")).to_be_visible()
    look(page, "visits-sheet-phone")
    page.context.set_offline(True)
    page.locator("#texts-seen").fill("Đã mở rộng 800 m đường.\n45 hộ hiến đất.")
    item = page.locator("[data-visit-items] [data-piece]").first
    item.locator("[data-field=item]").fill("Công khai phương án với nhân dân")
    item.get_by_label("đạt", exact=True).check()
    item.locator("[data-field=points]").fill("9,5")
    page.locator("#caption").fill("Đường thôn Nguyễn")
    page.locator("#photo").set_input_files(
        {"name": "duong.png", "mimeType": "image/png", "buffer": photo_bytes(400, 300)}
    )
    expect(page.locator(STATUS)).to_contain_text("Chưa gửi: 2 nội dung, 1 ảnh")
    expect(page.locator(STATUS)).to_contain_text("Đang mất kết nối")
    # the phone was in the pocket: the page is opened anew, still without a connection
    page.reload()
    expect(page.locator(STATUS)).to_contain_text("Chưa gửi: 2 nội dung, 1 ảnh")
    expect(page.locator("#texts-seen")).to_have_value("Đã mở rộng 800 m đường.\n45 hộ hiến đất.")
    expect(page.locator("[data-field=points]").last).to_have_value("9,5")
    expect(page.locator("[data-visit-photos] li")).to_contain_text("chưa gửi")
    look(page, "visits-sheet-offline-phone")
    assert not SheetEntry.objects.exists()


def sent_when_back(page: Page, sheet: VisitSheet) -> None:
    page.context.set_offline(False)
    expect(page.locator(STATUS)).to_contain_text(SENT)
    sheet.refresh_from_db()
    assert sheet.seen == "Đã mở rộng 800 m đường.\n45 hộ hiến đất."
    finding = sheet.findings.get()
    assert (finding.item, finding.found) == ("Công khai phương án với nhân dân", Found.MET)
    assert str(finding.points) == "9.50"
    assert sheet.photos.get().caption == "Đường thôn Nguyễn"
    assert sheet.entries.count() == 2
    page.reload()
    expect(page.locator("#texts-seen")).to_have_value("Đã mở rộng 800 m đường.\n45 hộ hiến đất.")
    expect(page.locator(STATUS)).to_contain_text(SENT)
    look(page, "visits-sheet-sent-phone")


def both_kept_when_two_wrote(page: Page, survey: Survey, sheet: VisitSheet) -> None:
    page.context.set_offline(True)
    page.locator("#texts-place").fill("Thôn Nguyễn")
    expect(page.locator(STATUS)).to_contain_text("Chưa gửi: 1 nội dung")
    other = entry("texts", sheet.version, place="Xã An Dương")
    take_entries(sheet=sheet, entries=[other], by=survey.inspector, at=timezone.now())
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Xem và chọn")).to_be_visible()
    page.get_by_role("link", name="Xem và chọn").click()
    expect(page.locator("#choices")).to_contain_text("Thôn Nguyễn")
    expect(page.locator("#choices")).to_contain_text("Xã An Dương")
    look(page, "visits-sheet-choice-phone")
    press(page, "Lấy nội dung gửi lên")
    expect(page.get_by_text("Đã ghi nhận lựa chọn.")).to_be_visible()
    sheet.refresh_from_db()
    assert sheet.place == "Thôn Nguyễn"
    assert sheet.entries.filter(outcome=Outcome.CHOSEN).count() == 1


def kept_when_the_session_ended(page: Page, survey: Survey, sheet: VisitSheet) -> None:
    expect(page.locator(STATUS)).to_contain_text(SENT)
    page.context.clear_cookies()
    page.locator("#texts-assessment").fill("Cách làm dễ nhân rộng.")
    expect(page.locator(STATUS)).to_contain_text("Phiên đăng nhập đã hết")
    page.get_by_role("link", name="Đăng nhập lại").click()
    page.locator("[name=username]").fill(survey.officer.user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == f"/visits/sheets/{sheet.pk}")
    expect(page.locator(STATUS)).to_contain_text(SENT)
    sheet.refresh_from_db()
    assert sheet.assessment == "Cách làm dễ nhân rộng."


def nothing_left_after_signing_out(page: Page) -> None:
    expect(page.locator("[data-visit-ready=yes]")).to_be_visible()
    page.context.set_offline(True)
    page.locator("#texts-seen").fill("Chưa kịp gửi")
    expect(page.locator(STATUS)).to_contain_text("Chưa gửi: 1 nội dung")
    page.context.set_offline(False)
    expect(page.locator(STATUS)).to_contain_text(SENT)
    page.locator(".account summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(lambda url: "/account/sign-in" in url)
    assert page.evaluate("caches.keys()") == []
    rows = """() => new Promise((done) => {
        const asked = indexedDB.open("kheo-visits");
        asked.onsuccess = () => {
            const all = asked.result.transaction("entries").objectStore("entries").getAll();
            all.onsuccess = () => done(all.result.length);
        };
    })"""
    assert page.evaluate(rows) == 0


def concluded(page: Page, visit: Visit) -> None:
    page.goto(f"/visits/{visit.pk}/record")
    page.locator("[name=ends]").fill("10:30")
    page.locator("[name=unit]").first.fill("Giáp Văn Lâm – Bí thư Đảng ủy xã")
    page.locator("[name=conclusions]").fill("Mô hình hoạt động tốt.")
    page.locator("[name=advice-0-text]").fill("Bổ sung hồ sơ minh chứng của mô hình")
    page.locator("[name=advice-0-due_on]").fill(timezone.localdate().isoformat())
    look(page, "visits-record")
    press(page, "Lưu và kết luận cuộc khảo sát")
    expect(page.get_by_text("Đã kết luận cuộc khảo sát")).to_be_visible()
    look(page, "visits-detail-concluded")
    press(page, "Biên bản")
    expect(page.locator(".paper")).to_contain_text("Công khai phương án với nhân dân")
    look(page, "visits-minutes")
    with page.expect_download() as caught:
        press(page, "Word")
    assert caught.value.suggested_filename.endswith(".docx")
    visit.refresh_from_db()
    assert visit.state == VisitState.CONCLUDED


def answered(page: Page, visit: Visit) -> None:
    page.goto("/visits/recommendations")
    look(page, "visits-recommendations")
    page.get_by_role("link", name="Bổ sung hồ sơ minh chứng").click()
    page.locator("[name=text]").fill("Đã bổ sung đủ hồ sơ.")
    press(page, "Gửi trả lời")
    expect(page.get_by_text("Đã gửi trả lời đến đoàn khảo sát.")).to_be_visible()
    look(page, "visits-recommendation")
    page.goto(f"/visits/{visit.pk}")
    page.locator("[name=text]").fill("Đơn vị nhất trí với kết luận.")
    press(page, "Lưu ý kiến")
    expect(page.get_by_text("Đã lưu ý kiến")).to_be_visible()
    look(page, "visits-detail-unit")
