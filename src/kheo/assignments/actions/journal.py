"""What the audit keeps of deeds on tasks and on the parts of their bodies."""

from collections.abc import Iterable
from datetime import datetime
from typing import Unpack

from kheo.assignments.enums import BodyRole
from kheo.assignments.models import Task, TaskBody
from kheo.assignments.queries.bodies import BodyTerms
from kheo.audit.actions import Told, note_deed
from kheo.organisations.actions import By
from kheo.organisations.models import Seat

FACTS = (
    "ordinal",
    "content",
    "timing",
    "starts_on",
    "due_on",
    "due_month",
    "due_day",
    "exceptions",
    "time_text",
)


def facts_of_task(task: Task, bodies: Iterable[BodyTerms] = ()) -> dict[str, object]:
    """Return what the audit keeps of a task: its terms and its bodies as they are written."""
    facts: dict[str, object] = {name: getattr(task, name) for name in FACTS}
    facts = {name: value for name, value in facts.items() if value not in (None, "", [])}
    if task.parent_id:
        facts["parent"] = str(task.parent)
    for role in BodyRole.values:
        names = [body.name or str(body.organisation) for body in bodies if body.role == role]
        facts |= {role: names} if names else {}
    return facts


def note_task(
    verb: str,
    task: Task,
    by: By | Seat,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a task, in the scope of its owner."""
    note_deed(verb, task, task.owner_path, by, at, **told)


def note_part(
    verb: str,
    body: TaskBody,
    by: Seat | None,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a part, in the scope of its body."""
    note_deed(verb, body, body.path or body.task.owner_path, by, at, **told)
