"""Deeds on the files of a document: each is kept as it was handed in, with its checksum."""

import hashlib
import io
import secrets
import unicodedata
from datetime import datetime
from functools import partial
from pathlib import PurePath, PurePosixPath

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed, record
from kheo.directives.actions.documents import DocumentError
from kheo.directives.models import Document, DocumentFile
from kheo.directives.queries.refusals import MIB, SECRET, why_refused
from kheo.directives.rules import can_edit_document, can_keep_text
from kheo.lib.extraction.directives.reading import read_document
from kheo.lib.files.kinds import sniff
from kheo.lib.files.refusals import UnreadableFileError
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

PLAIN_TEXT = "text/plain"
NAME_LENGTH = 200
# such a file may still be attached: a scan, a table, a picture
UNREAD = frozenset({"image_only", "unknown_type", "too_many_pages", "too_spread"})


@transaction.atomic
def add_document_file(
    *, document: Document, name: str, content: bytes, by: Seat, at: datetime
) -> DocumentFile:
    """Attach a file to a document: the scan, an annex, another format.

    The same file attached again (a second click) is the one that is there.

    :raises NotAllowedError: when the seat may not change the document.
    :raises DocumentError: when the file is empty, too large, locked, secret or of no known kind.
    """
    demand(can_edit_document(by, document))
    sha256 = hashlib.sha256(content).hexdigest()
    if same := document.files.filter(sha256=sha256).first():
        return same
    text = _judge(name, content)
    is_main = not document.files.filter(is_main=True).exists()
    file = keep_file(document, name, content, by, at, is_main=is_main)
    if is_main and text:
        Document.objects.filter(pk=document.pk).update(text=text)
    _note("document.add-file", file, by, at)
    return file


@transaction.atomic
def remove_document_file(*, file: DocumentFile, by: Seat, at: datetime) -> None:
    """Take a file off a document; the one that was read stays.

    :raises NotAllowedError: when the seat may not change the document.
    :raises DocumentError: when what was read in the file still rests on it.
    """
    demand(can_edit_document(by, file.document))
    if file.readings.exists():
        raise DocumentError(_("What was read rests on this file; it stays with the document."))
    _note("document.remove-file", file, by, at)
    transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)))
    file.delete()


def keep_file(
    document: Document, name: str, content: bytes, by: Seat, at: datetime, *, is_main: bool
) -> DocumentFile:
    """Keep the bytes of a file; the deed that calls it leaves the trace."""
    file = DocumentFile(
        document=document,
        name=plain_name(name),
        content_type=media_type_of(content, name),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_main=is_main,
        added_by=by,
        added_at=at,
    )
    # the name on the disk tells nothing and cannot collide
    ending = PurePath(file.name).suffix.lower()[:8]
    file.file.save(f"{secrets.token_hex(16)}{ending}", ContentFile(content), save=False)
    try:
        file.save()
    except BaseException:
        file.file.storage.delete(str(file.file.name))
        raise
    return file


def media_type_of(content: bytes, name: str) -> str:
    """Return what a file is by its content; only text is told by its name."""
    if found := sniff(io.BytesIO(content)):
        return found.media_type
    return PLAIN_TEXT if name.lower().endswith(".txt") else "application/octet-stream"


def plain_name(name: str) -> str:
    """Return a file's own name, without folders and in NFC."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable())
    return plain[-NAME_LENGTH:] or "-"


def _judge(name: str, content: bytes) -> str:
    """Return the text of a file that may be attached, empty when it cannot be read."""
    if len(content) > settings.IMPORT_LIMIT_MIB * MIB:
        raise DocumentError(why_refused("too_large"))
    try:
        read = read_document(content, name)
    except UnreadableFileError as error:
        if error.code in UNREAD and sniff(io.BytesIO(content)):
            return ""
        raise DocumentError(why_refused(error.code, error.limit)) from error
    if SECRET in read.warnings or not can_keep_text(read.text):
        raise DocumentError(why_refused(SECRET))
    return read.text


def _note(verb: str, file: DocumentFile, by: Seat, at: datetime) -> None:
    after = {"file": file.name, "size": file.size, "checksum": file.sha256}
    deed = Deed(verb=verb, record=file.document, scope=file.document.owner_path, after=after)
    record(deed=deed, by=by, at=at)
