"""Pages that say what went wrong: in Vietnamese, with the reason and a way out, for everybody."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from kheo.ui.pages import render_page

handler400 = "kheo.home.views.bad_request"
handler403 = "kheo.home.views.permission_denied"
handler404 = "kheo.home.views.page_not_found"
handler500 = "kheo.home.views.server_error"


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Đợt đăng ký đã khóa.")


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("no such column: secret")


def crowd(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


for view in (refuse, suspect, fail, crowd):
    view.login_required = False  # type: ignore[attr-defined]


urlpatterns = [
    path("", include("kheo.home.urls")),
    path("account/", include("kheo.accounts.urls")),
    path("refuse", refuse),
    path("suspect", suspect),
    path("fail", fail),
    path("crowd", crowd),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.home.test_problems")]


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/suspect", 400, "Yêu cầu không hợp lệ"),
        ("/refuse", 403, "Vị trí công tác này không thực hiện được việc đó"),
        ("/no-such-page", 404, "Không tìm thấy trang này"),
        ("/fail", 500, "Hệ thống gặp lỗi"),
        ("/crowd", 503, "Hệ thống đang quá tải"),
    ],
)
def test_problem_says_what_happened_and_what_to_do(browser, address, status, heading):
    response = browser.get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in html
    assert "Cách xử lý" in html
    assert 'href="/"' in html
    assert '<html lang="vi">' in html


def test_refusal_gives_its_reason(browser):
    assert "Đợt đăng ký đã khóa." in browser.get("/refuse").content.decode()


def test_failure_keeps_the_inside_inside(browser):
    assert "secret" not in browser.get("/fail").content.decode()


def test_failure_page_asks_nothing_of_the_database(browser, django_assert_num_queries):
    with django_assert_num_queries(0):
        browser.get("/fail")


def test_form_from_an_old_page_is_explained():
    response = Client(enforce_csrf_checks=True).post("/account/language", {"language": "en"})
    assert response.status_code == 403
    assert "Trang đã cũ nên chưa gửi được" in response.content.decode()


def test_problem_speaks_english_after_the_switch(browser):
    browser.post("/account/language", {"language": "en", "next": "/no-such-page"})
    html = browser.get("/no-such-page").content.decode()
    assert '<html lang="en">' in html
    assert "There is no such page for you" in html


def test_health_is_plain_and_open_to_the_monitor(browser):
    response = browser.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_health_fails_when_the_database_does(browser, monkeypatch):
    def broken() -> None:
        raise ConnectionError

    monkeypatch.setattr("kheo.home.views.connection.cursor", broken)
    assert browser.get("/healthz").status_code == 500


def test_confirmation_names_deed_and_consequences(rf):
    context = {
        "question": "Khóa đợt?",
        "consequences": ["12 đơn vị chưa gửi sẽ không gửi được nữa."],
        "deed": "Khóa đợt",
        "action_url": "/close",
        "back_url": "/round",
        "hidden": {"row": 3},
    }
    html = render_page(rf.get("/"), "ui/confirm.html", context).content.decode()
    assert "12 đơn vị chưa gửi" in html
    assert '<form method="post" action="/close">' in html
    assert '<input type="hidden" name="row" value="3">' in html
    assert 'href="/round"' in html


def test_a_crowd_is_asked_to_try_again(browser):
    response = browser.get("/crowd")
    assert response.headers["Retry-After"] == "5"
    assert "database is locked" not in response.text
