"""The report of a review and the plan drawn out of it, beside the approved (KHEO_APPROVE=1)."""

import os
from datetime import date
from pathlib import Path

import pytest
from tests.factories.directives import DocumentFactory
from tests.factories.exemplars import Stage
from tests.factories.reviews import opened_review, report_of

from kheo.exemplars.enums import State
from kheo.lib.papers.check import problems
from kheo.lib.papers.render import render
from kheo.reviews.actions import name_lesson
from kheo.reviews.models import Answer, FrozenTable, Report
from kheo.reviews.papers.plan import plan_paper
from kheo.reviews.papers.report import report_paper

pytestmark = [pytest.mark.golden, pytest.mark.django_db]
APPROVED = Path(__file__).parent / "reviews"
# in the manner of S3
TEXTS = {
    "I": "- Là huyện miền núi, kinh tế tăng trưởng khá; đời sống Nhân dân được nâng lên.\n"
    "- Thuận lợi là chủ yếu; song ý thức của một bộ phận người dân còn hạn chế.",
    "1": "- Ban Thường vụ Huyện ủy đã ban hành kế hoạch, hướng dẫn các tổ chức cơ sở đảng đăng ký"
    "[[Đã mở 02 lớp bồi dưỡng nghiệp vụ cho 185 cán bộ là tổ trưởng, tổ phó tổ dân vận.]]; chỉ đạo "
    "Mặt trận Tổ quốc và các đoàn thể phối hợp thực hiện.\n"
    "- Thường xuyên kiểm tra, đôn đốc[[Tiến hành khảo sát tại 12 xã, thị trấn.]].",
    "2.1": "Qua 3 năm thực hiện, trên địa bàn huyện đã có **24/39 tổ chức cơ sở đảng** đăng ký với "
    "386 mô hình trên các lĩnh vực:\n| Lĩnh vực | Số mô hình | Tỷ lệ (%) |\n| Kinh tế | 53 | 13,7 "
    "|\n| Văn hóa - xã hội | 242 | 62,7 |\n| Quốc phòng - an ninh | 77 | 19,9 |\n| Xây dựng hệ "
    "thống chính trị | 14 | 3,7 |",
    "2.1.1": "Có các mô hình tiêu biểu như: “Phát triển kinh tế vườn” (An Dương, Cao Xá); “Nuôi cá "
    "lồng” (Nhã Nam)[[Năng suất bình quân 44 tạ/ha.]]…",
    "V": "- Đề nghị Ban Dân vận Tỉnh ủy tổ chức tập huấn kỹ năng, nghiệp vụ.\n+ Cung cấp tài liệu.",
}


def compare(paper, name):
    path = APPROVED / f"{name}.txt"
    text = render(paper, "txt").decode()
    if os.environ.get("KHEO_APPROVE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    if folder := os.environ.get("KHEO_LOOK"):
        for fmt in ("docx", "pdf", "html"):
            Path(folder, f"{name}.{fmt}").write_bytes(render(paper, fmt))
    assert text == path.read_text()


@pytest.fixture
def report(cast) -> Report:
    """The report of a district on three years, written and ready to be signed."""
    basis = DocumentFactory(owner=cast.province)
    review = opened_review(cast, document=basis)
    made = report_of(review, cast.district)
    for heading in review.headings.all():
        if body := TEXTS.get(heading.number):
            Answer.objects.create(report=made, heading=heading, body=body)
    annex = review.annexes.first()
    FrozenTable.objects.create(
        report=made,
        annex=annex,
        frozen_at=made.asked_at,
        content={
            "columns": [
                ["Năm", 10, "center", "", ""],
                ["Số, ngày, tháng, năm", 30, "left", "Văn bản chỉ đạo, triển khai", ""],
                ["Nội dung", 60, "left", "Văn bản chỉ đạo, triển khai", ""],
                ["Cơ quan ban hành", 30, "left", "Văn bản chỉ đạo, triển khai", ""],
                ["Ghi chú", 15, "left", "", ""],
            ],
            "rows": [
                ["row", "2017", "41-KH/HU, 03/4/2017", "Thực hiện phong trào", "Huyện ủy", ""]
            ],
            "note": "Mỗi văn bản tính một lần.",
            "missing": ["Đảng ủy xã Cao Xá"],
            "numbering": True,
        },
    )
    made.number, made.dated = "127", date(2020, 4, 20)
    made.signer_name, made.recipients = (
        "Dương Văn Mẫu",
        "Tỉnh ủy (để báo cáo)\nLưu Văn phòng Huyện ủy",
    )
    made.save()
    return report_of(review, cast.district)


def test_the_report_of_a_district_stands_in_full_form(report):
    paper = report_paper(report)
    assert problems(paper) == []
    compare(paper, "BC")
    again = report_paper(report_of(report.review, report.organisation))
    assert render(again, "docx") == render(paper, "docx")


def test_the_plan_starts_from_directions_lessons_and_figures(cast, report):
    models = Stage(cast)
    models.registration(State.ACCEPTED)
    models.registration(State.SUBMITTED, field="culture_society", name="Dòng họ khuyến học")
    review = report.review
    review.period_from, review.period_to = date(2022, 1, 1), date(2024, 12, 31)
    review.save()
    last = review.headings.filter(parent=None).order_by("order").last()
    last.title, last.purpose = "Phương hướng, nhiệm vụ", "directions"
    last.save()
    Answer.objects.update_or_create(
        report=report,
        heading=last,
        defaults={"body": "1. Tiếp tục thực hiện Quy chế công tác dân vận.\n2. Nhân rộng mô hình."},
    )
    for kind, text in (("limit", "Phối hợp chưa chặt chẽ."), ("lesson", "Biểu dương kịp thời.")):
        name_lesson(
            report=report, heading=last, kind=kind, text=text, by=cast.officer, at=report.asked_at
        )
    paper = plan_paper(report_of(review, report.organisation))
    assert [one.part for one in problems(paper)] == []
    compare(paper, "KH")
