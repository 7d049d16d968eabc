"""Measures writing: many people at once over HTTP, bursts, the deed alone, and signing in."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bench.crew import UNITS, Writer, make_crew
from bench.people import PASSWORD
from bench.server import Outcome, Visitor, at_once, note, running_server
from bench.timing import Measurement, percentile
from kheo.audit.models import Entry
from kheo.exemplars.actions import recount_registrations, save_draft
from kheo.exemplars.models import Registration, Submission
from kheo.organisations.models import Seat
from kheo.rounds.actions.tallies import recount_participations
from kheo.rounds.models import Round

SECONDS_OF_SAVING = 8.0
SECONDS_OF_DEEDS = 5.0
BURST_RATE, BURST_SECONDS = 100, 10
# on a machine that is far too slow
SECONDS_AT_MOST = 30.0
NEWEST = 2026
# design: 200 submissions a second by 16 writers; p95 of a burst of 100/s within 30 ms
RATE_TARGET, BURST_TARGET = 200.0, 30.0


@dataclass
class Proof:
    """What the database says of the writing: nothing lost, nothing doubled.

    A request without an answer may have been done or not, but not twice.
    """

    saved: int
    saves_audited: int
    submitted: int
    submits_audited: int
    versions_kept: int
    unanswered: int
    tallies_wrong: int

    @property
    def holds(self) -> bool:
        """Tell whether every answer "done" is in the database exactly once."""
        saves = self.saves_audited - self.saved
        submits = self.submits_audited - self.submitted
        kept = self.submits_audited == self.versions_kept
        loose = range(self.unanswered + 1)
        return saves in loose and submits in loose and kept and not self.tallies_wrong


def measure_writers() -> list[Measurement]:
    """Measure writing of every kind; bounded in time."""
    found = []
    for one in _measurements():
        missed = "  MISSED" if one.missed else ""
        print(f"  {one.name}: {one.value} {one.unit} {one.details}{missed}", flush=True)
        found.append(one)
    return found


def _measurements() -> Iterator[Measurement]:
    crew = make_crew()
    before = _audited("registration.edit"), _audited("registration.submit")
    yield _deeds(crew, 1)
    yield _deeds(crew, 4)
    alone = _audited("registration.edit") - before[0]
    with running_server() as port:
        saves = at_once([partial(_save_for, port, writer) for writer in crew])
        yield _rate("saves a second, 16 writers, over HTTP", saves, None)
        submits = at_once([partial(_submit_all, port, writer) for writer in crew])
        yield _rate("submissions a second, 16 writers, over HTTP", submits, RATE_TARGET)
        burst = at_once([partial(_burst, port, writer, n) for n, writer in enumerate(crew)])
        yield _burst_measurement(burst)
    proof = _prove(crew, (before[0] + alone, before[1]), ([saves, burst], submits))
    wrong = 0 if proof.holds else 1
    failures = sorted({*saves.failures, *submits.failures, *burst.failures})
    details = vars(proof) | {"failures": failures[:5]}
    yield Measurement(
        name="writes lost or doubled", value=wrong, unit="", target=0, details=details
    )
    yield _sign_in()


def save_alone(seconds: float, draft: int) -> None:
    """Save one draft over and over past HTTP, and print how long each save took."""
    row = Registration.objects.get(pk=draft)
    seats = Seat.objects.select_related("user", "organisation__kind", "acting_for__user")
    seat = seats.get(user__username=f"writer-clerk-{row.organisation_id}")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        start = time.perf_counter()
        values = {"content": f"{row.content[:400]}\nLần lưu {row.version}."}
        row = save_draft(
            registration=row, values=values, version=row.version, by=seat, at=timezone.now()
        )
        print(round((time.perf_counter() - start) * 1000, 2))


def _save_for(port: int, writer: Writer, outcome: Outcome) -> None:
    visitor, values = _visitor_with_draft(port, writer)
    until = time.monotonic() + SECONDS_OF_SAVING
    while time.monotonic() < until:
        _save(visitor, writer.draft, values, time.perf_counter(), outcome)


def _submit_all(port: int, writer: Writer, outcome: Outcome) -> None:
    visitor = Visitor(port, writer.session)
    until = time.monotonic() + SECONDS_AT_MOST
    for pk in writer.signed:
        if time.monotonic() > until:
            break
        start = time.perf_counter()
        note(outcome, visitor.post(reverse("exemplars:deed", args=[pk, "submit"]), {}), start)


def _burst(port: int, writer: Writer, number: int, outcome: Outcome) -> None:
    """Save whenever one's turn comes, at a fixed rate; waiting for a late answer counts."""
    visitor, values = _visitor_with_draft(port, writer)
    begin = time.perf_counter() + 0.5
    for turn in range(number, BURST_RATE * BURST_SECONDS, UNITS):
        due = begin + turn / BURST_RATE
        if time.perf_counter() > begin + SECONDS_AT_MOST:
            outcome.failures.append("not sent: too late")
            continue
        time.sleep(max(due - time.perf_counter(), 0))
        _save(visitor, writer.draft, values, due, outcome)


