"""Makes reviews for tests: the one that S0 asks for, shortened."""

from datetime import date

from tests.factories.accounts import START

from kheo.organisations.models import Organisation
from kheo.reviews.actions import AnnexTerms, DueTerms, HeadingTerms, ReviewTerms, create_review
from kheo.reviews.models import Review

# depth, heading
S0_OUTLINE = [
    (1, "Tình hình chung"),
    (1, "Kết quả triển khai, thực hiện"),
    (2, "Công tác lãnh đạo, chỉ đạo triển khai thực hiện"),
    (2, "Kết quả thực hiện"),
    (3, "Kết quả thực hiện phong trào thi đua trên các lĩnh vực"),
    (4, "Lĩnh vực phát triển kinh tế"),
    (4, "Lĩnh vực văn hóa - xã hội"),
    (3, "Kết quả xây dựng, nhân rộng các mô hình, điển hình"),
    (1, "Đánh giá chung"),
    (2, "Ưu điểm"),
]
S0_NUMBERS = ["I", "II", "1", "2", "2.1", "2.1.1", "2.1.2", "2.2", "III", "1"]


def s0_terms(**changes) -> ReviewTerms:
    """What S0 says of its review."""
    values = {
        "title": "Sơ kết 03 năm thực hiện Chỉ thị số 22-CT/TU",
        "period_from": date(2017, 4, 3),
        "period_to": date(2020, 4, 3),
        "dues": (
            DueTerms(audience="Các huyện, thị, thành ủy", due_on=date(2020, 4, 10)),
            DueTerms(audience="Ban Dân vận Tỉnh ủy", due_on=date(2020, 4, 20)),
        ),
        "annexes": (
            AnnexTerms(title="Tổng hợp văn bản triển khai chỉ đạo, thực hiện"),
            AnnexTerms(title="Số mô hình, điển hình đăng ký trong năm 2020", layout_code="S0"),
        ),
    }
    return ReviewTerms(**(values | changes))


def make_review(organiser: Organisation, *, by=None, **changes) -> Review:
    """The review of S0, prepared by an organiser."""
    outline = [HeadingTerms(title=title, depth=depth) for depth, title in S0_OUTLINE]
    terms = s0_terms(**changes)
    return create_review(organiser=organiser, terms=terms, outline=outline, by=by, at=START)
