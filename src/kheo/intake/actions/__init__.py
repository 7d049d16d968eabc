"""All deeds of the room, under one roof."""

from kheo.intake.actions.correcting import (
    confirm_form,
    correct_entry,
    decide_entries,
    map_columns,
)
from kheo.intake.actions.reading import read_waiting_files
from kheo.intake.actions.receiving import IntakeError, StaleIntakeError, receive_files
from kheo.intake.actions.saving import (
    abandon_intake,
    carry_out_saving,
    order_saving,
    save_intake,
)

__all__ = [
    "IntakeError",
    "StaleIntakeError",
    "abandon_intake",
    "carry_out_saving",
    "confirm_form",
    "correct_entry",
    "decide_entries",
    "map_columns",
    "order_saving",
    "read_waiting_files",
    "receive_files",
    "save_intake",
]
