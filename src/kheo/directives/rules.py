"""May this seat enter or change a document, and if not, why; what is the same; what is refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext_lazy as _

from kheo.directives.models import Arrival, Document, written_day
from kheo.lib.text.folding import fold, normalise
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no, reach_of, reaches

KEEPERS = frozenset({Role.CLERK, Role.HEAD, Role.OFFICER, Role.ADMINISTRATOR})
# how a paper shows its degree of secrecy; "bí mật" or "bảo mật" in a subject is no such mark
_SECRECY = re.compile(
    r"\b(?:tuyệt|tối)\s+mật\b|\bđộ\s+mật\b|[(\[]\s*mật\s*[)\]]|^\s*mật\s*[-:.]|/mật\b",
    re.IGNORECASE,
)
# a mark stamped on the paper stands on a line or in a cell of its own
_STAMP = re.compile(
    r"(?:^|\t)[ .*]*(?:ĐỘ MẬT *: *)?(?:TUYỆT MẬT|TỐI MẬT|MẬT)[ .*]*(?:\t|$)", re.MULTILINE
)
# "Ban Thường vụ Tỉnh ủy" and "Tỉnh ủy Bắc Giang" sign for the same committee
_ORGAN = re.compile(r"^(?:ban thuong vu|thuong truc|ban chap hanh(?: dang bo)?|bch|btv) ")


class Match(IntEnum):
    """How far what a paper says of another fits an entry of the register."""

    NO = 0
    MAYBE = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a paper says of another one; the date as far as it is told ("2021", "2021-03")."""

    kind: str = ""
    symbol: str = ""
    issued_on: str = ""
    issuer: str = ""

    @property
    def day(self) -> str:
        """Return the date as papers write it, as far as it is told: "16/3/2021", "3/2021"."""
        return written_day(self.issued_on)


def keeper_of(seat: Seat) -> int:
    """Return the organisation in whose name a seat enters documents: an officer's committee.

    Clerks and heads enter them in the name of their own unit; a document is seen there and below.
    """
    return int(reach_of(seat).strip(".").rpartition(".")[2])


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


def can_delete_document(seat: Seat, document: Document, hanging: Sequence[str]) -> Verdict:
    """Let those who may change a document delete it while nothing hangs on it.

    :param hanging: what kinds of work were built on it.
    """
    if not (verdict := can_edit_document(seat, document)):
        return verdict
    if hanging:
        return no(
            _("The document cannot be deleted while these hang on it: %s.") % ", ".join(hanging)
        )
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


def can_keep_text(text: str) -> Verdict:
    """Refuse a paper that is stamped as secret; one that only speaks of secrets is none."""
    if _STAMP.search(normalise_lines(text)):
        return can_take_in("(mật)")
    return YES


def normalise_lines(text: str) -> str:
    """Return a text with its lines and tabs, each cell normalised."""
    return "\n".join(
        "\t".join(normalise(cell) for cell in line.split("\t")) for line in text.splitlines()
    )


def can_enter_arrival(seat: Seat, arrival: Arrival) -> Verdict:
    """Let those who enter documents in a unit go on with what was handed in there."""
    if not (verdict := can_register_document(seat)):
        return verdict
    if arrival.organisation_id != keeper_of(seat):
        return no(_("The file was handed in by another unit."))
    return YES


def issuers_agree(one: str, other: str) -> bool:
    """Tell whether two ways of naming an issuer may mean the same body.

    "Ban Thường vụ Tỉnh ủy" and "Tỉnh ủy Bắc Giang" may, "Tỉnh ủy" and "Thị ủy" never (S3).
    """
    first, second = (_ORGAN.sub("", fold(name)) for name in (one, other))
    if not first or not second:
        return True
    return f"{first} ".startswith(f"{second} ") or f"{second} ".startswith(f"{first} ")


def match_of(named: Named, document: Document) -> Match:
    """Compare what a paper says of another with an entry that has the same symbol or type.

    Sure needs the whole date and the issuer; one contradiction is enough for no.
    """
    if named.kind and named.kind != document.kind:
        return Match.NO
    if not named.symbol or named.symbol != document.symbol:
        return Match.NO
    day = document.issued_on.isoformat() if document.issued_on else ""
    if named.issued_on and day and not day.startswith(named.issued_on):
        return Match.NO
    if not issuers_agree(named.issuer, document.issuer_name):
        return Match.NO
    same_day = bool(day) and named.issued_on == day
    told_issuer = bool(named.issuer)
    if same_day and told_issuer:
        return Match.SURE
    return Match.LIKELY if same_day or told_issuer else Match.MAYBE
