"""The index beside the entries: FTS5 kept by triggers on SQLite, a stored tsvector on PostgreSQL.

A later migration that makes SQLite build the table anew drops the triggers with the old one and
must make them again.
"""

from django.db import migrations

# the words lie in the table alone (external content); prefixes of two and three letters are indexed
SQLITE = [
    """CREATE VIRTUAL TABLE search_index USING fts5(
        words, marked, facets, content='search_searchentry', content_rowid='id', columnsize=0,
        prefix='2 3', tokenize="unicode61 remove_diacritics 0 tokenchars '_'")""",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_index(rowid, words, marked, facets)
        VALUES (new.id, new.words, new.marked, new.facets); END""",
    """CREATE TRIGGER search_entry_dropped AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_index(search_index, rowid, words, marked, facets)
        VALUES ('delete', old.id, old.words, old.marked, old.facets); END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_searchentry
        WHEN old.words <> new.words OR old.marked <> new.marked OR old.facets <> new.facets BEGIN
        INSERT INTO search_index(search_index, rowid, words, marked, facets)
        VALUES ('delete', old.id, old.words, old.marked, old.facets);
        INSERT INTO search_index(rowid, words, marked, facets)
        VALUES (new.id, new.words, new.marked, new.facets); END""",
]
POSTGRESQL = [
    """ALTER TABLE search_searchentry ADD COLUMN terms tsvector GENERATED ALWAYS AS (
        to_tsvector('simple'::regconfig, words) || array_to_tsvector(
            array_remove(string_to_array(marked || ' ' || facets, ' '), ''))) STORED""",
    "CREATE INDEX search_entry_terms ON search_searchentry USING gin (terms)",
]
SQLITE_BACK = ["DROP TABLE search_index"]
POSTGRESQL_BACK = ["ALTER TABLE search_searchentry DROP COLUMN terms"]


def build(apps, schema_editor):
    run(schema_editor, SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def drop(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if is_sqlite:
        for name in ("added", "dropped", "changed"):
            schema_editor.execute(f"DROP TRIGGER search_entry_{name}")
    run(schema_editor, SQLITE_BACK if is_sqlite else POSTGRESQL_BACK)


def run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
