"""What the tests of the room share: the cast, and browsers in which its people are signed in."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.organisations import Cast, make_cast

from kheo.organisations.models import Seat

Enter = Callable[[Seat], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def enter() -> Enter:
    """Return a function that signs the holder of a seat in."""

    def sign_in(seat: Seat) -> Client:
        client = Client()
        client.force_login(seat.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
