"""A task travels from the province through the district to the communes, and back."""

from datetime import date, timedelta

import pytest
import vobject
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.factories.assignments import give_task
from tests.factories.directives import DocumentFactory
from tests.factories.organisations import Cast, SeatFactory
from tests.journeys.conftest import OpenWindow
from tests.journeys.harness import LAPTOP, PHONE, look, shot, sign_in

from kheo.assignments.models import Task
from kheo.notices.models import Message
from kheo.organisations.enums import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# S1 II.8, with its time
CONTENT = (
    "Tăng cường công tác thông tin, tuyên truyền về công tác dân vận. Tập trung xây dựng các chuyên"
    " trang, chuyên mục về công tác dân vận trên báo, đài, các phương tiện thông tin đại chúng. Chủ"
    " động, kịp thời phát hiện nhân tố mới trong xây dựng, nhân rộng mô hình “Dân vận khéo” để"
    " tuyên truyền nhằm tạo sức lan tỏa trong cộng đồng."
)


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


def give(page: Page, executing: str, due_on: date) -> None:
    page.locator("[name=executing]").fill(executing)
    page.locator("[name=timing][value=by]").check()
    page.locator("[name=due_on]").fill(due_on.isoformat())
    press(page, "Lưu")
    expect(page.get_by_text("Đã lưu nhiệm vụ")).to_be_visible()


def told_done(page: Page, words: str, file: tuple[str, bytes] | None = None) -> None:
    page.locator("[name=text]").first.fill(words)
    if file:
        name, content = file
        page.locator("[name=evidence]").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": content}
        )
    press(page, "Báo hoàn thành")
    expect(page.get_by_text("Đã báo hoàn thành; chờ cấp trên xác nhận.")).to_be_visible()


def test_a_task_travels_from_province_to_commune_and_back(enter, cast: Cast) -> None:
    due_on = timezone.localdate() - timedelta(days=1)
    province = SeatFactory(organisation=cast.province, role=Role.OFFICER)
    DocumentFactory(owner=cast.province, subject="thực hiện phong trào thi đua “Dân vận khéo”")
    above = enter(province)
    given_by_the_province(above, due_on)
    between = enter(cast.officer)
    taken_over_by_the_district(between, due_on)
    task = Task.objects.get(owner=cast.district)
    returned_and_done_again(enter(cast.clerk, PHONE), between, task)
    reminded(between, task)
    back_to_the_province(between, above, task, due_on)


def given_by_the_province(page: Page, due_on: date) -> None:
    page.goto("/tasks/given")
    look(page, "tasks-given-empty")
    press(page, "Giao nhiệm vụ")
    page.locator("[name=content]").fill(CONTENT)
    page.locator("[name=document]").select_option(index=1)
    page.locator("[name=executing]").fill("TY")
    press(page, "Lưu")
    expect(page.get_by_text("Chưa có ngày phải hoàn thành nhiệm vụ.")).to_be_visible()
    look(page, "tasks-edit-error")
    give(page, "Huyện ủy Tân Yên\nHuyện ủy Hiệp Hòa", due_on)
    look(page, "tasks-detail")
    page.goto("/tasks/matrix")
    expect(page.locator("main")).to_contain_text("quá hạn")


def taken_over_by_the_district(page: Page, due_on: date) -> None:
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Tăng cường công tác thông tin")
    look(page, "tasks-my-work")
    press(page, "Báo cáo")
    page.wait_for_url("**/tasks/parts/*")
    look(page, "tasks-part")
    press(page, "Đảm nhận thành nhiệm vụ của đơn vị")
    give(page, "các xã, thị trấn", due_on)


