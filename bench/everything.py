"""Runs all measurements, each in a process of its own, and writes what came out."""

import json
import os
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from platformdirs import user_cache_path

from bench.results import write_results

SIZES = {"small": 10_000, "large": 1_000_000}
STAGES = (
    "pages",
    "searching",
    "writers",
    "papers",
    "likeness",
    "importing",
    "councils",
    "reviews",
    "directives",
)
LONGEST = {"small": 600, "large": 7_200}
MIGRATIONS = "src/kheo/*/migrations/0*.py"


def run(size: str, database: str | None) -> int:
    """Measure on one database or on both; return the exit status."""
    url = os.environ.get("DATABASE_URL", "")
    given = urlsplit(url).scheme in {"postgres", "postgresql"}
    wanted = {"sqlite", "postgresql"} if database == "both" else {database}
    if database is None:
        wanted = {"sqlite", "postgresql"} if given else {"sqlite"}
    if "postgresql" in wanted and not given:
        print("set DATABASE_URL=postgres://… to measure on PostgreSQL", file=sys.stderr)
        return 2
    for name in sorted(wanted, reverse=True):  # type: ignore[type-var] -- never None here
        write_results(_measure(size, str(name), url))
    return 0


def _measure(size: str, database: str, url: str) -> dict[str, Any]:
    registrations = SIZES[size]
    environment = _world(database, registrations, url)
    print(f"{database}, {registrations:,} registrations: {environment['KHEO_DATA_DIR']}")
    directory = Path(environment["KHEO_DATA_DIR"])
    note = directory / "world.json"
    if not note.exists():
        _bench(["generate", f"--registrations={registrations}"], environment, LONGEST[size])
    result: dict[str, Any] = {
        "database": database,
        "size": size,
        "date": time.strftime("%Y-%m-%d"),
        "world": json.loads(note.read_text(encoding="utf-8")),
    }
    for stage in ("facts", *STAGES):
        print(f"{stage}:", flush=True)
        file = directory / f"{stage}.json"
        _bench([stage, f"--json={file}"], environment, LONGEST[size])
        result[stage] = json.loads(file.read_text(encoding="utf-8"))
    return result


def _bench(arguments: list[str], environment: dict[str, str], seconds: int) -> None:
    command = [sys.executable, "-m", "bench", *arguments]
    subprocess.run(command, env=environment, check=True, timeout=seconds)


def _world(database: str, registrations: int, url: str) -> dict[str, str]:
    """Return the environment of a world; it is kept between runs while the tables are the same."""
    cache = Path(os.environ.get("KHEO_BENCH_CACHE") or user_cache_path("kheo-bench"))
    name = f"{registrations}-{_schema()}"
    directory = cache / f"{database}-{name}"
    directory.mkdir(parents=True, exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment = kept | {"KHEO_DATA_DIR": str(directory)}
    if database == "postgresql":
        parts = urlsplit(url)
        own = f"{parts.path[1:]}_{name.replace('-', '_')}"
        if _make_database(url, own):
            (directory / "world.json").unlink(missing_ok=True)
        environment["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{own}"))
    elif not (directory / "world.json").exists():
        # what a broken run left behind is no world
        for file in directory.glob("kheo.sqlite3*"):
            file.unlink()
    return environment


def _make_database(url: str, name: str) -> bool:
    """Make a database of that name beside the given one; tell whether it was missing."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone():
            return False
        connection.execute(f'CREATE DATABASE "{name}"')
        return True


def _schema() -> str:
    """Return a name for the tables as the migrations make them."""
    files = sorted(Path().glob(MIGRATIONS))
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    return f"{zlib.crc32(text.encode()):08x}"
