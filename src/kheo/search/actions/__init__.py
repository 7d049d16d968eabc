"""All deeds of the service, under one roof."""

from kheo.search.actions.checking import Gap, entry_gaps, index_is_sound
from kheo.search.actions.filling import (
    begin_filling,
    fill_empty_index,
    fill_piece,
    rebuild_entries,
)
from kheo.search.actions.keeping import forget_records, index_records, refresh_entries
from kheo.search.actions.settling import hold_merging, merge_index, refresh_statistics

__all__ = [
    "Gap",
    "begin_filling",
    "entry_gaps",
    "fill_empty_index",
    "fill_piece",
    "forget_records",
    "hold_merging",
    "index_is_sound",
    "index_records",
    "merge_index",
    "rebuild_entries",
    "refresh_entries",
    "refresh_statistics",
]
