"""May this seat enter or change a document, and if not, why; and what is never taken in."""

import re

from django.utils.translation import gettext_lazy as _

from kheo.directives.models import Document
from kheo.lib.text.folding import normalise
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no, reaches

KEEPERS = frozenset({Role.CLERK, Role.HEAD, Role.OFFICER, Role.ADMINISTRATOR})
# how a paper shows its degree of secrecy; "bí mật" or "bảo mật" in a subject is no such mark
_SECRECY = re.compile(
    r"\b(?:tuyệt|tối)\s+mật\b|\bđộ\s+mật\b|[(\[]\s*mật\s*[)\]]|^\s*mật\s*[-:.]|/mật\b",
    re.IGNORECASE,
)


def can_register_document(seat: Seat) -> Verdict:
    """Let those who prepare papers enter documents."""
    if seat.role not in KEEPERS:
        return no(_("Only a clerk, the head, an officer or an administrator enters documents."))
    return YES


def can_edit_document(seat: Seat, document: Document) -> Verdict:
    """Let the keepers of the unit that entered a document, and those above it, change it."""
    if not (verdict := can_register_document(seat)):
        return verdict
    if not reaches(seat, document.owner_path):
        return no(_("The document was entered by a unit outside your reach."))
    return YES


def can_take_in(*texts: str) -> Verdict:
    """Refuse what carries a mark of secrecy: the system keeps no state secrets (design §5)."""
    if any(_SECRECY.search(normalise(text)) for text in texts):
        return no(
            _(
                "The document carries a mark of secrecy. Secret documents must not be entered here;"
                " register them as the rules on state secrets require."
            )
        )
    return YES
