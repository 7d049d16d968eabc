"""Work in the background: filling the index of a database that was filled before it."""

import time

from kheo.search.actions import fill_piece, merge_index, refresh_statistics

# one run ends before the next is due, and leaves others time to write between two pieces
SECONDS = 45
BREATH = 0.1


def fill_index() -> int:
    """Make entries for a while; return how many pieces that were. The schedule calls again."""
    until, pieces = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        if fill_piece() is None:
            merge_index()
            refresh_statistics()
            break
        pieces += 1
        time.sleep(BREATH)
    return pieces
