"""The journal is searched by whoever reaches its records, and changed by nobody."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone
from tests.factories.organisations import Cast, make_cast

from kheo.audit.actions import Deed, record
from kheo.audit.models import Entry
from kheo.home.queries.journal import JournalFilter, journal_entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def note(cast: Cast, at: datetime | None = None, **changes: object) -> Entry:
    parts = {
        "verb": "organisation.rename",
        "record": cast.communes[0],
        "scope": cast.communes[0].path,
        "before": {"name": "Tên cũ"},
        "after": {"name": "Đảng ủy xã An Dương"},
        "reason": "Sắp xếp lại",
    }
    return record(deed=Deed(**(parts | changes)), by=cast.officer, at=at or timezone.now())


def found(cast: Cast, **chosen: object) -> list[Entry]:
    made = {entry.pk for entry in Entry.objects.filter(verb__in=["organisation.rename", "x.y"])}
    entries = journal_entries(cast.officer, JournalFilter(**chosen))
    return [entry for entry in entries if entry.pk in made]


def test_entries_are_found_by_each_filter(cast: Cast) -> None:
    long_ago = note(cast, timezone.now() - timedelta(days=400))
    other = note(cast, verb="x.y", record=cast.agency, scope=cast.agency.path, reason="", after={})
    today = timezone.localdate()
    assert found(cast) == [other, long_ago]
    assert found(cast, first=today) == [other]
    assert found(cast, last=today - timedelta(days=1)) == [long_ago]
    assert found(cast, verb="x.y") == [other]
    assert found(cast, person="thân thị") or found(cast, person="Thân Thị") == [other, long_ago]
    assert found(cast, record="Nông nghiệp") == [other]
    assert found(cast, text="Sắp xếp") == [long_ago]
    assert found(cast, text="xã An Dương") == [long_ago]
    assert found(cast, text="không có") == []


def test_only_entries_in_reach_are_shown(cast: Cast) -> None:
    entry = note(cast)
    elsewhere = note(cast, record=cast.elsewhere, scope=cast.elsewhere.path)
    nowhere = note(cast, scope="")
    seen = set(journal_entries(cast.officer, JournalFilter()))
    assert entry in seen
    assert elsewhere not in seen
    assert nowhere not in seen


def test_the_page_shows_before_and_after_and_leads_to_the_record(
    cast: Cast, client: Client
) -> None:
    note(cast)
    client.force_login(cast.officer.user)
    page = client.get(reverse("home:audit"), {"verb": "organisation.rename"}).text
    assert "Tên cũ" in page
    assert "Sắp xếp lại" in page
    assert "Thân Thị Hạnh" in page
    assert reverse("organisations:detail", args=[cast.communes[0].pk]) in page


def test_without_a_question_it_shows_the_last_month(cast: Cast, client: Client) -> None:
    note(cast, timezone.now() - timedelta(days=40), reason="Chuyện cũ")
    client.force_login(cast.officer.user)
    assert "Chuyện cũ" not in client.get(reverse("home:audit")).text
    assert "Chuyện cũ" in client.get(reverse("home:audit"), {"first": "", "record": "An"}).text


@pytest.mark.parametrize("query", ["first=x", "verb=x", "last=31/02/2024", "page=x"])
def test_a_strange_address_does_no_harm(cast: Cast, client: Client, query: str) -> None:
    client.force_login(cast.officer.user)
    assert client.get(f"{reverse('home:audit')}?{query}").status_code == 200


def test_html_in_an_entry_is_shown_as_text(cast: Cast, client: Client) -> None:
    note(cast, after={"name": "<script>alert(1)</script>"})
    client.force_login(cast.officer.user)
    page = client.get(reverse("home:audit"), {"verb": "organisation.rename"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_nothing_in_the_journal_is_posted(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer.user)
    assert client.post(reverse("home:audit")).status_code == 405
    names = [str(name) for name in get_resolver().reverse_dict if isinstance(name, str)]
    assert not [name for name in names if "audit" in name and name != "audit"]


def test_the_page_costs_the_same_with_one_and_three_rows(
    cast: Cast, client: Client, django_assert_num_queries
) -> None:
    note(cast)
    client.force_login(cast.officer.user)
    address = reverse("home:audit")
    client.get(address, {"verb": "organisation.rename"})
    with CaptureQueriesContext(connection) as one:
        client.get(address, {"verb": "organisation.rename"})
    note(cast)
    note(cast)
    with django_assert_num_queries(len(one)):
        client.get(address, {"verb": "organisation.rename"})
