"""The commands that make people and organisations, as an operator types them."""

import io
import json
from pathlib import Path

import pytest
from tests.factories.organisations import Cast

from kheo.accounts.actions import UsernameTakenError
from kheo.accounts.models import User
from kheo.cli.errors import CommandError
from kheo.cli.main import make_parser
from kheo.organisations.models import Organisation, Seat

HEAD = "Mã;Tên;Loại;Cấp;Mã cấp trên\n"


def kheo(*words: str) -> int:
    wish = make_parser().parse_args(words)
    return int(wish.run(wish) or 0)


def test_a_person_with_a_seat_gets_a_password_to_be_changed(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--name", "Trần Thị Mới", "--organisation", "TY", "--role", "officer"]
    assert kheo("people", "create", "Tran.Moi", *words) == 0
    user = User.objects.get(username="tran.moi")
    password = capsys.readouterr().out.strip().rpartition(" ")[2]
    assert user.check_password(password)
    assert user.must_change_password
    seat = Seat.objects.get(user=user)
    assert (seat.organisation.code, seat.role) == ("TY", "officer")


def test_a_given_password_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("sông Thương\n"))
    kheo("people", "create", "moi", "--name", "Mới", "--password-stdin")
    user = User.objects.get(username="moi")
    assert user.check_password("sông Thương")
    assert not user.must_change_password


def test_what_fails_leaves_nobody_behind(cast: Cast) -> None:
    with pytest.raises(Organisation.DoesNotExist):
        kheo("people", "create", "moi", "--name", "Mới", "--organisation", "KHÔNG")
    with pytest.raises(UsernameTakenError):
        kheo("people", "create", cast.clerk.user.username, "--name", "Khác")
    assert not User.objects.filter(username="moi").exists()


def test_people_are_listed_as_json(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    kheo("people", "list", "--json")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    clerk = next(row for row in rows if row["name"] == "Ngọ Thị Mai")
    assert (clerk["organisation"], clerk["role"]) == ("TY-01", "clerk")


def test_a_file_is_tried_and_then_imported(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"{HEAD}N1;Chi bộ 1;tổ chức cơ sở đảng;cơ sở;TY-01\n")
    assert kheo("organisations", "import", str(file), "--dry-run", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["imported"], report["new"]) == (False, 1)
    assert kheo("organisations", "import", str(file)) == 0
    assert Organisation.objects.get(code="N1").parent == cast.communes[0]


def test_a_file_with_a_problem_imports_nothing_and_fails(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"{HEAD}N1;Chi bộ 1;school;cơ sở;TY-01\nN2;Chi bộ 2;x;cơ sở;TY-01\n")
    assert kheo("organisations", "import", str(file)) == 1
    assert "3" in capsys.readouterr().out
    assert not Organisation.objects.filter(code="N1").exists()


def test_places_of_one_province(cast: Cast) -> None:
    assert kheo("organisations", "places", "--province", "46", "--below", "24") == 0
    assert Organisation.objects.get(national_code="46").parent == cast.province
    with pytest.raises(CommandError):
        kheo("organisations", "places", "--below", "KHÔNG")
