"""The stage of the room's tests: the shared cast with the round of S4 open."""

import pytest
from tests.factories.exemplars import Stage
from tests.factories.organisations import make_cast


@pytest.fixture
def stage(db) -> Stage:
    return Stage(make_cast())
