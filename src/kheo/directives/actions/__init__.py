"""All deeds of the room, under one roof."""

from kheo.directives.actions.documents import (
    DocumentError,
    DocumentFacts,
    StaleDocumentError,
    edit_document,
    register_document,
)
from kheo.directives.actions.origins import link_origin

__all__ = [
    "DocumentError",
    "DocumentFacts",
    "StaleDocumentError",
    "edit_document",
    "link_origin",
    "register_document",
]
