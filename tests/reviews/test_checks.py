"""Checks of a report: what does not hold is said with its place, and nothing else is."""

from datetime import date

import pytest
from tests.factories.exemplars import Stage
from tests.factories.reviews import opened_review, report_of, write_under

from kheo.exemplars.enums import State
from kheo.reviews.queries.checks import problems_of
from kheo.reviews.rules.checks import (
    baseless_shares,
    named_twice,
    wrong_sums,
    wrong_table_sums,
    years_outside,
)

S3 = (
    "Qua 3 năm thực hiện, đến nay trên địa bàn thị xã đã có 24/39 tổ chức cơ sở đảng tiến hành"
    " đăng ký với 386 mô hình trên các lĩnh vực (kinh tế: {} mô hình; văn hóa - xã hội: 242 mô"
    " hình; quốc phòng - an ninh: 77 mô hình; xây dựng hệ thống chính trị: 14 mô hình)."
)
TABLE = "| TT | Đơn vị | Số mô hình |\n| 1 | Xã A | 12 |\n| 2 | Xã B | 8 |\n| Tổng cộng | | {} |"
NAME = "“Thắp sáng đường quê xã An Dương”"


def test_the_sum_of_s3_holds_and_a_wrong_one_is_told():
    assert list(wrong_sums(S3.format(53))) == []
    (told,) = wrong_sums(S3.format(54))
    assert "387" in told
    assert "386" in told


@pytest.mark.parametrize(("total", "wrong"), [("20", 0), ("21", 1), ("", 0)])
def test_sums_of_tables(total, wrong):
    assert len(list(wrong_table_sums(TABLE.format(total)))) == wrong


def test_what_only_deserves_a_look():
    assert list(baseless_shares("Tỷ lệ đạt 63%. Có 39 đơn vị, đạt 61,5%. Có 24/39 (61%).")) != []
    assert len(list(baseless_shares("Có 39 đơn vị, đạt 61,5%. Đạt 24/39, 61 %."))) == 0
    years = range(2017, 2021)
    assert (
        list(years_outside("Kế hoạch số 31-KH/TU, ngày 24/3/2011; năm 2018 và 2020.", years)) == []
    )
    assert len(list(years_outside("Từ năm 2009 đến năm 2021.", years))) == 2
    assert len(list(named_twice(f"Mô hình {NAME} và {NAME}, “Khác hẳn mô hình kia”."))) == 1


@pytest.mark.django_db
def test_problems_stand_at_their_headings(cast, django_assert_max_num_queries):
    stage = Stage(cast)
    stage.registration(State.SUBMITTED)
    review = opened_review(cast, period_from=date(2024, 1, 1), period_to=date(2024, 12, 31))
    report = report_of(review, cast.district)
    body = "Đã đăng ký 01 mô hình, đăng ký mới 07 mô hình; xem {12 mô hình #9}. Năm 2019 chưa có."
    write_under(report, "I", body, by=cast.officer)
    with django_assert_max_num_queries(20):
        problems = problems_of(report)
    told = [(one.heading.number if one.heading else "", one.refuses, one.text) for one in problems]
    at_first = [text for number, _refuses, text in told if number == "I"]
    assert [text for number, refuses, text in told if refuses] == [
        "Dấu #9 trỏ đến một số liệu mà báo cáo không có."
    ]
    assert any("07 mô hình" in text for text in at_first)
    assert not any("01 mô hình" in text for text in at_first)
    assert any("2019" in text for text in at_first)
    assert sum(text == "Mục này chưa có nội dung." for _number, _refuses, text in told) == 5
