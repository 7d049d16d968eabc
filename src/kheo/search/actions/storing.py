"""Puts many entries into the table with one statement; the index beside it follows by itself.

One statement matters: SQLite's index writes out what it holds after each statement that touches it,
which for single rows costs more than all the rest.
"""

import json
from collections.abc import Sequence

from django.db import connection

from kheo.search.models import SearchEntry
from kheo.search.queries.entries import EntryRow

TABLE = SearchEntry._meta.db_table
COLUMNS = EntryRow._fields
READ = {
    "sqlite": ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(COLUMNS))),
    "postgresql": "value->>0, (value->>1)::bigint, value->>2, value->>3, value->>4, value->>5,"
    " (value->>6)::date",
}
ROWS = {"sqlite": "json_each(%s)", "postgresql": "jsonb_array_elements(%s::jsonb) AS value"}
KEYS = {
    "sqlite": "json_extract(value, '$[1]')",
    "postgresql": "(value->>1)::bigint",
}
KEPT = COLUMNS[2:]


def store_entries(rows: Sequence[EntryRow], *, above: int | None = None) -> None:
    """Store entries, in the place of what there is of the same records.

    :param above: give each entry the record's key, counted from here; None for the next free ones.
    """
    if not rows:
        return
    vendor = connection.vendor
    names, values = ", ".join(COLUMNS), READ[vendor]
    if above is not None:
        names, values = f"id, {names}", f"{int(above)} + {KEYS[vendor]}, {values}"
    kept = ", ".join(f"{name} = excluded.{name}" for name in KEPT)
    # "WHERE true" parts the source from the conflict for SQLite's parser
    statement = (
        f"INSERT INTO {TABLE} ({names}) SELECT {values} FROM {ROWS[vendor]} WHERE true"  # noqa: S608
        f" ON CONFLICT (kind, record_id) DO UPDATE SET {kept}"
    )
    told = json.dumps(
        [(*row[:-1], row.dated.isoformat() if row.dated else None) for row in rows],
        ensure_ascii=False,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [told])
