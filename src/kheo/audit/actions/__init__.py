"""All deeds of the service, under one roof."""

from kheo.audit.actions.inserting import ENCODER, insert_rows, twin_of
from kheo.audit.actions.recording import Actor, Deed, Told, note_deed, record, record_many

__all__ = [
    "ENCODER",
    "Actor",
    "Deed",
    "Told",
    "insert_rows",
    "note_deed",
    "record",
    "record_many",
    "twin_of",
]
