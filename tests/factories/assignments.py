"""Makes tasks for tests, by the same deed as people use."""

from datetime import date

from tests.factories.accounts import START
from tests.factories.organisations import Cast, kind_of

from kheo.assignments.actions import BodyTerms, TaskTerms, create_task
from kheo.assignments.enums import BodyRole, Timing
from kheo.assignments.models import Task

CONTENT = "Tăng cường công tác thông tin, tuyên truyền về công tác dân vận"


def communes_of(cast: Cast) -> BodyTerms:
    return BodyTerms(
        role=BodyRole.EXECUTING,
        name="các xã, thị trấn",
        kinds=(kind_of("commune_committee"),),
    )


def give_task(cast: Cast, *, by=None, at=START, tell=False, document=None, **changed) -> Task:
    """A task of the district for its communes, due on the last of November 2026."""
    terms = {
        "content": CONTENT,
        "timing": Timing.BY,
        "due_on": date(2026, 11, 30),
        "bodies": (
            BodyTerms(role=BodyRole.DIRECTING, organisation=cast.district),
            communes_of(cast),
            BodyTerms(role=BodyRole.COOPERATING, organisation=cast.agency),
        ),
    }
    return create_task(
        owner=cast.district,
        document=document,
        terms=TaskTerms(**(terms | changed)),
        by=by or cast.officer,
        at=at,
        tell=tell,
    )
