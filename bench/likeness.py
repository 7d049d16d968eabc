"""How well models that are alike are found: on a labelled set, half of it never tuned on."""

import csv
import math
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.probes import CLERK
from bench.timing import Measurement, counted_statements, percentile, settle_memory
from kheo.exemplars.actions import fill_likeness_keys
from kheo.exemplars.models import Registration
from kheo.exemplars.queries.likeness import hints_for
from kheo.lib.text.likeness import THRESHOLD, Subject, compare, features, prepare
from kheo.lib.text.likeness_keys import likeness_keys
from kheo.organisations.models import Seat
from kheo.rounds.enums import Form
from kheo.rounds.models import Participation

FILE = Path(__file__).parent / "data" / "likeness.csv"
LEAST = {"precision": 90.0, "recall": 85.0}
ROUNDS = 60
# issue 3: similar models for one text at a million
P95_TARGET = 100.0
STEPS = 20_000
RATE = 0.02
SHRINKING = 0.05


@dataclass(frozen=True)
class Pair:
    """Two texts and whether a person calls them alike."""

    half: str
    kind: str
    alike: bool
    one: Subject
    other: Subject

    @property
    def is_candidate(self) -> bool:
        """Tell whether the keys lead from the one to the other."""
        return bool({*likeness_keys(self.one)} & {*likeness_keys(self.other)})

    @property
    def is_found(self) -> bool:
        """Tell whether the pair would be shown."""
        return self.is_candidate and compare(self.one, self.other).score >= THRESHOLD


@dataclass(frozen=True)
class Quality:
    """How many shown pairs are alike, and how many alike pairs are shown."""

    pairs: int
    precision: float
    recall: float


@cache
def labelled_pairs() -> tuple[Pair, ...]:
    """Return the labelled pairs; all texts in them are invented."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Pair(
                row["half"],
                row["kind"],
                row["label"] == "alike",
                prepare(row["name_a"], row["content_a"], row["unit_a"]),
                prepare(row["name_b"], row["content_b"], row["unit_b"]),
            )
            for row in csv.DictReader(file)
        )


def quality(half: str) -> Quality:
    """Judge a half of the set, candidates and score together, as the product finds them."""
    pairs = [pair for pair in labelled_pairs() if pair.half == half]
    shown = [pair for pair in pairs if pair.is_found]
    right = sum(pair.alike for pair in shown)
    return Quality(len(pairs), right / len(shown), right / sum(pair.alike for pair in pairs))


def fit() -> list[float]:
    """Return weights fitted on the train half: logistic regression, none below zero."""
    rows = [(_features(pair), pair.alike) for pair in labelled_pairs() if pair.half == "train"]
    weights = [0.0] * len(rows[0][0])
    for _step in range(STEPS):
        slopes = [SHRINKING * weight * bool(place) for place, weight in enumerate(weights)]
        for values, alike in rows:
            miss = _chance(weights, values) - alike
            slopes = [slope + miss * value for slope, value in zip(slopes, values, strict=True)]
        moved = [weight - RATE * slope for weight, slope in zip(weights, slopes, strict=True)]
        weights = [moved[0], *(max(0.0, weight) for weight in moved[1:])]
    return weights


def _features(pair: Pair) -> tuple[float, ...]:
    return features(pair.one, pair.other, compare(pair.one, pair.other).text)


def _chance(weights: Iterable[float], values: Iterable[float]) -> float:
    total = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-total))


def measure_likeness() -> list[Measurement]:
    """Measure how well like models are found, and how long one text takes on the world as it is."""
    while filled := fill_likeness_keys():
        print(f"  keys for {filled:,} more registrations", flush=True)
    return [*_qualities(), _hinting()]


def _qualities() -> Iterator[Measurement]:
    for half in ("train", "test"):
        reached = quality(half)
        details = {"pairs": reached.pairs}
        for name, share in (("precision", reached.precision), ("recall", reached.recall)):
            yield Measurement(
                name=f"like models, {name}, {half} half",
                value=round(share * 100, 1),
                unit="%",
                target=LEAST[name],
                more_is_better=True,
                details=details,
            )


def _hinting() -> Measurement:
    seat = Seat.objects.select_related("user", "organisation__kind").get(user__username=CLERK)
    part = Participation.objects.filter(organisation=seat.organisation).latest("pk")
    rows = Registration.objects.order_by("-pk").only("name", "content")[: ROUNDS * 7 : 7]
    drafts = [_draft(part, row) for row in rows]
    with counted_statements() as tally:
        hints_for(seat, drafts[0])
    settle_memory()
    times = []
    for draft in drafts:
        begun = time.perf_counter()
        hints_for(seat, draft)
        times.append((time.perf_counter() - begun) * 1000)
    return Measurement(
        name="similar models for one text, p95",
        value=round(percentile(times, 0.95), 1),
        target=P95_TARGET,
        details={"p50": round(percentile(times, 0.5), 1), "statements": tally.count},
    )


def _draft(part: Participation, row: Registration) -> Registration:
    return Registration(
        exemplar_id=0,
        pk=0,
        round=part.round,
        path=part.path,
        organisation_id=part.organisation_id,
        unit_name=part.unit_name,
        year=part.round.year,
        form=Form.COLLECTIVE,
        name=row.name,
        content=row.content,
    )
