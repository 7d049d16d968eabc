"""Readies a data directory for this version: tables, reference data, static files."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

import kheo

# any number will do, if every Khéo uses the same one
ADVISORY_LOCK = 0x6B6865


def prepare() -> bool:
    """Migrate the database and gather static files, if this version has not yet; tell if it did.

    Two starts at once wait for one another: on one machine by a lock on a file, on one PostgreSQL
    by an advisory lock.
    """
    with _one_at_a_time():
        if _stamp_file().is_file() and _stamp_file().read_text() == _stamp():
            return False
        migrate()
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        _stamp_file().write_text(_stamp())
        return True


def migrate() -> None:
    """Bring the tables up to date; reference data is loaded by the way."""
    call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor == "sqlite":
        # SQLite forgets the statistics of a table that a migration makes anew, and then reads a
        # million rows where an index would do; a thousand rows of each index tell enough
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (Path(settings.DATA_DIR) / "preparing.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _stamp_file() -> Path:
    return Path(settings.DATA_DIR) / "prepared"


def _stamp() -> str:
    """Return what must be unchanged for the preparation to be still good."""
    database = settings.DATABASES["default"]
    return f"{_fingerprint()} {database.get('HOST', '')}/{database['NAME']} {_applied()}"


def _fingerprint() -> str:
    # the version alone would not notice a developer's change; 600 stats take 5 ms
    package = Path(kheo.__file__).parent
    files = (path for path in sorted(package.rglob("*")) if path.suffix not in {".pyc", ""})
    lines = (f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _applied() -> int:
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return 0
        cursor.execute("SELECT COUNT(*) FROM django_migrations")
        return int(cursor.fetchone()[0])
