"""What all making shares: nobody else meanwhile, nothing read anew, and the way back kept."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from kheo.directives.actions import link_origin
from kheo.directives.models import Finding, Reading
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.planning.rules import StalePlanError, can_make_work


def begin_making(
    reading: Reading, organiser: Organisation, seen_version: int | None, by: By
) -> Reading:
    """Return the reading, locked until the end: a second window waits, and then finds the work.

    :raises NotAllowedError: when the seat does not make work for the organiser.
    :raises StalePlanError: when what was read was corrected since ``seen_version``.
    """
    if isinstance(by, Seat):
        demand(can_make_work(by, organiser))
    locked = (
        Reading.objects.select_for_update(of=("self",))
        .select_related("document")
        .get(pk=reading.pk)
    )
    if seen_version is not None and locked.version != seen_version:
        raise StalePlanError(
            _(
                "What was read in the document has been corrected since you opened this page."
                " Look at the proposals again."
            )
        )
    return locked


def keep_origins(
    findings: Iterable[Finding], subject: str, subject_id: int, *, by: By, at: datetime
) -> None:
    """Link a piece of work to each sentence it was made of, once."""
    for finding in {finding.pk: finding for finding in findings}.values():
        link_origin(finding=finding, subject=subject, subject_id=subject_id, by=by, at=at)
