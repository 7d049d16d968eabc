"""The rules alone, without a database: arrows, balance, spread, places, conflicts of interest."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.accounts import HANOI

from kheo.councils.enums import ConflictKind, CouncilDeed, CouncilState, MemberRole, TieRule
from kheo.councils.models import Council, CouncilMember
from kheo.councils.rules.balancing import balanced
from kheo.councils.rules.conflicts import conflict_of
from kheo.councils.rules.deeds import (
    can_allot,
    can_break_tie,
    can_declare,
    can_prepare,
    can_prepare_session,
    can_run_scores,
    can_run_session,
)
from kheo.councils.rules.ranking import Entry, ranked
from kheo.councils.rules.spreading import spread_of
from kheo.councils.rules.transitions import TRANSITIONS, can_move
from kheo.organisations.enums import Role
from kheo.organisations.models import Kind, Organisation, Seat

DISTRICT = Organisation(pk=2, name="Huyện ủy", path=".1.2.", parent_id=1, kind=Kind(advises=False))
ADVISORY = Organisation(
    pk=3, name="Ban Dân vận", path=".1.2.3.", parent_id=2, kind=Kind(advises=True)
)
COMMUNE = Organisation(pk=4, name="Xã", path=".1.2.4.", parent_id=2, kind=Kind(advises=False))
UNITS = (DISTRICT, ADVISORY, COMMUNE)
# deed → from where, to where, and who: officer of the committee, chair, secretary
ARROWS = {
    CouncilDeed.OPEN_SCORING: ("draft", "scoring", "o"),
    CouncilDeed.BACK_TO_DRAFT: ("scoring", "draft", "o"),
    CouncilDeed.OPEN_SESSION: ("scoring", "session", "cs"),
    CouncilDeed.REOPEN_SCORING: ("session", "scoring", "c"),
    CouncilDeed.DECIDE: ("session", "decided", "cs"),
    CouncilDeed.REOPEN_SESSION: ("decided", "session", "c"),
    CouncilDeed.ANNOUNCE: ("decided", "announced", "oc"),
}
LETTERS = {MemberRole.CHAIR: "c", MemberRole.SECRETARY: "s", MemberRole.MEMBER: "m", None: ""}


def people():
    """Every role in every unit, in the council and outside it, with the letters it stands for."""
    for role, unit, part in product(Role, UNITS, [*MemberRole, None]):
        seat = Seat(pk=7, role=role, organisation=unit)
        member = CouncilMember(seat_id=7, role=part) if part else None
        officer = "o" if role == Role.OFFICER and unit is not COMMUNE else ""
        yield seat, member, officer + LETTERS[part]


def test_every_arrow_for_every_role_from_every_state():
    assert set(ARROWS) == set(CouncilDeed)
    seen = Counter()
    for (deed, state), (seat, member, letters) in product(
        product(CouncilDeed, CouncilState), people()
    ):
        source, target, who = ARROWS[deed]
        council = Council(organisation=DISTRICT, path=DISTRICT.path, state=state)
        verdict = can_move(deed, seat, council, member)
        expected = state == source and bool(set(who) & set(letters))
        assert bool(verdict) is expected, (deed, state, seat.role, letters)
        assert verdict or str(verdict.reason)
        assert TRANSITIONS[deed].target == target
        seen[bool(verdict)] += 1
    assert min(seen.values()) > 50


@pytest.mark.parametrize(
    ("rule", "states", "who"),
    [
        (can_allot, {"draft", "scoring"}, "ocs"),
        (lambda seat, council, _member: can_prepare(seat, council), {"draft", "scoring"}, "o"),
        (can_run_session, {"session"}, "cs"),
        (can_run_scores, {"scoring"}, "c"),
        (can_break_tie, {"decided"}, "c"),
        (can_prepare_session, {"draft", "scoring", "session", "decided"}, "ocs"),
        (can_declare, {"draft", "scoring", "session"}, "csm"),
    ],
)
def test_other_deeds_for_every_role_from_every_state(rule, states, who):
    for state, (seat, member, letters) in product(CouncilState, people()):
        council = Council(organisation=DISTRICT, path=DISTRICT.path, state=state)
        expected = state in states and bool(set(who) & set(letters))
        assert bool(rule(seat, council, member)) is expected, (state, seat.role, letters)


def test_a_member_row_of_somebody_else_gives_no_right():
    council = Council(organisation=DISTRICT, path=DISTRICT.path, state=CouncilState.SESSION)
    seat = Seat(pk=8, role=Role.COUNCIL, organisation=COMMUNE)
    chair = CouncilMember(seat_id=7, role=MemberRole.CHAIR)
    assert not can_run_session(seat, council, chair)


@settings(max_examples=15, deadline=None)
@given(
    files=st.integers(0, 25),
    members=st.integers(1, 6),
    scorers=st.integers(1, 4),
    out=st.sets(st.tuples(st.integers(0, 24), st.integers(0, 5)), max_size=40),
)
def test_files_are_balanced_whatever_is_excluded(files, members, scorers, out):
    eligible = {
        file: [member for member in range(members) if (file, member) not in out]
        for file in range(files)
    }
    made = balanced(eligible, scorers)
    for file, chosen in made.items():
        assert chosen <= set(eligible[file])
        assert len(chosen) == min(scorers, len(eligible[file]))
    loads = Counter(dict.fromkeys(range(members), 0))
    loads.update(member for chosen in made.values() for member in chosen)
    if not any(file < files and member < members for file, member in out):
        assert max(loads.values()) - min(loads.values()) <= 1
    # whoever has two more than another cannot hand a file to them directly
    for file, chosen in made.items():
        for giver, taker in product(chosen, set(eligible[file]) - chosen):
            assert loads[giver] - loads[taker] <= 1


def test_chains_even_out_what_no_single_exchange_could():
    # 0 can only pass to 1, and 1 only to 2
    eligible = {"a": [0, 1], "b": [0, 1], "c": [0], "d": [1, 2], "e": [0]}
    loads = Counter(member for chosen in balanced(eligible, 1).values() for member in chosen)
    assert sorted(loads.values()) == [1, 2, 2]


def test_files_that_have_scorers_keep_them_and_loads_count():
    made = balanced({1: [1, 2, 3], 2: [1, 2, 3]}, 2, standing={1: [1]}, loads={1: 1})
    assert len(made[1]) == 1
    assert 1 not in made[1]
    assert made[2] == {2, 3} or 1 in made[2]
    loads = Counter({1: 1})
    loads.update(member for chosen in made.values() for member in chosen)
    assert max(loads.values()) - min(loads.values()) <= 1


def test_ten_thousand_files_stay_even():
    made = balanced({file: list(range(20)) for file in range(10_000)}, 3)
    loads = Counter(member for chosen in made.values() for member in chosen)
    assert set(loads.values()) == {1500}


def test_spread_tells_who_lies_far_from_the_others():
    totals = {1: Decimal(90), 2: Decimal(91), 3: Decimal(89), 4: Decimal(50)}
    spread = spread_of(totals, Decimal(100))
    assert spread.outliers == (4,)
    assert (spread.middle, spread.width) == (Decimal("89.50"), Decimal(41))
    # two cannot tell who is the odd one, and a twentieth of the points is not far
    assert spread_of({1: Decimal(90), 2: Decimal(10)}, Decimal(100)).outliers == ()
    near = {1: Decimal(90), 2: Decimal(90), 3: Decimal(85)}
    assert spread_of(near, Decimal(100)).outliers == ()
    assert spread_of({}, Decimal(100)) is None


def entry(key, *, total=90, council=50, heaviest=40, minutes=0, chair=0, group=()):
    handed_in = datetime(2026, 11, 1, 8, 0, tzinfo=HANOI) + timedelta(minutes=minutes)
    values = (Decimal(total), Decimal(council), Decimal(heaviest))
    return Entry(
        key=key,
        total=values[0],
        council=values[1],
        heaviest=values[2],
        handed_in=handed_in,
        chair_order=chair,
        group=group,
    )


def test_places_follow_the_rules_in_their_order():
    entries = [
        entry(1, total=95),
        entry(2, council=52),
        entry(3, heaviest=41),
        entry(4),
        entry(5, minutes=5),
        entry(6, minutes=5),
        entry(7, minutes=9),
    ]
    placed = {one.key: (one.place, one.rule) for one in ranked(reversed(entries))}
    assert [placed[key][0] for key in range(1, 8)] == [1, 2, 3, 4, 5, 5, 7]
    assert placed[1][1] == TieRule.TOTAL
    assert placed[3][1] == TieRule.HEAVIEST
    assert placed[4][1] == TieRule.EARLIER
    assert placed[5][1] == placed[6][1] == TieRule.SHARED


def test_the_chair_parts_a_shared_place_and_groups_are_ranked_apart():
    entries = [
        entry(1, chair=2, group=("economy",)),
        entry(2, chair=1, group=("economy",)),
        entry(3, total=10, group=("culture_society",)),
    ]
    placed = {one.key: (one.place, one.rule) for one in ranked(entries)}
    assert placed == {
        2: (1, TieRule.CHAIR),
        1: (2, TieRule.CHAIR),
        3: (1, TieRule.TOTAL),
    }


@pytest.mark.parametrize(
    ("unit", "file_unit", "file_path", "kind"),
    [
        (COMMUNE, 4, ".1.2.4.", ConflictKind.OWN_UNIT),
        (COMMUNE, 9, ".1.2.4.9.", ConflictKind.OWN_LINE),
        (COMMUNE, 5, ".1.2.5.", None),
        # the path of a commune that begins alike
        (COMMUNE, 41, ".1.2.41.", None),
        # the committee and its advisory body stand above all files
        (DISTRICT, 4, ".1.2.4.", None),
        (ADVISORY, 4, ".1.2.4.", None),
        (DISTRICT, 2, ".1.2.", ConflictKind.OWN_UNIT),
    ],
)
def test_conflicts_are_found_in_the_own_unit_and_below_it(unit, file_unit, file_path, kind):
    found = conflict_of(
        unit, file_unit_id=file_unit, file_path=file_path, council_path=DISTRICT.path
    )
    assert found == kind