def _visitor_with_draft(port: int, writer: Writer) -> tuple[Visitor, dict[str, object]]:
    row = Registration.objects.get(pk=writer.draft)
    connection.close()
    names = ("address", "name", "field", "content", "starts", "ends", "scope", "expected_results")
    values = {name: getattr(row, name) for name in names}
    values |= {"level": row.level_id, "nature": row.nature, "continuity": row.continuity}
    return Visitor(port, writer.session), values | {"version": row.version}


def _save(
    visitor: Visitor, pk: int, values: dict[str, object], started: float, outcome: Outcome
) -> None:
    body = values | {"content": f"{str(values['content'])[:400]}\nLần lưu {values['version']}."}
    status = visitor.post(reverse("exemplars:edit", args=[pk]), body)
    if note(outcome, status, started):
        values["version"] = int(str(values["version"])) + 1


def _rate(name: str, outcome: Outcome, target: float | None) -> Measurement:
    return Measurement(
        name=name,
        value=round(outcome.rate, 1),
        unit="/s",
        target=target,
        more_is_better=True,
        details=_times(outcome),
    )


def _burst_measurement(burst: Outcome) -> Measurement:
    return Measurement(
        name=f"burst of {BURST_RATE} saves a second for {BURST_SECONDS} s, p95",
        value=round(percentile(burst.times, 0.95), 1),
        target=BURST_TARGET,
        details=_times(burst),
    )


def _times(outcome: Outcome) -> dict[str, object]:
    return {
        "done": len(outcome.times),
        "failed": len(outcome.failures),
        "p50": round(percentile(outcome.times, 0.5), 1) if outcome.times else None,
        "p95": round(percentile(outcome.times, 0.95), 1) if outcome.times else None,
    }


def _audited(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def _prove(
    crew: list[Writer], before: tuple[int, int], done: tuple[list[Outcome], Outcome]
) -> Proof:
    signed = [pk for writer in crew for pk in writer.signed]
    wrong = len(recount_registrations(year=NEWEST))
    wrong += sum(recount_participations(round=row) for row in Round.objects.filter(year=NEWEST))
    saves, submits = done
    return Proof(
        saved=sum(len(outcome.times) for outcome in saves),
        saves_audited=_audited("registration.edit") - before[0],
        submitted=len(submits.times),
        submits_audited=_audited("registration.submit") - before[1],
        versions_kept=Submission.objects.filter(registration__in=signed).count(),
        unanswered=sum(len(outcome.failures) for outcome in [*saves, submits]),
        tallies_wrong=wrong,
    )


def _deeds(crew: list[Writer], processes: int) -> Measurement:
    """Let processes of their own save drafts past HTTP."""
    command = [sys.executable, "-m", "bench", "one-writer", str(SECONDS_OF_DEEDS)]
    running = [
        subprocess.Popen([*command, str(writer.draft)], stdout=subprocess.PIPE, text=True)
        for writer in crew[:processes]
    ]
    times = [float(line) for one in running for line in one.communicate(timeout=60)[0].split()]
    return Measurement(
        name=f"the deed of saving, {processes} processes"
        if processes > 1
        else "the deed of saving",
        value=round(len(times) / SECONDS_OF_DEEDS, 1),
        unit="/s",
        more_is_better=True,
        details={"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)},
    )


def _sign_in() -> Measurement:
    """Measure what checking a password costs: processor time, and how many a second that allows."""
    hashed = make_password(PASSWORD)
    times = []
    for _turn in range(10):
        start = time.process_time()
        check_password(PASSWORD, hashed)
        times.append((time.process_time() - start) * 1000)
    cost = percentile(times, 0.5)
    return Measurement(
        name="checking a password (argon2), processor time",
        value=round(cost, 1),
        details={"a_second_on_all_cores": round((os.cpu_count() or 1) * 1000 / cost, 1)},
    )
