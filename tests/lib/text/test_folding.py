"""Folding for search and normalising for keeping."""

import timeit
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.lib.text.folding import fold, normalise, words_with_marks

TITLE = "Vận động nhân dân hiến đất làm đường giao thông nông thôn ở thôn Đồng Lâm"
VIETNAMESE = st.text(alphabet="aăâbcdđeêoôơuưyqQOUYàảãáạằấệớựỳỷĐÐ \u0300\u0301\u0309-–“”.\u200b")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("ĐẢNG ỦY – XÃ", "dang uy xa"),
        ("Ðồng Nai", "dong nai"),  # written with the Icelandic letter of old fonts
        ("  “Dân vận\tkhéo”\n2024 ", "dan van kheo 2024"),
        ("31-KH/TU", "31 kh tu"),
        ("số 1.234,5", "so 1 234 5"),
        ("Thừa\u200bThiên", "thuathien"),
        ("½ Ⅳ ﬁ", "1 2 iv fi"),
        ("", ""),
        (" .,; ", ""),
    ],
)
def test_fold_gives_plain_words(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_does_not_care_where_the_tone_stands() -> None:
    assert fold("Uỷ ban Hoà Bình") == fold("Ủy ban Hòa Bình")


@given(st.text() | VIETNAMESE)
def test_fold_of_folded_is_the_same(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text() | VIETNAMESE)
def test_fold_is_alike_for_composed_and_decomposed(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed) == fold(text)


@given(VIETNAMESE)
def test_fold_leaves_only_plain_letters_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == " ".join(folded.lower().split())


@given(VIETNAMESE)
def test_fold_is_alike_beside_a_letter_from_elsewhere(text: str) -> None:
    assert fold(text + " ж") == f"{fold(text)} ж".strip()


def test_fold_is_quick_enough_for_imports() -> None:
    fold(TITLE)
    seconds = min(timeit.repeat(lambda: fold(TITLE), number=200, repeat=20)) / 200
    assert seconds < 50e-6  # ten times what it takes, so that only a real slip fails


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Tỉnh uỷ", "Tỉnh ủy"),
        ("UỶ BAN", "ỦY BAN"),
        ("Uỷ ban", "Ủy ban"),
        ("hoà, hoá, khoẻ, thuý, loè", "hòa, hóa, khỏe, thúy, lòe"),
        ("VĂN HOÁ", "VĂN HÓA"),
        ("quý, Quý, QUỲ, quả, quỷ", "quý, Quý, QUỲ, quả, quỷ"),
        ("hoàn thành, khoá, khoảng, khuỷu, ngoèo", "hoàn thành, khóa, khoảng, khuỷu, ngoèo"),
        ("thuở, giá, nghĩa", "thuở, giá, nghĩa"),
        ("Ðắk Lắk", "Đắk Lắk"),
        ("hoa\u0300", "hòa"),
        ("xã \u200bAn\xa0Lạc\x00 ", "xã An Lạc"),
        ("một\r\nhai", "một hai"),
    ],
)
def test_normalise_writes_as_official_papers_do(text: str, kept: str) -> None:
    assert normalise(text) == kept


def test_normalise_keeps_lines_when_asked() -> None:
    text = "  Dòng một \r\nDòng\u2028hai\n\n\n\n Đoạn  hai\n"
    assert normalise(text, keep_lines=True) == "Dòng một\nDòng\nhai\n\nĐoạn hai"


@given(st.text() | VIETNAMESE, st.booleans())
def test_normalise_of_normalised_is_the_same(text: str, keep_lines: bool) -> None:
    once = normalise(text, keep_lines=keep_lines)
    assert normalise(once, keep_lines=keep_lines) == once


@given(VIETNAMESE)
def test_normalise_is_alike_for_composed_and_decomposed(text: str) -> None:
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


@given(VIETNAMESE)
def test_normalise_never_changes_what_is_searched(text: str) -> None:
    assert fold(normalise(text)) == fold(text)


@given(VIETNAMESE)
def test_words_with_marks_are_alike_beside_a_letter_from_elsewhere(text: str) -> None:
    assert [*words_with_marks(text + " ж")] == [*words_with_marks(text)]


def test_words_with_marks_are_told_once_and_in_small_letters() -> None:
    assert [*words_with_marks("Hòa giải (ở_tổ 5%) ỦY hòa, to <ấp>")] == [
        *("hòa", "giải", "ở", "tổ", "ủy", "ấp")
    ]


def test_lines_that_are_in_order_stay_as_they_are() -> None:
    assert normalise("Một \nhai", keep_lines=True) == "Một\nhai"
    assert normalise("Một\nhai hoà\nba", keep_lines=True) == "Một\nhai hòa\nba"
    assert normalise("Một\n\nhai", keep_lines=True) == "Một\n\nhai"
    assert normalise("Một\nhai") == "Một hai"
