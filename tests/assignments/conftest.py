"""The shared cast."""

import pytest
from tests.factories.organisations import Cast, make_cast


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()
