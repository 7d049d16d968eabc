"""What goes on between superior, unit and council: returned, passed on, taken back."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kheo.appraisal.actions.journal import (
    locked_file,
    locked_files,
    note_file,
    note_files,
    pieces,
    stored,
    tell_file_unit,
    tell_file_units,
)
from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile, FileRemark
from kheo.appraisal.rules.scoring import ScoreError
from kheo.appraisal.rules.transitions import can_pass_file, can_return_file, can_take_back_file
from kheo.criteria.enums import Side
from kheo.criteria.models import CriteriaSet
from kheo.criteria.rules.tree import leaves_of
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


@transaction.atomic
def return_file(
    *,
    file: AppraisalFile,
    remarks: Mapping[int | None, str],
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> AppraisalFile:
    """Give a file back to its unit with remarks, each on a criterion (its key) or on the whole.

    :raises NotAllowedError: when the seat may not, or the file is not with the superior.
    :raises StaleFileError: when somebody else changed it since ``seen_version``.
    :raises ScoreError: when nothing is remarked.
    """
    row = locked_file(file, seen_version)
    demand(can_return_file(by, row))
    words = {key: normalise(text) for key, text in remarks.items() if normalise(text)}
    if not words:
        raise ScoreError(_("Say what is to be corrected, so that the unit knows what to do."))
    known = set(row.criteria_set.criteria.values_list("pk", flat=True))
    FileRemark.objects.bulk_create(
        FileRemark(file=row, criterion_id=key, text=text, seat=by, made_at=at)
        for key, text in words.items()
        if key is None or key in known
    )
    row.state = FileState.RETURNED
    stored(row, "state")
    reason = "; ".join(words.values())
    note_file("appraisal.return", row, by, at, after={"state": row.state}, reason=reason)
    tell_file_unit(row, _("Appraisal file returned for correction: %s") % row.name, at, reason)
    return row


@transaction.atomic
def pass_to_council(*, files: Collection[int], by: Seat, at: datetime) -> list[AppraisalFile]:
    """Pass scored files (their keys) to the council of the body that appraises; all or none.

    :raises NotAllowedError: when the seat may not pass one of them, or one is not scored yet.
    """
    rows = locked_files(files)
    scored = {key: _superior_scores(key) for key in {row.criteria_set_id for row in rows}}
    for row in rows:
        demand(can_pass_file(by, row, superior_scores=scored[row.criteria_set_id]))
    _move(rows, FileState.BEFORE_COUNCIL)
    note_files("appraisal.pass", rows, by, at)
    subject = _("%(count)s appraisal files went to the council")
    tell_file_units(rows, subject, "", at)
    return rows


@transaction.atomic
def take_back_files(
    *, files: Collection[int], reason: str, by: Seat, at: datetime
) -> list[AppraisalFile]:
    """Take files (their keys) back from a council that has not decided on them; all or none.

    :raises NotAllowedError: when the seat may not, or one of them is not before the council.
    :raises ScoreError: when no reason is given.
    """
    if not normalise(reason):
        raise ScoreError(_("Say why: the reason is kept in the history."))
    rows = locked_files(files)
    for row in rows:
        demand(can_take_back_file(by, row))
    _move(rows, FileState.SUPERIOR_SCORED)
    note_files("appraisal.take-back", rows, by, at, normalise(reason))
    return rows


def _move(rows: list[AppraisalFile], state: FileState) -> None:
    for row in rows:
        row.state, row.version = state, row.version + 1
    for piece in pieces([row.pk for row in rows]):
        changed = AppraisalFile.objects.filter(pk__in=piece)
        changed.update(state=state, version=F("version") + 1)


def _superior_scores(criteria_set: int) -> bool:
    found = CriteriaSet.objects.get(pk=criteria_set)
    return any(Side.SUPERIOR in one.scored_by for one in leaves_of(found.criteria.all()))
