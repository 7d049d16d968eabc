"""Screens are Vietnamese unless a person has switched."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from kheo.ui.middleware import LanguageMiddleware


@pytest.fixture(autouse=True)
def _language():
    yield
    translation.activate("vi")


def seen(cookie: str | None = None, accepted: str = "en-US") -> tuple[str, str]:
    request = RequestFactory().get("/", headers={"accept-language": accepted})
    if cookie is not None:
        request.COOKIES["django_language"] = cookie
    response = LanguageMiddleware(lambda _request: HttpResponse(translation.get_language()))(
        request
    )
    return response.content.decode(), response["Content-Language"]


def test_an_english_browser_still_sees_vietnamese():
    assert seen() == ("vi", "vi")


def test_the_switch_is_obeyed():
    assert seen("en", accepted="vi") == ("en", "en")


@pytest.mark.parametrize("cookie", ["fr", "", "../../etc"])
def test_an_unknown_language_is_vietnamese(cookie):
    assert seen(cookie) == ("vi", "vi")
