"""What the tests of the room share: the course of honours in the shared world."""

import pytest
from tests.factories.recognition import Honours


@pytest.fixture
def honours(cast) -> Honours:
    return Honours(cast)
