"""Whatever audiences say and units do, each unit is asked once and the tallies are right."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.factories.accounts import START
from tests.factories.organisations import OrganisationFactory, kind_of, level_of, make_cast
from tests.factories.rounds import S4_DUE, basics, make_period, make_s4_round, part_of, shipped

from kheo.rounds.actions import (
    AudienceTerms,
    QuotaTerms,
    create_round,
    extend_deadline,
    move_participation_tally,
    publish_round,
    recount_participations,
    refresh_participation,
    set_audiences,
)
from kheo.rounds.actions.tallies import facets_of
from kheo.rounds.enums import UnitState
from kheo.rounds.models import Participation, ParticipationTally
from kheo.rounds.rules import RoundError

KINDS = ("agency", "school", "commune_committee", "grassroots_party")
LEVELS = ("district", "commune")

units = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(LEVELS), st.booleans()), max_size=6
)
audience = st.fixed_dictionaries(
    {
        "kinds": st.sets(st.sampled_from(KINDS), max_size=2),
        "levels": st.sets(st.sampled_from(LEVELS), max_size=2),
        "listed": st.sets(st.integers(0, 5), max_size=2),
        "minimum": st.none() | st.integers(0, 3),
    }
)
deeds = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(UnitState.values),
        st.integers(0, 4),
        st.booleans(),
        st.integers(0, 9),
    ),
    max_size=8,
)


class AnyRound(TestCase):
    """Random trees, audiences and deeds against a count by hand."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(units=units, audiences=st.lists(audience, min_size=1, max_size=3), deeds=deeds)
    def test_units_are_asked_once_and_tallies_equal_a_recount(self, units, audiences, deeds):
        cast = make_cast()
        made = found(cast, units)
        round = create_round(
            organiser=cast.district, basics=basics(make_period(cast.district)), by=None, at=START
        )
        terms = [terms_of(place, wish, made) for place, wish in enumerate(audiences)]
        terms = [wish for wish in terms if wish.kinds or wish.levels or wish.listed]
        set_audiences(round=round, audiences=terms, by=None, at=START)
        try:
            publish_round(round=round, by=None, at=START)
        except RoundError:
            assert not Participation.objects.exists()
            return
        parts = list(Participation.objects.order_by("pk"))
        assert len({part.organisation_id for part in parts}) == len(parts)
        for part in parts:
            assert part.audience.name == first_that_describes(part, terms)
        for place, state, registered, submits, days in deeds:
            happen(parts[place % len(parts)], state, registered, days, submits=submits)
        assert recount_participations(round=round) == 0
        assert_tallies_by_hand(round)


def found(cast, units):
    made = [*cast.communes]
    for kind, level, nested in units:
        parent = made[-1] if nested else cast.district
        made.append(OrganisationFactory(kind_code=kind, level_code=level, parent=parent))
    return made


def terms_of(place, wish, made):
    listed = {made[number % len(made)] for number in wish["listed"]}
    return AudienceTerms(
        name=str(place),
        due_on=S4_DUE,
        kinds=tuple(kind_of(code) for code in wish["kinds"]),
        levels=tuple(level_of(code) for code in wish["levels"]),
        listed=tuple(listed),
        layouts=shipped("M1"),
        quotas=(QuotaTerms(minimum=wish["minimum"]),),
    )


def first_that_describes(part, terms):
    unit = part.organisation
    for wish in terms:
        by_kind = not wish.kinds or unit.kind in wish.kinds
        by_level = not wish.levels or unit.level in wish.levels
        if unit in wish.listed or ((wish.kinds or wish.levels) and by_kind and by_level):
            return wish.name
    return None


def happen(part, state, registered, days, *, submits):
    moment = START.replace(month=2, day=24) + timedelta(days=days)
    refresh_participation(
        participation=part,
        state=UnitState(state),
        counts={str(level_of("commune").pk): [registered, 0]},
        submitted_at=moment if submits else None,
        at=moment,
    )
    if days % 3 == 0:
        extend_deadline(
            participation=part,
            due_on=S4_DUE + timedelta(days=days),
            reason="Lý do",
            by=None,
            at=moment,
        )


def assert_tallies_by_hand(round):
    by_hand = Counter()
    for part in Participation.objects.filter(round=round):
        for ancestor in part.path.strip(".").split("."):
            by_hand[int(ancestor), part.state, part.is_short] += 1
    held = Counter()
    for row in ParticipationTally.objects.filter(round=round):
        held[row.organisation_id, row.state, row.is_short] += row.count
    assert +held == by_hand


@pytest.mark.django_db
def test_one_statement_moves_all_superiors_in_the_order_of_their_keys(django_assert_num_queries):
    cast = make_cast()
    round = make_s4_round(cast)
    part = part_of(round, cast.communes[0])
    before = facets_of(part)
    part.state = UnitState.DRAFT
    with django_assert_num_queries(1) as seen:
        move_participation_tally(before, facets_of(part))
    statement = seen.captured_queries[0]["sql"]
    assert "ON CONFLICT" in statement
    rows = ParticipationTally.objects.filter(round=round, state="draft")
    assert sorted(rows.values_list("organisation", "count")) == [
        (pk, 1) for pk in sorted((cast.province.pk, cast.district.pk, cast.communes[0].pk))
    ]


@pytest.mark.django_db
def test_a_standing_that_does_not_change_moves_nothing(django_assert_num_queries):
    cast = make_cast()
    facets = facets_of(part_of(make_s4_round(cast), cast.agency))
    with django_assert_num_queries(0):
        move_participation_tally(facets, facets)
