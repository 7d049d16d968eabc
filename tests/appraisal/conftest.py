"""What the tests of the room share: the district's set in force, and files along their way."""

import pytest
from tests.factories.appraisal import Appraising
from tests.factories.exemplars import Stage


@pytest.fixture
def appraising(cast) -> Appraising:
    """Return the shared stage with a criteria set of the district in force."""
    return Appraising(Stage(cast))
