"""Rendering a page or the part of it that htmx asks for."""

import pytest
from django.http import HttpResponse
from django.template import engines
from django.template.loaders.locmem import Loader
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from kheo.ui.pages import render_page

PAGE = "<h1>Whole</h1>{% partialdef rows inline %}<p id='rows'>{{ word }}</p>{% endpartialdef %}"


@pytest.fixture(autouse=True)
def _page(monkeypatch):
    engine = engines["django"].engine
    partials = engine.template_loaders[0]
    monkeypatch.setattr(partials, "loaders", [Loader(engine, {"page.html": PAGE})])
    yield
    for loader in engine.template_loaders:
        loader.reset()


def answer(**headers: str) -> HttpResponse:
    request = RequestFactory().get("/", headers=headers)
    HtmxMiddleware(lambda _request: HttpResponse())(request)
    return render_page(request, "page.html", {"word": "Khéo"}, part="rows", status=200)


def test_page_is_whole_for_a_browser():
    response = answer()
    assert "<h1>Whole</h1>" in response.content.decode()
    assert "Khéo" in response.content.decode()


def test_only_the_part_is_sent_to_htmx():
    assert answer(hx_request="true").content.decode() == "<p id='rows'>Khéo</p>"


@pytest.mark.parametrize("header", ["hx_boosted", "hx_history_restore_request"])
def test_page_is_whole_when_htmx_goes_to_it(header):
    response = answer(hx_request="true", **{header: "true"})
    assert "<h1>Whole</h1>" in response.content.decode()


def test_caches_are_told_that_part_and_page_differ():
    assert "HX-Request" in answer()["Vary"]
    assert "HX-Request" in answer(hx_request="true")["Vary"]


def test_a_form_that_did_not_pass_is_422():
    request = RequestFactory().post("/")
    assert render_page(request, "page.html", status=422).status_code == 422


def test_page_without_parts_is_whole_for_htmx_too():
    request = RequestFactory().get("/", headers={"hx-request": "true"})
    HtmxMiddleware(lambda _request: HttpResponse())(request)
    assert b"Whole" in render_page(request, "page.html").content
