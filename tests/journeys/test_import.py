"""A clerk hands a zip of mixed files in, puts two errors right, saves all; doubles are found."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from tests.factories.exemplars import IN_TIME, Stage, filled
from tests.factories.organisations import Cast
from tests.journeys.conftest import OpenWindow
from tests.journeys.harness import look, picture, sign_in

from kheo.exemplars.actions import discard_draft, save_draft, sign_off, submit
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.exemplars.papers import registration_paper
from kheo.exemplars.queries.one import readable_registrations, sheet_of
from kheo.lib.papers.render import render

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HEADS = (
    "STT",
    "Địa chỉ xây dựng mô hình",
    "Tên mô hình",
    "Tập thể hoặc cá nhân",
    "Mô hình đã và đang hoạt động tiếp tục đăng ký để duy trì thực hiện năm 2024",
    "Mô hình đăng ký xây dựng mới trong năm 2024",
    "Đăng ký ở cấp",
    "Nội dung thực hiện",
)
LONG = (
    "Vận động nhân dân hiến đất mở rộng đường liên thôn, xây dựng tuyến đường sáng – xanh – sạch"
    " – đẹp gắn với xây dựng nông thôn mới kiểu mẫu"
)
VEGETABLES = "Tổ hợp tác trồng vải sớm"
TOGETHER = (
    "Vận động các hộ góp đất trồng vải sớm theo một quy trình.\n"
    "Liên kết với hợp tác xã tiêu thụ, ký hợp đồng từ đầu vụ.\nMỗi tháng kiểm tra một lần."
)
CAMERA = {"name": "Camera an ninh", "field": "defence_security"}
ROWS = (
    ("Thôn Đông", LONG, "Tập thể", None, "x", "huyện", "Họp thôn, công khai phương án."),
    ("Thôn Đoài", VEGETABLES, "Tập thể", None, "x", "xóm", "Liên kết tiêu thụ."),
    ("Thôn Thượng", "Dòng họ khuyến học", "Tập thể", "x", "x", "tỉnh", "Lập quỹ khuyến học."),
)


def list_m3() -> bytes:
    """A list as a commune writes it: one level nobody knows, one row ticked as old and as new."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Danh sách"
    sheet["A1"], sheet["A2"] = "HUYỆN ỦY TÂN YÊN", "ĐẢNG ỦY XÃ AN DƯƠNG"
    sheet["A4"] = "DANH SÁCH ĐĂNG KÝ XÂY DỰNG MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” NĂM 2024"
    sheet.append([])
    sheet.append(HEADS)
    sheet.append(["I- Lĩnh vực kinh tế"])
    for number, row in enumerate(ROWS, 1):
        sheet.append([number, *row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def form_m1(stage: Stage) -> bytes:
    """A form in Word of the same unit, as the system writes it; the draft itself is gone."""
    draft = stage.registration(**CAMERA)
    sheet = sheet_of(readable_registrations(stage.head).get(pk=draft.pk))
    paper = render(registration_paper(sheet.registration, sheet.spec, sheet.labels), "docx")
    discard_draft(registration=draft, by=stage.head, at=draft.created_at)
    return paper


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """The round of S4 in which two other communes registered what the files bring once more."""
    stage = Stage(cast)
    stage.registration(State.ACCEPTED, cast.communes[1], **CAMERA)
    stage.registration(State.SUBMITTED, cast.communes[2], name=VEGETABLES, content=TOGETHER)
    return stage


@pytest.fixture
def archive(stage: Stage, tmp_path: Path) -> Path:
    path = tmp_path / "ho-so.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Danh sách M3.xlsx", list_m3())
        archive.writestr("Mẫu M1.docx", form_m1(stage))
        archive.writestr("hỏng.docx", b"PK\x03\x04 broken")
    return path


def test_a_zip_of_mixed_files_becomes_drafts(
    page: Page, phone: Page, window: OpenWindow, stage: Stage, archive: Path
) -> None:
    cast = stage.cast
    sign_in(page, cast.clerk.user.username)
    page.get_by_role("link", name="Nhập từ tệp").first.click()
    look(page, "import-rounds")
    page.locator("main .files a").first.click()
    look(page, "import-hand-in")
    page.locator("[name=chosen]").set_input_files(archive)
    page.get_by_role("button", name="Đọc các tệp").click()
    expect(page.locator("#progress")).to_contain_text("Tệp bị hỏng")
    expect(page.get_by_role("button", name="Lưu 4 dòng")).to_be_disabled()
    look(page, "import-problems")
    page.get_by_role("link", name="Danh sách M3.xlsx").click()
    expect(page.locator("tbody.is-wrong")).to_have_count(2)
    look(page, "import-rows")
    picture(page, "import")
    _put_right(page, "Tổ hợp tác trồng vải sớm", level="district")
    _put_right(page, "Dòng họ khuyến học", continuity="kept")
    expect(page.locator("tbody.is-wrong")).to_have_count(0)
    sign_in(phone, cast.clerk.user.username)
    phone.goto(page.url)
    look(phone, "import-rows-on-a-telephone")
    rows = _save_all(page, stage)
    _link_replica(page, rows["Camera an ninh"])
    _hand_in(rows[VEGETABLES], stage)
    _count_once(window(), rows[VEGETABLES], stage)


def _put_right(page: Page, name: str, **values: str) -> None:
    page.get_by_role("link", name=name).click()
    editor = page.locator("form.row-editor")
    for key, value in values.items():
        editor.locator(f"[name={key}]").select_option(value)
    editor.get_by_role("button", name="Lưu phần sửa").click()
    expect(editor).to_have_count(0)


def _save_all(page: Page, stage: Stage) -> dict[str, Registration]:
    """Save the whole import, and return the drafts it made by their names."""
    page.get_by_role("link", name="Về lần nhập").click()
    page.get_by_role("button", name="Lưu 4 dòng").click()
    expect(page.locator("main")).to_contain_text("Đã lập 4 bản nháp")
    look(page, "import-saved")
    mine = Registration.objects.filter(organisation=stage.cast.communes[0]).select_related("level")
    rows = {row.name: row for row in mine}
    assert set(rows) == {LONG, "Tổ hợp tác trồng vải sớm", "Dòng họ khuyến học", "Camera an ninh"}
    assert rows["Tổ hợp tác trồng vải sớm"].level.code == "district"
    assert rows["Dòng họ khuyến học"].continuity == "kept"
    assert rows["Camera an ninh"].field == "defence_security"
    return rows


def _link_replica(page: Page, row: Registration) -> None:
    """Say on the form that the model is the one another commune has already."""
    page.goto(f"/registrations/{row.pk}/edit")
    hint = page.locator("#likeness")
    expect(hint).to_contain_text("Camera an ninh")
    page.get_by_role("button", name="Nhân rộng mô hình này").first.click()
    expect(page.get_by_text("nay được ghi là nhân rộng mô hình ấy")).to_be_visible()
    row.refresh_from_db()
    assert row.continuity == "replicated"
    assert row.replicated_from is not None
    assert row.replicated_from.owner.name == "Đảng ủy xã Cao Xá"


def _hand_in(row: Registration, stage: Stage) -> None:
    values = filled(name=VEGETABLES, content=TOGETHER)
    row = save_draft(
        registration=row, values=values, version=row.version, by=stage.clerk, at=IN_TIME
    )
    submit(
        registration=sign_off(registration=row, by=stage.head, at=IN_TIME),
        by=stage.head,
        at=IN_TIME,
    )


def _count_once(page: Page, row: Registration, stage: Stage) -> None:
    """Let the officer find the same thing twice, and make one model of it."""
    sign_in(page, stage.officer.user.username)
    page.goto(f"/registrations/likeness/rounds/{stage.round.pk}")
    page.get_by_role("button", name="So sánh ngay").click()
    pair = page.locator(".like-pair", has_text=VEGETABLES)
    pair.get_by_role("button", name="Là một: tính một lần").click()
    expect(page.locator(".like-pair", has_text=VEGETABLES)).to_have_count(0)
    [one, other] = Registration.objects.filter(name=VEGETABLES)
    assert one.exemplar_id == other.exemplar_id
    assert row.pk in {one.pk, other.pk}
