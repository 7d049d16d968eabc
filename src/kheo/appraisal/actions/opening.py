"""Opening appraisal files: of thousands of registrations at once, each as its set begins."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.appraisal.actions.journal import note_files, pieces, tell_file_units
from kheo.appraisal.models import AppraisalFile
from kheo.appraisal.rules.scoring import EMPTY_STATES, ScoreError, first_state
from kheo.appraisal.rules.transitions import can_open_files
from kheo.audit.actions import insert_rows
from kheo.criteria.enums import SetState, Subject
from kheo.criteria.models import CriteriaSet
from kheo.criteria.rules.tree import leaves_of
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand


@transaction.atomic
def open_files(
    *, registrations: Collection[int], criteria_set: CriteriaSet, by: Seat, at: datetime
) -> list[AppraisalFile]:
    """Open the appraisal of accepted registrations (their keys) in the name of the seat's body.

    Those that this body has opened already are left as they are. Each unit is told once.

    :returns: the files that are new.
    :raises NotAllowedError: when the seat opens no files.
    :raises ScoreError: when the set does not fit, or a registration is not accepted or not below.
    """
    owner = appraiser_of(by)
    demand(can_open_files(by, owner))
    refuse_unfit_set(criteria_set, Subject.MODEL, owner)
    # two who open files for one body wait for each other here
    Organisation.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    state = first_state(leaves_of(criteria_set.criteria.all()))
    files: list[AppraisalFile] = []
    for piece in pieces(sorted(set(registrations))):
        rows = Registration.objects.filter(pk__in=piece).exclude(
            pk__in=AppraisalFile.objects.filter(owner=owner, registration__in=piece).values(
                "registration"
            )
        )
        files += [_file(row, criteria_set, owner, state, at) for row in rows.order_by("pk")]
    insert_rows(files)
    note_files("appraisal.open", files, by, at)
    if state in EMPTY_STATES:
        subject = _("Score yourself: %(count)s appraisal files are opened")
        tell_file_units(files, subject, str(criteria_set), at)
    return files


def appraiser_of(seat: Seat) -> Organisation:
    """Return in whose name the seat appraises: its committee for an advisory body."""
    unit = seat.organisation
    return unit.parent if unit.reach_id != unit.pk and unit.parent else unit


def refuse_unfit_set(criteria_set: CriteriaSet, subject: Subject, owner: Organisation) -> None:
    """Go on only with a set in force, for this subject, of the body itself or above it.

    :raises ScoreError: with the reason.
    """
    if criteria_set.state != SetState.IN_FORCE:
        raise ScoreError(_("This criteria set is not in force."))
    if criteria_set.subject != subject:
        raise ScoreError(_("This criteria set does not judge such things."))
    issuer = criteria_set.issuer_id
    if issuer is not None and issuer not in owner.ancestor_ids:
        raise ScoreError(_("This criteria set was issued by another body."))


def _file(
    row: Registration, criteria_set: CriteriaSet, owner: Organisation, state: str, at: datetime
) -> AppraisalFile:
    if row.state != State.ACCEPTED:
        raise ScoreError(_("“%s” is not accepted; only accepted ones are appraised.") % row)
    if not row.path.startswith(owner.path):
        raise ScoreError(_("“%s” lies outside your reach.") % row)
    return AppraisalFile(
        registration=row,
        owner=owner,
        owner_path=owner.path,
        organisation_id=row.organisation_id,
        unit_name=row.unit_name,
        path=row.path,
        year=row.year,
        level_id=row.level_id,
        name=row.name,
        field=row.field,
        form=row.form,
        criteria_set=criteria_set,
        state=state,
        opened_at=at,
    )
