"""Puts a story on the stage: one world, one server and one clock for all its chapters."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from tests.journeys.player import Troupe
from tests.journeys.s4.clock import Clock
from tests.journeys.s4.story import Story
from tests.journeys.s4.world import District


@contextmanager
def staged(
    browser: Browser,
    blocker: DjangoDbBlocker,
    clock: Clock,
    found: Callable[[], District],
    folder: Path,
) -> Iterator[Story]:
    """Found the world at the hour of the clock and start the server; empty the database after."""
    # the database stays open between the steps: a page that is left open goes on saving itself
    with blocker.unblock():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timezone, "now", clock)
            district = found()
            server = LiveServer("127.0.0.1")
        told = Story(Troupe(browser, server.url), district, clock, folder)
        yield told
        told.troupe.new_day()
        server.stop()
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=False)


@contextmanager
def one_step(told: Story, request: pytest.FixtureRequest) -> Iterator[Story]:
    """Tell one step at its hour; a step whose forerunner failed is not played."""
    if told.failed:
        pytest.skip(f"the story broke off at {told.failed[0]}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", told.clock)
        yield told
    outcome = getattr(request.node, "outcome_of_call", None)
    faults = told.troupe.faults()
    if outcome != "passed" or faults:
        told.failed.append(request.node.name)
    assert not faults, "\n".join(faults)