def returned_and_done_again(below: Page, above: Page, task: Task) -> None:
    below.goto("/tasks/")
    look(below, "tasks-own-phone")
    below.get_by_role("link", name="Tăng cường công tác").first.click()
    told_done(below, "Đã phát 12 bản tin trên loa truyền thanh xã.", ("Bao cao.pdf", b"%PDF-1.7"))
    look(below, "tasks-part-phone")
    above.goto(f"/tasks/{task.pk}")
    above.get_by_role("link", name="Đảng ủy xã An Dương").first.click()
    press(above, "Trả lại")
    expect(above.get_by_text("Hãy nêu rõ còn thiếu gì để đơn vị")).to_be_visible()
    above.locator("[name=text]").first.fill("Thiếu danh sách bản tin.")
    press(above, "Trả lại")
    expect(above.locator("main")).to_contain_text("Thiếu danh sách bản tin.")
    below.reload()
    expect(below.locator("main")).to_contain_text("Thiếu danh sách bản tin.")
    told_done(below, "Đã bổ sung danh sách.")
    above.reload()
    press(above, "Xác nhận hoàn thành")
    expect(above.locator("main")).to_contain_text("đã xác nhận")
    look(above, "tasks-part-confirmed")


def reminded(page: Page, task: Task) -> None:
    """The two communes that have not reported are reminded, after a look at who they are."""
    page.goto(f"/tasks/remind?task={task.pk}")
    expect(page.locator("[name=unit]:checked")).to_have_count(2)
    look(page, "tasks-remind")
    press(page, "Soạn thư nhắc")
    expect(page.get_by_text("đang chờ trong hộp thư đi")).to_be_visible()
    assert Message.objects.get().units.count() == 2


def back_to_the_province(between: Page, above: Page, task: Task, due_on: date) -> None:
    parent = task.parent
    assert parent is not None
    part = parent.bodies.get(organisation=task.owner)
    between.goto(f"/tasks/parts/{part.pk}")
    expect(between.locator("main")).to_contain_text("1/3 đơn vị đã được xác nhận")
    told_done(between, "Huyện đã triển khai; kèm kết quả của các xã.")
    above.goto(f"/tasks/parts/{part.pk}")
    press(above, "Xác nhận hoàn thành")
    expect(above.locator("main")).to_contain_text("đã xác nhận")
    above.goto("/tasks/matrix")
    row = above.get_by_role("row", name="Huyện ủy Tân Yên")
    expect(row).to_contain_text("đã xác nhận")
    # the other district is late, and stands in front
    expect(above.locator("tbody tr").first).to_contain_text("Huyện ủy Hiệp Hòa")
    above.goto(f"/calendar?month={due_on:%Y-%m}")
    expect(above.locator(".calendar-grid")).to_contain_text("Tăng cường công tác")
    look(above, "calendar-month")
    press(above, "Tạo địa chỉ riêng")
    address = above.locator("#feed-address").input_value()
    answer = above.request.get(address)
    read = vobject.readOne(answer.text())
    days = {event.summary.value: event.dtstart.value for event in read.vevent_list}
    assert days[parent.title] == due_on


def test_a_large_matrix_and_a_full_calendar_can_be_read(enter, cast: Cast) -> None:
    """Twenty tasks with long words, on a laptop and on a phone."""
    document = DocumentFactory(owner=cast.district)
    today = timezone.localdate()
    for number in range(20):
        due_on = today + timedelta(days=(number % 4) * 3 - 4)
        give_task(cast, document=document, content=f"{CONTENT} ({number})", due_on=due_on)
    page = enter(cast.officer)
    page.goto("/tasks/matrix")
    look(page, "tasks-matrix-large")
    page.goto("/tasks/given")
    look(page, "tasks-given-full")
    page.goto("/calendar")
    look(page, "calendar-full")
    page.goto("/calendar?view=list")
    look(page, "calendar-list")
    phone = enter(cast.officer, PHONE)
    for path, name in (
        ("/tasks/matrix", "tasks-matrix-phone"),
        ("/tasks/given", "tasks-given-phone"),
        ("/tasks/new", "tasks-new-phone"),
        (f"/tasks/{Task.objects.latest('pk').pk}", "tasks-detail-phone"),
        ("/calendar", "calendar-phone"),
    ):
        phone.goto(path)
        look(phone, name)
    shot(phone, "calendar-phone-whole", whole=True)
