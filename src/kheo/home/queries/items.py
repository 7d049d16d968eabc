"""One thing to do on the first page, and how many of its kind there are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

COUNTED_AT_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One thing to do, with its one button; ``state`` is shown as a badge where there is one."""

    title: str
    detail: str = ""
    button: str
    url: str
    icon: str = "list-task"
    due_on: date | None = None
    late: bool = False
    state: str = ""
    state_label: str = ""


def count_of(rows: "QuerySet[Any]") -> int:
    """Count rows, and not far beyond a thousand."""
    return rows.order_by()[: COUNTED_AT_MOST + 1].count()


def capped(words: str | Promise, count: int) -> str:
    """Write how many there are; beyond a thousand nobody needs to know exactly."""
    if count <= COUNTED_AT_MOST:
        return str(words % {"count": count})
    return _("more than %s") % (words % {"count": COUNTED_AT_MOST})
