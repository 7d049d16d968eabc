"""What every test stands on: a database that can be emptied, and no door to the outside."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.backends.sqlite3.base import DatabaseOperations
from hypothesis import HealthCheck
from hypothesis import settings as profiles
from playwright.sync_api import Browser, sync_playwright
from tests.factories.organisations import Cast, make_cast
from tests.journeys.harness import ARGUMENTS, chromium_path
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# how long an example takes tells of the machine, not of the code
profiles.register_profile("kheo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
profiles.load_profile("kheo")

JOURNEYS = "tests/journeys"


class ByStory(LoadScopeScheduling):
    """Give each core whole files, and the chapters of a story to one core: they share a world."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        folder = file.rpartition("/")[0]
        return file if folder == JOURNEYS else folder


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByStory | None:
    """Use it where tests are to be given out by file."""
    return ByStory(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session", autouse=True)
def _audit_can_be_flushed() -> Iterator[None]:
    """Let go of the audit's triggers while SQLite empties all tables, and only then.

    PostgreSQL empties tables with TRUNCATE, which fires no row trigger; SQLite only has DELETE.
    """
    plain = DatabaseOperations.execute_sql_flush

    def flush(self: DatabaseOperations, statements: list[str]) -> None:
        with transaction.atomic(using=self.connection.alias):
            triggers = _triggers()
            for name in triggers:
                _run(f'DROP TRIGGER "{name}"')
            plain(self, statements)
            for statement in triggers.values():
                _run(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the shared cast: the commune clerk, her head, the officer above, the stranger."""
    return make_cast()


@pytest.fixture
def lock_out(settings: object) -> object:
    """Turn the lock-out after failed sign-ins on; it is off elsewhere."""
    settings.AXES_ENABLED = True  # type: ignore[attr-defined]
    return settings


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once for all tests; each gets windows of its own."""
    # Playwright's loop runs in this thread, which Django would take for asynchronous code
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as player:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = player.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield chromium
        chromium.close()


def _triggers() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'"
        )
        return dict(cursor.fetchall())


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
