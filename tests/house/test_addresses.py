"""Addresses are kebab-case and typed; every page has one, and few are open to everybody."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern
from tests.house.house import judge, modules

WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
# what may be seen without signing in, and why
OPEN = {
    "accounts.sign_in",  # the door
    "accounts.locked_out",  # the door, shut for an hour
    "accounts.forgotten_password",
    "accounts.reset_sent",
    "accounts.reset_password",  # opened by the link that was mailed
    "accounts.choose_language",
    "accounts.first_run",  # opened by the code that “kheo serve” prints
    "organisations.accept_invitation",  # opened by the link that was mailed
    "home.calendar_feed",  # opened by its secret address, by calendar programs
    "home.health",  # asked by the proxy in front
    "home.bad_request",
    "home.permission_denied",
    "home.page_not_found",
    "home.csrf_failure",
    "home.server_error",
}


def patterns(resolver: object = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in (resolver or get_resolver()).url_patterns:
        route = prefix + str(found.pattern)
        if isinstance(found, URLPattern):
            yield route, found
        else:
            yield from patterns(found, route)


ALL = list(patterns())


def views() -> dict[str, Callable[..., object]]:
    """Return every public function of a views module that takes a request."""
    found = {}
    for module in modules():
        if module.part != "views":
            continue
        loaded = import_module(module.name)
        for function in module.public():
            view = getattr(loaded, function.name)
            signature = inspect.signature(inspect.unwrap(view))
            if list(signature.parameters)[:1] == ["request"] and _answers(signature):
                found[f"{module.room}.{function.name}"] = view
    return found


def _answers(signature: inspect.Signature) -> bool:
    given = signature.return_annotation
    return given is inspect.Signature.empty or (
        isinstance(given, type) and issubclass(given, HttpResponseBase)
    )


def label(view: Callable[..., object]) -> str:
    plain = inspect.unwrap(view)
    return f"{plain.__module__.split('.')[1]}.{plain.__name__}"


def test_there_are_addresses() -> None:
    assert len(ALL) > 50


@pytest.mark.parametrize(("route", "found"), ALL, ids=[route or "/" for route, _ in ALL])
def test_an_address_is_kebab_case_and_typed(route: str, found: URLPattern) -> None:
    assert isinstance(found.pattern, RoutePattern), "no regular expressions"
    for parameter in PARAMETER.finditer(route):
        assert parameter["converter"], f"{parameter[0]} has no converter"
    plain = PARAMETER.sub("x", route)
    words = [word for word in re.split(r"[/.]", plain) if word]
    assert all(WORD.fullmatch(word) for word in words), route
    assert found.name, "an address has a name"
    assert WORD.fullmatch(found.name), found.name


def test_addresses_have_names_of_their_own() -> None:
    resolver = get_resolver()
    names = [
        (space, found.name)
        for space, (_prefix, inner) in resolver.namespace_dict.items()
        for found in inner.url_patterns
    ]
    assert len(names) == len(set(names))


def test_every_page_can_be_reached() -> None:
    reached = {label(found.callback) for _route, found in ALL}
    named = {"accounts.locked_out"} | {view for view in OPEN if view.startswith("home.")}
    judge("unreached-view", sorted(set(views()) - reached - named - _shared_by_views()))


def _shared_by_views() -> set[str]:
    """Return what one module of views takes from another of the same room."""
    return {
        f"{module.room}.{alias.name}"
        for module in modules()
        if module.part == "views"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kheo.")
        if (node.module or "").split(".")[1:3] == [module.room, "views"]
        for alias in node.names
    }


def test_the_doors_open_to_everybody_are_those_on_the_list() -> None:
    is_open = {name for name, view in views().items() if not getattr(view, "login_required", True)}
    assert is_open == OPEN


def test_views_are_functions_that_say_what_they_are_asked() -> None:
    faults = []
    for name, view in views().items():
        signature = inspect.signature(inspect.unwrap(view))
        first = next(iter(signature.parameters.values()))
        asked = first.annotation
        typed = isinstance(asked, type) and issubclass(asked, HttpRequest)
        if not typed or signature.return_annotation is inspect.Signature.empty:
            faults.append(name)
    judge("untyped-view", faults)


def test_pages_behind_the_doors_ask_for_the_seat() -> None:
    """Only doors work with a bare request; all other pages are asked by a seat."""
    bare = {
        name
        for name, view in views().items()
        if inspect.signature(inspect.unwrap(view)).parameters["request"].annotation is HttpRequest
    }
    judge("seatless-view", sorted(bare - OPEN - WITHOUT_SEAT - _shared_by_views()))


# pages of a person rather than of a seat
WITHOUT_SEAT = {
    "accounts.sign_out",
    "accounts.profile",
    "accounts.change_password",
    "organisations.first_organisation",
    "organisations.no_seat",
    "organisations.switch_seat",
    "home.gallery",
    # takes the seat after the limit of the upload is in place
    "exemplars.add_file",
    "appraisal.score_self",
    "assignments.add_report",
    "progress.new_update",
    "visits.advice_answer",
    "visits.photo_send",
    "visits.sheet_fill",
}
