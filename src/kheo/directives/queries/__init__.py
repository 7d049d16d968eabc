"""The questions of the room that others ask, under one roof."""

from kheo.directives.queries.documents import (
    KIND,
    document_offer,
    documents_visible_to,
    found_documents,
)
from kheo.directives.queries.origins import origins_of
from kheo.directives.queries.twins import twins_of

__all__ = [
    "KIND",
    "document_offer",
    "documents_visible_to",
    "found_documents",
    "origins_of",
    "twins_of",
]
