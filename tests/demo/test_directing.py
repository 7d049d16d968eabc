"""The papers of the demonstration: read whole, their tasks given, a letter left to be checked."""

import random
from datetime import date

import pytest

from kheo.assignments.enums import PartState
from kheo.assignments.models import Task, TaskBody
from kheo.demo.directing import direct
from kheo.demo.world import World, end_districts, found_world
from kheo.directives.enums import FindingState
from kheo.directives.models import Document, DocumentLink, Origin

TODAY = date(2026, 11, 21)


@pytest.fixture
def world(db) -> World:
    """The province after the districts ended, with both papers in it."""
    world = found_world(random.Random(1))
    end_districts(world)
    direct(world, TODAY)
    return world


def test_the_papers_are_read_whole_and_know_each_other(world: World) -> None:
    letter, plan = Document.objects.order_by("-issued_on")
    assert (plan.symbol, plan.issuer_name) == ("21-KH/TU", "Tỉnh ủy Hồng Giang")
    assert (letter.symbol, letter.issued_on) == ("87-CV/BTGDVTU", date(2026, 11, 12))
    assert DocumentLink.objects.get(document=letter).target == plan
    states = set(letter.readings.get().findings.values_list("state", flat=True))
    assert states == {FindingState.PROPOSED}


def test_the_tasks_of_the_plan_are_given_and_in_every_standing(world: World) -> None:
    tasks = Task.objects.order_by("ordinal")
    assert [task.ordinal for task in tasks] == [1, 2, 3, 4]
    assert Origin.objects.filter(subject="assignments.task").count() == len(tasks)
    parts = TaskBody.objects.filter(task=tasks[0], organisation__in=world.communes)
    assert parts.count() == len(world.communes)
    assert set(parts.values_list("state", flat=True)) == {
        PartState.WAITING,
        PartState.DOING,
        PartState.DONE,
        PartState.CONFIRMED,
    }
    assert tasks[0].due_on == date(2026, 11, 15)
    assert (tasks[3].due_day, tasks[3].due_month) == (30, 6)
