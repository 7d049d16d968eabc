"""Reads the code as text and trees, and holds the few exceptions, which may only become fewer."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/kheo"
EXCEPTIONS = Path(__file__).parent / "exceptions.txt"
# lower it whenever a line goes; never raise it
EXCEPTIONS_AT_MOST = 0

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of the code."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else ""

    @property
    def part(self) -> str:
        """Return what kind of module it is in its room: actions, views …"""
        parts = self.name.split(".")
        return parts[2] if len(parts) > 2 else ""

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public(self) -> Iterator[Function]:
        """Return the functions at the top of the file that others may call."""
        top = (node for node in self.tree.body if isinstance(node, Function))
        return (node for node in top if not node.name.startswith("_"))


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the product but the migrations, which Django writes."""
    files = (path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)
    return tuple(read(path) for path in files)


def read(path: Path) -> Module:
    dotted = path.relative_to(PACKAGE.parent).with_suffix("").parts
    name = ".".join(part for part in dotted if part != "__init__")
    text = path.read_text()
    return Module(path, name, text, ast.parse(text))


@cache
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@cache
def floors() -> dict[str, int]:
    """Return the height of each room, from the contract; siblings stand at the same height."""
    contract = project()["tool"]["importlinter"]["contracts"][0]
    layers = reversed(contract["layers"])
    return {room.strip(): height for height, line in enumerate(layers) for room in line.split("|")}


def judge(rule: str, faults: Iterable[str]) -> None:
    """Fail on faults that are not excepted, and on exceptions that are no longer needed."""
    found = set(faults)
    excepted = {line.split(" ", 1)[1] for line in exceptions() if line.split(" ", 1)[0] == rule}
    assert not found - excepted, "\n".join(sorted(found - excepted))
    assert not excepted - found, f"no longer needed in {EXCEPTIONS.name}: {excepted - found}"


def exceptions() -> list[str]:
    lines = EXCEPTIONS.read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]
