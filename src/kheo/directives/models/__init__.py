"""All tables of the room, under one roof."""

from kheo.directives.models.documents import VIETNAMESE_NAMES, Document, written_day
from kheo.directives.models.findings import Finding, Origin, Reading
from kheo.directives.models.papers import Arrival, DocumentFile, DocumentLink

__all__ = [
    "VIETNAMESE_NAMES",
    "Arrival",
    "Document",
    "DocumentFile",
    "DocumentLink",
    "Finding",
    "Origin",
    "Reading",
    "written_day",
]
