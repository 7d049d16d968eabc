"""Tables made together: as if one by one, and taken away again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from kheo.ui.migrating import CreateTables


def key():
    return ("id", models.BigAutoField(primary_key=True))


def shelf_and_books():
    """Two tables that point to each other, with an index and a constraint added later."""
    cascade = models.CASCADE
    return [
        migrations.CreateModel("Book", [key(), ("title", models.CharField(max_length=20))]),
        migrations.CreateModel("Shelf", [key(), ("first", models.ForeignKey("ui.Book", cascade))]),
        migrations.AddField("Book", "shelf", models.ForeignKey("ui.Shelf", cascade, null=True)),
        migrations.AddIndex("Book", models.Index(fields=["title"], name="books_by_title")),
        migrations.AddConstraint(
            "Book", models.UniqueConstraint(fields=["shelf", "title"], name="book_once_on_shelf")
        ),
    ]


def tables():
    return {name for name in connection.introspection.table_names() if name.startswith("ui_")}


@pytest.mark.django_db(transaction=True)
def test_tables_are_made_whole_and_taken_away_again():
    operation = CreateTables(shelf_and_books())
    before, after = ProjectState(), ProjectState()
    operation.state_forwards("ui", after)
    try:
        with connection.schema_editor() as editor:
            operation.database_forwards("ui", editor, before, after)
        assert tables() == {"ui_book", "ui_shelf"}
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "ui_book")
        assert {"books_by_title", "book_once_on_shelf"} <= set(found)
    finally:
        with connection.schema_editor() as editor:
            operation.database_backwards("ui", editor, after, before)
    assert tables() == set()


def test_the_state_is_that_of_the_single_operations():
    together, singly = ProjectState(), ProjectState()
    CreateTables(shelf_and_books()).state_forwards("ui", together)
    for operation in shelf_and_books():
        operation.state_forwards("ui", singly)
    assert together == singly


def test_nothing_is_added_to_a_table_that_exists():
    with pytest.raises(ValueError, match="not among the tables"):
        CreateTables([migrations.AddIndex("Round", models.Index(fields=["year"], name="x"))])
