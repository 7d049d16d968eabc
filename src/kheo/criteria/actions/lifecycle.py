"""The life of a set: put in force, ended, renewed in a new version, copied by another body."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kheo.criteria.actions.building import begun_set
from kheo.criteria.actions.journal import grown, locked_set, note_set
from kheo.criteria.enums import SetState
from kheo.criteria.models import CriteriaSet, Criterion, GradeBand
from kheo.criteria.rules.checking import faults_of
from kheo.criteria.rules.deeds import (
    CriteriaError,
    can_build_sets,
    can_put_in_force,
    can_renew_set,
    can_retire_set,
)
from kheo.criteria.rules.tree import tree_of
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

# what a copy takes over, beside criteria and grades
COPIED = ("name", "subject", "title", "document", "period_text", "total", "bonus_cap")


@transaction.atomic
def put_criteria_in_force(
    *, criteria_set: CriteriaSet, seen_version: int, by: Seat, at: datetime
) -> CriteriaSet:
    """Put a complete draft in force; the version before it ends, files opened by it go on.

    :raises NotAllowedError: when the seat may not, or the set is no draft.
    :raises StaleCriteriaError: when somebody else changed it since.
    :raises CriteriaError: when something is missing; its reasons say what.
    """
    row = locked_set(criteria_set, seen_version)
    demand(can_put_in_force(by, row))
    if faults := faults_of(row, tree_of(row.criteria.all()), row.grades.all()):
        raise CriteriaError(*faults)
    row.state = SetState.IN_FORCE
    row.valid_from = row.valid_from or timezone.localdate(at)
    grown(row, "state", "valid_from")
    note_set("criteria-set.put-in-force", row, by, at, after={"valid_from": row.valid_from})
    earlier = CriteriaSet.objects.select_for_update(of=("self",)).filter(
        code=row.code, issuer=row.issuer, state=SetState.IN_FORCE
    )
    for one in earlier.exclude(pk=row.pk).order_by("pk"):
        _retire(one, by, at)
    return row


@transaction.atomic
def retire_criteria_set(*, criteria_set: CriteriaSet, by: Seat, at: datetime) -> CriteriaSet:
    """End a set: no file is opened by it any more, those that were go on.

    :raises NotAllowedError: when the seat may not, or the set is not in force.
    """
    row = locked_set(criteria_set)
    demand(can_retire_set(by, row))
    return _retire(row, by, at)


@transaction.atomic
def renew_criteria_set(*, criteria_set: CriteriaSet, by: Seat, at: datetime) -> CriteriaSet:
    """Make the next version of a set as a draft; one that is being drawn up already is returned.

    :raises NotAllowedError: when the seat may not, or the set is still a draft.
    """
    row = locked_set(criteria_set)
    demand(can_renew_set(by, row))
    versions = CriteriaSet.objects.filter(code=row.code, issuer=row.issuer)
    if draft := versions.filter(state=SetState.DRAFT).first():
        return draft
    newest = versions.order_by("-edition").values_list("edition", flat=True)[0]
    made = begun_set(by, at, code=row.code, edition=newest + 1)
    return _copied(row, made, "criteria-set.renew", by, at)


@transaction.atomic
def copy_criteria_set(*, criteria_set: CriteriaSet, by: Seat, at: datetime) -> CriteriaSet:
    """Make a set of the seat's own committee out of an example or of another body's set.

    :raises NotAllowedError: when the seat builds no sets.
    """
    demand(can_build_sets(by))
    row = CriteriaSet.objects.select_related("document").get(pk=criteria_set.pk)
    return _copied(row, begun_set(by, at), "criteria-set.copy", by, at)


def _retire(row: CriteriaSet, by: Seat, at: datetime) -> CriteriaSet:
    row.state = SetState.RETIRED
    row.valid_to = row.valid_to or timezone.localdate(at)
    grown(row, "state", "valid_to")
    note_set("criteria-set.retire", row, by, at, after={"valid_to": row.valid_to})
    return row


def _copied(
    source: CriteriaSet, made: CriteriaSet, verb: str, by: Seat, at: datetime
) -> CriteriaSet:
    for name in COPIED:
        setattr(made, name, getattr(source, name))
    made.copied_from = source
    made.save()
    _copy_criteria(source, made)
    GradeBand.objects.bulk_create(
        GradeBand(
            set=made,
            name=grade.name,
            minimum=grade.minimum,
            may_be_recognised=grade.may_be_recognised,
            order=grade.order,
        )
        for grade in source.grades.all()
    )
    after = {"name": made.name, "edition": made.edition, "copied_from": str(source)}
    note_set(verb, made, by, at, after=after)
    return made


def _copy_criteria(source: CriteriaSet, made: CriteriaSet) -> None:
    copies: dict[int, Criterion] = {}
    for order, node in enumerate(tree_of(source.criteria.all()), start=1):
        old = node.criterion
        copies[old.pk] = Criterion.objects.create(
            set=made,
            parent=copies[old.parent_id] if old.parent_id else None,
            number=old.number,
            text=old.text,
            kind=old.kind,
            points=old.points,
            scored_by=old.scored_by,
            evidence_needed=old.evidence_needed,
            order=order,
        )
