"""Who sees which tasks and parts; the matrix, late ones in front, at a constant price."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import START
from tests.factories.assignments import give_task
from tests.factories.directives import DocumentFactory
from tests.factories.organisations import OrganisationFactory

from kheo.assignments.actions import BodyTerms, confirm_part, report_part
from kheo.assignments.enums import BodyRole
from kheo.assignments.queries.matrix import (
    COLUMNS,
    ROWS,
    owing_bodies,
    parts_to_remind,
    task_matrix,
)
from kheo.assignments.queries.naming import task_bodies_named
from kheo.assignments.queries.visible import (
    TaskFilter,
    given_tasks,
    own_parts,
    parts_to_answer,
    task_parts_visible_to,
    tasks_visible_to,
)

AFTER = date(2026, 12, 5)


@pytest.fixture
def document(cast):
    return DocumentFactory(owner=cast.district)


def test_everybody_sees_the_own_part_and_those_below_no_more(cast):
    task = give_task(cast)
    assert tasks_visible_to(cast.clerk).get() == task
    assert [part.organisation for part in task_parts_visible_to(cast.clerk)] == [cast.communes[0]]
    assert task_parts_visible_to(cast.officer).count() == task.bodies.count()
    assert not tasks_visible_to(cast.stranger).exists()
    assert not task_parts_visible_to(cast.stranger).exists()
    assert [part.organisation for part in own_parts(cast.head)] == [cast.communes[0]]


def test_late_bodies_come_first_and_cells_say_how_they_stand(cast, document):
    first = give_task(cast, document=document)
    second = give_task(cast, document=document, content="Việc hai", due_on=date(2027, 1, 1))
    done = first.bodies.get(organisation=cast.communes[0])
    report_part(body=done, text="Xong", done=True, by=cast.clerk, at=START)
    assert [part.pk for part in parts_to_answer(cast.officer)] == [done.pk]
    confirm_part(body=done, by=cast.officer, at=START)
    matrix = task_matrix(cast.officer, document, AFTER)
    assert [column.task for column in matrix.columns] == [first, second]
    assert (matrix.parts, matrix.late, matrix.confirmed) == (8, 3, 1)
    assert [row.late for row in matrix.rows] == [1, 1, 1, 0]
    last = matrix.rows[-1]
    assert last.name == "Đảng ủy xã An Dương"
    assert [cell.state for cell in last.cells] == ["confirmed", "not_started"]


def test_the_matrix_costs_the_same_however_large(cast, document):
    give_task(cast, document=document)

    def price():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            task_matrix(cast.officer, document, AFTER)
        return len(queries)

    small = price()
    units = [OrganisationFactory(parent=cast.district) for _ in range(ROWS)]
    bodies = [BodyTerms(role=BodyRole.EXECUTING, organisation=unit) for unit in units]
    for number in range(COLUMNS + 1):
        give_task(cast, document=document, content=f"Việc {number}", bodies=bodies)
    assert price() == small
    matrix = task_matrix(cast.officer, document, AFTER)
    assert (len(matrix.columns), matrix.tasks) == (COLUMNS, COLUMNS + 2)
    assert (len(matrix.rows), matrix.bodies, matrix.has_next) == (ROWS, ROWS + 4, True)
    rest = task_matrix(cast.officer, document, AFTER, number=2, first=COLUMNS + 1)
    assert (len(rest.rows), len(rest.columns)) == (4, 2)
    assert (rest.start, rest.end, rest.last_column) == (51, 54, 14)


def test_the_list_puts_late_tasks_first_and_is_narrowed(cast, document):
    give_task(cast, content="Sơ kết phong trào", due_on=date(2027, 5, 1))
    late = give_task(cast, document=document)
    rows = list(given_tasks(cast.officer, TaskFilter(), AFTER))
    assert rows[0] == late
    assert (rows[0].parts, rows[0].late) == (4, 4)
    assert list(given_tasks(cast.officer, TaskFilter(late=True), AFTER)) == [late]
    assert list(given_tasks(cast.officer, TaskFilter(document=document.pk), AFTER)) == [late]
    found = given_tasks(cast.officer, TaskFilter(q="so ket"), AFTER)
    assert [task.content for task in found] == ["Sơ kết phong trào"]


def test_who_owes_a_report_late_first(cast, document):
    give_task(cast, document=document, due_on=date(2027, 1, 1))
    late = give_task(cast, document=document)
    parts = parts_to_remind(cast.officer, task=None, document=document)
    assert [part.task for part in parts[:4]] == [late] * 4
    bodies = owing_bodies(parts, AFTER)
    assert [(len(body.parts), body.late) for body in bodies] == [(2, 1)] * 4
    assert bodies[0].first_due == late.due_on
    assert len(parts_to_remind(cast.officer, task=late, document=None)) == 4
    assert not parts_to_remind(cast.stranger, task=late, document=None)


def test_lines_name_codes_bodies_and_groups(cast):
    named = task_bodies_named(
        {
            "executing": ["TY-02", "- các xã, thị trấn;", "Hội làm vườn tự quản"],
            "directing": ["Huyện ủy Tân Yên"],
        },
        owner=cast.district,
        day=date(2026, 11, 1),
    )
    executing = [term for term in named.terms if term.role == "executing"]
    assert executing[0].organisation == cast.communes[1]
    assert executing[1].is_group
    assert named.unknown == ["Hội làm vườn tự quản"]
    assert named.terms[-1].organisation == cast.district


def test_a_name_of_two_bodies_is_asked(cast):
    for code in ("X1", "X2"):
        OrganisationFactory(code=code, name="Đảng ủy xã Phúc Hòa", parent=cast.district)
    named = task_bodies_named(
        {"executing": ["Đảng ủy xã Phúc Hòa"]}, owner=cast.district, day=date(2026, 11, 1)
    )
    assert not named.terms
    assert len(named.doubtful["Đảng ủy xã Phúc Hòa"]) == 2


def test_codes_from_elsewhere_are_only_names(cast):
    far = OrganisationFactory(code="XA", name="Đảng ủy xã Xa", parent=cast.elsewhere)
    named = task_bodies_named({"executing": [far.code]}, owner=cast.district, day=date(2026, 11, 1))
    assert named.unknown == ["XA"]
