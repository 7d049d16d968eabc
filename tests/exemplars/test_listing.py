"""The list finds what a unit registered, wherever the unit stood in the tree at the time."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.organisations import SeatFactory

from kheo.exemplars.enums import State
from kheo.exemplars.queries.listing import filtered_registrations
from kheo.organisations.actions import move_organisation
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation

MOVED_ON = date(2025, 7, 1)


@pytest.fixture
def moved(stage):
    """A commune that registered under its district and stands under the province now."""
    row = stage.registration(State.SUBMITTED)
    move_organisation(
        organisation=row.organisation,
        parent=stage.cast.province,
        on=MOVED_ON,
        by=None,
        at=datetime(2025, 7, 1, tzinfo=UTC),
    )
    return row


def officer_of(province: Organisation):
    return SeatFactory(organisation=province, role=Role.OFFICER)


def test_a_moved_unit_still_leads_to_what_it_registered_before(stage, moved):
    unit = Organisation.objects.get(pk=moved.organisation_id)
    seat = officer_of(stage.cast.province)
    assert unit.path != moved.path
    assert list(filtered_registrations(seat, {}, unit)) == [moved]


def test_the_district_it_left_still_shows_what_was_registered_below_it_then(stage, moved):
    seat = officer_of(stage.cast.province)
    assert list(filtered_registrations(seat, {}, stage.cast.district)) == [moved]


def test_a_stranger_finds_nothing_by_naming_the_unit(stage, moved):
    unit = Organisation.objects.get(pk=moved.organisation_id)
    assert not filtered_registrations(stage.cast.stranger, {}, unit).exists()


def found(seat, unit=None, **filters):
    return [row.name for row in filtered_registrations(seat, filters, unit)]


def test_words_are_found_by_the_index_in_any_spelling(stage):
    stage.registration(State.SUBMITTED, name="Thắp sáng đường quê")
    other = stage.registration(State.SUBMITTED, stage.cast.communes[1], name="Hòa giải ở TDP số 3")
    assert found(stage.officer, q="duong que") == ["Thắp sáng đường quê"]
    assert found(stage.officer, q="tổ dân phố hoà") == [other.name]
    assert found(stage.officer, q="thap", year=2024, field="economy") == ["Thắp sáng đường quê"]
    assert found(stage.officer, q="thap", year=2023) == []
    assert found(stage.officer, q="thap", year=2020, year_to=2030) == ["Thắp sáng đường quê"]
    assert found(stage.officer, q="giai", unit=stage.cast.communes[1]) == [other.name]
    assert found(stage.officer, q="giai", unit=stage.cast.communes[0]) == []
    assert found(stage.cast.stranger, q="giai") == []
    assert len(found(stage.officer, q='"*-')) == 2


def test_words_find_what_a_moved_unit_registered_before(stage, moved):
    unit = Organisation.objects.get(pk=moved.organisation_id)
    assert found(officer_of(stage.cast.province), unit, q="hien dat") == [moved.name]
