"""A small world of the benchmark holds together: keys, states, counts, tallies, reach."""

import pytest
from bench.generate import Clock, make_world
from bench.probes import probes
from bench.tables import Table
from bench.texts import RARE_PHRASE
from django.db import connection
from django.test import Client

from kheo.accounts.models import User
from kheo.exemplars.actions.content import search_key_of
from kheo.exemplars.actions.tallies import recount_registrations
from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.rules import counts_by_level, unit_state
from kheo.organisations.models import Organisation
from kheo.rounds.models import Participation
from kheo.rounds.queries.quotas import is_below_minimum, quota_lines

REGISTRATIONS, ORGANISATIONS = 600, 120


@pytest.fixture
def world(transactional_db):
    make_world(REGISTRATIONS, ORGANISATIONS, seed=1, clock=Clock())


def test_a_world_holds_together(world):
    assert Registration.objects.count() == REGISTRATIONS
    assert Organisation.objects.count() == ORGANISATIONS
    connection.check_constraints()
    assert recount_registrations() == []
    _every_unit_stands_as_its_registrations_say()
    _texts_are_found_as_the_product_finds_them()
    _next_record_gets_a_new_key()
    _a_table_waits_until_it_is_flushed_and_knows_defaults()
    _pages_answer()


def _every_unit_stands_as_its_registrations_say():
    parts = Participation.objects.prefetch_related("registrations", "audience__quotas__level")
    states = set()
    for part in parts:
        rows = list(part.registrations.all())
        assert part.state == unit_state(rows)
        assert part.counts == counts_by_level(rows)
        assert part.is_short == is_below_minimum(quota_lines(part))
        assert (part.first_submitted_at is None) == (not any(row.is_registered for row in rows))
        states.add(part.state)
    assert {"not_started", "accepted", "submitted"} <= states


def _texts_are_found_as_the_product_finds_them():
    for row in Registration.objects.order_by("pk")[:50]:
        assert row.search_key == search_key_of(row)
        assert row.content
        assert row.starts_on.year == row.year
    assert not Registration.objects.filter(search_key__contains=RARE_PHRASE).exists()


def _next_record_gets_a_new_key():
    last = Exemplar.objects.order_by("-pk")[0]
    new = Exemplar.objects.create(
        owner_id=last.owner_id,
        nature="model",
        form="collective",
        name="Mới",
        search_key="moi",
        first_year=2026,
        created_at=last.created_at,
    )
    assert new.pk > last.pk


def _pages_answer():
    for probe in probes():
        client = Client(SERVER_NAME="localhost")
        client.force_login(User.objects.get(username=probe.username))
        assert client.get(probe.urls[0]).status_code == 200, probe.name
        for sql, parameters in probe.bare[0]:
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)


def _a_table_waits_until_it_is_flushed_and_knows_defaults():
    table = Table(Exemplar)
    table.count = Exemplar.objects.order_by("-pk")[0].pk
    owner = Organisation.objects.order_by("-pk")[0]
    at = "2026-02-02 03:00:00"
    pk = table.add(owner_id=owner.pk, name="Bếp ăn tình thương", first_year=2026, created_at=at)
    assert not Exemplar.objects.filter(pk=pk).exists()
    table.flush()
    made = Exemplar.objects.get(pk=pk)
    assert (made.owner, made.name, made.replicated_from) == (owner, "Bếp ăn tình thương", None)
