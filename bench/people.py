"""Seats people in a world: officers of the centre and the provinces, clerks and heads of units."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.contrib.auth.hashers import make_password

from bench.tree import Tree
from kheo.accounts.models import User
from kheo.demo.content import load_world, make_persons
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.rounds.enums import RoundState

PASSWORD = "Dan-van-kheo-2026"
SEATED_ON = date(2022, 1, 3)
UNITS_WITH_PEOPLE = 24


def seat_people(tree: Tree) -> None:
    """Give the centre and each province an officer, and some units a clerk and a head."""
    names = make_persons(load_world().names, random.Random(2))
    password = make_password(PASSWORD)
    for username, organisation, role in _posts(tree):
        user = User(
            username=username,
            full_name=next(names).full_name,
            email=f"{username}@example.vn",
            password=password,
            created_at=datetime(2022, 1, 3, 2, tzinfo=UTC),
        )
        user.save()
        Seat.objects.create(user=user, organisation_id=organisation, role=role, starts_on=SEATED_ON)


def _posts(tree: Tree) -> Iterator[tuple[str, int, Role]]:
    yield "centre-officer", tree.centre, Role.OFFICER
    yield "centre-administrator", tree.centre, Role.ADMINISTRATOR
    for number, province in enumerate(tree.provinces, start=1):
        yield f"officer-{number}", province.advisory, Role.OFFICER
    for number, unit in enumerate(_manned(tree), start=1):
        yield f"clerk-{number}", unit, Role.CLERK
        yield f"head-{number}", unit, Role.HEAD


def _manned(tree: Tree) -> list[int]:
    """Return units from all over, and one that is writing a draft."""
    units = [unit.pk for unit in tree.units]
    step = max(len(units) // UNITS_WITH_PEOPLE, 1)
    drafts = Registration.objects.filter(state=State.DRAFT, round__state=RoundState.OPEN)
    writing = drafts.order_by("pk").values_list("organisation", flat=True)[:1]
    return list(dict.fromkeys([*writing, *units[::step]]))[:UNITS_WITH_PEOPLE]
