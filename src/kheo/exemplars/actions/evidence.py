"""Deeds on evidence: files are looked into, measured and summed before any of it is kept."""

import secrets
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import record
from kheo.exemplars.actions.desk import lay_out
from kheo.exemplars.models import Evidence, Registration
from kheo.exemplars.rules import can_attach
from kheo.lib.files.kinds import sha256_of
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.ui.uploads import AttachmentError as EvidenceError
from kheo.ui.uploads import attachment_name, judge_attachment

__all__ = ["EvidenceError", "add_evidence", "remove_evidence"]


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
    kind = judge_attachment(file)
    checksum = sha256_of(file)
    if same := row.evidence.filter(checksum=checksum, removed_at=None).first():
        return same
    evidence = Evidence(
        registration=row,
        name=attachment_name(name, kind),
        media_type=kind.media_type,
        size=file.size,
        checksum=checksum,
        added_at=at,
        added_by=by,
    )
    # the name on the disk tells nothing and cannot collide
    evidence.file.save(f"{secrets.token_hex(16)}.{kind.ending}", file, save=False)
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


def _trace(verb: str, row: Registration, evidence: Evidence, by: Seat, at: datetime) -> None:
    facts = {"file": evidence.name, "size": evidence.size, "checksum": evidence.checksum}
    entry = Entry(verb=verb, record=row, scope=row.path, after=facts)
    record(deed=entry, by=by, at=at)
