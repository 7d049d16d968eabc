"""The deed that links a piece of work to the sentence it was made of."""

from datetime import datetime

from django.db import transaction

from kheo.audit.actions import Deed, record
from kheo.directives.models import Finding, Origin
from kheo.organisations.actions import By
from kheo.organisations.models import Seat


@transaction.atomic
def link_origin(*, finding: Finding, subject: str, subject_id: int, by: By, at: datetime) -> Origin:
    """Keep that a piece of work was made out of a finding; said twice, it is kept once.

    Whether the seat may is for the room to say that makes the work.

    :param subject: the table of the work, like "rounds.round".
    """
    origin, is_new = Origin.objects.get_or_create(
        finding=finding,
        subject=subject,
        subject_id=subject_id,
        defaults={"made_by": by if isinstance(by, Seat) else None, "made_at": at},
    )
    if is_new:
        document = finding.reading.document
        after = {"subject": subject, "subject_id": subject_id, "sentence": finding.text[:300]}
        deed = Deed(
            verb="document.make-work", record=document, scope=document.owner_path, after=after
        )
        record(deed=deed, by=by, at=at)
    return origin
