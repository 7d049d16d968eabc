"""What the tests of reviews share."""

import pytest
from tests.factories.organisations import Cast
from tests.factories.reviews import make_review


@pytest.fixture
def review(cast: Cast):
    """The review of S0, prepared by the officer of the district."""
    return make_review(cast.district, by=cast.officer)


@pytest.fixture
def officer(client, cast: Cast):
    """A window in which the officer is signed in."""
    client.force_login(cast.officer.user)
    return client
