"""The founded province: districts until 30 June 2025, communes under the province since."""

import random
from datetime import date

import pytest
from django.utils import translation

from kheo.demo import stages
from kheo.demo.world import World, end_districts, found_world
from kheo.organisations.enums import Role
from kheo.organisations.models import Event, Organisation, Placement, valid_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return found_world(random.Random(3))


def superior_of(organisation: Organisation, day: date) -> int | None:
    return (
        Placement.objects.filter(valid_on(day), organisation=organisation, is_main=True)
        .get()
        .parent_id
    )


def test_communes_stood_under_a_district_and_stand_under_the_province_now(world):
    end_districts(world)
    commune = world.communes[0]
    assert superior_of(commune, date(2024, 10, 1)) == world.districts[0].committee.pk
    assert superior_of(commune, date(2025, 7, 1)) == world.province.pk
    assert commune.path == f"{world.province.path}{commune.pk}."


def test_districts_are_dissolved_with_the_law_as_their_basis(world):
    end_districts(world)
    district = world.districts[0].committee
    district.refresh_from_db()
    assert district.dissolved_on == date(2025, 7, 1)
    assert Event.objects.filter(basis__contains="72/2025/QH15").exists()


def test_every_unit_has_a_clerk_and_a_head_who_hold_their_seats(world):
    end_districts(world)
    for unit in [*world.communes, *world.bodies]:
        for role in (Role.CLERK, Role.HEAD):
            seat = world.seat(unit, role)
            assert seat.organisation_id == unit.pk
            assert seat.ends_on is None


def test_officers_of_districts_lose_their_seats_with_the_district(world):
    officer = world.seat(world.districts[0].advisory, Role.OFFICER)
    end_districts(world)
    officer.refresh_from_db()
    assert officer.ends_on == date(2025, 6, 30)


def test_it_is_built_in_vietnamese_whoever_calls(monkeypatch):
    monkeypatch.setattr(stages, "_built", lambda _stage: [translation.get_language()])
    with translation.override("en"):
        assert stages.build_demo("structure") == ["vi"]
