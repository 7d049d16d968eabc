"""Many at once: an officer chooses, looks, does it, undoes it; blank forms are taken home."""

import pytest
from playwright.sync_api import Page, expect
from tests.factories.exemplars import Stage
from tests.factories.organisations import Cast
from tests.journeys.harness import look, sign_in

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG = "Vận động nhân dân hiến đất, góp công mở rộng đường liên thôn gắn với trồng hoa, cây xanh"
WORD = "Vệ-sinh-môi-trường-nông-thôn-kiểu-mẫu-" * 3


@pytest.fixture
def stage(cast: Cast) -> Stage:
    stage = Stage(cast)
    for place, unit in enumerate(cast.communes):
        stage.registration(State.SUBMITTED, unit=unit, name=f"{LONG} {place}")
    stage.registration(State.ACCEPTED, name=WORD)
    return stage


def states() -> list[str]:
    return sorted(Registration.objects.values_list("state", flat=True))


def test_officer_accepts_from_the_list_and_undoes_it(page: Page, stage: Stage) -> None:
    sign_in(page, stage.officer.user.username)
    page.goto("/registrations/?year=2024")
    look(page, "batch-list")
    page.locator("#batch-all").check()
    page.locator("button[name=deed][value=accept]").click()
    expect(page.locator("form.batch tbody tr")).to_have_count(4)
    look(page, "batch-preview")
    page.locator("form.batch button[name=token]").click()
    expect(page.locator("main")).to_contain_text("Có thể hoàn tác 3 trên 3")
    look(page, "batch-done")
    assert states() == ["accepted"] * 4
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("main")).to_contain_text("Đã hoàn tác lúc")
    look(page, "batch-undone")
    assert states() == ["accepted"] + ["submitted"] * 3
    page.goto("/registrations/batches")
    look(page, "batches")


def test_officer_returns_many_on_a_telephone(phone: Page, stage: Stage) -> None:
    sign_in(phone, stage.officer.user.username)
    phone.goto("/registrations/check")
    look(phone, "batch-queue-on-a-telephone")
    phone.locator("#batch-all").check()
    phone.locator("button[name=deed][value=return]").click()
    look(phone, "batch-terms-on-a-telephone")
    phone.locator("[name=text]").fill("Nêu rõ cách vận động và người phụ trách từng việc.")
    phone.locator("[name=due_on]").fill("2020-01-01")
    phone.get_by_role("button", name="Xem trước thay đổi").click()
    expect(phone.locator("main")).to_contain_text("Hạn sửa phải từ hôm nay")
    look(phone, "batch-refused-on-a-telephone")
    phone.locator("[name=due_on]").fill("2031-01-31")
    phone.get_by_role("button", name="Xem trước thay đổi").click()
    expect(phone.locator("form.batch tbody tr")).to_have_count(3)
    look(phone, "batch-preview-on-a-telephone")
    phone.locator("form.batch button[name=token]").click()
    expect(phone.locator("main")).to_contain_text("Có thể hoàn tác 3 trên 3")
    assert states() == ["accepted"] + ["returned"] * 3


def test_second_officer_is_shown_what_the_first_one_did(page: Page, stage: Stage) -> None:
    sign_in(page, stage.officer.user.username)
    page.goto("/registrations/check")
    page.locator("[data-bulk-all]").check()
    page.locator("button[name=deed][value=accept]").click()
    expect(page.locator("form.batch tbody tr")).to_have_count(3)
    first = Registration.objects.filter(state=State.SUBMITTED).earliest("pk")
    Registration.objects.filter(pk=first.pk).update(version=50)
    page.locator("form.batch button[name=token]").click()
    expect(page.get_by_role("alert")).to_contain_text("Dữ liệu đã thay đổi")
    look(page, "batch-stale")
    assert states() == ["accepted"] + ["submitted"] * 3


def test_blank_forms_are_taken_home(page: Page, stage: Stage) -> None:
    sign_in(page, stage.officer.user.username)
    page.goto(f"/intake/blank/rounds/{stage.round.pk}")
    look(page, "blank-forms")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel").first.click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="zip").click()
    assert waiting.value.suggested_filename.endswith(".zip")


def test_blank_forms_on_a_telephone(phone: Page, stage: Stage) -> None:
    sign_in(phone, stage.clerk.user.username)
    phone.goto(f"/intake/blank/rounds/{stage.round.pk}")
    look(phone, "blank-forms-on-a-telephone")
