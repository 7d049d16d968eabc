"""`kheo documents list|add`: what the register holds, and taking a file in."""

import argparse
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.errors import CommandError

if TYPE_CHECKING:
    from kheo.directives.models import Arrival, Document
    from kheo.organisations.models import Seat

MOST = 50


def add_register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs to the noun."""
    listing = verbs.add_parser(
        "list",
        help=_("show the documents a seat sees, newest first"),
        description=_("Prints date, type, number, issuer and subject, parted by tabs."),
    )
    listing.add_argument("--as", dest="seat", required=True, metavar=_("SEAT"), help=_SEAT)
    listing.add_argument("--search", default="", help=_("words, with or without tone marks"))
    listing.add_argument("--year", type=int, help=_("the year of issue"))
    listing.set_defaults(run=run_list)
    adding = verbs.add_parser(
        "add",
        help=_("take a document in"),
        description=_(
            "Reads a file and enters it as it was read. What cannot be entered so, because the "
            "issuer or the subject was not found, waits on the page of documents."
        ),
    )
    adding.add_argument("file", type=Path, metavar=_("FILE"))
    adding.add_argument("--as", dest="seat", required=True, metavar=_("SEAT"), help=_SEAT)
    adding.set_defaults(run=run_add)


_SEAT = _("in whose name: a username, or the number of a seat")


def run_list(arguments: argparse.Namespace) -> int:
    """Print the newest documents a seat sees."""
    from kheo.directives.queries.documents import found_documents, listed_documents

    seat = _seat(arguments.seat)
    rows = found_documents(seat, search=arguments.search, year=arguments.year)
    for row in listed_documents(rows)[:MOST]:
        day = f"{row.issued_on:%d/%m/%Y}" if row.issued_on else "-"
        print("\t".join((day, row.type_name, row.symbol or "-", row.issuer_name, row.subject)))
    return 0


def run_add(arguments: argparse.Namespace) -> int:
    """Take a file in and enter its document."""
    from django.utils import timezone

    from kheo.directives.actions import receive_document
    from kheo.directives.queries.refusals import why_refused
    from kheo.directives.queries.scans import text_of_scan
    from kheo.lib.files.refusals import UnreadableFileError

    path: Path = arguments.file
    if not path.is_file():
        raise CommandError(_("There is no such file."))
    seat = _seat(arguments.seat)
    content = path.read_bytes()
    try:
        scanned = text_of_scan(content)
    except UnreadableFileError as error:
        raise CommandError(why_refused(error.code, error.limit)) from error
    received = receive_document(
        name=path.name, content=content, scanned=scanned, by=seat, at=timezone.now()
    )
    if received.refusal:
        raise CommandError(why_refused(received.refusal, received.limit))
    if received.known is not None:
        print(_("In the register already: %s") % received.known.reference_with_issuer)
        return 0
    if received.arrival is None:
        return 1
    document = _entered(received.arrival, seat)
    print(_("Entered: %s") % document.reference_with_issuer)
    return 0


def _entered(arrival: "Arrival", seat: "Seat") -> "Document":
    from django.utils import timezone

    from kheo.directives.actions import DocumentFacts, enter_arrival
    from kheo.directives.queries.arrivals import found_values

    found = found_values(arrival, seat.organisation)
    values = {name: told.value for name, told in found.items()}
    if not {"kind", "issuer_name", "subject"} <= values.keys():
        raise CommandError(
            _("Type, issuer or subject were not found; enter it on the page of documents.")
        )
    facts = DocumentFacts(**values)  # type: ignore[arg-type]
    return enter_arrival(arrival=arrival, facts=facts, by=seat, at=timezone.now())


def _seat(name: str) -> "Seat":
    from django.utils import timezone

    from kheo.directives.rules import can_register_document
    from kheo.organisations.models import Seat

    held = Seat.objects.held(timezone.localdate()).select_related(
        "user", "organisation__kind", "acting_for__user"
    )
    chosen = held.filter(pk=int(name)) if name.isdecimal() else held.filter(user__username=name)
    # the deed itself says why a seat may not
    seats = sorted(chosen.own_first(), key=lambda seat: not can_register_document(seat))
    if seats:
        return seats[0]
    raise CommandError(_("Nobody of the name “%s” holds a seat today.") % name)
