"""Finds tasks given to bodies: in labelled lines below each task, or in the rows of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kheo.lib.extraction.directives.found import CERTAIN, LIKELY, Finding
from kheo.lib.extraction.directives.paper import Paper, Span
from kheo.lib.extraction.directives.rules import rule
from kheo.lib.text.folding import normalise

_ROLES = ("directing", "executing", "cooperating")
_NUMBER = re.compile(r"^\d{1,3}[.)]?$")
_MOST_BETWEEN = 8


@dataclass
class Task:
    """A task as it is gathered: where it stands, what it is, who does what and when."""

    start: int
    end: int
    ordinal: int | None
    content: str
    bodies: dict[str, list[str]] = field(default_factory=lambda: {role: [] for role in _ROLES})
    time: str | None = None
    rule: str = "assignment.label"

    @property
    def is_given(self) -> bool:
        """Tell whether any body is named."""
        return any(self.bodies.values())


def assignment_findings(paper: Paper, start: int, end: int) -> Iterator[Finding]:
    """Yield the tasks of a paper in their order."""
    tasks = [*_labelled(paper, start, end), *_tabled(paper, start)]
    used: set[int] = set()
    for number, task in enumerate(tasks, 1):
        ordinal = task.ordinal or number
        if ordinal in used:
            ordinal = max(used) + 1
        used.add(ordinal)
        value = {"ordinal": ordinal, "content": task.content, **task.bodies, "time": task.time}
        sure = CERTAIN if task.bodies["executing"] else LIKELY
        yield paper.finding("assignment", (task.start, task.end), value, task.rule, sure)


def _labelled(paper: Paper, start: int, end: int) -> list[Task]:
    tasks: list[Task] = []
    blocks = [b for b in paper.blocks if start <= b.start < end]
    pattern = rule("assignments", "assignment.label").pattern
    since = 0
    current: Task | None = None
    for number, block in enumerate(blocks):
        labels = list(pattern.finditer(paper.plain, block.start, block.end))
        if "\t" in paper.of(block):
            labels = []
        if not labels:
            current = current if current and not _begins(paper, block) else None
            continue
        if current is None:
            current = _begun(paper, blocks[since : number + 1], labels[0].start())
            if current is None:
                continue
            tasks.append(current)
        _fill(paper, current, labels, block)
        since = number + 1
    return [task for task in tasks if task.is_given]


def _begins(paper: Paper, block: Span) -> bool:
    pattern = rule("assignments", "assignment.task").pattern
    return pattern.match(paper.plain, block.start) is not None


def _begun(paper: Paper, blocks: list[Span], label: int) -> Task | None:
    """Return the task whose first label stands at an offset, from its number onwards."""
    pattern = rule("assignments", "assignment.task").pattern
    for block in reversed(blocks[-_MOST_BETWEEN:]):
        found = pattern.match(paper.plain, block.start, block.end)
        if found and found.end() < label:
            told = found["ordinal"] or found["named"]
            content = paper.told(found.end(), label)
            return Task(block.start, label, int(told) if told else None, content)
    if len(blocks) < 2:
        return None
    above = blocks[-2]
    return Task(above.start, label, None, paper.told(above.start, above.end).lstrip("-+* "))


def _fill(paper: Paper, task: Task, labels: list[re.Match[str]], block: Span) -> None:
    """Take what stands behind each label of a paragraph, up to the next one."""
    stops = [label.start() for label in labels[1:]] + [block.end]
    for label, stop in zip(labels, stops, strict=True):
        text = paper.text[label.end() : stop].strip().rstrip(").;, ")
        task.end = label.end() + len(paper.text[label.end() : stop].rstrip())
        role = next((role for role in _ROLES if label[role]), None)
        if role:
            task.bodies[role] += _bodies(text)
        else:
            task.time = normalise(" ".join(text.split())).strip(" .;,") or None


def _bodies(text: str) -> list[str]:
    parts = re.split(r";|\n", normalise(text, keep_lines=False))
    return [bare for part in parts if (bare := part.strip(" .,;:-–+*")) and bare != "…"]


def _tabled(paper: Paper, start: int) -> list[Task]:
    """Return the tasks of tables that have a column for the bodies that carry them out."""
    tasks: list[Task] = []
    columns: dict[int, str] = {}
    for line in paper.lines:
        if line.start < start or "\t" not in paper.of(line):
            columns = {} if line.start < start or len(paper.of(line)) > 200 else columns
            continue
        cells = paper.cells(line)
        head = _columns(paper, cells)
        if "executing" in head.values() and len(head) >= 3:
            columns = head
        elif columns and set(head.values()) & set(_ROLES):
            columns |= head
        elif columns and (task := _row(paper, line, cells, columns)):
            tasks.append(task)
    return tasks


def _columns(paper: Paper, cells: list[Span]) -> dict[int, str]:
    pattern = rule("assignments", "assignment.column").pattern
    found = {}
    for cell in cells:
        named = pattern.match(paper.folded, cell.start, cell.end)
        if named:
            found[cell.column] = next(name for name, said in named.groupdict().items() if said)
    return found


def _row(paper: Paper, line: Span, cells: list[Span], columns: dict[int, str]) -> Task | None:
    task = Task(line.start, line.end, None, "", rule="assignment.column")
    for cell in cells:
        name, text = columns.get(cell.column), paper.of(cell)
        if name == "ordinal" and _NUMBER.match(text):
            task.ordinal = int(text.strip(".)"))
        elif name == "content":
            task.content = paper.told(cell.start, cell.end)
        elif name == "time":
            task.time = normalise(text).strip(" .;,")
        elif name in _ROLES:
            task.bodies[name] += _bodies(text)
    return task if task.is_given and task.content else None
