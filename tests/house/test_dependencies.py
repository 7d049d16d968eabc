"""Every dependency says why it is there and is pinned; no host is named that serves packages."""

import re
import subprocess

import pytest
from tests.house.house import ROOT, project

TEXT = (ROOT / "pyproject.toml").read_text()
PINNED = {
    line.split("==")[0].lower().replace("_", "-")
    for line in (ROOT / "constraints.txt").read_text().splitlines()
    if "==" in line
}
# spelt in parts so that this file does not name them either
HOSTS = re.compile("|".join(["py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.(org|com)"]))


def dependencies() -> list[str]:
    described = project()["project"]
    return [*described["dependencies"], *described["optional-dependencies"]["dev"]]


@pytest.mark.parametrize("dependency", dependencies())
def test_a_dependency_says_why_it_is_there(dependency: str) -> None:
    lines = [
        line
        for line in TEXT.splitlines()
        if f'"{dependency}"' in line and line.partition("#")[2].strip()
    ]
    assert lines, f"{dependency} has no reason beside it"


@pytest.mark.parametrize("dependency", dependencies())
def test_a_dependency_is_pinned(dependency: str) -> None:
    name = re.split(r"[\[<>=!~ ]", dependency)[0].lower().replace("_", "-")
    assert name in PINNED, f"run make constraints: {name} is not in constraints.txt"


def test_constraints_name_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    odd = [line for line in lines if not re.fullmatch(r"#.*|[\w.\-]+==[\w.]+", line)]
    assert odd == []


def test_no_host_that_serves_packages_is_named() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whichever git made the checkout
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    paths = [ROOT / name for name in listed if name and (ROOT / name).is_file()]
    named = [str(path) for path in paths if HOSTS.search(path.read_text(errors="ignore"))]
    assert named == []
