"""Puts the index in order after much was written: its parts merged, the planner told."""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

# pages that one step merges: it holds up whoever else writes for a moment only
STEP = 2_000
MOST_STEPS = 10_000
# how many parts of a size SQLite's index merges while it is written, little by little, and how many
# at once without fail: what is usual, and what writes less while a million entries come in
USUAL, HELD = (4, 16), (16, 64)


def hold_merging() -> None:
    """Let the parts of the index be merged less often, until all of it is done in the end."""
    _set_merging(*HELD)


def merge_index() -> int:
    """Merge the parts of the index step by step, each by itself; return how many steps it took.

    PostgreSQL only puts away what lies in front of its index.
    """
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_entry_terms')")
        return 1
    steps, is_left = 1, _merge(-STEP)
    while is_left and steps < MOST_STEPS:
        is_left = _merge(STEP)
        steps += 1
    _set_merging(*USUAL)
    return steps


def refresh_statistics() -> None:
    """Tell the planner what is in the index."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchentry")


@transaction.atomic
def _merge(pages: int) -> bool:
    with connection.cursor() as cursor:
        before = _changes(cursor)
        cursor.execute("INSERT INTO search_index(search_index, rank) VALUES('merge', %s)", [pages])
        # the statement itself counts for one: more means that pages were written
        return _changes(cursor) - before >= 2


def _changes(cursor: CursorWrapper) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def _set_merging(at_ease: int, without_fail: int) -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name, parts in (("automerge", at_ease), ("crisismerge", without_fail)):
            cursor.execute(
                "INSERT INTO search_index(search_index, rank) VALUES(%s, %s)", [name, parts]
            )
