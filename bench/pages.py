"""Measures pages: the server's time with all that a signed-in person meets, beside bare SQL."""

import itertools
import time
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.test import Client

from bench.bare import Statement
from bench.probes import Probe, probes
from bench.timing import (
    Measurement,
    counted_statements,
    percentile,
    settle_memory,
)
from kheo.accounts.models import User

REQUESTS = 64
SECONDS_AT_MOST = 12
WARM_UP = 8
# design: p95 at a million; the hard line adds 30 ms to three times the bare SQL
P95_TARGET = 30.0
HARD_LINE = (3, 30.0)
SLOW_STATEMENT = 5.0


class PageError(Exception):
    """A page did not answer as it should."""


def measure_pages() -> list[Measurement]:
    """Measure every page there is an address for."""
    connection.ensure_connection()
    found = []
    for probe in probes():
        measurement = _measure(probe)
        found.append(measurement)
        details = measurement.details
        print(
            f"  {probe.name}: p50 {details.get('p50')}, p95 {measurement.value}, "
            f"CPU {details.get('cpu_p50')}, SQL {details.get('sql_ms')}, bare "
            f"{details.get('bare_p50')}, statements {details.get('queries')}"
            f"{'  MISSED' if measurement.missed else ''}",
            flush=True,
        )
    return found


def _measure(probe: Probe) -> Measurement:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=probe.username))
    counts, in_sql, slow = _statements(client, probe)
    for url in itertools.islice(itertools.cycle(probe.urls), WARM_UP):
        _get(client, url)
    settle_memory()
    times, cpu = _times(client, probe.urls)
    bare = _bare_times(probe.bare)
    p95, bare_p95 = percentile(times, 0.95), percentile(bare, 0.95)
    hard = HARD_LINE[0] * bare_p95 + HARD_LINE[1]
    return Measurement(
        name=probe.name,
        value=round(p95, 1),
        target=P95_TARGET,
        details={
            "p50": round(percentile(times, 0.5), 1),
            "cpu_p50": round(percentile(cpu, 0.5), 1),
            "requests": len(times),
            "addresses": len(probe.urls),
            "queries": sorted({min(counts), max(counts)}),
            "sql_ms": round(sum(in_sql) / len(in_sql), 1),
            "bare_p50": round(percentile(bare, 0.5), 2),
            "bare_p95": round(bare_p95, 2),
            "ratio": round(percentile(times, 0.5) / percentile(bare, 0.5), 1),
            "hard_line": round(hard, 1),
            "over_hard_line": p95 > hard,
            "slow": slow,
        },
    )


def _times(client: Client, urls: Sequence[str]) -> tuple[list[float], list[float]]:
    until = time.monotonic() + SECONDS_AT_MOST
    times: list[float] = []
    cpu: list[float] = []
    for url in itertools.islice(itertools.cycle(urls), max(REQUESTS, 2 * len(urls))):
        start, cpu_start = time.perf_counter(), time.thread_time()
        _get(client, url)
        times.append((time.perf_counter() - start) * 1000)
        cpu.append((time.thread_time() - cpu_start) * 1000)
        if time.monotonic() > until:
            break
    return times, cpu


def _get(client: Client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        raise PageError(f"{url}: {answer.status_code}")


def _statements(
    client: Client, probe: Probe
) -> tuple[list[int], list[float], list[tuple[float, str, str]]]:
    counts, in_sql = [], []
    slow: dict[str, tuple[float, str, str]] = {}
    for url in probe.urls:
        _get(client, url)
        with counted_statements() as tally:
            _get(client, url)
        counts.append(tally.count)
        in_sql.append(tally.milliseconds)
        for taken, sql in tally.statements:
            if taken > SLOW_STATEMENT and taken > slow.get(sql, (0.0, "", ""))[0]:
                slow[sql] = (round(taken, 1), url, sql)
    return counts, in_sql, sorted(slow.values(), reverse=True)[:5]


def _bare_times(bare: Sequence[Sequence[Statement]]) -> list[float]:
    """Time the statements that answer the same question, past Django, on the same connection."""
    raw: Any = connection.connection
    mark = "%s" if connection.vendor == "postgresql" else "?"
    times = []
    for statements in itertools.chain(*itertools.repeat(bare, 1 + REQUESTS // len(bare))):
        start = time.perf_counter()
        _run(raw, statements, mark)
        times.append((time.perf_counter() - start) * 1000)
    return times


def _run(raw: Any, statements: Sequence[Statement], mark: str) -> None:
    for sql, parameters in statements:
        cursor = raw.cursor()
        cursor.execute(sql.replace("%s", mark), parameters)
        cursor.fetchall()
        cursor.close()
