"""The staged world of the story S4: one district, one server, one clock for all its chapters."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from tests.journeys.s4.clock import Clock
from tests.journeys.s4.story import Story
from tests.journeys.s4.world import found_district
from tests.journeys.staging import one_step, staged


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
    folder = tmp_path_factory.mktemp("s4")
    with staged(browser, django_db_blocker, Clock(), found_district, folder) as told:
        yield told


@pytest.fixture
def story(
    whole_story: Story, transactional_db: None, request: pytest.FixtureRequest
) -> Iterator[Story]:
    """Tell one step of the story at its hour; a step whose forerunner failed is not played."""
    with one_step(whole_story, request) as told:
        yield told


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
