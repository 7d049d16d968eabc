"""Lets the units of a round register invented models, and the officer above check them."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from kheo.demo.content import ModelText, load_models, load_world
from kheo.demo.world import World, moment
from kheo.exemplars.actions import (
    accept_many,
    copy_forward,
    decline,
    save_draft,
    sign_off_many,
    start_registration,
    submit_many,
)
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Level, Seat
from kheo.rounds.models import Participation, Round


@dataclass
class Desk:
    """What registering needs at hand: the world, the models still unused by each unit, chance."""

    world: World
    chance: random.Random
    texts: list[ModelText]
    hamlets: list[str]
    levels: dict[str, Level]

    @classmethod
    def furnished(cls, world: World, chance: random.Random) -> "Desk":
        """Return a desk with all texts and levels on it."""
        levels = Level.objects.in_bulk(field_name="code")
        return cls(world, chance, load_models(), load_world().names["hamlets"], levels)

    def pick(self, participation: Participation, count: int) -> list[ModelText]:
        """Return some models that the unit has never registered."""
        known = set(participation.organisation.exemplars.values_list("name", flat=True))
        unit = participation.organisation.label
        texts = [text.at(unit=unit, hamlet=self.chance.choice(self.hamlets)) for text in self.texts]
        fresh = [text for text in texts if text.name not in known]
        return self.chance.sample(fresh, min(count, len(fresh)))

    def clerk(self, participation: Participation) -> Seat:
        """Return who writes for the unit."""
        return self.world.seat(participation.organisation, Role.CLERK)

    def head(self, participation: Participation) -> Seat:
        """Return who signs for the unit."""
        return self.world.seat(participation.organisation, Role.HEAD)


def register(
    desk: Desk, participation: Participation, levels: list[str], at: datetime
) -> list[Registration]:
    """Write one complete draft for each level code, of models new to the unit."""
    clerk = desk.clerk(participation)
    texts = desk.pick(participation, len(levels))
    drafts = []
    for text, level in zip(texts, levels, strict=True):
        draft = start_registration(participation=participation, form=text.form, by=clerk, at=at)
        values = content_of(desk, participation, text, level)
        drafts.append(
            save_draft(registration=draft, values=values, version=draft.version, by=clerk, at=at)
        )
    return drafts


def content_of(
    desk: Desk, participation: Participation, text: ModelText, level: str
) -> dict[str, object]:
    """Return what the clerk types into M1 or M2."""
    year, unit = participation.round.year, participation.organisation
    first = desk.chance.randint(1, 5)
    values: dict[str, object] = {
        "name": text.name,
        "field": text.field,
        "nature": text.nature,
        "level": desk.levels[level],
        "content": text.content,
        "expected_results": text.expected,
        "starts": f"tháng {first}/{year}",
        "ends": f"tháng 12/{year}",
        "scope": f"Trên địa bàn {unit.label}",
        "address": f"Trụ sở {unit.name}",
        "continuity": "new",
    }
    if text.form == "individual":
        person = desk.head(participation).user.full_name
        values |= {
            "full_name": " ".join(reversed(person.split())),
            "position": "Bí thư chi bộ, Trưởng ban Công tác Mặt trận thôn",
            "workplace": unit.name,
        }
    return values


def hand_in(
    desk: Desk, participation: Participation, drafts: list[Registration], at: datetime
) -> None:
    """Sign off and submit drafts of one unit."""
    sign_off_many(registrations=drafts, by=desk.head(participation), at=at)
    later = at + timedelta(hours=2)
    submit_many(registrations=drafts, by=desk.clerk(participation), at=later)


def play_finished_round(
    desk: Desk, round: Round, officer: Seat, levels: list[str], previous: Round | None
) -> None:
    """Play a past round to its end: nearly all units register, nearly all are accepted."""
    parts = list(parts_of(round))
    for number, part in enumerate(parts):
        if number % 9 == 8:
            continue  # one unit in nine never registers: the standing complaint
        day = round.opens_on + timedelta(days=5 + number)
        late = number % 7 == 6
        at = moment(part.due_on + timedelta(days=3) if late else min(day, part.due_on))
        kept = keep_up(desk, part, previous, at)
        hand_in(desk, part, kept + register(desk, part, levels, at), at)
    decide(round, officer, moment(max(part.due_on for part in parts) + timedelta(days=7)))


def keep_up(
    desk: Desk, participation: Participation, previous: Round | None, at: datetime
) -> list[Registration]:
    """Take one accepted model of an earlier round into this one."""
    if previous is None:
        return []
    earlier = Registration.objects.filter(
        round=previous, organisation=participation.organisation, state=State.ACCEPTED
    ).order_by("pk")
    year = participation.round.year
    kept = []
    for registration in earlier[:1]:
        clerk = desk.clerk(participation)
        draft = copy_forward(
            registration=registration, participation=participation, by=clerk, at=at
        )
        values = {
            "starts": f"tháng 1/{year}",
            "ends": f"tháng 12/{year}",
            "level": ladder(desk, participation),
        }
        kept.append(
            save_draft(registration=draft, values=values, version=draft.version, by=clerk, at=at)
        )
    return kept


def ladder(desk: Desk, participation: Participation) -> Level:
    """Return the lowest level at which the round asks the unit."""
    lines = participation.audience.quotas.select_related("level").order_by("-level__rank")
    level = next((line.level for line in lines if line.level), None)
    return level or desk.levels["commune"]


def decide(round: Round, officer: Seat, at: datetime) -> None:
    """Accept what was submitted, but decline one in twelve with a reason."""
    waiting = list(Registration.objects.filter(round=round, state=State.SUBMITTED).order_by("pk"))
    declined = waiting[11::12]
    for registration in declined:
        decline(
            registration=registration,
            reason="Nội dung trùng với nhiệm vụ thường xuyên của đơn vị, chưa thành mô hình.",
            by=officer,
            at=at,
        )
    accept_many(registrations=[row for row in waiting if row not in declined], by=officer, at=at)


def parts_of(round: Round) -> list[Participation]:
    """Return the units of a round in alphabetical order."""
    rows = Participation.objects.filter(round=round).select_related(
        "organisation__kind", "round__organiser", "audience"
    )
    return list(rows.order_by("audience__order", "sort_key"))
