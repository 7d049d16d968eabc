"""Takes papers in: a plan whose tasks are under way, and a letter that waits to be checked."""

from dataclasses import fields
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from kheo.assignments.actions import TaskTerms, confirm_part, report_part
from kheo.assignments.enums import BodyRole
from kheo.assignments.models import Task, TaskBody
from kheo.demo.scenes import officer_of
from kheo.demo.world import World, moment
from kheo.directives.actions import (
    DocumentFacts,
    accept_certain,
    enter_arrival,
    receive_document,
)
from kheo.directives.models import Document
from kheo.directives.queries.arrivals import found_values
from kheo.lib.text.dates import official_date
from kheo.organisations.enums import Role
from kheo.planning.actions import PlannedTask, make_tasks_of_document
from kheo.planning.queries.facts import CheckedPaper, checked_paper
from kheo.planning.queries.task_proposals import TaskProposal, body_terms, task_proposals

# a report a body gives, whether its part is done with it, and whether the officer confirms
REPORTS = (
    ("Đã tổ chức hội nghị quán triệt đến toàn thể cấp ủy viên và bí thư chi bộ.", True, True),
    ("Đã quán triệt tại hội nghị sinh hoạt chuyên đề quý, 100 % chi bộ hoàn thành.", True, False),
    ("Mới quán triệt ở cấp ủy; các chi bộ làm trong tháng tới.", False, False),
)


def direct(world: World, today: date) -> None:
    """Enter a plan and give its tasks, let bodies report, and enter a letter left unchecked."""
    issued_on = date(2026, 1, 16)
    plan = _enter(
        world,
        "plan",
        issued_on,
        past=f"{today - timedelta(days=6):%d/%m/%Y}",
        soon=f"{today + timedelta(days=19):%d/%m/%Y}",
    )
    _give_tasks(world, plan, moment(issued_on + timedelta(days=3)).date())
    _report(world, today)
    _enter(
        world,
        "letter",
        today - timedelta(days=9),
        year=today.year,
        next_year=today.year + 1,
        plan_on=f"{issued_on:%d/%m/%Y}",
        communes_due=f"{today + timedelta(days=14):%d/%m/%Y}",
        bodies_due=f"{today + timedelta(days=19):%d/%m/%Y}",
    )


def _enter(world: World, name: str, issued_on: date, **values: object) -> Document:
    told = (files("kheo.demo") / "data" / f"{name}.txt").read_text("utf-8")
    text = told.format(issued_on=official_date(issued_on, world.province.place), **values)
    officer, at = officer_of(world), moment(issued_on + timedelta(days=1))
    received = receive_document(name=f"{name}.txt", content=text.encode("utf-8"), by=officer, at=at)
    arrival = received.arrival
    if arrival is None:
        msg = f"the paper {name} was refused: {received.refusal or 'known already'}"
        raise ValueError(msg)
    found = found_values(arrival, world.province)
    known = {one.name for one in fields(DocumentFacts)}
    read: dict[str, Any] = {key: one.value for key, one in found.items() if key in known}
    facts = DocumentFacts(**read)
    return enter_arrival(arrival=arrival, facts=facts, by=officer, at=at)


def _give_tasks(world: World, plan: Document, today: date) -> None:
    officer, at = officer_of(world), moment(today)
    reading = plan.readings.get()
    accept_certain(reading=reading, version=reading.version, by=officer, at=at)
    if (paper := checked_paper(plan)) is None:
        return
    proposals = task_proposals(paper, world.province, today)
    planned = [_planned(world, one, paper, today) for one in proposals]
    make_tasks_of_document(reading=reading, owner=world.province, plan=planned, by=officer, at=at)


def _planned(world: World, one: TaskProposal, paper: CheckedPaper, today: date) -> PlannedTask:
    terms = TaskTerms(
        content=one.content,
        ordinal=one.ordinal,
        bodies=body_terms(one.bodies, world.province, paper, today),
        timing=one.time.timing,
        starts_on=one.time.starts_on,
        due_on=one.time.due_on,
        due_month=one.time.due_month,
        due_day=one.time.due_day,
        time_text=one.time_text,
    )
    return PlannedTask(terms=terms, finding=one.fact.finding)


def _report(world: World, today: date) -> None:
    """Let most communes report on the first task, so that the matrix shows every standing."""
    first = Task.objects.order_by("ordinal").first()
    rows = TaskBody.objects.filter(
        task=first, role=BodyRole.EXECUTING, organisation__isnull=False
    ).select_related("organisation", "task")
    for number, row in enumerate(rows.order_by("organisation__sort_key")):
        if number % 4 == len(REPORTS):
            continue
        text, done, confirmed = REPORTS[number % 4]
        clerk = world.seat(row.organisation, Role.CLERK)  # type: ignore[arg-type]
        at = moment(today - timedelta(days=12 + number % 5))
        report_part(body=row, text=text, done=done, by=clerk, at=at)
        if confirmed:
            row.refresh_from_db()
            confirm_part(body=row, by=officer_of(world), at=moment(today - timedelta(days=8)))
