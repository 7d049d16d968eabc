"""Drawing a set up: its terms, its criteria as they are typed, its grades."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.criteria.actions.journal import grown, locked_set, note_set
from kheo.criteria.enums import CriterionKind, Side, Subject
from kheo.criteria.models import CriteriaSet, Criterion, GradeBand, all_sides
from kheo.criteria.rules.deeds import CriteriaError, can_build_sets, can_change_set
from kheo.directives.models import Document
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand

MOST_CRITERIA = 200


@dataclass(frozen=True, kw_only=True)
class SetTerms:
    """What is written of a set beside its criteria and grades."""

    name: str
    subject: str = Subject.MODEL
    title: str = ""
    document: Document | None = None
    period_text: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    total: Decimal = Decimal(100)
    bonus_cap: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class CriterionLine:
    """One criterion as it was typed."""

    pk: int
    number: str = ""
    text: str = ""
    kind: str = CriterionKind.POINTS
    points: Decimal = Decimal(0)
    scored_by: Sequence[str] = tuple(Side)
    evidence_needed: str = ""


@dataclass(frozen=True, kw_only=True)
class GradeLine:
    """One grade as it was typed."""

    name: str
    minimum: Decimal
    may_be_recognised: bool = True


@transaction.atomic
def create_criteria_set(*, terms: SetTerms, by: Seat, at: datetime) -> CriteriaSet:
    """Begin a set in the name of the seat's committee, without criteria yet.

    :raises NotAllowedError: when the seat builds no sets.
    :raises CriteriaError: when the terms contradict each other.
    """
    demand(can_build_sets(by))
    row = begun_set(by, at)
    _write_terms(row, terms)
    row.save()
    note_set("criteria-set.create", row, by, at, after=_facts(row))
    return row


@transaction.atomic
def save_criteria_terms(
    *, criteria_set: CriteriaSet, terms: SetTerms, seen_version: int, by: Seat, at: datetime
) -> CriteriaSet:
    """Change name, subject, total and the other terms of a draft.

    :raises NotAllowedError: when the seat may not, or the set is no draft.
    :raises StaleCriteriaError: when somebody else changed it since.
    :raises CriteriaError: when the terms contradict each other.
    """
    row = locked_set(criteria_set, seen_version)
    demand(can_change_set(by, row))
    before = _facts(row)
    _write_terms(row, terms)
    grown(row, *(field.name for field in fields(SetTerms)))
    after = _facts(row)
    changed = [name for name in after if before[name] != after[name]]
    note_set(
        "criteria-set.edit",
        row,
        by,
        at,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return row


@transaction.atomic
def save_criteria(
    *,
    criteria_set: CriteriaSet,
    lines: Sequence[CriterionLine],
    seen_version: int,
    by: Seat,
    at: datetime,
) -> CriteriaSet:
    """Store what was typed in the criteria of a draft; others stay as they are.

    :raises NotAllowedError: when the seat may not, or the set is no draft.
    :raises StaleCriteriaError: when somebody else changed it since.
    :raises CriteriaError: when points are below zero.
    """
    row = locked_set(criteria_set, seen_version)
    demand(can_change_set(by, row))
    standing = {criterion.pk: criterion for criterion in row.criteria.all()}
    told = {
        str(standing[line.pk]): _write_line(standing[line.pk], line)
        for line in lines
        if line.pk in standing
    }
    changed = {name: text for name, text in told.items() if text}
    if not changed:
        return row
    Criterion.objects.bulk_update(
        standing.values(),
        ["number", "text", "kind", "points", "scored_by", "evidence_needed"],
        batch_size=100,
    )
    after = {"criteria": [f"{name} → {text}" for name, text in changed.items()]}
    note_set("criteria-set.edit-criteria", grown(row), by, at, after=after)
    return row


@transaction.atomic
def save_grades(
    *,
    criteria_set: CriteriaSet,
    grades: Sequence[GradeLine],
    seen_version: int,
    by: Seat,
    at: datetime,
) -> CriteriaSet:
    """Replace the grades of a draft.

    :raises NotAllowedError: when the seat may not, or the set is no draft.
    :raises StaleCriteriaError: when somebody else changed it since.
    :raises CriteriaError: when two grades begin at the same points.
    """
    row = locked_set(criteria_set, seen_version)
    demand(can_change_set(by, row))
    if len({grade.minimum for grade in grades}) < len(grades):
        raise CriteriaError(_("Two grades begin at the same points."))
    before = [_grade_words(grade) for grade in row.grades.all()]
    row.grades.all().delete()
    made = _bands(row, grades)
    GradeBand.objects.bulk_create(made)
    after = [_grade_words(grade) for grade in made]
    note_set(
        "criteria-set.edit-grades",
        grown(row),
        by,
        at,
        before={"grades": before},
        after={"grades": after},
    )
    return row


@transaction.atomic
def discard_criteria_set(*, criteria_set: CriteriaSet, by: Seat, at: datetime) -> None:
    """Throw a draft away; what was ever in force stays.

    :raises NotAllowedError: when the seat may not, or the set is no draft.
    """
    row = locked_set(criteria_set)
    demand(can_change_set(by, row))
    note_set("criteria-set.discard", row, by, at, before=_facts(row))
    row.delete()


def begun_set(by: Seat, at: datetime, *, code: str = "", edition: int = 1) -> CriteriaSet:
    """Return a new draft of the seat's committee, not stored yet."""
    unit = by.organisation
    issuer: Organisation = unit.parent if unit.reach_id != unit.pk and unit.parent else unit
    return CriteriaSet(
        code=code or f"bo-{secrets.token_hex(4)}",
        edition=edition,
        issuer=issuer,
        issuer_path=issuer.path,
        created_by=by,
        created_at=at,
    )


