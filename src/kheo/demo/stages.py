"""Builds the demonstration stage by stage, through the same deeds as people use."""

import random
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from kheo.accounts.actions import set_password
from kheo.accounts.models import User
from kheo.demo.appraising import appraise, enter_units
from kheo.demo.calls import open_current_round, open_district_rounds, open_province_round
from kheo.demo.carrying_out import carry_out
from kheo.demo.directing import direct
from kheo.demo.honouring import honour
from kheo.demo.nominating import nominate
from kheo.demo.registering import Desk, play_finished_round
from kheo.demo.replicating import spread, take_over
from kheo.demo.reviewing import look_back
from kheo.demo.scenes import officer_of, play_current_round
from kheo.demo.visiting import survey
from kheo.demo.world import District, World, end_districts, found_world, moment
from kheo.notices.actions import mark_read
from kheo.organisations.actions import grant_seat
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.rounds.actions import close_round
from kheo.rounds.enums import UnitState
from kheo.rounds.models import Participation, Round

# each stage holds the ones before it
STAGES = ("structure", "history", "appraised", "open", "progress")
SEED = 1930


@dataclass(frozen=True)
class Key:
    """A seat of the demonstration that somebody can take, with its random password."""

    seat: Seat
    password: str


class NotEmptyError(Exception):
    """The database already holds people; the demonstration is built in an empty one only."""


@transaction.atomic
def build_demo(stage: str) -> list[Key]:
    """Build the world up to a stage and return the seats one can take.

    :raises NotEmptyError: when the database holds people.
    """
    if User.objects.exists():
        raise NotEmptyError
    # what is told and noted on the way is in the language of the people, whoever calls
    with translation.override(settings.LANGUAGE_CODE):
        return _built(stage)


def _built(stage: str) -> list[Key]:
    today, chance = timezone.localdate(), random.Random(SEED)  # noqa: S311 -- not for secrets
    world = found_world(chance)
    if stage == "structure":
        end_districts(world)
        return _keys(world, today)
    desk = Desk.furnished(world, chance)
    previous = _play_history(desk)
    if stage != "history":
        _play_honours(desk, previous, today)
    if stage in {"open", "progress"}:
        current = open_current_round(world, today)
        if stage == "progress":
            officer = officer_of(world)
            play_current_round(desk, current, officer=officer, previous=previous, today=today)
            direct(world, today)
            look_back(world, previous.year, today)
    return _keys(world, today)


def _play_history(desk: Desk) -> Round:
    world = desk.world
    earlier: dict[int, Round] = {}
    for round in open_district_rounds(world):
        officer = next(
            world.seat(district.advisory, Role.OFFICER)
            for district in world.districts
            if district.committee == round.organiser
        )
        before = earlier.get(round.organiser_id)
        play_finished_round(desk, round, officer, ["province", "district", "district"], before)
        earlier[round.organiser_id] = round
        nominate(world, _district_of(world, round), round)
        close_round(round=round, by=officer, at=moment(date(round.year, 4, 15)))
    end_districts(world)
    round = open_province_round(world)
    play_finished_round(desk, round, officer_of(world), ["province"], None)
    take_over(desk, round)
    close_round(round=round, by=officer_of(world), at=moment(date(round.year, 5, 4)))
    for user in {seat.user for seat in world.seats.values()}:
        mark_read(user=user, at=moment(date(round.year, 5, 5)))
    return round


def _district_of(world: World, round: Round) -> District:
    return next(one for one in world.districts if one.committee == round.organiser)


def _play_honours(desk: Desk, round: Round, today: date) -> None:
    """Play what came of a round: results, visits, the council, honours, replicas."""
    world = desk.world
    done = carry_out(desk, round)
    survey(world, done, today)
    honour(world, appraise(world, done))
    spread(world, done)
    enter_units(world, world.communes[:5], round.year)


def _keys(world: World, today: date) -> list[Key]:
    communes = sorted(world.communes, key=lambda unit: unit.sort_key)
    taken = [
        world.seat(world.province, Role.ADMINISTRATOR),
        officer_of(world),
        world.seat(world.province, Role.LEADER),
        world.seat(world.province, Role.COUNCIL),
    ]
    for unit in [communes[0], _returned_one(communes), world.bodies[0]]:
        taken += [world.seat(unit, Role.CLERK), world.seat(unit, Role.HEAD)]
    _let_stand_in(world, communes[0], today)
    return [_key(seat) for seat in taken]


def _returned_one(communes: list[Organisation]) -> Organisation:
    """Return the commune that has something to correct, whose page shows most; else the second."""
    waiting = Participation.objects.filter(state=UnitState.RETURNED, organisation__in=communes[1:])
    keys = set(waiting.values_list("organisation", flat=True))
    return next((unit for unit in communes[1:] if unit.pk in keys), communes[1])


def _let_stand_in(world: World, unit: Organisation, today: date) -> None:
    """Let the clerk sign for the head, who is away for a fortnight."""
    head = world.seat(unit, Role.HEAD)
    grant_seat(
        user=world.seat(unit, Role.CLERK).user,
        organisation=unit,
        role=Role.HEAD,
        title="Phó Bí thư Đảng ủy",
        starts_on=today - timedelta(days=3),
        ends_on=today + timedelta(days=11),
        acting_for=head,
        by=world.seat(world.province, Role.ADMINISTRATOR),
        at=moment(today - timedelta(days=3)),
    )


def _key(seat: Seat) -> Key:
    password = secrets.token_urlsafe(9)
    set_password(user=seat.user, password=password, by=None, at=timezone.now())
    return Key(seat, password)
