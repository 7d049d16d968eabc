"""Makes a world: organisations, rounds and registrations of five years, counted and checked."""

import json
import time
from pathlib import Path

from django.conf import settings
from django.db import transaction

from bench.asked import Opener
from bench.people import seat_people
from bench.register import Registrar
from bench.tables import loading, tidy
from bench.tree import plant_tree
from kheo.accounts.models import User
from kheo.cli.preparation import prepare
from kheo.exemplars.actions.tallies import recount_registrations
from kheo.exemplars.models import Exemplar, Registration
from kheo.organisations.models import Organisation, Placement, Profile
from kheo.rounds.actions.tallies import recount_participations
from kheo.rounds.models import Participation, Round
from kheo.search.actions import rebuild_entries

WRITTEN = [Organisation, Profile, Placement, Participation, Exemplar, Registration]


class WorldError(Exception):
    """A world cannot be made, or does not hold what it should."""


def usual_organisations(registrations: int) -> int:
    """Return how many organisations go with so many registrations: a country has 60,000."""
    return max(10, min(60_000, max(registrations * 6 // 100, min(2_000, registrations // 5))))


def generate(
    registrations: int, organisations: int | None = None, seed: int = 1
) -> dict[str, float]:
    """Make the tables and fill them; return how many seconds each part took.

    :raises WorldError: when there is something in the database, or the tallies do not agree.
    """
    clock = Clock()
    prepare()
    clock.lap("tables")
    make_world(registrations, organisations or usual_organisations(registrations), seed, clock)
    return clock.laps


def make_world(registrations: int, organisations: int, seed: int, clock: "Clock") -> None:
    """Fill empty tables.

    :raises WorldError: when they are not empty, or the tallies do not agree.
    """
    if Organisation.objects.exists() or User.objects.exists():
        raise WorldError("the database is not empty; generate into a new one")
    with loading():
        tree = plant_tree(organisations)
        clock.lap("organisations")
        with transaction.atomic():
            calls = list(Opener(tree).calls(registrations))
        registrar = Registrar(seed)
        for call in calls:
            registrar.fill(call)
        registrar.flush()
        clock.lap("registrations")
    tidy(WRITTEN)
    with transaction.atomic():
        seat_people(tree)
    clock.lap("statistics and people")
    count_all(clock)
    # the rows were not written by the product's deeds, which would have let them be found
    rebuild_entries()
    clock.lap("search index")
    tidy([])


def count_all(clock: "Clock") -> None:
    """Let the product count its tallies, and count again to see that they agree.

    :raises WorldError: when they do not.
    """
    recount_registrations(repair=True)
    rounds = list(Round.objects.order_by("pk"))
    for row in rounds:
        recount_participations(round=row)
    clock.lap("tallies counted")
    gaps = len(recount_registrations())
    wrong = sum(recount_participations(round=row) for row in rounds)
    clock.lap("tallies checked")
    if gaps or wrong:
        raise WorldError(f"tallies differ: {gaps} of registrations, {wrong} of units")


class Clock:
    """Takes the time of one part of the work after another."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        """Note what was done since the last lap."""
        now = time.perf_counter()
        self.laps[name] = round(now - self._last, 1)
        self._last = now
        print(f"  {name}: {self.laps[name]} s", flush=True)


def write_laps(laps: dict[str, float], registrations: int) -> None:
    """Leave a note of how the world was made beside its database."""
    note = {"registrations": registrations, "seconds": laps}
    Path(settings.DATA_DIR, "world.json").write_text(json.dumps(note, indent=2), encoding="utf-8")
