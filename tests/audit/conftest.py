"""A record to write about, and a way past the triggers for those who tamper."""

from collections.abc import Callable
from pathlib import Path
from runpy import run_path

import pytest
from django.apps import apps
from django.db import connection

from kheo.audit.models import Entry
from kheo.organisations.models import Level

PROTECTION = Path(__file__).parents[2] / "src/kheo/audit/migrations/0002_append_only.py"


@pytest.fixture
def level(db: None) -> Level:
    return Level.objects.order_by("pk").first()


@pytest.fixture
def tamper(db: None) -> Callable[..., None]:
    """Change entries as somebody could who holds the database file, then cover the traces."""

    def change(entry: Entry, **fields: object) -> None:
        _execute(*_unprotect())
        Entry.objects.filter(pk=entry.pk).update(**fields)
        _protect()

    def remove(entry: Entry) -> None:
        _execute(*_unprotect())
        Entry.objects.filter(pk=entry.pk).delete()
        _protect()

    change.remove = remove
    return change


def _unprotect() -> list[str]:
    if connection.vendor == "postgresql":
        return [
            "DROP TRIGGER audit_entry_no_change ON audit_entry",
            "DROP FUNCTION audit_entry_is_append_only",
        ]
    return ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"]


def _protect() -> None:
    class Editor:
        connection = connection
        execute = staticmethod(_execute)

    run_path(str(PROTECTION))["protect"](apps, Editor)


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
