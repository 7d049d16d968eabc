"""What kind of review a paper asks for, told from its subject."""

import pytest

from kheo.planning.queries.review_proposal import kind_asked
from kheo.reviews.enums import ReviewKind


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("sơ kết 3 năm thực hiện Chỉ thị số 11-CT/TU", ReviewKind.INTERIM),
        ("tổng kết 05 năm thực hiện phong trào thi đua “Dân vận khéo”", ReviewKind.FINAL),
        ("tổng kết công tác năm 2025", ReviewKind.YEARLY),
        ("báo cáo kết quả thực hiện phong trào “Dân vận khéo” năm 2026", ReviewKind.YEARLY),
        ("báo cáo kết quả giai đoạn 2021 - 2025, phương hướng năm 2026", ReviewKind.AD_HOC),
        (
            "báo cáo kết quả 02 năm thực hiện Kế hoạch số 5-KH/TU, đến hết năm 2026",
            ReviewKind.AD_HOC,
        ),
        ("báo cáo nhanh về mô hình mới", ReviewKind.AD_HOC),
        ("đăng ký mô hình năm 2026", None),
    ],
)
def test_the_subject_tells_what_is_asked(subject: str, kind: ReviewKind | None) -> None:
    assert kind_asked(subject) == kind
