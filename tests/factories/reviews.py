"""Makes reviews for tests: the one that S0 asks for, shortened."""

from datetime import date

from tests.factories.accounts import START
from tests.factories.organisations import Cast, kind_of

from kheo.organisations.models import Organisation, Seat
from kheo.reviews.actions import (
    AnnexTerms,
    DueTerms,
    HeadingTerms,
    ReviewTerms,
    create_review,
    open_review,
    sign_off_report,
    submit_report,
    write_answer,
)
from kheo.reviews.models import Answer, Report, Review
from kheo.reviews.queries.asking import AskTerms

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


def opened_review(cast: Cast, *, by=None, at=START, asked=None, own_due_on=None, **changes):
    """The review of the district, asked of its three communes until the 10th of February 2024."""
    review = make_review(cast.district, by=by or cast.officer, **changes)
    terms = asked or (AskTerms(due_on=date(2024, 2, 10), kinds=(kind_of("commune_committee"),)),)
    return open_review(
        review=review,
        asked=terms,
        own_due_on=own_due_on or date(2024, 2, 20),
        by=by or cast.officer,
        at=at,
    )


def report_of(review: Review, organisation: Organisation) -> Report:
    """The report of one body, with all that rules ask of it."""
    rows = Report.objects.select_related(
        "review__organiser__kind", "organisation__kind", "parent__organisation__kind"
    )
    return rows.get(review=review, organisation=organisation)


def write_under(report: Report, number: str, body: str, *, by: Seat, at=START) -> Answer:
    """Write under the first heading of that number."""
    heading = report.review.headings.filter(number=number).first()
    return write_answer(report=report, heading=heading, body=body, by=by, at=at)


def submitted_report(cast: Cast, review: Review, *, texts=None, at=START) -> Report:
    """The report of the first commune, written by its clerk, signed and handed in by its head."""
    report = report_of(review, cast.communes[0])
    for number, body in (texts or {"I": "Xã có 12 thôn."}).items():
        write_under(report, number, body, by=cast.clerk, at=at)
    sign_off_report(report=report, by=cast.head, at=at)
    return submit_report(report=report, by=cast.head, at=at)
