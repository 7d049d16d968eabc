"""Rows are written in actions and nowhere else."""

import ast
import re
from collections.abc import Iterator

import pytest
from tests.house.house import Module, judge, modules

WRITES = {
    "save",
    "create",
    "acreate",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
    "set_password",
}
SQL = re.compile(r"^\s*(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|REPLACE\s+INTO)", re.I)


def writes(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in WRITES and not _is_harmless(module, node, node.func):
                yield f"{module.name}:{ast.unparse(node.func)}"
        elif isinstance(node, ast.Constant) and SQL.match(str(node.value)):
            yield f"{module.name}:{str(node.value).split()[0]}"


def _is_harmless(module: Module, call: ast.Call, called: ast.Attribute) -> bool:
    owner = ast.unparse(called.value)
    # a model may keep derived fields when it is saved by an action
    own_save = owner == "super()" and module.part == "models" and called.attr == "save"
    # rows are updated by keywords; a dictionary or a hash by what stands in its place
    no_row = called.attr == "update" and not call.keywords
    return own_save or no_row or owner == "actions"


def test_rows_are_written_only_in_actions() -> None:
    outside = [m for m in modules() if m.part != "actions" and m.room != "lib"]
    judge("write", [fault for module in outside for fault in writes(module)])


@pytest.mark.parametrize(
    "line",
    [
        "round.save()",
        "Round.objects.filter(pk=1).update(year=2024)",
        "entry.delete()",
        "cursor.execute('DELETE FROM audit_entry')",
        "Round.objects.get_or_create(year=2024)",
    ],
)
def test_a_planted_write_is_noticed(line: str) -> None:
    view = next(module for module in modules() if module.part == "views")
    planted = Module(view.path, view.name, line, ast.parse(line))
    assert list(writes(planted))
