"""The environment is read strictly: a value that cannot be used stops the start."""

import stat
from pathlib import Path

import pytest

from kheo.config import env


@pytest.mark.parametrize("word", ["1", "true", "Yes", "ON"])
def test_yes(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("KHEO_X", word)
    assert env.flag("KHEO_X", default=False) is True


@pytest.mark.parametrize("word", ["0", "false", "No", "off", ""])
def test_no(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("KHEO_X", word)
    assert env.flag("KHEO_X", default=True) is False


def test_neither_yes_nor_no_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHEO_X", "có")
    with pytest.raises(env.EnvironmentValueError, match=r"KHEO_X='có'"):
        env.flag("KHEO_X", default=False)


def test_what_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KHEO_X", raising=False)
    assert env.flag("KHEO_X", default=True) is True
    assert env.number("KHEO_X", 7) == 7
    assert env.text("KHEO_X", "a") == "a"
    assert env.words("KHEO_X", "a, b,,") == ["a", "b"]


@pytest.mark.parametrize(("given", "number"), [("12", 12), ("-1", -1), ("", 5)])
def test_numbers(monkeypatch: pytest.MonkeyPatch, given: str, number: int) -> None:
    monkeypatch.setenv("KHEO_X", given)
    assert env.number("KHEO_X", 5) == number


def test_no_number_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHEO_X", "12h")
    with pytest.raises(env.EnvironmentValueError, match="KHEO_X='12h'"):
        env.number("KHEO_X", 5)


def test_the_data_directory_is_made_and_closed_to_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KHEO_DATA_DIR", str(tmp_path / "a/b"))
    path = env.data_directory()
    assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_the_secret_is_made_once_and_closed_to_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("KHEO_SECRET_KEY", raising=False)
    first = env.secret_key(tmp_path)
    assert len(first) >= 50
    assert env.secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    monkeypatch.setenv("KHEO_SECRET_KEY", "given")
    assert env.secret_key(tmp_path) == "given"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("", "{data}/kheo.sqlite3"),
        ("sqlite:////var/lib/k.sqlite3", "/var/lib/k.sqlite3"),
        ("sqlite:///k%20h.sqlite3", "k h.sqlite3"),
    ],
)
def test_sqlite(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, name: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    database = env.database(tmp_path)
    assert database["NAME"] == name.format(data=tmp_path)
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        assert pragma in database["OPTIONS"]["init_command"]


def test_postgresql(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://kh%40eo:m%C3%A2t@db.example:5433/k%2Fh")
    database = env.database(tmp_path)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    named = [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
    assert named == ["kh@eo", "mât", "db.example", "5433", "k/h"]


def test_other_databases_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://kheo@localhost/kheo")
    with pytest.raises(env.EnvironmentValueError, match="DATABASE_URL"):
        env.database(tmp_path)


def test_a_lax_level_of_safety_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("KHEO_SQLITE_SYNCHRONOUS", "off")
    with pytest.raises(env.EnvironmentValueError, match="KHEO_SQLITE_SYNCHRONOUS"):
        env.database(tmp_path)
