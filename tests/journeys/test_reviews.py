"""A review goes from the province over the district to the communes and comes back as a report."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone
from docx import Document as Word
from playwright.sync_api import Page, expect
from tests.factories.accounts import START
from tests.factories.exemplars import Stage
from tests.factories.organisations import Cast, SeatFactory, kind_of, level_of
from tests.factories.reviews import report_of, write_under
from tests.journeys.conftest import OpenWindow
from tests.journeys.harness import LAPTOP, PHONE, look, sign_in

from kheo.exemplars.enums import State
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.reviews.actions import (
    AnnexTerms,
    HeadingTerms,
    ReviewTerms,
    create_review,
    sign_off_report,
    submit_report,
    write_answer,
)
from kheo.reviews.enums import GUIDING_DOCUMENTS, ReportState, ReviewKind
from kheo.reviews.models import FrozenTable, Petition, Report, ReportFigure, Review

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OUTLINE = (
    (1, "Tình hình chung"),
    (1, "Kết quả triển khai, thực hiện"),
    (2, "Công tác lãnh đạo, chỉ đạo triển khai thực hiện"),
    (2, "Kết quả thực hiện phong trào thi đua “Dân vận khéo” trên các lĩnh vực"),
    (1, "Đánh giá chung"),
    (2, "Hạn chế"),
    (1, "Đề xuất, kiến nghị"),
)
# what Word lays on the clipboard, rubbish and all
WORD = (
    "<html><head><style>p{margin:0}</style></head><body><p class=MsoNormal><b>Xã An Dương</b> có 12"
    " thôn.<o:p></o:p></p><script>document.title = 'x'</script><table><tr><td>Năm</td><td>Số thôn"
    "</td></tr><tr><td>2024</td><td>12</td></tr></table><img src='x'></body></html>"
)
PASTE = """(box, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  box.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
ASKS = "Đề nghị mở lớp tập huấn nghiệp vụ công tác dân vận cho cơ sở."
LIMIT = "Việc nhân rộng các mô hình còn hạn chế."
MODELS = (
    ("economy", "Liên kết trồng vải thiều theo hướng an toàn"),
    ("economy", "Vận động nhân dân bàn giao mặt bằng"),
    ("culture_society", "Thu gom vỏ chai thuốc bảo vệ thực vật trên đồng ruộng"),
    ("defence_security", "Tuyến đường camera an ninh"),
)


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def enter(window: OpenWindow):
    def open_for(seat: Seat, size: tuple[int, int] = LAPTOP) -> Page:
        page = window(size)
        sign_in(page, seat.user.username)
        return page

    return open_for


def press(page: Page, name: str) -> None:
    place = page.locator("main")
    button = place.get_by_role("button", name=name, exact=True)
    button.or_(place.get_by_role("link", name=name, exact=True)).first.click()


def says(page: Page, words: str) -> None:
    expect(page.locator("body")).to_contain_text(words)


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Four models of the first commune and one of the second, of 2024."""
    stage = Stage(cast, late_policy="accept")
    for field, name in MODELS:
        stage.registration(State.ACCEPTED, field=field, name=name)
    stage.registration(State.ACCEPTED, cast.communes[1], name="Trồng hoa ven đường")
    return stage


@pytest.fixture
def officer(cast: Cast) -> Seat:
    """The officer of the province, who runs the review."""
    return SeatFactory(organisation=cast.province, role=Role.OFFICER)


@pytest.fixture
def review(stage: Stage, officer: Seat) -> Review:
    """A review of 2024 that the province has prepared and not asked for yet."""
    terms = ReviewTerms(
        title="Tổng kết phong trào thi đua “Dân vận khéo” năm 2024",
        kind=ReviewKind.YEARLY,
        period_from=date(2024, 1, 1),
        period_to=date(2024, 12, 31),
        annexes=(
            AnnexTerms(title="Tổng hợp văn bản chỉ đạo", layout_code=GUIDING_DOCUMENTS),
            AnnexTerms(title="Mô hình đăng ký trong năm", layout_code="S0"),
        ),
    )
    outline = [HeadingTerms(title=title, depth=depth) for depth, title in OUTLINE]
    return create_review(
        organiser=stage.cast.province, terms=terms, outline=outline, by=officer, at=START
    )


def test_a_review_goes_down_three_levels_and_comes_back(enter, stage, review, officer) -> None:
    cast = stage.cast
    above = enter(officer)
    asked_by_the_province(above, review)
    between = enter(cast.officer)
    passed_on_by_the_district(between, cast)
    first = report_of(review, cast.communes[0])
    below = enter(cast.clerk, PHONE)
    written_by_a_commune(below, first)
    head = enter(cast.head)
    written_by_two_at_once(below, head, first)
    handed_in(head, first)
    second, third = (report_of(review, unit) for unit in cast.communes[1:])
    extended(between, second)
    answered_by_another(stage, second)
    overdue(third)
    returned_and_corrected(between, below, head, first)
    middle = report_of(review, cast.district)
    passed_upward(between, first)
    consolidated_by_the_district(between, middle)
    sent_up(between, enter(cast.leader), middle)
    top = report_of(review, cast.province)
    consolidated_by_the_province(above, top)
    every_figure_is_counted_again(top)
    papers_come_out(above, top)
    petition_is_answered(above, below, middle, first)
    frozen_figures_stay(stage, below, first)


def asked_by_the_province(page: Page, review: Review) -> None:
    page.goto(f"/reviews/{review.pk}/open")
    look(page, "reviews-open-empty")
    page.locator("[name=own_due_on]").fill(day(20).isoformat())
    ask(page, "party_committee", day(25))
    page.locator(f"[name=groups-0-levels][value='{level_of('district').pk}']").check()
    press(page, "Yêu cầu báo cáo")
    says(page, "Cấp dưới phải báo cáo trước hạn")
    page.locator("[name=groups-0-due_on]").fill(day(10).isoformat())
    press(page, "Xem các đơn vị sẽ được yêu cầu")
    says(page, "2 đơn vị sẽ được yêu cầu.")
    look(page, "reviews-open-preview")
    press(page, "Yêu cầu báo cáo")
    page.wait_for_url(f"**/reviews/{review.pk}")
    says(page, "Huyện ủy Hiệp Hòa")
    look(page, "reviews-detail")


def ask(page: Page, kind: str, due_on: date) -> None:
    page.locator("[name=groups-0-due_on]").fill(due_on.isoformat())
    page.locator(f"[name=groups-0-kinds][value='{kind_of(kind).pk}']").check()


def passed_on_by_the_district(page: Page, cast: Cast) -> None:
    page.goto("/")
    says(page, "Tổng kết phong trào thi đua")
    look(page, "reviews-my-work")
    page.goto("/reviews/mine")
    page.locator("main").get_by_role("link", name=re.compile("Tổng kết phong trào")).first.click()
    press(page, "Triển khai xuống cấp dưới")
    ask(page, "commune_committee", day(12))
    press(page, "Yêu cầu báo cáo")
    says(page, "Cấp dưới phải báo cáo trước hạn")
    page.locator("[name=groups-0-due_on]").fill(day(5).isoformat())
    press(page, "Yêu cầu báo cáo")
    page.wait_for_url(re.compile(r"/reviews/(reports/)?\d+$"))
    assert set(
        Report.objects.filter(parent__organisation=cast.district).values_list(
            "organisation", flat=True
        )
    ) == {unit.pk for unit in cast.communes}


def heading_page(report: Report, number: str) -> str:
    heading = report.review.headings.filter(number=number).order_by("order").first()
    return f"/reviews/reports/{report.pk}/headings/{heading.pk}"


def write(page: Page, report: Report, number: str, body: str) -> None:
    page.goto(heading_page(report, number))
    page.locator("[name=body]").fill(body)
    press(page, "Lưu")
    says(page, "Đã lưu")


def written_by_a_commune(page: Page, report: Report) -> None:
    page.goto(f"/reviews/reports/{report.pk}")
    look(page, "reviews-report-empty-phone")
    page.goto(heading_page(report, "I"))
    page.locator("[name=body]").evaluate(PASTE, WORD)
    expect(page.locator("[name=body]")).to_have_value(
        re.compile(r"\*\*Xã An Dương\*\* có 12 thôn\.\s+\| Năm \| Số thôn \|\n\| 2024 \| 12 \|")
    )
    press(page, "Lưu")
    says(page, "Đã lưu")
    look(page, "reviews-answer-phone")
    write(page, report, "1", "- Đảng ủy xã đã ban hành kế hoạch[[Kế hoạch số 05-KH/ĐU.]].")
    page.goto(heading_page(report, "2"))
    press(page, "Chèn số liệu")
    look(page, "reviews-figure-new-phone")
    page.locator("form", has=page.locator("[value=registered]")).get_by_role(
        "button", name="Chèn", exact=True
    ).click()
    expect(page.locator("[name=body]")).to_have_value(re.compile(r"\{04 mô hình[^}]*#\d+\}"))
    report.refresh_from_db()
    limits = report.review.headings.get(title="Hạn chế")
    page.goto(f"/reviews/reports/{report.pk}/headings/{limits.pk}")
    page.locator("[name=body]").fill(f"- {LIMIT}")
    press(page, "Lưu")
    says(page, "Đã lưu")
    write(page, report, "IV", f"- {ASKS}")


def written_by_two_at_once(page: Page, other: Page, report: Report) -> None:
    """The head has the box open while the clerk saves; nothing of either is lost."""
    other.goto(heading_page(report, "I"))
    other.locator("[name=body]").wait_for()
    page.goto(heading_page(report, "I"))
    page.locator("[name=body]").press("Control+End")
    page.locator("[name=body]").type("\nDân số 6.400 người.")
    press(page, "Lưu")
    says(page, "Đã lưu")
    other.locator("[name=body]").fill("Xã An Dương có 12 thôn, 1 hợp tác xã.")
    press(other, "Lưu")
    says(other, "Trong lúc đó đã có người khác viết vào đề mục này")
    look(other, "reviews-answer-conflict")
    expect(other.locator("[name=body]")).to_have_value("Xã An Dương có 12 thôn, 1 hợp tác xã.")
    press(other, "Lưu nội dung của tôi; nội dung kia vẫn giữ trong các phiên bản")
    says(other, "Đã lưu")
    other.goto(heading_page(report, "I") + "/versions")
    says(other, "Dân số 6.400 người.")
    look(other, "reviews-versions")


def handed_in(page: Page, report: Report) -> None:
    page.goto(f"/reviews/reports/{report.pk}")
    press(page, "Ký duyệt")
    says(page, "Đã ký duyệt báo cáo.")
    press(page, "Gửi báo cáo")
    says(page, "Đã gửi báo cáo.")
    look(page, "reviews-report-submitted")


def extended(page: Page, report: Report) -> None:
    page.goto(f"/reviews/reports/{report.pk}/extend")
    page.locator("[name=due_on]").fill(day(8).isoformat())
    page.locator("[name=reason]").fill("Đơn vị khắc phục hậu quả mưa lũ.")
    press(page, "Gia hạn")
    page.goto(f"/reviews/reports/{report.pk}")
    says(page, "Đơn vị khắc phục hậu quả mưa lũ.")


def answered_by_another(stage: Stage, report: Report) -> None:
    head = stage.head_of(report.organisation)
    at = timezone.now()
    for number, body in {
        "I": "Xã Cao Xá có 9 thôn.",
        "1": "- Ban Thường vụ phân công ủy viên phụ trách từng thôn.",
        "2": "Nhân dân trồng hoa ven đường.",
        "IV": f"- {ASKS}",
    }.items():
        write_under(report, number, body, by=head, at=at)
    limits = report.review.headings.get(title="Hạn chế")
    body = f"- {LIMIT.replace('các ', '')}"
    write_answer(report=report, heading=limits, body=body, by=head, at=at)
    sign_off_report(report=report, by=head, at=at)
    submit_report(report=report, by=head, at=at)


def overdue(report: Report) -> None:
    """Let the days of the third commune pass by."""
    Report.objects.filter(pk=report.pk).update(due_on=day(-1), original_due_on=day(-1))


def returned_and_corrected(above: Page, below: Page, head: Page, report: Report) -> None:
    above.goto(f"/reviews/reports/{report.pk}/return")
    press(above, "Trả lại đơn vị")
    says(above, "Hãy ghi ít nhất một ý kiến")
    heading = report.review.headings.get(number="1", parent__number="II")
    above.get_by_label(re.compile(re.escape(heading.title))).last.fill("Nêu số hội nghị đã mở.")
    look(above, "reviews-return")
    press(above, "Trả lại đơn vị")
    says(above, "Đã trả lại báo cáo")
    below.goto(f"/reviews/reports/{report.pk}")
    says(below, "Nêu số hội nghị đã mở.")
    look(below, "reviews-report-returned-phone")
    write(below, report, "1", "- Đảng ủy xã đã ban hành kế hoạch.\n- Đã mở 02 hội nghị quán triệt.")
    handed_in(head, report)
    above.goto(f"/reviews/reports/{report.pk}")
    press(above, "Chấp nhận báo cáo")
    says(above, "Đã chấp nhận báo cáo.")


def consolidated_by_the_district(page: Page, report: Report) -> None:
    page.goto(heading_page(report, "1") + "/below")
    says(page, "Đã nhận 2/3 báo cáo.")
    says(page, "tạm tính")
    says(page, "Đảng ủy thị trấn Nhã Nam")
    look(page, "reviews-below")
    page.get_by_label(re.compile("Đã mở 02 hội nghị quán triệt")).check()
    press(page, "Lấy các đoạn đã đánh dấu")
    expect(page.locator("[name=body]")).to_have_value(re.compile("Đã mở 02 hội nghị quán triệt"))
    expect(page.locator(".below-sources")).to_contain_text("Đảng ủy xã An Dương")
    press(page, "Soạn tự động cho mọi mục còn trống")
    page.goto(heading_page(report, "2") + "/below")
    expect(page.locator("[name=body]")).to_have_value(re.compile(r"\{05 mô hình[^}]*#\d+\}"))
    look(page, "reviews-below-drafted")


def sent_up(officer: Page, leader: Page, report: Report) -> None:
    leader.goto(f"/reviews/reports/{report.pk}")
    press(leader, "Ký duyệt")
    says(leader, "Đã ký duyệt báo cáo.")
    officer.goto(f"/reviews/reports/{report.pk}")
    press(officer, "Gửi báo cáo")
    says(officer, "Đã gửi báo cáo.")
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED


def consolidated_by_the_province(page: Page, report: Report) -> None:
    page.goto(heading_page(report, "2") + "/below")
    says(page, "Đã nhận 1/2 báo cáo.")
    press(page, "Soạn tự động cho mọi mục còn trống")
    limits = report.review.headings.get(title="Hạn chế")
    page.goto(f"/reviews/reports/{report.pk}/headings/{limits.pk}/below")
    page.get_by_label(re.compile("nhân rộng")).check()
    press(page, "Lấy các đoạn đã đánh dấu")
    expect(page.locator("[name=body]")).to_have_value(re.compile("nhân rộng"))
    page.goto(f"/reviews/reports/{report.pk}/annexes")
    look(page, "reviews-annexes")
    page.goto(f"/reviews/reports/{report.pk}/figures")
    look(page, "reviews-figures")
    page.goto(f"/reviews/reports/{report.pk}/checks")
    look(page, "reviews-checks")


def counted(condition: str = "", *values: object) -> int:
    """Count models of the province's year by a statement that shares nothing with the program."""
    statement = (
        "SELECT count(DISTINCT exemplar_id) FROM exemplars_registration"
        " WHERE year = 2024 AND state = 'accepted' AND nature = 'model'"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} {condition}", values)
        return int(cursor.fetchone()[0])


def every_figure_is_counted_again(report: Report) -> None:
    from kheo.reviews.queries.figures import figures_of  # noqa: PLC0415

    told = {
        (one.figure.measure, one.figure.only.get("field", "")): one.value
        for one in figures_of(report)
    }
    fields = ("economy", "culture_society", "defence_security", "political_system")
    by_field = [told.get(("models", field), 0) for field in fields]
    assert by_field == [counted("AND field = %s", field) for field in fields]
    assert told["models", ""] == counted() == sum(by_field) == 5


def papers_come_out(page: Page, report: Report) -> None:
    page.goto(f"/reviews/reports/{report.pk}/paper")
    look(page, "reviews-paper")
    answer = page.request.get(f"/reviews/reports/{report.pk}/paper.docx")
    assert answer.ok
    word = Word(io.BytesIO(answer.body()))
    text = "\n".join(line.text for line in word.paragraphs)
    assert "Tổng kết phong trào thi đua" in text or "tổng kết phong trào thi đua" in text
    assert "05 mô hình" in text
    assert "nhân rộng các mô hình còn hạn chế" in text or "nhân rộng mô hình còn hạn chế" in text
    cells = {cell.text.strip() for table in word.tables for row in table.rows for cell in row.cells}
    assert {name for _field, name in MODELS} <= cells | {
        re.sub(r"^\d+\.\s*", "", text) for text in cells
    }
    assert page.request.get(f"/reviews/reports/{report.pk}/paper.pdf").body()[:5] == b"%PDF-"


def passed_upward(page: Page, report: Report) -> None:
    """The district does not answer what the commune asks, but asks the province itself."""
    page.goto("/reviews/petitions/")
    look(page, "reviews-petitions")
    page.goto(f"/reviews/petitions/{Petition.objects.get(report=report).pk}")
    press(page, "Chuyển lên cấp trên cùng báo cáo")
    says(page, "đã chuyển lên cấp trên")


def petition_is_answered(page: Page, below: Page, middle: Report, first: Report) -> None:
    """What the province says reaches the commune that asked."""
    page.goto(f"/reviews/petitions/{Petition.objects.get(report=middle).pk}")
    page.locator("[name=answer]").fill("Tỉnh sẽ mở hai lớp trong quý I.")
    press(page, "Trả lời")
    look(page, "reviews-petition")
    below.goto(f"/reviews/petitions/{Petition.objects.get(report=first).pk}")
    says(below, "Tỉnh sẽ mở hai lớp trong quý I.")


def frozen_figures_stay(stage: Stage, page: Page, report: Report) -> None:
    """A model that comes after submission changes the register, not the report."""
    figures = ReportFigure.objects.filter(report=report, measure="models")
    whole = next(figure for figure in figures if "field" not in figure.only)
    assert whole.frozen_value == Decimal(4)
    stage.registration(State.ACCEPTED, name="Mô hình vào sổ sau khi gửi báo cáo")
    page.goto(f"/reviews/reports/{report.pk}/figures/{whole.number}")
    says(page, "Mô hình vào sổ sau khi gửi báo cáo")
    says(page, "04 mô hình")
    says(page, "05 mô hình")
    look(page, "reviews-figure-phone")
    assert FrozenTable.objects.filter(report=report).exists()
