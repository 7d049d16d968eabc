"""Makes people for tests; all of them sign in with the same password."""

from datetime import datetime
from zoneinfo import ZoneInfo

import factory
from django.contrib.auth.hashers import make_password

from kheo.accounts.models import User

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2024, 1, 2, 8, 0, tzinfo=HANOI)
PASSWORD = "rừng-xanh-núi-đỏ-7"  # an example, known to everybody

_hashed: list[str] = []


def password_hash() -> str:
    """Return the hash of the common password, worked out once: hashing is slow on purpose."""
    if not _hashed:
        _hashed.append(make_password(PASSWORD))
    return _hashed[0]


class UserFactory(factory.django.DjangoModelFactory):
    """A person who can sign in."""

    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"nguoi.{number}")
    full_name = factory.Sequence(lambda number: f"Nguyễn Thị Mẫu {number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@vi-du.example")
    password = factory.LazyFunction(password_hash)
    created_at = START
