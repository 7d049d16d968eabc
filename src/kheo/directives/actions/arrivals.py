"""Takes files in that are dropped on the register: looked into, read, and kept until entered."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed, record
from kheo.directives.actions.documents import DocumentError, DocumentFacts, put_down
from kheo.directives.actions.files import (
    add_document_file,
    keep_file,
    media_type_of,
    plain_name,
)
from kheo.directives.actions.linking import write_links
from kheo.directives.actions.readings import keep_reading
from kheo.directives.models import Arrival, Document
from kheo.directives.queries.documents import keeping_organisation
from kheo.directives.queries.refusals import MIB, SECRET
from kheo.directives.queries.twins import known_file
from kheo.directives.rules import can_enter_arrival, can_keep_text, can_register_document
from kheo.lib.extraction.directives.found import Reading as Read
from kheo.lib.extraction.directives.reading import read_document, read_scan
from kheo.lib.files.refusals import UnreadableFileError
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand

# what nobody entered is thrown away after so many days
KEPT_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Received:
    """What became of a file: it waits, it is there already, or it is refused."""

    arrival: Arrival | None = None
    known: Document | None = None
    refusal: str = ""
    limit: int | None = None


@transaction.atomic
def receive_document(
    *, name: str, content: bytes, scanned: str = "", by: Seat, at: datetime
) -> Received:
    """Look into a file and keep it until somebody enters its document.

    Of a refused file nothing is kept, not even its name; the audit says that and why.

    :param scanned: what an engine recognised on a scan (:func:`.scans.text_of_scan`).
    :raises NotAllowedError: when the seat may not enter documents.
    """
    demand(can_register_document(by))
    keeper = keeping_organisation(by)
    _forget_old(keeper, at)
    sha256 = hashlib.sha256(content).hexdigest()
    if known := known_file(keeper, sha256):
        return Received(known=known.document)
    waiting = Arrival.objects.filter(organisation=keeper, sha256=sha256).first()
    if waiting is not None:
        return Received(arrival=waiting)
    try:
        read = _read(content, name, scanned)
    except UnreadableFileError as error:
        return _refused(error.code, error.limit, by, at)
    if SECRET in read.warnings or not can_keep_text(read.text):
        return _refused(SECRET, None, by, at)
    arrival = _kept(keeper, plain_name(name), content, read, by, at)
    if scanned:
        arrival.scanned = scanned
        arrival.save(update_fields=["scanned"])
    return Received(arrival=arrival)


@transaction.atomic
def enter_arrival(
    *, arrival: Arrival, facts: DocumentFacts, is_another: bool = False, by: Seat, at: datetime
) -> Document:
    """Enter the document of a file that waits, with what was read in it, as one deed.

    :param is_another: enter it although the register seems to have it already.
    :raises NotAllowedError: when the seat may not, or the document is secret.
    :raises DocumentError: when somebody was faster, or the facts cannot stand.
    """
    locked = _locked(arrival)
    demand(can_enter_arrival(by, locked))
    content = _content(locked)
    read = _read(content, locked.name, locked.scanned)
    document = Document(owner=locked.organisation, owner_path=locked.organisation.path)
    document.created_by, document.created_at, document.text = by, at, read.text
    document = put_down(
        document,
        facts,
        is_another=is_another,
        after={"file": locked.name, "checksum": locked.sha256},
        by=by,
        at=at,
    )
    file = keep_file(document, locked.name, content, by, at, is_main=True)
    keep_reading(document, file, read, at)
    write_links(document, read.as_json()["references"])
    _throw_away(locked)
    return document


@transaction.atomic
def attach_arrival(*, arrival: Arrival, document: Document, by: Seat, at: datetime) -> Document:
    """Put a file that waits to a document that is in the register already.

    :raises NotAllowedError: when the seat may not change the document.
    :raises DocumentError: when somebody was faster.
    """
    locked = _locked(arrival)
    demand(can_enter_arrival(by, locked))
    add_document_file(document=document, name=locked.name, content=_content(locked), by=by, at=at)
    _throw_away(locked)
    return document


@transaction.atomic
def discard_arrival(*, arrival: Arrival, by: Seat, at: datetime) -> None:
    """Throw a file away that waits.

    :raises NotAllowedError: when another unit handed it in.
    """
    locked = _locked(arrival)
    demand(can_enter_arrival(by, locked))
    path = locked.organisation.path
    deed = Deed(
        verb="document.discard-file", record=locked, scope=path, after={"file": locked.name}
    )
    record(deed=deed, by=by, at=at)
    _throw_away(locked)


def _kept(
    keeper: Organisation, name: str, content: bytes, read: Read, by: Seat, at: datetime
) -> Arrival:
    facts = read.as_json()
    facts.pop("outline", None)
    arrival = Arrival(
        organisation=keeper,
        seat=by,
        name=name,
        content_type=media_type_of(content, name),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        facts=facts,
        warnings=list(read.warnings),
        arrived_at=at,
    )
    ending = PurePath(name).suffix.lower()[:8]
    arrival.file.save(f"{secrets.token_hex(16)}{ending}", ContentFile(content), save=False)
    arrival.save()
    after = {"file": name, "size": arrival.size, "checksum": arrival.sha256}
    deed = Deed(verb="document.receive", record=arrival, scope=keeper.path, after=after)
    record(deed=deed, by=by, at=at)
    return arrival


def _read(content: bytes, name: str, scanned: str) -> Read:
    if len(content) > settings.IMPORT_LIMIT_MIB * MIB:
        raise UnreadableFileError("too_large", settings.IMPORT_LIMIT_MIB)
    return read_scan(scanned) if scanned else read_document(content, name)


def _refused(code: str, limit: int | None, by: Seat, at: datetime) -> Received:
    deed = Deed(
        verb="document.refuse-file",
        record=by.organisation,
        scope=by.organisation.path,
        after={"refusal": code},
    )
    record(deed=deed, by=by, at=at)
    return Received(refusal=code, limit=limit)


def _locked(arrival: Arrival) -> Arrival:
    rows = Arrival.objects.select_for_update().filter(pk=arrival.pk)
    found = rows.first()
    if found is None:
        raise DocumentError(_("This file was entered or thrown away in the meantime."))
    return found


def _content(arrival: Arrival) -> bytes:
    with arrival.file.open("rb") as stream:
        return bytes(stream.read())


def _throw_away(arrival: Arrival) -> None:
    name = str(arrival.file.name)
    transaction.on_commit(partial(arrival.file.storage.delete, name))
    arrival.delete()


def _forget_old(keeper: Organisation, at: datetime) -> None:
    old = Arrival.objects.filter(organisation=keeper, arrived_at__lt=at - timedelta(days=KEPT_DAYS))
    for arrival in old:
        _throw_away(arrival)
