"""A live server with a database of its own, and windows of Chromium to visit it with."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.journeys.harness import LAPTOP, PHONE, Visitor, open_window

OpenWindow = Callable[..., Page]


@pytest.fixture
def server(live_server: LiveServer, settings: object) -> str:
    """Return the address of the application, which runs in a thread on the test's database."""
    settings.PUBLIC_URL = live_server.url  # type: ignore[attr-defined]
    return str(live_server.url)


@pytest.fixture
def window(browser: Browser, server: str) -> Iterator[OpenWindow]:
    """Return a function that opens a fresh window and gives its page; faults fail the test."""
    visitors: list[Visitor] = []

    def open_one(size: tuple[int, int] = LAPTOP, language: str = "vi-VN") -> Page:
        visitors.append(open_window(browser, server, size, language))
        return visitors[-1].page()

    yield open_one
    for visitor in visitors:
        visitor.context.close()
    faults = [fault for visitor in visitors for fault in visitor.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(window: OpenWindow) -> Page:
    """Return a page as on an old laptop, in Vietnamese."""
    return window()


@pytest.fixture
def phone(window: OpenWindow) -> Page:
    """Return a page as on a telephone, in Vietnamese."""
    return window(PHONE)
