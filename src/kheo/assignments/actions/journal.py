"""What the audit keeps of deeds on tasks and on the parts of their bodies."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from kheo.assignments.enums import BodyRole
from kheo.assignments.models import Task, TaskBody
from kheo.assignments.queries.bodies import BodyTerms
from kheo.audit.actions import Deed, record
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


def note_task(  # noqa: PLR0913 an entry has this many parts
    verb: str,
    task: Task,
    by: By | Seat,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Record a deed on a task, in the scope of its owner."""
    deed = Deed(
        verb=verb,
        record=task,
        scope=task.owner_path,
        before=before or {},
        after=after or {},
        reason=reason,
    )
    record(deed=deed, by=by, at=at)


def note_part(
    verb: str,
    body: TaskBody,
    by: Seat | None,
    at: datetime,
    *,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Record a deed on a part, in the scope of its body."""
    deed = Deed(
        verb=verb,
        record=body,
        scope=body.path or body.task.owner_path,
        after=after or {},
        reason=reason,
    )
    record(deed=deed, by=by, at=at)