def new_criterion(row: CriteriaSet, parent: Criterion | None, order: int) -> Criterion:
    """Return a criterion without text, of the kind of the one it stands below; not stored yet."""
    kind = parent.kind if parent else CriterionKind.POINTS
    sides = parent.scored_by if parent else all_sides()
    return Criterion(set=row, parent=parent, kind=kind, scored_by=sides, order=order)


def _bands(row: CriteriaSet, grades: Sequence[GradeLine]) -> list[GradeBand]:
    ordered = sorted(grades, key=lambda grade: -grade.minimum)
    return [
        GradeBand(
            set=row,
            name=normalise(grade.name)[:100],
            minimum=grade.minimum,
            may_be_recognised=grade.may_be_recognised,
            order=order,
        )
        for order, grade in enumerate(ordered, start=1)
    ]


def _write_terms(row: CriteriaSet, terms: SetTerms) -> None:
    if not normalise(terms.name):
        raise CriteriaError(_("Give the set a name."))
    if terms.total <= 0 or (terms.bonus_cap or Decimal(0)) < 0:
        raise CriteriaError(_("The total must be above zero, and the bonus not below it."))
    if terms.valid_from and terms.valid_to and terms.valid_to < terms.valid_from:
        raise CriteriaError(_("The set would end before it begins."))
    for field in fields(SetTerms):
        value = getattr(terms, field.name)
        setattr(row, field.name, normalise(value) if isinstance(value, str) else value)
    row.subject = Subject(terms.subject)
    row.title = normalise(terms.title) if row.subject == Subject.TITLE else ""


def _write_line(criterion: Criterion, line: CriterionLine) -> str:
    """Write a line into its criterion; return what it says now, or nothing if it is as it was."""
    if line.points < 0:
        raise CriteriaError(_("Points of a criterion cannot be below zero."))
    before = _shown(criterion)
    criterion.number = normalise(line.number)[:20]
    criterion.text = normalise(line.text)
    criterion.kind = CriterionKind(line.kind)
    criterion.points = line.points
    criterion.scored_by = [side for side in Side.values if side in line.scored_by]
    criterion.evidence_needed = normalise(line.evidence_needed)[:500]
    after = _shown(criterion)
    return after if after != before else ""


def _shown(criterion: Criterion) -> str:
    sides = ", ".join(str(Side(side).label) for side in criterion.scored_by)
    kind = CriterionKind(criterion.kind).label
    shown = f"{criterion} ({kind}: {criterion.points:.2f}; {sides})"
    return f"{shown}; {criterion.evidence_needed}" if criterion.evidence_needed else shown


def _grade_words(grade: GradeBand) -> str:
    return f"{grade.name}: ≥ {grade.minimum:.2f}"


def _facts(row: CriteriaSet) -> dict[str, object]:
    facts = {field.name: getattr(row, field.name) for field in fields(SetTerms)}
    return facts | {"document": str(row.document or "")}
