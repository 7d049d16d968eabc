"""`kheo rounds import` takes files whole, reports every row, and says by its status how it went."""

import argparse
import json

import pytest
from tests.factories.exemplars import IN_TIME
from tests.intake.conftest import plain_file, row_of

from kheo.cli.rounds import add_parser
from kheo.exemplars.models import Registration
from kheo.intake.models import Intake, IntakeFile


@pytest.fixture(autouse=True)
def _in_time(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_TIME)


@pytest.fixture
def run(stage, tmp_path, capsys):
    def command(content: bytes, *words: str, name="m3.xlsx", seat=None):
        path = tmp_path / name
        path.write_bytes(content)
        parser = argparse.ArgumentParser()
        add_parser(parser.add_subparsers())
        who = seat or stage.clerk.user.username
        wish = parser.parse_args(
            ["rounds", "import", str(stage.round.pk), str(path), "--as", who, *words]
        )
        return wish.run(wish), capsys.readouterr()

    return command


def test_everything_is_taken(run) -> None:
    status, said = run(plain_file(row_of()))
    assert status == 0
    row = Registration.objects.get()
    assert f"bản đăng ký {row.pk}" in said.out or f"registration {row.pk}" in said.out


def test_the_report_is_json_with_every_row(run) -> None:
    status, said = run(plain_file(row_of(), row_of("Đường hoa")), "--json")
    report = json.loads(said.out)
    assert (status, report["saved"]) == (0, True)
    [form] = report["files"][0]["forms"]
    assert [row["name"] for row in form["rows"]] == [row_of()["name"], "Đường hoa"]
    assert all(row["registration"] for row in form["rows"])


def test_a_problem_keeps_all_back_and_is_told_with_its_place(run) -> None:
    status, said = run(plain_file(row_of(), row_of("Camera", **{"!level": "cấp xóm"})))
    assert status == 1
    assert "cấp xóm" in said.out
    assert not Registration.objects.exists()


def test_a_dry_run_leaves_nothing_behind(run, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    status, said = run(plain_file(row_of()), "--dry-run", "--json")
    assert status == 0
    assert json.loads(said.out)["saved"] is False
    assert not Intake.objects.exists()
    assert not IntakeFile.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_an_officer_names_the_unit(run, stage) -> None:
    content = plain_file(row_of(), unit="Chi bộ thôn Nguyễn")
    officer = str(stage.officer.pk)
    assert run(content, seat=officer)[0] == 1
    assert run(content + b" ", "--unit", "TY-02", seat=officer)[0] == 0
    assert Registration.objects.get().unit_name == "Đảng ủy xã Cao Xá"


@pytest.mark.parametrize(
    ("words", "seat"),
    [((), "niemand"), (("--unit", "XX"), None)],
    ids=["nobody of that name", "no such unit"],
)
def test_wrong_use_is_status_two(run, words, seat) -> None:
    status, said = run(plain_file(row_of()), *words, seat=seat)
    assert status == 2
    assert said.err


def test_those_who_may_not_import_are_told_why(run, stage) -> None:
    status, said = run(plain_file(row_of()), seat=str(stage.cast.leader.pk))
    assert status == 2
    assert said.err
    assert not Intake.objects.exists()


def test_a_long_list_is_saved_and_reported_row_by_row(run, monkeypatch) -> None:
    monkeypatch.setattr("kheo.intake.actions.reading.ROWS_AT_ONCE", 300)
    names = [f"Mô hình số {number}" for number in range(1, 1102)]
    status, said = run(plain_file(*map(row_of, names)), "--json")
    [form] = json.loads(said.out)["files"][0]["forms"]
    assert status == 0
    assert [row["name"] for row in form["rows"]] == names
    kept = Registration.objects.order_by("order").values_list("pk", "name")
    assert [(row["registration"], row["name"]) for row in form["rows"]] == list(kept)
