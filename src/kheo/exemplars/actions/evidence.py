"""Deeds on evidence: files are looked into, measured and summed before any of it is kept."""

import hashlib
import secrets
import zipfile
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import record
from kheo.exemplars.actions.desk import lay_out
from kheo.exemplars.models import Evidence, Registration
from kheo.exemplars.rules import can_attach
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

HEAD = 32
MIB = 1024 * 1024
# what a file begins with, whatever its name says; (offset, bytes) → (ending, media type)
SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "pdf", "application/pdf"),
    (0, b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (8, b"WEBP", "webp", "image/webp"),
    (4, b"ftyp", "mp4", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "webm", "video/webm"),
    (0, b"ID3", "mp3", "audio/mpeg"),
)
OFFICE = (
    (
        "word/document.xml",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "xl/workbook.xml",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "ppt/presentation.xml",
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
)


class EvidenceError(Exception):
    """The file cannot be taken; the message says why and what to do."""


@transaction.atomic
def add_evidence(
    *, registration: Registration, file: "File[bytes]", name: str, by: Seat, at: datetime
) -> Evidence:
    """Attach a file to a registration.

    The same file attached again (a second click) is the one that is there.

    :raises NotAllowedError: when the seat may not, or the registration is submitted.
    :raises EvidenceError: when it is empty, too large, or of a kind that is not taken.
    """
    row = lay_out(registration.participation_id).rows[registration.pk]
    demand(can_attach(by, row))
    ending, media_type = _judge(file)
    checksum = _checksum(file)
    if same := row.evidence.filter(checksum=checksum, removed_at=None).first():
        return same
    evidence = Evidence(
        registration=row,
        name=_clean_name(name, ending),
        media_type=media_type,
        size=file.size,
        checksum=checksum,
        added_at=at,
        added_by=by,
    )
    # the name on the disk tells nothing and cannot collide
    evidence.file.save(f"{secrets.token_hex(16)}.{ending}", file, save=False)
    try:
        evidence.save()
        _trace("registration.add-evidence", row, evidence, by, at)
    except BaseException:
        evidence.file.storage.delete(str(evidence.file.name))
        raise
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: Seat, at: datetime) -> Evidence:
    """Take a file off a registration; the file itself stays for the history.

    :raises NotAllowedError: when the seat may not, or the registration is submitted.
    """
    row = lay_out(evidence.registration.participation_id).rows[evidence.registration_id]
    demand(can_attach(by, row))
    if evidence.removed_at is None:
        evidence.removed_at = at
        evidence.save(update_fields=["removed_at"])
        _trace("registration.remove-evidence", row, evidence, by, at)
    return evidence


def too_large_words(name: str) -> str:
    """Return what is said of a file beyond the limit."""
    return _("“%(name)s” is larger than %(limit)s MiB. Make it smaller or attach a part of it.") % {
        "name": name[:120],
        "limit": settings.EVIDENCE_LIMIT_MIB,
    }


def _judge(file: "File[bytes]") -> tuple[str, str]:
    name = str(file.name or "")
    if not file.size:
        raise EvidenceError(_("“%s” is empty.") % name[:120])
    if file.size > settings.EVIDENCE_LIMIT_MIB * MIB:
        raise EvidenceError(too_large_words(name))
    found = _sniff(file)
    if found is None:
        raise EvidenceError(
            _(
                "“%s” is of a kind that is not taken. Attach PDF, Word, Excel, pictures or"
                " video (MP4)."
            )
            % name[:120]
        )
    return found


def _sniff(file: "File[bytes]") -> tuple[str, str] | None:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    for offset, mark, ending, media_type in SIGNATURES:
        if head[offset : offset + len(mark)] == mark:
            return ending, media_type
    return _sniff_office(file) if head[:4] == b"PK\x03\x04" else None


def _sniff_office(file: "File[bytes]") -> tuple[str, str] | None:
    try:
        names = set(zipfile.ZipFile(file).namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    finally:
        file.seek(0)
    macros = any(name.endswith("vbaProject.bin") for name in names)
    for part, ending, media_type in OFFICE:
        if part in names and not macros:
            return ending, media_type
    return None


def _checksum(file: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _clean_name(name: str, ending: str) -> str:
    # the ending says what the file is, not what it was called
    stem = normalise(PurePath(name.replace("\\", "/")).stem)[:200]
    return f"{stem or 'minh-chung'}.{ending}"


def _trace(verb: str, row: Registration, evidence: Evidence, by: Seat, at: datetime) -> None:
    facts = {"file": evidence.name, "size": evidence.size, "checksum": evidence.checksum}
    entry = Entry(verb=verb, record=row, scope=row.path, after=facts)
    record(deed=entry, by=by, at=at)
