"""The staged world of a whole life: one district, one server, one clock for all its chapters."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from tests.factories.accounts import HANOI
from tests.journeys.life.world import found_world
from tests.journeys.s4.clock import Clock
from tests.journeys.s4.story import Story
from tests.journeys.staging import one_step, staged

FIRST_DAY = datetime(2024, 9, 3, 8, 0, tzinfo=HANOI)


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
    """Found the district with its accepted models and start the server."""
    folder = tmp_path_factory.mktemp("life")
    with staged(browser, django_db_blocker, Clock(FIRST_DAY), found_world, folder) as told:
        yield told


@pytest.fixture
def story(
    whole_story: Story, transactional_db: None, request: pytest.FixtureRequest
) -> Iterator[Story]:
    """Tell one step of the story at its hour; a step whose forerunner failed is not played."""
    with one_step(whole_story, request) as told:
        yield told


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the story know whether a step was played to its end."""
    report = yield
    if report.when == "call":
        item.outcome_of_call = report.outcome
    return report
