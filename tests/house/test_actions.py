"""Every deed is told who does it and when, leaves a trace in the audit, and has a test."""

import ast
import re
from collections import defaultdict
from functools import cache

from tests.house.house import ROOT, Function, Module, judge, modules

TRACES = {"record", "record_many"}
ATOMIC = {"atomic"}
# a file kept between preview and import is no record: it is gone after two hours
NO_RECORDS = {"kheo.organisations.actions.uploads"}


@cache
def deeds() -> tuple[tuple[Module, Function], ...]:
    """Return what somebody does: functions of actions that take ``by`` and are called from afar."""
    parts = [m for m in modules() if m.part == "actions" and m.room not in {"audit", "cli"}]
    return tuple(
        (module, function)
        for module in parts
        for function in module.public()
        if module.name not in NO_RECORDS
        if "by" in _names(function) and function.name in _asked_for(module.room)
    )


@cache
def _asked_for(room: str) -> frozenset[str]:
    """Return the names that other parts import from the actions of a room."""
    others = [m for m in modules() if not (m.room == room and m.part == "actions")]
    return frozenset(name for module in others for name in _taken(module, f"kheo.{room}.actions"))


def _taken(module: Module, home: str) -> set[str]:
    imported = {
        alias.asname or alias.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and _is_from(node, home)
        for alias in node.names
        if (node.module or "").startswith(home) or alias.name == "actions"
    }
    used = {
        node.attr
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).split(".")[0] in imported
    }
    return imported | used


def _is_from(node: ast.ImportFrom, home: str) -> bool:
    return (node.module or "").startswith(home) or node.module == home.removesuffix(".actions")


def _names(function: Function) -> set[str]:
    given = function.args
    return {argument.arg for argument in [*given.posonlyargs, *given.args, *given.kwonlyargs]}


def _label(module: Module, function: Function) -> str:
    return f"{module.name}.{function.name}"


def test_there_are_deeds() -> None:
    assert len(deeds()) > 30


def test_a_deed_is_told_everything_by_keyword() -> None:
    judge("positional-deed", [_label(m, f) for m, f in deeds() if f.args.args])


def test_a_deed_is_done_whole_or_not_at_all() -> None:
    calls = _calls_by_room()
    judge(
        "torn-deed",
        [_label(m, f) for m, f in deeds() if not _ends_in(ATOMIC, f.name, calls[m.room])],
    )


def test_a_deed_is_told_the_time_and_reads_no_clock() -> None:
    judge("timeless-deed", [_label(m, f) for m, f in deeds() if "at" not in _names(f)])
    clocks = re.compile(r"\b(timezone\.now|datetime\.now|date\.today|timezone\.localdate)\(\)")
    judge(
        "clock",
        [m.name for m in modules() if m.part in {"actions", "rules"} and clocks.search(m.text)],
    )


def test_a_deed_leaves_a_trace_in_the_audit() -> None:
    calls = _calls_by_room()
    judge(
        "untraced-deed",
        [_label(m, f) for m, f in deeds() if not _ends_in(TRACES, f.name, calls[m.room])],
    )


def test_every_deed_has_a_test() -> None:
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
    words = set(re.findall(r"\w+", tests))
    judge("untested-deed", [_label(m, f) for m, f in deeds() if f.name not in words])


def test_verbs_are_dotted_and_kebab_case() -> None:
    shape = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")
    words = [
        (module.name, node.value.value)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.keyword) and node.arg == "verb"
        if isinstance(node.value, ast.Constant)
    ]
    assert words
    judge("verb", [f"{name}: {verb}" for name, verb in words if not shape.fullmatch(verb)])


def _calls_by_room() -> dict[str, dict[str, set[str]]]:
    calls: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for module in (m for m in modules() if m.part == "actions"):
        for function in module.functions():
            calls[module.room][function.name] |= _called(function)
    # a deed of a lower room leaves its own trace
    everywhere = {name: called for room in list(calls.values()) for name, called in room.items()}
    return defaultdict(dict, {room: everywhere | own for room, own in calls.items()})


def _called(function: Function) -> set[str]:
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            names.add(ast.unparse(node.func).rpartition(".")[2])
        elif isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
    return names


def _ends_in(
    wanted: set[str], name: str, calls: dict[str, set[str]], seen: frozenset[str] = frozenset()
) -> bool:
    if name in wanted:
        return True
    if name in seen:
        return False
    called = calls.get(name, set())
    return any(_ends_in(wanted, other, calls, seen | {name}) for other in called)
