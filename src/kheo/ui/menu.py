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


class MenuGroup:
    """Entries under one heading."""

    def __init__(self, label: str | Promise, *items: MenuItem) -> None:
        """Take the heading and the entries below it, in order."""
        self.label = label
        self.items = items


@dataclass(frozen=True)
class ShownItem:
    """A menu entry as one person sees it on one page."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int


@dataclass(frozen=True)
class ShownGroup:
    """A heading of the menu and what one person finds below it."""

    label: str | Promise
    items: list[ShownItem]


MENU = [
    MenuGroup(
        _("Everyday work"),
        MenuItem(_("My work"), "home:my-work", "house", anyone),
        MenuItem(_("Tasks"), "assignments:list", "list-task"),
        MenuItem(_("Calendar"), "home:calendar", "clock"),
        MenuItem(_("Notices"), "notices:list", "bell", anyone),
    ),
    MenuGroup(
        _("Registration"),
        MenuItem(_("Registration rounds"), "rounds:list", "calendar-event"),
        MenuItem(_("Models and exemplars"), "exemplars:list", "card-checklist"),
        MenuItem(_("Import of files"), "intake:list", "upload", having("clerk", "head", "officer")),
        MenuItem(_("Progress and results"), "progress:list", "flag"),
    ),
    MenuGroup(
        _("Appraisal and honours"),
        MenuItem(_("Nominations"), "nominations:list", "arrow-up"),
        MenuItem(_("Survey visits"), "visits:list", "geo-alt"),
        MenuItem(_("Appraisal"), "appraisal:list", "check-circle"),
        MenuItem(_("Councils"), "councils:list", "people"),
        MenuItem(_("Recognition and commendation"), "recognition:list", "award"),
        MenuItem(_("Replication"), "replication:list", "files"),
    ),
    MenuGroup(
        _("Figures and reviews"),
        MenuItem(_("Figures"), "reporting:counting", "bar-chart"),
        MenuItem(_("From registration to replication"), "reporting:funnel", "funnel"),
        MenuItem(_("Reviews"), "reviews:list", "collection"),
    ),
    MenuGroup(
        _("Papers and people"),
        MenuItem(_("Documents"), "directives:list", "file-earmark-text"),
        MenuItem(_("Organisations"), "organisations:tree", "diagram-3"),
        MenuItem(
            _("People"),
            "organisations:people",
            "people",
            having("administrator", "officer", "head"),
        ),
        MenuItem(
            _("List layouts"),
            "rounds:layouts",
            "layout-text-window",
            having("administrator", "officer"),
        ),
        MenuItem(_("Criteria sets"), "criteria:list", "tags"),
        MenuItem(_("Journal"), "home:audit", "journal-text"),
    ),
]


def register_counter(url_name: str, counter: Counter) -> None:
    """Show a number beside a menu entry (unread notices); call it in apps.py."""
    _counters[url_name] = counter


def shown_menu(request: HttpRequest) -> list[ShownGroup]:
    """Return the menu of the person who asks; entries without a page are left out."""
    seat = getattr(request, "seat", None)
    entries = {
        item: url
        for group in MENU
        for item in group.items
        if item.test(seat) and (url := _url(item.url_name))
    }
    current = _current(request.path, list(entries.values()))
    shown = [
        ShownGroup(
            group.label,
            [
                _shown(item, entries[item], current, request)
                for item in group.items
                if item in entries
            ],
        )
        for group in MENU
    ]
    return [group for group in shown if group.items]


def _shown(item: MenuItem, url: str, current: str, request: HttpRequest) -> ShownItem:
    count = _count(item.url_name, request)
    return ShownItem(item.label, url, item.icon, url == current, count)


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
