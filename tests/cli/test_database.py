"""Backing up while people work, and finding damage."""

import sqlite3
from collections.abc import Callable
from pathlib import Path


def test_a_fresh_database_is_sound(kheo: Callable, migrated: Path) -> None:
    done = kheo("database", "check")
    assert (done.returncode, done.stdout.strip()) == (
        0,
        "Cơ sở dữ liệu nguyên vẹn và ở phiên bản mới nhất.",
    )


def test_migrating_tells_the_planner_what_is_in_the_tables(kheo: Callable, migrated: Path) -> None:
    with sqlite3.connect(migrated / "kheo.sqlite3") as database:
        database.execute("DELETE FROM sqlite_stat1")
    assert kheo("database", "migrate").returncode == 0
    with sqlite3.connect(migrated / "kheo.sqlite3") as database:
        known = {table for (table,) in database.execute("SELECT tbl FROM sqlite_stat1")}
    assert {"rounds_layout", "organisations_level"} <= known


def test_check_names_the_migrations_that_have_not_run(kheo: Callable, data: Path) -> None:
    done = kheo("database", "check")
    assert done.returncode == 1
    assert "chưa nâng cấp: audit.0001_initial" in done.stdout


def test_check_finds_a_row_that_points_nowhere(kheo: Callable, migrated: Path) -> None:
    with sqlite3.connect(migrated / "kheo.sqlite3") as database:
        database.execute("CREATE TABLE stray (level_id REFERENCES organisations_level (id))")
        database.execute("INSERT INTO stray VALUES (99)")
    done = kheo("database", "check")
    assert done.returncode == 1
    assert "bảng stray trỏ tới dòng không còn trong bảng organisations_level" in done.stdout


def test_a_backup_holds_the_database_and_the_files(
    kheo: Callable, migrated: Path, tmp_path: Path
) -> None:
    (migrated / "files").mkdir()
    (migrated / "files/minh-chung.pdf").write_bytes(b"%PDF")
    # a reader and writer at work does not hold the backup up
    with sqlite3.connect(migrated / "kheo.sqlite3") as busy:
        busy.execute("SELECT COUNT(*) FROM accounts_user").fetchone()
        done = kheo("database", "backup", "--to", str(tmp_path / "kept"))
    assert done.returncode == 0, done.stderr
    (copy,) = (tmp_path / "kept").iterdir()
    assert str(copy) in done.stdout
    assert (copy / "files/minh-chung.pdf").read_bytes() == b"%PDF"
    with sqlite3.connect(copy / "kheo.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT COUNT(*) FROM organisations_level").fetchone()[0] > 0


def test_a_backup_lies_in_the_data_directory_and_may_leave_files_out(
    kheo: Callable, migrated: Path
) -> None:
    (migrated / "files").mkdir()
    assert kheo("database", "backup", "--without-files").returncode == 0
    (copy,) = (migrated / "backups").iterdir()
    assert [path.name for path in copy.iterdir()] == ["kheo.sqlite3"]


def test_a_backup_that_cannot_be_written_says_why(kheo: Callable, migrated: Path) -> None:
    done = kheo("database", "backup", "--to", "/proc/nowhere")
    assert done.returncode == 1
    assert "không tạo được /proc/nowhere" in done.stderr


def test_a_backup_put_back_is_the_database_again(
    kheo: Callable, migrated: Path, tmp_path: Path
) -> None:
    kheo("database", "backup", "--to", str(tmp_path / "kept"))
    (copy,) = (tmp_path / "kept").iterdir()
    done = kheo("--data", str(copy), "database", "check")
    assert done.returncode == 0, done.stdout
