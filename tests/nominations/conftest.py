"""The stage of the room's tests: the round of S4, the district's people, an officer above."""

import pytest
from tests.factories.nominations import Nominating
from tests.factories.organisations import make_cast


@pytest.fixture
def stage(db) -> Nominating:
    return Nominating(make_cast(), late_policy="accept")
