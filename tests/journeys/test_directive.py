"""Directives in, work out: a new officer drops three papers and gets round, tasks and review."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from tests.factories.rounds import S4_THEME
from tests.journeys.conftest import OpenWindow
from tests.journeys.harness import PHONE, look, shot, sign_in
from tests.journeys.s4.world import District, found_district
from tests.planning.papers import HERE
from tests.planning.test_reader import file_of

from kheo.assignments.models import Task
from kheo.directives.models import Document
from kheo.organisations.enums import Role
from kheo.reviews.models import Review
from kheo.rounds.actions.audiences import terms_of
from kheo.rounds.models import Participation, Period, Round

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def district() -> District:
    """Return the district of S4 with its province, whose officer is new as well."""
    made = found_district()
    made.add("T-NV", "Sở Nội vụ", "agency", "province", "24")
    made.seat("province", "24", Role.OFFICER, "Bế Thị Lan", "Chuyên viên")
    return made


def test_the_letter_of_s4_opens_the_round_that_was_set_up_by_hand(
    district: District, window: OpenWindow
) -> None:
    page = window()
    sign_in(page, "officer")
    letter = drop(page, "round-letter", "docx")
    check(page, letter)
    page.get_by_role("link", name="Lập việc").first.click()
    expect(page.locator("main")).to_contain_text("không quá 05 nội dung")
    page.locator("[name=round-opens_on]").fill("2024-02-05")
    look(page, "directive-round-proposed")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    shot(page, "directive-round-proposed-phone")
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("button", name="Lập đợt đăng ký").click()
    page.wait_for_url(re.compile("/preview"))
    expect(page.locator("#units tbody tr")).to_have_count(9)
    assert_is_the_round_of_s4(Round.objects.get())
    page.goto(f"/rounds/{Round.objects.get().pk}/publish")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/rounds/\d+$"))
    assert Participation.objects.count() == 9
    # from the round back to the very sentence
    page.goto(f"/rounds/{Round.objects.get().pk}")
    page.get_by_role("link", name="«ít nhất 01 nội dung»").first.click()
    page.wait_for_url(re.compile(rf"/documents/{letter.pk}/reading#finding-\d+"))
    page.goto(f"/documents/{letter.pk}/draft?")
    look(page, "directive-own-paper")


def test_plan_and_letter_of_the_province_give_tasks_rounds_and_a_review(
    district: District, window: OpenWindow
) -> None:
    page = window()
    sign_in(page, "province")
    plan = drop(page, "plan", "txt")
    check(page, plan)
    page.goto(f"/documents/{plan.pk}/work")
    look(page, "directive-tasks-proposed")
    page.get_by_role("button", name="Giao các nhiệm vụ đã chọn").click()
    expect(page.locator("#messages")).to_contain_text("3 nhiệm vụ")
    bodies = Task.objects.get(ordinal=1).bodies.filter(role="executing")
    assert {body.name for body in bodies} == {"Sở Nội vụ", "Huyện ủy Tân Yên"} | {
        body.name for body in bodies if body.organisation_id is None
    }
    page.get_by_role("button", name="Lập đợt đăng ký").click()
    page.wait_for_url(re.compile("/preview"))
    period = Period.objects.get()
    assert (period.usual_due_day, period.usual_due_month) == (31, 3)
    dues = {audience.due_on for audience in Round.objects.get().audiences.all()}
    assert dues == {date(2021, 5, 1)}

    letter = drop(page, "review-letter", "txt")
    check(page, letter)
    page.goto(f"/documents/{letter.pk}/work")
    look(page, "directive-review-proposed")
    page.get_by_role("button", name="Lập đợt sơ kết, tổng kết").click()
    page.wait_for_url(re.compile("/reviews/"))
    review = Review.objects.get()
    assert [due.due_on for due in review.dues.all()] == [date(2020, 4, 10), date(2020, 4, 20)]
    assert review.annexes.count() == 2
    assert review.headings.count() == 7
    look(page, "directive-review")
    page.goto(f"/reviews/{review.pk}/outline")
    look(page, "directive-outline")


def drop(page: Page, name: str, ending: str) -> Document:
    """Drop a paper, correct what was not told, and save the document."""
    # a full machine reads a paper slowly
    page.set_default_timeout(60_000)
    page.set_default_navigation_timeout(60_000)
    content, _file = file_of(HERE / f"{name}.txt", ending)
    page.goto("/documents/receive")
    given = {"name": f"{name}.{ending}", "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(given)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/documents/waiting/"))
    page.get_by_role("button", name="Lưu văn bản").click()
    page.wait_for_url(re.compile(r"/documents/\d+$"))
    return Document.objects.latest("pk")


def check(page: Page, document: Document) -> None:
    """Accept what is certain at once, then the rest one by one."""
    page.goto(f"/documents/{document.pk}/reading/accept-certain")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/reading$"))
    waiting = page.locator(".finding.is-proposed [data-deed=accept]")
    while count := waiting.count():
        waiting.first.click()
        expect(waiting).to_have_count(count - 1)


def assert_is_the_round_of_s4(round: Round) -> None:
    """Compare with what the journey of S4 sets up by hand, field by field."""
    assert (round.year, round.theme, round.nomination_cap) == (2024, S4_THEME, 5)
    assert (round.period.name, round.opens_on) == ("2021 – 2025", date(2024, 2, 5))
    assert round.receiver_name == "Ban Dân vận Huyện ủy"
    assert round.governing_document.symbol == "09-HD/HU"
    assert round.governing_document.issued_on == date(2022, 8, 17)
    communes, agencies = (terms_of(audience) for audience in round.audiences.all())
    assert [layout.code for layout in communes.layouts] == ["M1", "M2", "M3"]
    assert [layout.code for layout in agencies.layouts] == ["M1", "M2", "M4"]
    assert {communes.due_on, agencies.due_on} == {date(2024, 2, 27)}
    assert quotas(communes) == {"province": (1, None), "district": (4, 5)}
    assert quotas(agencies) == {"province": (1, 2), "district": (4, 5)}
    assert [unit.name for unit in agencies.listed] == ["Đảng bộ Công an huyện"]


def quotas(terms) -> dict[str, tuple[int | None, int | None]]:
    """Return at least and at most by level."""
    return {line.level.code: (line.minimum, line.maximum) for line in terms.quotas}
