"""The database refuses to change what the audit holds, whatever the program tries."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from kheo.audit.actions import Deed, record
from kheo.audit.models import Entry
from kheo.organisations.models import Level

NOON = datetime(2024, 3, 1, 5, tzinfo=UTC)


@pytest.fixture
def entry() -> Entry:
    level = Level.objects.first()
    return record(deed=Deed(verb="level.change", record=level), by=None, at=NOON)


def refused(sql: str) -> str:
    with (
        pytest.raises(DatabaseError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    return str(error.value)


@pytest.mark.django_db
def test_an_entry_cannot_be_changed_by_sql(entry: Entry) -> None:
    message = refused("UPDATE audit_entry SET actor_name = 'somebody else'")
    assert "never changed or deleted" in message
    entry.refresh_from_db()
    assert entry.actor_name == ""


@pytest.mark.django_db
def test_an_entry_cannot_be_deleted_by_sql(entry: Entry) -> None:
    assert "never changed or deleted" in refused("DELETE FROM audit_entry")
    assert Entry.objects.filter(pk=entry.pk).exists()


@pytest.mark.django_db
def test_an_entry_cannot_be_deleted_or_changed_by_the_orm(entry: Entry) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(reason="")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_emptying_the_database_between_tests_keeps_the_protection(turn: int) -> None:
    assert Entry.objects.count() == 0
    assert Level.objects.exists(), "reference data comes back after each emptying"
    record(deed=Deed(verb="level.change", record=Level.objects.first()), by=None, at=NOON)
    assert "never changed or deleted" in refused("DELETE FROM audit_entry")
