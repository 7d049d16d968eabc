"""The staged world of the story S4: one district, one server, one clock for all its chapters."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from tests.journeys.player import Troupe
from tests.journeys.s4.clock import Clock
from tests.journeys.s4.story import Story
from tests.journeys.s4.world import found_district


@pytest.fixture
def transactional_db() -> None:
    """Take the place of the fixture that would empty the database after every step."""


@pytest.fixture(scope="package")
def whole_story(
    browser: Browser,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Story]:
    """Found the district and start the server; the chapters follow one another in it."""
    clock = Clock()
    # the database stays open between the steps: a page that is left open goes on saving itself
    with django_db_blocker.unblock():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timezone, "now", clock)
            district = found_district()
            server = LiveServer("127.0.0.1")
        told = Story(Troupe(browser, server.url), district, clock, tmp_path_factory.mktemp("s4"))
        yield told
        told.troupe.new_day()
        server.stop()
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=False)


@pytest.fixture
def story(
    whole_story: Story,
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Story]:
    """Tell one step of the story at its hour; a step whose forerunner failed is not played."""
    if whole_story.failed:
        pytest.skip(f"the story broke off at {whole_story.failed[0]}")
    monkeypatch.setattr(timezone, "now", whole_story.clock)
    yield whole_story
    outcome = getattr(request.node, "outcome_of_call", None)
    faults = whole_story.troupe.faults()
    if outcome != "passed" or faults:
        whole_story.failed.append(request.node.name)
    assert not faults, "\n".join(faults)


@pytest.fixture
def told(whole_story: Story, transactional_db: None) -> Story:
    """Return the story as far as it was told, for checks that change nothing in it."""
    if whole_story.failed:
        pytest.skip(f"the story broke off at {whole_story.failed[0]}")
    return whole_story


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the story know whether a step was played to its end."""
    report = yield
    if report.when == "call":
        item.outcome_of_call = report.outcome
    return report
