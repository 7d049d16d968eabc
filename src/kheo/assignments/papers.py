"""The tasks of a document as an annex: who directs, who carries out, who cooperates, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kheo.assignments.enums import BodyRole, Timing
from kheo.assignments.models import Task
from kheo.lib.papers.measures import profile_for
from kheo.lib.papers.nodes import AnnexHead, Column, Letterhead, Paper, Row, Table

TITLE = "DANH MỤC NHIỆM VỤ"
# S1 II, under each task: cơ quan chỉ đạo, cơ quan thực hiện, cơ quan phối hợp, thời gian thực hiện
COLUMNS = (
    Column("TT", 10, "center"),
    Column("Nội dung nhiệm vụ", 92, "left"),
    Column("Cơ quan chỉ đạo", 38, "left"),
    Column("Cơ quan thực hiện", 48, "left"),
    Column("Cơ quan phối hợp", 40, "left"),
    Column("Thời gian thực hiện", 30, "left"),
)


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task with the bodies as its paper writes them, by role."""

    task: Task
    bodies: dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class TaskListPaper:
    """What the annex is made of besides its lines; ``attached_to`` names its paper."""

    unit_name: str
    is_party: bool
    attached_to: str
    dated: date


def task_list_paper(wish: TaskListPaper, lines: Iterable[TaskLine]) -> Paper:
    """Return the annex, one line for each task in the order of the paper."""
    profile = profile_for("party" if wish.is_party else "state", wish.dated)
    rows = (_row(line) for line in lines)
    return Paper(
        profile=profile.key,
        title=TITLE.capitalize(),
        body=(AnnexHead(TITLE, wish.attached_to), Table(COLUMNS, rows)),
        head=Letterhead(issuers=(wish.unit_name.upper(),), motto=False, mark=False),
        orientation="landscape",
        author=wish.unit_name,
        dated=wish.dated,
    )


def time_in_words(task: Task) -> str:
    """Write when a task is to be done as its paper does, or as papers usually do."""
    if task.time_text:
        return task.time_text
    if task.timing == Timing.YEARLY:
        return "\n".join([f"Hằng năm, trước ngày {task.due_day}/{task.due_month}", *_others(task)])
    if task.timing == Timing.CONTINUOUS or task.due_on is None:
        return "Thường xuyên"
    if task.timing == Timing.BETWEEN and task.starts_on:
        return f"Từ {task.starts_on:%d/%m/%Y} đến {task.due_on:%d/%m/%Y}"
    return f"Trước ngày {task.due_on:%d/%m/%Y}"


def _others(task: Task) -> list[str]:
    days = ((one["year"], date.fromisoformat(str(one["on"]))) for one in task.exceptions)
    return [f"Riêng năm {year}, trước ngày {on:%d/%m/%Y}" for year, on in days]


def _row(line: TaskLine) -> Row:
    roles = (BodyRole.DIRECTING, BodyRole.EXECUTING, BodyRole.COOPERATING)
    bodies = ("; ".join(line.bodies.get(role, [])) for role in roles)
    return Row((str(line.task.ordinal), line.task.content, *bodies, time_in_words(line.task)))
