"""What is the same thing is found however it is written, and what is not is left alone."""

import unicodedata

import pytest
from bench.likeness import labelled_pairs, quality
from hypothesis import given
from hypothesis import strategies as st

from kheo.lib.text.likeness import THRESHOLD, compare, place_of, prepare
from kheo.lib.text.likeness_keys import likeness_keys
from kheo.lib.text.likeness_marks import mark_differences

WORDS = st.lists(
    st.sampled_from(
        [
            "tuyến",
            "đường",
            "hoa",
            "phụ",
            "nữ",
            "Hiến",
            "đất",
            "kẻng",
            "an",
            "ninh",
            "thôn",
            "Đông",
            "năm",
            "2024",
        ]
    ),
    max_size=9,
).map(" ".join)


def score(
    one: str, other: str, content: str = "", unit: str = "", unit_of_other: str = ""
) -> float:
    return compare(prepare(one, content, unit), prepare(other, content, unit_of_other)).score


def found(one: str, other: str, **more: str) -> bool:
    return score(one, other, **more) >= THRESHOLD


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tiếng kẻng an ninh", "tieng keng an ninh"),
        ("Tuyến đường hoa", unicodedata.normalize("NFD", "Tuyến đường hoa")),
        ("Khu phố hòa thuận", "Khu phố hoà thuận"),
        ("CLB PCCC", "Câu lạc bộ phòng cháy, chữa cháy"),
        ("Đoạn đường tự quản về ATGT", "Đoạn đường tự quản về an toàn giao thông"),
        ("Giữ vững QP-AN vùng biên", "Giữ vững quốc phòng – an ninh vùng biên"),
        ("Phụ nữ trồng hoa ven đường", "Trồng hoa ven đường: phụ nữ"),
        ("Thắp sáng đường quê năm 2023", "Tiếp tục duy trì mô hình “Thắp sáng đường quê”"),
        ("Thắp sáng đường quê thôn Hạ", "Thắp sáng đường quê ở tổ dân phố số 5"),
        ("MÔ HÌNH: HŨ GẠO TIẾT KIỆM", "Vận động nhân dân thực hiện hũ gạo tiết kiệm"),
    ],
)
def test_one_thing_is_found_however_it_is_written(one, other):
    assert found(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nuôi dê sinh sản", "Nuôi bò vỗ béo"),
        ("Tiếng kẻng an ninh", "Camera an ninh"),
        ("Mô hình dân vận khéo trong nuôi lươn", "Mô hình dân vận khéo trong trồng sen"),
        ("Vận động nhân dân", "Vận động nhân dân hiến đất làm đường"),
        ("Tuyến đường hoa", ""),
    ],
)
def test_near_names_of_other_things_are_left_alone(one, other):
    assert not found(one, other)


def test_marks_tell_words_apart_only_where_both_are_marked():
    assert score("Trồng dưa sạch", "Trồng dừa sạch") < score("Trồng dưa sạch", "Trong dua sach")
    assert score("Trồng dưa sạch", "Trồng dưa sạch") > 0.9


def test_content_tells_near_names_apart():
    one = prepare("Tiếng kẻng an ninh", "Mỗi tối 22 giờ đánh kẻng nhắc khóa cửa, trông coi tài sản")
    other = prepare("Tiếng kẻng học bài", "19 giờ đánh kẻng nhắc học sinh ngồi vào bàn, tắt ti vi")
    assert compare(one, other).score < THRESHOLD


def test_a_content_of_set_phrases_tells_nothing():
    phrases = "Ký cam kết, họp hằng quý, cuối năm bình xét khen thưởng"
    assert compare(prepare("Nuôi ong", phrases), prepare("Xóa nhà tạm", phrases)).text is None


def test_place_is_told_and_taken_out():
    one = prepare("Đường hoa xã An Dương", "", "Đảng ủy xã An Dương")
    other = prepare("Đường hoa thôn Hạ", "", "Hội Nông dân xã An Dương")
    assert compare(one, other).same_place
    assert {syllable.plain for syllable in one.name} == {"duong", "hoa"}
    assert place_of("Đảng ủy thị trấn Nhã Nam") == "nha nam"
    assert not compare(one, prepare("Đường hoa", "", "Đảng ủy xã Cao Xá")).same_place


@given(WORDS, WORDS, WORDS)
def test_likeness_is_a_share_and_knows_no_order(one, other, content):
    first, second = prepare(one, content), prepare(other, content)
    forth, back = compare(first, second), compare(second, first)
    assert forth.score == pytest.approx(back.score)
    assert forth.name == pytest.approx(back.name)
    assert 0 <= forth.score <= 1
    assert 0 <= forth.name <= 1.0000001


@given(WORDS, WORDS)
def test_keys_are_few_and_stable(name, content):
    keys = likeness_keys(prepare(name, content))
    assert keys == likeness_keys(prepare(name, content))
    assert len(keys) <= 12
    assert all(0 <= key < 2**63 for key in keys)


def test_keys_are_free_of_marks_and_word_order():
    keys = likeness_keys(prepare("Tiếng kẻng phòng gian"))
    assert keys == likeness_keys(prepare("phong gian: tieng keng"))
    assert not set(keys) & set(likeness_keys(prepare("Nuôi cá lồng")))


def test_differences_are_marked_word_by_word():
    one, other = mark_differences("Hiến đất mở đường liên thôn", "hien dat làm đường liên xã")
    assert [piece.text for piece in one if piece.differs] == ["mở", "thôn"]
    assert [piece.text for piece in other if piece.differs] == ["làm", "xã"]
    assert " ".join(piece.text for piece in one) == "Hiến đất mở đường liên thôn"
    assert mark_differences("", "mới")[0] == []


def test_the_labelled_set_is_large_and_divided():
    pairs = labelled_pairs()
    halves = [pair for pair in pairs if pair.half == "test"]
    assert len(pairs) >= 300
    assert 150 < len(halves) < len(pairs) - 150
    assert len({pair.kind for pair in halves}) >= 10


def test_quality_on_the_half_that_was_never_tuned_on():
    # candidates by key and score together; bench reports the figures of the day
    reached = quality("test")
    assert reached.precision >= 0.9
    assert reached.recall >= 0.85
