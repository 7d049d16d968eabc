"""The command as a whole: what it tells of itself, and how it fails."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kheo import __version__
from kheo.cli.main import NOUNS


def test_it_tells_its_version(kheo: Callable) -> None:
    assert kheo("--version").stdout.strip() == f"Khéo {__version__}"


def test_the_version_is_the_one_of_the_package() -> None:
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text()
    assert f'\nversion = "{__version__}"\n' in text


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_explains_itself(kheo: Callable, noun: str) -> None:
    done = kheo(noun, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"cách dùng: kheo {noun}")
    assert "--data" in done.stdout


def test_help_touches_no_data(kheo: Callable, data: Path) -> None:
    kheo("serve", "--help")
    assert not data.exists()


def test_the_data_directory_may_stand_before_or_after_the_noun(
    kheo: Callable, tmp_path: Path
) -> None:
    kheo("--data", str(tmp_path / "before"), "database", "check")
    kheo("database", "--data", str(tmp_path / "after"), "check")
    assert (tmp_path / "before/kheo.sqlite3").exists()
    assert (tmp_path / "after/kheo.sqlite3").exists()


def test_a_wrong_variable_is_told_in_one_sentence(kheo: Callable) -> None:
    done = kheo("database", "check", KHEO_SMTP_PORT="many")
    assert done.returncode == 1
    assert "KHEO_SMTP_PORT='many'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_trace_is_shown_to_who_asks_for_it(kheo: Callable) -> None:
    done = kheo("database", "check", KHEO_SMTP_PORT="many", KHEO_DEBUG="1")
    assert "Traceback" in done.stderr


def test_an_unreachable_database_is_told_in_one_sentence(kheo: Callable) -> None:
    done = kheo("database", "check", DATABASE_URL="postgres://kheo@127.0.0.1:9/kheo")
    assert done.returncode == 1
    assert done.stderr.startswith("kheo: không thực hiện được:")
    assert "Traceback" not in done.stderr
