"""Runs the command as people do, in a process and a data directory of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="session")
def _migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("migrated")
    done = _run(_bare_environment(data), "database", "migrate")
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def migrated(data: Path, _migrated_once: Path) -> Path:
    """Return a data directory with a fresh database in it."""
    shutil.copytree(_migrated_once, data)
    return data


@pytest.fixture
def environment(data: Path) -> dict[str, str]:
    """Return what a fresh machine has: no settings, no language, our sources, an empty disk."""
    return _bare_environment(data)


@pytest.fixture
def kheo(environment: dict[str, str]) -> Run:
    """Return a function that runs the command and gives back its status and output."""
    return lambda *arguments, **variables: _run(environment | variables, *arguments)


def _bare_environment(data: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "KHEO_DATA_DIR": str(data), "COLUMNS": "200"}


def _run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kheo.cli.main", *arguments]
    return subprocess.run(  # noqa: S603 - our own command
        command, env=environment, capture_output=True, text=True, timeout=180, check=False
    )
