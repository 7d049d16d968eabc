"""All deeds of the room, under one roof."""

from kheo.directives.actions.arrivals import (
    Received,
    attach_arrival,
    discard_arrival,
    enter_arrival,
    receive_document,
)
from kheo.directives.actions.documents import (
    DocumentError,
    DocumentFacts,
    KnownDocumentError,
    StaleDocumentError,
    delete_document,
    edit_document,
    register_document,
)
from kheo.directives.actions.files import add_document_file, remove_document_file
from kheo.directives.actions.findings import (
    FindingError,
    NewFinding,
    StaleFindingError,
    accept_certain,
    accept_finding,
    add_finding,
    choose_body,
    correct_finding,
    reject_finding,
    reopen_finding,
)
from kheo.directives.actions.links import add_link, remove_link, settle_link
from kheo.directives.actions.origins import link_origin
from kheo.directives.actions.readings import read_document_file

__all__ = [
    "DocumentError",
    "DocumentFacts",
    "FindingError",
    "KnownDocumentError",
    "NewFinding",
    "Received",
    "StaleDocumentError",
    "StaleFindingError",
    "accept_certain",
    "accept_finding",
    "add_document_file",
    "add_finding",
    "add_link",
    "attach_arrival",
    "choose_body",
    "correct_finding",
    "delete_document",
    "discard_arrival",
    "edit_document",
    "enter_arrival",
    "link_origin",
    "read_document_file",
    "receive_document",
    "register_document",
    "reject_finding",
    "remove_document_file",
    "remove_link",
    "reopen_finding",
    "settle_link",
]
