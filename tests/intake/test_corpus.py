"""The irregular files that reading is tested with, handed in on the page and by the command."""

import argparse
import json
from pathlib import Path

import pytest
from tests.factories.exemplars import IN_TIME
from tests.house.house import ROOT

from kheo.cli.rounds import add_parser
from kheo.exemplars.models import Registration
from kheo.intake.enums import FileState
from kheo.intake.models import IntakeEntry, IntakeForm

FILES = ROOT / "tests/lib/extraction/files"
SOURCES = sorted(path.with_suffix("") for path in FILES.glob("*.json"))
# the page and the command line take the kinds of files that offices send
HANDED_IN = [path for path in SOURCES if path.suffix != ".txt"]
pytestmark = pytest.mark.usefixtures("real_reader")


def expected(path: Path) -> list[dict]:
    """Return what stands in a file, row by row, without what is to be flagged."""
    forms = json.loads(Path(f"{path}.json").read_text("utf-8"))
    return [
        {key.removeprefix("extra."): value for key, value in entry.items() if key != "troubles"}
        for form in forms
        if form["layout"]
        for entry in form["entries"]
    ]


def flagged(path: Path) -> list[list[str]]:
    """Return the items of each row that could not be understood."""
    forms = json.loads(Path(f"{path}.json").read_text("utf-8"))
    return [
        sorted(key for _code, key in entry.get("troubles", []))
        for form in forms
        if form["layout"]
        for entry in form["entries"]
    ]


@pytest.mark.parametrize("path", HANDED_IN, ids=lambda path: path.name)
def test_every_value_that_is_handed_in_is_right_or_flagged(stage, take, path: Path) -> None:
    intake = take(**{path.name.replace(".", "__"): path.read_bytes()})
    rows = IntakeEntry.objects.filter(form__file__intake=intake).order_by("form__order", "order")
    found = [{key: value[0] for key, value in row.values.items()} for row in rows]
    assert found == expected(path)
    for row, keys in zip(rows, flagged(path), strict=True):
        told = {trouble["key"] for trouble in row.troubles}
        assert told >= set(keys)
    if not expected(path):
        assert intake.files.get().state == FileState.REFUSED


def test_all_of_them_at_the_command_line(stage, capsys, monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_TIME)
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    words = ["rounds", "import", str(stage.round.pk), *map(str, HANDED_IN)]
    wish = parser.parse_args([*words, "--as", stage.clerk.user.username, "--dry-run", "--json"])
    assert wish.run(wish) == 1, "some of their rows need a person"
    report = json.loads(capsys.readouterr().out)
    names = {
        file["name"]: [row["name"] for form in file.get("forms", []) for row in form["rows"]]
        for file in report["files"]
    }
    assert len(names) >= 25
    for path in HANDED_IN:
        assert names[path.name] == [row.get("name", "") for row in expected(path)]
    assert not Registration.objects.exists()


def test_a_consolidated_list_brings_each_row_to_its_unit(stage, take) -> None:
    """An officer hands in one list of two communes; a third, unknown unit has to be named."""
    told = (
        "DANH SÁCH ĐĂNG KÝ XÂY DỰNG MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” NĂM 2024\n"
        "STT;Đơn vị;Tên mô hình;Địa chỉ\n"
        "1;Xã An Dương;Nhà sạch vườn đẹp;Thôn 1\n2;Xã Cao Xá;Đường hoa;Thôn 3\n"
        "3;Xã An Dương;Ao sạch;Thôn 4\n4;Xã Ở Đâu;Tổ tự quản;Thôn 5\n"
    )
    take(by=stage.officer, list__csv=told.encode())
    rows = {
        str(form.participation and form.participation.unit_name): [
            entry.values["name"][0] for entry in form.entries.all()
        ]
        for form in IntakeForm.objects.select_related("participation")
    }
    assert rows == {
        "Đảng ủy xã An Dương": ["Nhà sạch vườn đẹp", "Ao sạch"],
        "Đảng ủy xã Cao Xá": ["Đường hoa"],
        "None": ["Tổ tự quản"],
    }
