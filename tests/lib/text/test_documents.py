"""Numbers and symbols of documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.lib.text.documents import (
    KINDS,
    Style,
    Symbol,
    SymbolError,
    format_number_line,
    parse_symbol,
)

PARTY, STATE = Style.PARTY, Style.STATE


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Số 31-KH/TU", Symbol(31, "KH", "TU")),
        ("1388-CV/BDVTU", Symbol(1388, "CV", "BDVTU")),
        ("Số  99 - KH/TU", Symbol(99, "KH", "TU")),
        ("266-QÐ/HU", Symbol(266, "QĐ", "HU")),
        ("12-ctr/TU", Symbol(12, "CTr", "TU")),
        ("Số -CV/HU", Symbol(None, "CV", "HU")),
        ("05–HD/VPTW", Symbol(5, "HD", "VPTW")),
        ("Số: 30/QĐ-UBND", Symbol(30, "QĐ", "UBND", STATE)),
        ("759/QĐ-TTg", Symbol(759, "QĐ", "TTg", STATE)),
        ("30/2020/NĐ-CP", Symbol(30, "NĐ", "CP", STATE, 2020)),
        ("1662/NQ-UBTVQH15", Symbol(1662, "NQ", "UBTVQH15", STATE)),
        ("123/UBND-NC", Symbol(123, "CV", "UBND-NC", STATE)),
        ("/QĐ-UBND", Symbol(None, "QĐ", "UBND", STATE)),
    ],
)
def test_parse_symbol_reads_party_and_state(text: str, symbol: Symbol) -> None:
    assert parse_symbol(text) == symbol


@pytest.mark.parametrize(
    "text",
    ["", "31", "Số", "31-KH", "KH/TU", "31/", "hướng dẫn số 9", "31-KH/TU ngày 1/2/2021", "-" * 99],
)
def test_parse_symbol_refuses_what_is_none(text: str) -> None:
    with pytest.raises(SymbolError):
        parse_symbol(text)


@pytest.mark.parametrize(
    ("symbol", "line"),
    [
        (Symbol(31, "KH", "TU"), "Số 31-KH/TU"),
        (Symbol(9, "HD", "HU"), "Số 09-HD/HU"),
        (Symbol(None, "CV", "HU"), "Số      -CV/HU"),
        (Symbol(30, "QĐ", "UBND", STATE), "Số: 30/QĐ-UBND"),
        (Symbol(8, "CV", "UBND-NC", STATE), "Số: 08/UBND-NC"),
        (Symbol(30, "NĐ", "CP", STATE, 2020), "Số: 30/2020/NĐ-CP"),
    ],
)
def test_format_number_line_follows_the_issuer(symbol: Symbol, line: str) -> None:
    assert format_number_line(symbol) == line


@given(
    st.builds(
        Symbol,
        number=st.none() | st.integers(min_value=1, max_value=99_999),
        kind=st.sampled_from([kind for kind in KINDS if kind != "CV"]),
        issuer=st.sampled_from(["TU", "HU", "ĐU", "BTGDVTU", "UBND", "MTTQ-BTT"]),
        style=st.sampled_from(Style),
    )
)
def test_parse_symbol_reads_what_is_written(symbol: Symbol) -> None:
    assert parse_symbol(str(symbol)) == symbol
    assert parse_symbol(format_number_line(symbol)) == symbol
