"""What tests of visits stand on: a survey team of the district, and files of its own."""

import pytest
from tests.factories.visits import Survey


@pytest.fixture
def survey(cast, settings, tmp_path) -> Survey:
    settings.MEDIA_ROOT = tmp_path
    return Survey(cast)
