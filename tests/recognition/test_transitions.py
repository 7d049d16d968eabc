"""The tables of proposals and decisions: every deed, state, role and body, allowed or refused."""

from itertools import product

import pytest

from kheo.organisations.enums import Role
from kheo.organisations.models import Kind, Level, Organisation, Seat
from kheo.recognition.enums import DecisionState, ProposalState, Purpose
from kheo.recognition.models import Decision, HonourForm, HonourProposal
from kheo.recognition.rules.transitions import (
    DECISION_ARROWS,
    PROPOSAL_ARROWS,
    DecisionDeed,
    ProposalDeed,
    can_do_to_decision,
    can_do_to_proposal,
    can_keep_forms,
    can_propose,
    may_give,
)

# the arrows as the design states them, written a second time by hand
PROPOSALS = {
    "edit": ("draft", "draft", "officer", "proposer"),
    "discard": ("draft", None, "officer", "proposer"),
    "send": ("draft", "sent", "officer", "proposer"),
    "take-back": ("sent", "draft", "officer", "proposer"),
    "draw-up": ("sent", "sent", "officer", "issuer"),
    "decline": ("sent", "declined", "leader", "issuer"),
}
DECISIONS = {
    "edit": ({"draft"}, "draft", "officer", {"confer", "revoke"}),
    "discard": ({"draft"}, None, "officer", {"confer", "revoke"}),
    "issue": ({"draft"}, "issued", "leader", {"confer", "revoke"}),
    "plan": ({"issued"}, "issued", "officer", {"confer"}),
    "announce": ({"issued"}, "announced", "officer", {"confer"}),
    "revoke": ({"issued", "announced"}, None, "officer", {"confer"}),
}
PLAIN = Kind(pk=1, code="party_committee", advises=False)
ADVISORY = Kind(pk=2, code="party_advisory", advises=True)


def body(path: str, kind: Kind = PLAIN) -> Organisation:
    keys = [int(part) for part in path.strip(".").split(".")]
    parent = keys[-2] if len(keys) > 1 else None
    return Organisation(pk=keys[-1], path=path, kind=kind, parent_id=parent, name=path)


PROVINCE, DISTRICT, COMMUNE = body(".1."), body(".1.2."), body(".1.2.3.")
BOARD = body(".1.2.9.", ADVISORY)
BODIES = {"province": PROVINCE, "district": DISTRICT, "commune": COMMUNE, "board": BOARD}


def test_tables_are_those_of_the_design():
    assert {
        deed.value: (
            next(iter(arrow.sources)),
            arrow.target,
            next(iter(arrow.roles)),
            "issuer" if arrow.by_issuer else "proposer",
        )
        for deed, arrow in PROPOSAL_ARROWS.items()
    } == PROPOSALS
    assert {
        deed.value: (set(arrow.sources), arrow.target, next(iter(arrow.roles)), set(arrow.purposes))
        for deed, arrow in DECISION_ARROWS.items()
    } == DECISIONS
    assert all(len(arrow.sources) == len(arrow.roles) == 1 for arrow in PROPOSAL_ARROWS.values())


def test_a_proposal_is_handled_by_its_two_bodies_alone():
    for deed, state, role, name in product(ProposalDeed, ProposalState, Role, BODIES):
        proposal = HonourProposal(organisation=BOARD, issuer=DISTRICT, state=state)
        seat = Seat(pk=1, role=role, organisation=BODIES[name])
        source, _target, who, side = PROPOSALS[deed.value]
        # the advisory body also acts for the committee it serves
        sides = {"board"} if side == "proposer" else {"district", "board"}
        expected = state == source and role == who and name in sides
        verdict = can_do_to_proposal(deed, seat, proposal)
        assert bool(verdict) is expected, (deed, state, role, name)
        assert verdict.allowed or str(verdict.reason)


def test_a_decision_is_handled_by_its_issuer_alone():
    cases = product(DecisionDeed, DecisionState, Role, BODIES, Purpose)
    for deed, state, role, name, purpose in cases:
        decision = Decision(organisation=DISTRICT, state=state, purpose=purpose)
        seat = Seat(pk=1, role=role, organisation=BODIES[name])
        sources, _target, who, purposes = DECISIONS[deed.value]
        expected = (
            state in sources
            and role == who
            and purpose in purposes
            and name in {"district", "board"}
        )
        verdict = can_do_to_decision(deed, seat, decision)
        assert bool(verdict) is expected, (deed, state, role, name, purpose)
        assert verdict.allowed or str(verdict.reason)


def test_only_officers_propose_and_only_the_top_keeps_the_forms():
    for role, name in product(Role, BODIES):
        seat = Seat(pk=1, role=role, organisation=BODIES[name])
        proposes = role == Role.OFFICER and name in {"district", "board"}
        assert bool(can_propose(seat, DISTRICT)) is proposes
        keeps = role == Role.ADMINISTRATOR and name == "province"
        assert bool(can_keep_forms(seat)) is keeps


@pytest.mark.parametrize(
    ("kinds", "levels", "allowed"),
    [
        ([], [], True),
        (["party_committee"], [], True),
        (["government"], [], False),
        ([], ["district"], True),
        (["party_committee"], ["province"], False),
    ],
)
def test_who_gives_a_form_follows_its_data(kinds, levels, allowed):
    issuer = Organisation(pk=2, name="Huyện ủy", kind=PLAIN, level=Level(code="district"))
    form = HonourForm(name="Giấy khen", giver_kinds=kinds, giver_levels=levels)
    assert bool(may_give(form, issuer)) is allowed
    form.is_active = False
    assert not may_give(form, issuer)
