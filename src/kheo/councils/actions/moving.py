"""Moving a council on and back, as the table of transitions allows."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kheo.councils.actions.journal import locked_council, member_of, note_council, touch_council
from kheo.councils.actions.outcome import drop_outcome, stage_outcome
from kheo.councils.enums import CouncilDeed
from kheo.councils.models import Council
from kheo.councils.queries.meeting import present_count
from kheo.councils.rules.deeds import CouncilError
from kheo.councils.rules.transitions import TRANSITIONS, can_move
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


@transaction.atomic
def move_council(
    *,
    council: Council,
    deed: CouncilDeed,
    reason: str = "",
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Council:
    """Do a deed on the whole council, except announcing, which has an action of its own.

    :raises NotAllowedError: when the seat may not, or not from the council's state.
    :raises StaleCouncilError: when somebody else changed it since ``seen_version``.
    :raises CouncilError: when something is missing: members, quorum, scores, reasons.
    """
    row = locked_council(council, seen_version)
    demand(can_move(deed, by, row, member_of(row, by)))
    arrow = TRANSITIONS[deed]
    words = normalise(reason)
    if arrow.needs_reason and not words:
        raise CouncilError(_("Say why, so that the journal tells it."))
    if faults := faults_before(deed, row):
        raise CouncilError(*faults)
    if deed == CouncilDeed.DECIDE:
        row.decided_at = at
        stage_outcome(row)
    if deed == CouncilDeed.REOPEN_SESSION:
        row.decided_at = None
        drop_outcome(row)
    before, row.state = row.state, arrow.target
    touch_council(row, "state", "decided_at")
    told, now = {"state": before}, {"state": row.state}
    note_council(arrow.verb, row, by, at, scope=row.path, before=told, after=now, reason=words)
    return row


def faults_before(deed: CouncilDeed, council: Council) -> list[str]:
    """Return in words what is missing before a deed can be done."""
    if deed == CouncilDeed.OPEN_SCORING:
        return _faults_before_scoring(council)
    if deed == CouncilDeed.REOPEN_SCORING and council.votes.filter(closed_at=None).exists():
        return [_("A vote is open; close it first.")]
    return _faults_before_outcome(council) if deed == CouncilDeed.DECIDE else []


def _faults_before_scoring(council: Council) -> list[str]:
    faults = []
    members = council.members.count()
    if members < council.quorum:
        words = _("The council has %(members)s members, the quorum is %(quorum)s.")
        faults.append(words % {"members": members, "quorum": council.quorum})
    if not council.files.exists():
        faults.append(_("The council has no files yet."))
    if bare := council.files.filter(wanted=0).count():
        faults.append(
            ngettext(
                "%(count)s file was given to no member.",
                "%(count)s files were given to no member.",
                bare,
            )
            % {"count": bare}
        )
    return faults


def _faults_before_outcome(council: Council) -> list[str]:
    faults = []
    present = present_count(council)
    if present < council.quorum:
        words = _("%(present)s are present, %(quorum)s are needed for the quorum.")
        faults.append(words % {"present": present, "quorum": council.quorum})
    if council.held_on is None:
        faults.append(_("Write down on which day the session is held."))
    if council.votes.filter(closed_at=None).exists():
        faults.append(_("A vote is open; close it first."))
    if bare := council.files.filter(total=None).count():
        faults.append(
            ngettext(
                "%(count)s file has no scores yet.", "%(count)s files have no scores yet.", bare
            )
            % {"count": bare}
        )
    if silent := council.files.filter(unreasoned__gt=0).count():
        faults.append(
            ngettext(
                "%(count)s file was changed without a reason.",
                "%(count)s files were changed without a reason.",
                silent,
            )
            % {"count": silent}
        )
    return faults
