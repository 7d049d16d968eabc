"""Work in the background: what was sent is compared with what is alike."""

from kheo.exemplars.actions import compare_waiting, fill_likeness_keys


def compare_new_registrations() -> int:
    """Give keys to what has none, compare what waits, and return how many were compared."""
    fill_likeness_keys()
    return compare_waiting()
