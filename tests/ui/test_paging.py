"""Pages of long lists: bounded counting, and page numbers that cannot break anything."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from tests.factories.accounts import UserFactory

from kheo.accounts.models import User
from kheo.ui import paging

pytestmark = pytest.mark.django_db


def page(address: str = "/", size: int = 2) -> paging.CappedPage:
    return paging.page_of(User.objects.order_by("pk"), RequestFactory().get(address), size=size)


@pytest.fixture
def people() -> list[User]:
    return UserFactory.create_batch(5)


def test_first_page_knows_its_total_and_that_more_follow(people):
    first = page()
    assert list(first.rows) == people[:2]
    assert (first.start, first.end, first.total, first.capped, first.has_next) == (
        1,
        2,
        5,
        False,
        True,
    )


def test_last_page_has_the_rest_and_nothing_follows(people):
    last = page("/?page=3")
    assert list(last.rows) == people[4:]
    assert (last.start, last.end, last.has_next) == (5, 5, False)


@pytest.mark.parametrize("text", ["0", "-1", "x", "", "9" * 40, "1e3", "٣", "%00"])
def test_strange_page_numbers_are_the_first_page(people, text):
    assert page(f"/?page={text}").number == 1


def test_page_beyond_the_end_is_empty_but_counts(people):
    beyond = page("/?page=99")
    assert (list(beyond.rows), beyond.start, beyond.total) == ([], 0, 5)


def test_counting_stops_at_the_cap(people, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 3)
    capped = page()
    assert (capped.total, capped.capped) == (3, True)


def test_two_statements_whatever_the_page(people, django_assert_num_queries):
    with django_assert_num_queries(2):
        page("/?page=2")


def test_an_empty_list_has_no_pages_to_tell_of():
    request = RequestFactory().get("/")
    html = Template("{% pagination page %}").render(Context({"request": request, "page": page()}))
    assert html.strip() == ""


def test_words_of_the_pagination(people, monkeypatch):
    def shown(address: str) -> str:
        request = RequestFactory().get(address)
        return Template("{% pagination page %}").render(
            Context({"page": page(address), "request": request})
        )

    assert "1–2 trong tổng số 5" in shown("/")
    html = shown("/?page=2&q=ha")
    assert 'href="?page=1&amp;q=ha"' in html
    assert 'href="?page=3&amp;q=ha"' in html
    monkeypatch.setattr(paging, "COUNT_CAP", 4)
    assert "1–2 trong hơn 4" in shown("/")
