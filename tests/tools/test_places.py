"""The list of provinces and communes that is built into the wheel."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest
from tools.places import FOLDER, ROOT, Place, PlacesError, corrected, read_places, write_places

CORRECTION: dict[str, object] = {
    "code": "75",
    "on": "2026-04-30",
    "former_name": "Tỉnh Đồng Nai",
    "name": "Thành phố Đồng Nai",
    "kind": "Thành phố",
}
DONG_NAI = Place("75", "Tỉnh Đồng Nai", "Đồng Nai", "Tỉnh", "", 11.4, 107.0)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(ROOT / FOLDER, root / FOLDER)
    with write_places(root).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_write_places_writes_the_country_of_today(lines: list[dict[str, str]]) -> None:
    assert Counter(line["kind"] for line in lines) == {
        "Tỉnh": 27,
        "Thành phố": 7,
        "Xã": 2621,
        "Phường": 687,
        "Đặc khu": 13,
    }


def test_write_places_gives_every_commune_a_province_above_it(lines: list[dict[str, str]]) -> None:
    provinces = [line["code"] for line in lines if not line["parent_code"]]
    assert all(len(code) == 2 for code in provinces)
    for line in lines[len(provinces) :]:
        assert len(line["code"]) == 5
        assert line["parent_code"] in provinces


def test_write_places_names_and_locates_places(lines: list[dict[str, str]]) -> None:
    for line in lines:
        assert line["name"] == f"{line['kind']} {line['short_name']}"
        assert 7 < float(line["latitude"]) < 24
        assert 102 < float(line["longitude"]) < 118
    assert {"Phường Hương Trà", "Phường Kim Trà", "Xã Bình Điền"} <= {
        line["name"] for line in lines if line["parent_code"] == "46"
    }


def test_write_places_applies_the_corrections_of_the_project(lines: list[dict[str, str]]) -> None:
    (changed,) = [line for line in lines if line["since"]]
    assert changed["name"] == "Thành phố Đồng Nai"
    assert (changed["since"], changed["former_name"]) == ("2026-04-30", "Tỉnh Đồng Nai")


def test_corrected_leaves_other_places_alone() -> None:
    hanoi = Place("01", "Thành phố Hà Nội", "Hà Nội", "Thành phố", "", 21.0, 105.7)
    assert corrected([hanoi, DONG_NAI], [CORRECTION])[0] is hanoi


@pytest.mark.parametrize("change", [{"code": "99"}, {"former_name": "Tỉnh Biên Hòa"}])
def test_corrected_stops_at_a_correction_that_meets_no_place(change: dict[str, object]) -> None:
    with pytest.raises(PlacesError):
        corrected([DONG_NAI], [CORRECTION | change])


def test_read_places_gives_provinces_first() -> None:
    places = read_places()
    assert [place.name for place in places[:2]] == ["Thành phố Hà Nội", "Tỉnh Cao Bằng"]
    assert places[34].code == "00004"


def test_corrections_say_how_surely_they_are_known() -> None:
    text = (Path(ROOT) / FOLDER / "corrections.toml").read_text(encoding="utf-8")
    assert text.count("[[corrections]]") == text.count("\ncertainty = ") == text.count("\nnote = ")
