"""People find what they may see, however they spell it."""

import unicodedata

import pytest
from tests.search.asking import found_by

ROAD = "Hiến đất mở đường hoà thuận ở tổ dân phố số 3"
CAMERA = "Camera an ninh do UBND xã và MTTQ vận động"


@pytest.fixture
def named(stage):
    """Two registrations of one commune, the older one about a road."""
    plain = {"content": "Bàn với dân.", "scope": "", "expected_results": ""}
    return [stage.registration(name=name, **plain) for name in (ROAD, CAMERA)]


@pytest.mark.parametrize(
    "text",
    [
        "hien dat",
        "dat hien",
        "HIẾN ĐẤT",
        "hiến đất mở đườ",
        '"mở đường"',
        "hòa thuận",
        "hoà thuận",
        unicodedata.normalize("NFD", "hiến đất"),
        "tdp",
        "TDP số 3",
        "to dan pho 3",
        "đường “hiến đất”",
        "hien---dat",
    ],
)
def test_a_name_is_found_however_it_is_spelt(stage, named, text):
    assert found_by(stage.clerk, text) == ["Hiến đất mở đường hòa thuận ở tổ dân phố số 3"]


@pytest.mark.parametrize("text", ["ủy ban nhân dân", "uy ban nhan dan", "mặt trận tổ quốc", "ubnd"])
def test_an_abbreviation_is_found_by_what_it_stands_for(stage, named, text):
    assert found_by(stage.clerk, text) == [CAMERA]


@pytest.mark.parametrize("text", ['"đất hiến"', "hiến camera", "hiendat", "ninh an toàn"])
def test_what_is_not_there_is_not_found(stage, named, text):
    assert found_by(stage.clerk, text) == []
