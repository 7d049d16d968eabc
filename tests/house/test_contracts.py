"""The import contracts hold, and each of them would notice when broken."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.house.house import PACKAGE, ROOT

FLOORS = "The house: each floor rests only on the floors below"
ROOMS = "Inside a room: one order of modules"
# contract, file, and the line that breaks it
FAULTS = [
    (FLOORS, "lib/text/folding.py", "import kheo.home.queries"),
    (FLOORS, "organisations/rules.py", "import kheo.rounds.models"),
    (FLOORS, "audit/models.py", "import kheo.ui.pages"),
    (FLOORS, "helpers/__init__.py", ""),
    (ROOMS, "accounts/queries.py", "import kheo.accounts.actions"),
    (ROOMS, "notices/models.py", "import kheo.notices.rules"),
    (ROOMS, "rounds/utils.py", ""),
    (ROOMS, "exemplars/services.py", ""),
    ("lib knows no Django", "lib/papers/render.py", "import django.utils.html"),
    ("lib packages are independent", "lib/papers/render.py", "import kheo.lib.sheets"),
    ("Views belong to their urls", "home/queries/__init__.py", "import kheo.accounts.views"),
    ("Forms belong to views", "accounts/urls.py", "import kheo.accounts.forms"),
]


def lint(folder: Path) -> str:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(  # noqa: S603 - the linter of this environment
        [program, "--config", str(ROOT / "pyproject.toml"), "--no-cache"],
        env=os.environ | {"PYTHONPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    code = (path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
    for path in code:
        target = tmp_path / path.relative_to(PACKAGE.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return tmp_path


def test_every_contract_is_kept(copy: Path) -> None:
    said = lint(copy)
    assert "0 broken" in said, said


@pytest.mark.parametrize(
    ("contract", "file", "line"), FAULTS, ids=[f"{file}: {line}" for _c, file, line in FAULTS]
)
def test_a_planted_fault_breaks_its_contract(
    copy: Path, contract: str, file: str, line: str
) -> None:
    target = copy / "kheo" / file
    target.parent.mkdir(exist_ok=True)
    before = target.read_text() if target.exists() else ""
    target.write_text(f"{before}\n{line}\n")
    said = lint(copy)
    broken = f"{contract} BROKEN" in said
    refused = "unknown" in said.lower() or "not listed" in said.lower() or "exhaustive" in said
    assert broken or (not line and refused), said[-2000:]
