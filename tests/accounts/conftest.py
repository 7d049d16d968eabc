"""What the tests of the doors share: no frame is needed to see who gets in."""

import pytest
from django.test import Client
from tests.factories.accounts import UserFactory
from tests.factories.organisations import SeatFactory

from kheo.accounts.models import User


@pytest.fixture
def person(db: None) -> User:
    """Return a person with a seat."""
    user = UserFactory(username="mai.ngo", full_name="Ngọ Thị Mai", email="mai@vi-du.example")
    SeatFactory(user=user)
    return user


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    """Return a browser in which the person has signed in."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
