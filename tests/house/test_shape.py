"""Files and functions stay small, and say at their head what they hold."""

import ast
import re

import pytest
from tests.house.house import Module, judge, modules

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
DRAWERS = {"utils", "helpers", "services", "managers", "common", "misc", "tools"}
PROMISES = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def test_modules_are_short() -> None:
    counts = {module.name: len(module.text.splitlines()) for module in modules()}
    judge("long-module", [name for name, lines in counts.items() if lines > LONGEST_MODULE])


def test_functions_are_short() -> None:
    judge(
        "long-function",
        [
            f"{module.name}.{function.name}"
            for module in modules()
            for function in module.functions()
            if function.end_lineno - function.lineno + 1 > LONGEST_FUNCTION
        ],
    )


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_opens_with_one_sentence(module: Module) -> None:
    doc = ast.get_docstring(module.tree) or ""
    first = doc.split("\n\n")[0].replace("\n", " ")
    assert first, f"{module.path}: no docstring"
    assert first.endswith((".", "?", "…")), first


def test_no_drawer_collects_what_has_no_place() -> None:
    names = [module.name for module in modules()]
    judge("drawer", [name for name in names if DRAWERS & set(name.split("."))])


def test_nothing_is_left_for_later() -> None:
    judge("promise", [module.name for module in modules() if PROMISES.search(module.text)])


def test_names_of_deeds_and_questions_are_found_by_one_search() -> None:
    """House rule: function names are unique across rooms, so that grep answers."""
    homes: dict[str, set[str]] = {}
    for module in modules():
        if module.part in {"actions", "queries"}:
            for function in module.public():
                homes.setdefault(function.name, set()).add(module.room)
    judge(
        "ambiguous-name",
        [f"{name}: {sorted(rooms)}" for name, rooms in homes.items() if len(rooms) > 1],
    )
