"""docs/operation.md tells of every variable that is read, of its default, and of no other."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/operation.md").read_text()
READERS = {"text", "flag", "number", "words"}
NAME = re.compile(r"\b(?:KHEO_[A-Z_]+[A-Z]|DATABASE_URL)\b")


def reads() -> dict[str, str]:
    """Return each variable that the settings read, with its default as written."""
    found = {}
    for path in (ROOT / "src/kheo/config").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in READERS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and NAME.fullmatch(str(first.value)):
                    found[first.value] = _default(node)
    return found


def _name(function: ast.expr) -> str:
    return ast.unparse(function).rpartition(".")[2]


def _default(call: ast.Call) -> str:
    given = [*call.args[1:], *(word.value for word in call.keywords)]
    return str(ast.literal_eval(given[0])) if given else ""


def rows() -> dict[str, str]:
    """Return the line of the table for each variable."""
    lines = [line for line in TEXT.splitlines() if line.startswith("| `")]
    return {name: line for line in lines for name in NAME.findall(line.split("|")[1])}


def test_variables_are_read() -> None:
    assert len(reads()) > 15


@pytest.mark.parametrize("name", sorted(reads()))
def test_a_variable_is_described(name: str) -> None:
    assert name in rows()


@pytest.mark.parametrize("name", sorted(rows()))
def test_a_described_variable_is_read(name: str) -> None:
    assert name in reads()


@pytest.mark.parametrize(("name", "default"), sorted(reads().items()))
def test_the_described_default_is_the_real_one(name: str, default: str) -> None:
    told = rows()[name].split("|")[2].strip().strip("`")
    meant = {"False": "no", "True": "yes", "": None}.get(default, default)
    elsewhere = {"KHEO_DATA_DIR", "DATABASE_URL", "KHEO_SECRET_KEY", "KHEO_PUBLIC_URL"}
    if name in elsewhere:
        assert told, "where the default is worked out, words tell how"
    elif meant is None:
        assert told == "none"
    else:
        assert told == meant


def test_every_option_of_serve_is_described() -> None:
    source = (ROOT / "src/kheo/cli/serve.py").read_text()
    for option in re.findall(r"\"(--[a-z-]+)\"", source):
        assert f"| `{option}` |" in TEXT
