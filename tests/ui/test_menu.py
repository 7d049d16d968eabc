"""The menu shows what the seat may open, where we are, and what waits."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.urls import include, path

from kheo.ui import menu

NOWHERE = ([path("list", lambda _request: None, name="list")], "rounds")
urlpatterns = [
    path("", include(([path("", lambda _request: None, name="my-work")], "home"))),
    path("rounds/", include(NOWHERE)),
    path("people/", include(([path("", lambda _request: None, name="people")], "organisations"))),
    path("notices/", include(([path("", lambda _request: None, name="list")], "notices"))),
]
pytestmark = pytest.mark.urls("tests.ui.test_menu")


@pytest.fixture
def no_counters(monkeypatch):
    monkeypatch.setattr(menu, "_counters", {})


def urls(address: str, seat: object) -> list[str]:
    return [item.url for item in shown(address, seat)]


def shown(address: str, seat: object) -> list[menu.ShownItem]:
    request = RequestFactory().get(address)
    request.seat = seat
    return [item for group in menu.shown_menu(request) for item in group.items]


@pytest.mark.usefixtures("no_counters")
def test_pages_that_do_not_exist_are_left_out():
    assert urls("/", SimpleNamespace(role="officer")) == [
        "/",
        "/notices/",
        "/rounds/list",
        "/people/",
    ]


@pytest.mark.usefixtures("no_counters")
def test_a_clerk_does_not_find_the_page_of_people():
    assert "/people/" not in urls("/", SimpleNamespace(role="clerk"))


@pytest.mark.usefixtures("no_counters")
def test_a_person_without_a_seat_finds_only_what_is_everybodys():
    assert urls("/", None) == ["/", "/notices/"]


@pytest.mark.parametrize(
    ("address", "current"), [("/", "/"), ("/people/4/edit", "/people/"), ("/elsewhere", "")]
)
@pytest.mark.usefixtures("no_counters")
def test_exactly_the_page_above_is_current(address, current):
    items = shown(address, SimpleNamespace(role="officer"))
    assert [item.url for item in items if item.current] == ([current] if current else [])


def test_unread_notices_are_counted_beside_the_entry(no_counters):
    menu.register_counter("notices:list", lambda _request: 7)
    counts = {item.url: item.count for item in shown("/", SimpleNamespace(role="clerk"))}
    assert counts == {"/": 0, "/notices/": 7, "/rounds/list": 0}


@pytest.mark.usefixtures("no_counters")
def test_a_group_without_entries_has_no_heading():
    request = RequestFactory().get("/")
    request.seat = None
    assert [str(group.label) for group in menu.shown_menu(request)] == ["Công việc hằng ngày"]
