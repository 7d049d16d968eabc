"""The same thing twice: told of while one types, replicated, counted once, taken back."""

import pytest
from playwright.sync_api import FloatRect, Page, expect
from tests.factories.exemplars import Stage, make_draft
from tests.factories.organisations import Cast
from tests.journeys.conftest import OpenWindow
from tests.journeys.harness import LAPTOP, PHONE, look, sign_in

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAME = "Tuyến đường hoa phụ nữ tự quản"
LONG = (
    "Vận động nhân dân hiến đất, góp công, góp tiền mở rộng đường liên thôn, xây rãnh thoát nước,"
    " trồng hoa hai bên đường, lắp đèn năng lượng mặt trời gắn với xây dựng nông thôn mới kiểu mẫu"
)
CONTENT = (
    "Hội viên phụ nữ trồng và chăm sóc hoa mười giờ hai bên trục đường chính.\n"
    "Mỗi tháng hai lần tổng vệ sinh; mỗi chi hội nhận chăm một đoạn."
)
BELOW_THE_NAME = ("#id_field_0", "#id_content", "#draft .desk-buttons button >> nth=0")


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return Stage(cast)


def test_a_clerk_is_told_while_typing_and_replicates(window: OpenWindow, stage: Stage) -> None:
    stage.registration(State.ACCEPTED, unit=stage.cast.communes[1], name=NAME, content=CONTENT)
    stage.registration(State.SUBMITTED, unit=stage.cast.communes[2], name=LONG)
    draft = make_draft(stage.part(), stage.clerk, name="Nuôi ong", content="Cấp giống ong mật.")
    page = window()
    sign_in(page, stage.clerk.user.username)
    page.goto(f"/registrations/{draft.pk}/edit")
    hint = page.locator("#likeness")
    expect(hint).to_be_empty()
    standing = places_below_the_name(page)
    page.locator("#id_name").fill(f"{LONG} thôn Hạ")
    expect(hint).to_contain_text(LONG)
    expect(page.locator("#like-line")).to_contain_text("gần giống")
    expect(page.locator(".autosave")).to_contain_text("Đã lưu lúc")
    # a click that is under way must not land elsewhere
    assert places_below_the_name(page) == standing
    hint.scroll_into_view_if_needed()
    look(page, "likeness-hint-long")
    with page.expect_response("**/autosave"):
        page.locator("#id_name").fill("tuyen duong hoa phu nu tu quan")
    expect(hint).to_contain_text(NAME)
    look(page, "likeness-hint")
    phone = window(PHONE)
    sign_in(phone, stage.clerk.user.username)
    phone.goto(f"/registrations/{draft.pk}/edit")
    phone.locator("#likeness").scroll_into_view_if_needed()
    look(phone, "likeness-hint-phone")
    page.get_by_role("button", name="Nhân rộng mô hình này").first.click()
    expect(page.get_by_text("nay được ghi là nhân rộng mô hình ấy")).to_be_visible()
    row = Registration.objects.get(pk=draft.pk)
    assert (row.name, row.continuity) == ("tuyen duong hoa phu nu tu quan", "replicated")
    expect(hint).to_be_empty()


def places_below_the_name(page: Page) -> list[FloatRect | None]:
    """Return where things stand, once the letters have their shape."""
    page.evaluate("document.fonts.ready")
    return [page.locator(box).bounding_box() for box in BELOW_THE_NAME]


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_an_officer_counts_a_pair_once_and_takes_it_back(
    window: OpenWindow, stage: Stage, size: tuple[int, int]
) -> None:
    page: Page = window(size)
    word = "phone" if size == PHONE else "laptop"
    sign_in(page, stage.officer.user.username)
    page.goto(f"/registrations/likeness/rounds/{stage.round.pk}")
    expect(page.get_by_text("Không có cặp giống nhau")).to_be_visible()
    look(page, f"likeness-empty-{word}")
    stage.registration(State.SUBMITTED, name=NAME, content=CONTENT)
    stage.registration(
        State.SUBMITTED,
        unit=stage.cast.communes[1],
        name="Phụ nữ trồng hoa dọc tuyến đường tự quản",
        content=CONTENT.replace("mười giờ", "cúc, hoa giấy").replace("tổng vệ sinh", "dọn rác"),
    )
    for commune in stage.cast.communes[1:]:
        stage.registration(State.SUBMITTED, unit=commune, name=LONG)
    page.reload()
    page.get_by_role("button", name="So sánh ngay").click()
    expect(page.locator(".like-pair")).to_have_count(2)
    look(page, f"likeness-report-{word}")
    pair = page.locator(".like-pair", has_text=NAME)
    pair.get_by_role("button", name="Là một: tính một lần").click()
    expect(page.locator(".like-pair")).to_have_count(1)
    shared = Registration.objects.get(merged_from__isnull=False)
    page.goto(f"/registrations/{shared.pk}")
    expect(
        page.get_by_text("cấp trên của cả hai tính theo bản đăng ký của đơn vị kia")
    ).to_be_visible()
    look(page, f"likeness-shared-{word}")
    page.get_by_role("button", name="Bỏ gộp").click()
    expect(page.get_by_text("Đã bỏ gộp.")).to_be_visible()
    assert not Registration.objects.filter(merged_from__isnull=False).exists()
