"""Vietnamese alphabetical order."""

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.lib.text.folding import fold
from kheo.lib.text.ordering import sort_key

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
VIETNAMESE = st.text(alphabet=ALPHABET + ALPHABET.upper() + "àảãáạếộừỵ 0123456789-.", max_size=30)


@pytest.mark.parametrize(
    "ordered",
    [
        list(ALPHABET),
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["an", "An Bình", "anh", "ăn", "ân"],
        ["Da", "Dũng", "Đà", "Đắk Lắk", "E"],
        ["Hòa An", "Hoa Bình", "Hòa Bình"],  # letters of the whole name decide before tones
        ["Thôn 1", "Thôn 2", "Thôn 2a", "Thôn 010", "Thôn 21", "Thôn Hạ"],
        ["1 tháng 5", "Ấp 1", "Zét"],
        ["Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đồng Nai", "Đồng Tháp", "Hà Nội", "Huế"],
        ["Nguyễn Văn Ất", "Nguyễn Văn Bẩy", "Nguyễn Vân Anh"],
    ],
)
def test_sort_key_orders_as_a_dictionary_does(ordered: list[str]) -> None:
    jumbled = ordered[::-1]
    assert sorted(jumbled, key=sort_key) == ordered


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "HÒA  BÌNH"),
        ("Ðắk Lắk", "Đắk-Lắk"),
        ("“Dân vận”", "dân vận"),
        ("Số 05", "số 5"),
    ],
)
def test_sort_key_looks_only_at_letters_and_numbers(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


@given(st.lists(VIETNAMESE, max_size=12))
def test_sort_key_orders_in_the_database_as_in_memory(texts: list[str]) -> None:
    with sqlite3.connect(":memory:") as database:
        database.execute("create table names (key text collate binary)")
        database.executemany("insert into names values (?)", [(sort_key(text),) for text in texts])
        rows = [key for (key,) in database.execute("select key from names order by key")]
    database.close()
    assert rows == sorted(map(sort_key, texts))


@given(st.text())
def test_sort_key_is_alike_for_composed_and_decomposed(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert sort_key(composed) == sort_key(decomposed)


@given(VIETNAMESE)
def test_sort_key_of_vietnamese_is_short_ascii(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert len(key) <= 3 * len(text) + 1


@given(VIETNAMESE, VIETNAMESE)
def test_sort_key_tells_apart_what_folds_apart(one: str, other: str) -> None:
    if sort_key(one) == sort_key(other) and not any(map(str.isdigit, one + other)):
        assert fold(one) == fold(other)


@given(VIETNAMESE, st.text(alphabet=ALPHABET, min_size=1, max_size=5))
def test_sort_key_puts_a_name_before_a_longer_one(name: str, more: str) -> None:
    assert sort_key(name) < sort_key(f"{name} {more}")
