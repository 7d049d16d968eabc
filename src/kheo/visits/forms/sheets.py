"""Entries of a sheet out of what a page posts, or out of what a device kept and sends later."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from kheo.visits.actions import EntryTerms
from kheo.visits.rules.deeds import VisitError
from kheo.visits.rules.values import FINDING_FIELDS, TEXT_FIELDS, TEXTS

MOST_PIECES = 400
MOST_VERSION = 1_000_000


def posted_entries(data: QueryDict) -> list[EntryTerms]:
    """Return an entry for each piece of a posted page in which something was touched.

    What the page showed travels along in ``<piece>-was``: only the difference is an entry.

    :raises VisitError: when the page is not one that this sheet gave.
    """
    found = []
    for piece in data.getlist("piece")[:MOST_PIECES]:
        value = _touched(data, piece)
        if not value:
            continue
        found.append(
            EntryTerms(
                client_key=key_of(data.get(f"{piece}-key")),
                piece=piece,
                value=value,
                base=_version(data.get(f"{piece}-base")),
            )
        )
    return found


def sent_entries(body: bytes) -> list[EntryTerms]:
    """Return the entries a device sends: {"entries": [{id, piece, value, base, written_at}]}.

    :raises VisitError: when the message is not of that shape.
    """
    try:
        message = json.loads(body)
        rows = message["entries"]
        return [_sent(row) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise VisitError(_("What the device sent cannot be read.")) from error


def key_of(text: object) -> UUID:
    """Return the key that a page or a device gave to an entry.

    :raises VisitError: when it is none.
    """
    try:
        return UUID(str(text))
    except ValueError as error:
        raise VisitError(_("The page is too old: load it again.")) from error


def photo_keys(text: object, files: Sequence[object]) -> Iterable[UUID]:
    """Return a key for each file of a posted page; posting it again gives the same keys.

    :raises VisitError: when the page gave none.
    """
    first = key_of(text)
    return [first if not place else uuid5(first, str(place)) for place in range(len(files))]


def _touched(data: QueryDict, piece: str) -> dict[str, object]:
    fields = TEXT_FIELDS if piece == TEXTS else FINDING_FIELDS
    given = {name: str(data[f"{piece}-{name}"]) for name in fields if f"{piece}-{name}" in data}
    try:
        was = json.loads(data.get(f"{piece}-was", "{}"))
    except ValueError:
        was = {}
    shown: Mapping[str, object] = was if isinstance(was, dict) else {}
    return {
        name: text
        for name, text in given.items()
        if _one_line_end(text) != _one_line_end(str(shown.get(name, "")))
    }


def _one_line_end(text: str) -> str:
    # browsers post CRLF whatever the text had
    return text.replace("\r\n", "\n").strip()


def _sent(row: Mapping[str, object]) -> EntryTerms:
    value = row["value"]
    if not isinstance(value, dict):
        raise TypeError
    return EntryTerms(
        client_key=UUID(str(row["id"])),
        piece=str(row["piece"])[:40],
        value=value,
        base=_version(row.get("base")),
        written_at=_moment(row.get("written_at")),
    )


def _version(raw: object) -> int:
    text = str(raw or "0")
    if not (text.isascii() and text.isdigit()):
        return 0
    return min(int(text[:8]), MOST_VERSION)


def _moment(raw: object) -> datetime | None:
    try:
        moment = parse_datetime(str(raw or "")[:40])
    except ValueError:
        return None
    return moment if moment is not None and is_aware(moment) else None
