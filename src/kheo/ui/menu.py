"""The menu: which pages a seat finds, in what order, and how many things wait there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Test = Callable[[Any], bool]
Counter = Callable[[HttpRequest], int]

_counters: dict[str, Counter] = {}


def anyone(seat: Any) -> bool:  # noqa: ARG001 every test is asked with the seat
    """Tell that everybody finds the page."""
    return True


def seated(seat: Any) -> bool:
    """Tell whether the person holds a seat at all."""
    return seat is not None


def having(*roles: str) -> Test:
    """Return the test "the seat has one of these roles"."""
    return lambda seat: seat is not None and seat.role in roles


@dataclass(frozen=True)
class MenuItem:
    """One entry of the menu; it is current on all pages whose address begins with its own."""

    label: str | Promise
    url_name: str
    icon: str
    test: Test = seated


@dataclass(frozen=True)
class ShownItem:
    """A menu entry as one person sees it on one page."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int


MENU = [
    MenuItem(_("My work"), "home:my-work", "house", anyone),
    MenuItem(_("Registration rounds"), "rounds:list", "calendar-event"),
    MenuItem(_("Tasks"), "assignments:list", "list-task"),
    MenuItem(_("Calendar"), "home:calendar", "clock"),
    MenuItem(_("Models and exemplars"), "exemplars:list", "card-checklist"),
    MenuItem(_("Import of files"), "intake:list", "upload", having("clerk", "head", "officer")),
    MenuItem(_("Figures"), "reporting:counting", "bar-chart"),
    MenuItem(_("Reviews"), "reviews:list", "collection"),
    MenuItem(_("Documents"), "directives:list", "file-earmark-text"),
    MenuItem(_("Organisations"), "organisations:tree", "diagram-3"),
    MenuItem(
        _("People"), "organisations:people", "people", having("administrator", "officer", "head")
    ),
    MenuItem(_("Notices"), "notices:list", "bell", anyone),
    MenuItem(
        _("List layouts"),
        "rounds:layouts",
        "layout-text-window",
        having("administrator", "officer"),
    ),
    MenuItem(_("Journal"), "home:audit", "journal-text"),
]


def register_counter(url_name: str, counter: Counter) -> None:
    """Show a number beside a menu entry (unread notices); call it in apps.py."""
    _counters[url_name] = counter


def shown_menu(request: HttpRequest) -> list[ShownItem]:
    """Return the menu of the person who asks; entries without a page are left out."""
    seat = getattr(request, "seat", None)
    entries = [(item, _url(item.url_name)) for item in MENU if item.test(seat)]
    current = _current(request.path, [url for _item, url in entries if url])
    return [
        ShownItem(item.label, url, item.icon, url == current, _count(item.url_name, request))
        for item, url in entries
        if url
    ]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _current(path: str, urls: list[str]) -> str:
    # the longest address above this page; the first page is above all and counts only as itself
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")


def _count(url_name: str, request: HttpRequest) -> int:
    counter = _counters.get(url_name)
    return counter(request) if counter else 0
