"""Writes docs/reference/, the part of the documentation that follows from the code.

`python tools/docs.py --check` changes nothing and fails when a file is out of date.
"""

import argparse
import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs/reference"
HEAD = "<!-- written by `make docs`; change the code, not this file -->\n\n"


def documents() -> dict[str, str]:
    """Return the text of each generated file by its name."""
    return {"rooms.md": HEAD + _rooms(), "command.md": HEAD + _command()}


def main() -> int:
    """Write the files, or only compare them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only tell what is out of date")
    check = parser.parse_args().check
    stale = [name for name, text in documents().items() if _held(name) != text]
    if check:
        for name in stale:
            print(f"docs/reference/{name} is out of date: run make docs")
        return int(bool(stale))
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (REFERENCE / name).write_text(text)
    return 0


def _held(name: str) -> str:
    path = REFERENCE / name
    return path.read_text() if path.exists() else ""


def _rooms() -> str:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    floors = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    rows = [
        f"| `{room}` | {_sentence(room)} |"
        for floor in floors
        for room in (name.strip() for name in floor.split("|"))
    ]
    return (
        "# The rooms of the house\n\nEach room may use only the rooms below it; rooms of one floor "
        "do not know each other.\n\n| room | what it holds |\n|---|---|\n" + "\n".join(rows) + "\n"
    )


def _sentence(room: str) -> str:
    tree = ast.parse((ROOT / "src/kheo" / room / "__init__.py").read_text())
    return (ast.get_docstring(tree) or "").partition("\n\n")[0].replace("\n", " ")


def _command() -> str:
    top = _help()
    nouns = [line.split()[0] for line in top.splitlines() if _names_something(line)]
    parts = [f"# The command `kheo`\n\n```text\n{top}```\n"]
    for noun in nouns:
        text = _help(noun)
        parts.append(f"## `kheo {noun}`\n\n```text\n{text}```\n")
        verbs = [line.split()[0] for line in text.splitlines() if _names_something(line)]
        parts += [f"```text\n{_help(noun, verb)}```\n" for verb in verbs]
    return "\n".join(parts)


def _names_something(line: str) -> bool:
    # argparse sets nouns and verbs four columns in
    return line.startswith("    ") and not line.startswith("     ") and line[4].isalpha()


def _help(*words: str) -> str:
    environment = os.environ | {
        "LANGUAGE": "en",
        "COLUMNS": "100",
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "kheo.cli.main", *words, "--help"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
