"""Passages of a text, and what headings ask for by their words."""

import pytest
from tests.factories.reviews import S0_OUTLINE, make_review

from kheo.reviews.enums import HeadingPurpose
from kheo.reviews.rules.passages import joined, passages_of, points_of
from kheo.reviews.rules.purposes import headings_for, purpose_of_words, purposes_of

BODY = """Đã có {386 mô hình #1}.

- Điểm **một**[[ghi chú]]
| a | b |
| 1 | 2 |
- Điểm hai"""


def test_a_table_is_one_passage_and_marks_stay():
    assert passages_of(BODY) == [
        "Đã có {386 mô hình #1}.",
        "- Điểm **một**[[ghi chú]]",
        "| a | b |\n| 1 | 2 |",
        "- Điểm hai",
    ]
    assert passages_of("") == []


def test_points_are_plain_words():
    assert points_of(BODY) == ["Đã có 386 mô hình.", "Điểm một", "Điểm hai"]
    assert points_of("- …\n- ---") == []
    assert joined("", "- a", " ", "b") == "- a\nb"


@pytest.mark.parametrize(
    ("title", "purpose", "field"),
    [
        ("Tình hình chung", "general", ""),
        ("Công tác lãnh đạo, chỉ đạo triển khai thực hiện", "guidance", ""),
        ("Lĩnh vực phát triển kinh tế (gắn với chương trình giảm nghèo)", "field", "economy"),
        ("Lĩnh vực quốc phòng, an ninh", "field", "defence_security"),
        ("Lĩnh vực xây dựng hệ thống chính trị.", "field", "political_system"),
        ("Kết quả xây dựng, nhân rộng các mô hình, điển hình “Dân vận khéo”.", "building", ""),
        ("Công tác đánh giá, sơ kết, biểu dương, khen thưởng.", "honours", ""),
        ("Khuyết điểm, hạn chế, vướng mắc.", "limits", ""),
        ("Bài học kinh nghiệm.", "lessons", ""),
        ("Phương hướng và giải pháp thực hiện nhiệm vụ thời gian tới.", "directions", ""),
        ("Những đề xuất, kiến nghị.", "petitions", ""),
        ("Kết quả thực hiện phong trào thi đua trên các lĩnh vực", "results", ""),
        ("Mục khác", "", ""),
    ],
)
def test_the_words_of_the_official_outlines_are_understood(title, purpose, field):
    found = purpose_of_words(title)
    assert (found.purpose, found.field) == (purpose, field)


@pytest.mark.django_db
def test_what_was_said_goes_before_words_and_headings_below_follow_the_one_above(cast):
    review = make_review(cast.district, by=cast.officer)
    outline = list(review.headings.all())
    assert len(outline) == len(S0_OUTLINE)
    first, second = outline[:2]
    first.purpose = HeadingPurpose.PETITIONS
    second.parent, second.title = first, "Đối với tỉnh"
    found = purposes_of(outline)
    assert found[first.pk].purpose == found[second.pk].purpose == "petitions"
    assert headings_for(outline, HeadingPurpose.PETITIONS)[:2] == [first, second]
