"""The stage of the room's tests: the round of S4 open, with a head in every unit."""

import pytest
from tests.factories.organisations import make_cast
from tests.factories.replication import Replicating


@pytest.fixture
def stage(db) -> Replicating:
    return Replicating(make_cast())


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
