"""Writes rows by the hundred thousand: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from operator import itemgetter
from types import TracebackType
from typing import Any, Self

from django.core.management.color import no_style
from django.db import connection, models, transaction

BATCH = 20_000
# a loader may do what a server must not: nothing is lost if it has to begin again
SQLITE_LOADING = ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000")


class Table:
    """Collects the rows of one model and writes them in large batches, keys included.

    Values are given by column, as both databases read them: dates and times (UTC) as ISO text, JSON
    as text. Columns that are not named get the model's default.
    """

    def __init__(self, model: type[models.Model]) -> None:
        self.name = model._meta.db_table
        self.defaults = {field.column: _default(field) for field in model._meta.concrete_fields}
        self.columns = list(self.defaults)
        self._tuple: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(*self.columns)
        self._rows: list[tuple[Any, ...]] = []
        self.count = 0

    def add(self, **values: Any) -> int:
        """Take a row, give it the next key unless it brings one, and return the key."""
        self.count += 1
        row = {**self.defaults, "id": self.count, **values}
        self._rows.append(self._tuple(row))
        if len(self._rows) >= BATCH:
            self.flush()
        return int(row["id"])

    def flush(self) -> None:
        """Write what has been collected."""
        if self._rows:
            with transaction.atomic():
                _write(self.name, self.columns, self._rows)
            self._rows = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.flush()


@contextmanager
def loading() -> Iterator[None]:
    """Let go of the checks of single rows while whole tables are written."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for pragma in SQLITE_LOADING:
                cursor.execute(f"PRAGMA {pragma}")
        else:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone()[0]:
                cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        # a new connection is as the product sets it up
        connection.close()


def tidy(tables: list[type[models.Model]]) -> None:
    """Set the counters of keys behind the rows written, and let the database know its tables."""
    statements = connection.ops.sequence_reset_sql(no_style(), tables)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("ANALYZE")


def _write(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join("?" * len(columns))
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
            # past Django, which would rewrite the marks of each row
            cursor.connection.executemany(statement, rows)
        else:
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)


def _default(field: models.Field) -> Any:  # type: ignore[type-arg]
    if isinstance(field, models.JSONField):
        return "{}"
    value = field.get_default()
    return value.value if hasattr(value, "value") else value
