"""Evidence for criteria: files of their own, and those that the registration has already."""

import secrets
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from kheo.appraisal.actions.journal import locked_file, note_file
from kheo.appraisal.models import AppraisalFile, ScoreEvidence
from kheo.appraisal.queries.sides import set_of
from kheo.appraisal.rules.scoring import ScoreError
from kheo.appraisal.rules.transitions import can_score_file
from kheo.criteria.enums import Side
from kheo.criteria.rules.totals import name_of
from kheo.exemplars.models import Evidence
from kheo.lib.files.kinds import sha256_of
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.ui.uploads import attachment_name, judge_attachment


@transaction.atomic
def add_score_evidence(
    *,
    file: AppraisalFile,
    criterion: int,
    upload: "File[bytes]",
    name: str,
    by: Seat,
    at: datetime,
) -> ScoreEvidence:
    """Attach a file to a criterion (its key); the same file attached again is the one there is.

    :raises NotAllowedError: when the seat may not, or the file is sent.
    :raises ScoreError: when the unit does not score that criterion.
    :raises AttachmentError: when it is empty, too large, or of a kind that is not taken.
    """
    row, title = _place(file, criterion, by)
    kind = judge_attachment(upload)
    checksum = sha256_of(upload)
    standing = row.evidence.filter(criterion=criterion, checksum=checksum, removed_at=None)
    if same := standing.first():
        return same
    evidence = ScoreEvidence(
        file=row,
        criterion_id=criterion,
        name=attachment_name(name, kind),
        media_type=kind.media_type,
        size=upload.size,
        checksum=checksum,
        added_at=at,
        added_by=by,
    )
    # the name on the disk tells nothing and cannot collide
    evidence.upload.save(f"{secrets.token_hex(16)}.{kind.ending}", upload, save=False)
    try:
        evidence.save()
        _note("appraisal.add-evidence", row, evidence, title, by, at)
    except BaseException:
        evidence.upload.storage.delete(str(evidence.upload.name))
        raise
    return evidence


@transaction.atomic
def choose_score_evidence(
    *, file: AppraisalFile, criterion: int, chosen: Evidence, by: Seat, at: datetime
) -> ScoreEvidence:
    """Show a file of the registration as evidence for a criterion (its key).

    :raises NotAllowedError: when the seat may not, or the file is sent.
    :raises ScoreError: when the unit does not score that criterion, or it is another's evidence.
    """
    row, title = _place(file, criterion, by)
    if chosen.registration_id != row.registration_id or chosen.removed_at is not None:
        raise ScoreError(_("Choose a file of this registration."))
    if same := row.evidence.filter(criterion=criterion, chosen=chosen, removed_at=None).first():
        return same
    evidence = ScoreEvidence.objects.create(
        file=row,
        criterion_id=criterion,
        chosen=chosen,
        name=chosen.name,
        media_type=chosen.media_type,
        size=chosen.size,
        checksum=chosen.checksum,
        added_at=at,
        added_by=by,
    )
    _note("appraisal.add-evidence", row, evidence, title, by, at)
    return evidence


@transaction.atomic
def remove_score_evidence(*, evidence: ScoreEvidence, by: Seat, at: datetime) -> ScoreEvidence:
    """Take evidence off a criterion; the file itself stays for the history.

    :raises NotAllowedError: when the seat may not, or the file is sent.
    """
    row, title = _place(evidence.file, evidence.criterion_id, by)
    if evidence.removed_at is None:
        evidence.removed_at = at
        evidence.save(update_fields=["removed_at"])
        _note("appraisal.remove-evidence", row, evidence, title, by, at)
    return evidence


def _place(file: AppraisalFile, criterion: int, by: Seat) -> tuple[AppraisalFile, str]:
    """Return the locked file and the name of the criterion, if evidence may be shown there."""
    row = locked_file(file)
    demand(can_score_file(by, row))
    for one in set_of(row).scored_by(Side.SELF):
        if one.pk == criterion:
            return row, name_of(one)
    raise ScoreError(_("The unit does not score this criterion itself."))


def _note(
    verb: str, row: AppraisalFile, evidence: ScoreEvidence, title: str, by: Seat, at: datetime
) -> None:
    after = {"criterion": title, "file": evidence.name, "checksum": evidence.checksum}
    note_file(verb, row, by, at, after=after)
