"""What the figures were measured on: machine, versions, and how fast the machine was just then."""

import os
import platform
import time
from pathlib import Path
from typing import Any

import django
from django.db import connection
from django.template import Context, Engine

from bench.timing import percentile
from kheo.exemplars.models import Registration

SETTINGS = ("fsync", "synchronous_commit", "shared_buffers", "jit")
ROWS = 50
# a page no framework could make plainer: fifty rows of eight cells
PLAIN_PAGE = """<table>{% for row in rows %}<tr><td>{{ row.pk }}</td><td>{{ row.unit_name }}</td>
<td>{{ row.name }}</td><td>{{ row.get_field_display }}</td><td>{{ row.get_state_display }}</td>
<td>{{ row.submitted_at|date:"d/m/Y" }}</td><td>{{ row.year }}</td>
<td>{{ row.get_form_display }}</td></tr>{% endfor %}</table>"""


def facts() -> dict[str, Any]:
    """Return what a reader must know to compare figures."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "django": django.get_version(),
        "database": _database(),
        "million_calls_ms": million_calls(),
        "plain_page_ms": plain_page(),
        "load": [round(value, 1) for value in os.getloadavg()],
    }


def million_calls() -> float:
    """Return how long a million calls of a small function take: milliseconds of the processor."""

    def call(value: int) -> int:
        return value + 1

    start, value = time.thread_time(), 0
    for _turn in range(1_000_000):
        value = call(value)
    return round((time.thread_time() - start) * 1000, 1)


def plain_page() -> float:
    """Return what a bare Django page of fifty records costs: milliseconds of the processor."""
    template = Engine().from_string(PLAIN_PAGE)
    times = []
    for turn in range(20):
        start = time.thread_time()
        rows = Registration.objects.order_by("-year", "path", "pk")[turn * ROWS : (turn + 1) * ROWS]
        template.render(Context({"rows": rows}))
        times.append((time.thread_time() - start) * 1000)
    return round(percentile(times, 0.5), 1)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            version = cursor.fetchone()[0]
            cursor.execute("PRAGMA synchronous")
            level = ("OFF", "NORMAL", "FULL")[cursor.fetchone()[0]]
            return f"SQLite {version}, WAL, synchronous {level}"
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(SETTINGS)]
        )
        chosen = ", ".join(f"{name} {value}" for name, value in sorted(cursor.fetchall()))
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}, {chosen}"
