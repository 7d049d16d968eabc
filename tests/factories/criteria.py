"""Makes criteria sets for tests, by the same deeds as people use."""

from decimal import Decimal

from tests.factories.accounts import START

from kheo.criteria.actions import (
    CriterionLine,
    GradeLine,
    SetTerms,
    add_criterion,
    create_criteria_set,
    put_criteria_in_force,
    save_criteria,
    save_grades,
)
from kheo.criteria.enums import CriterionKind, Side, Subject
from kheo.criteria.models import CriteriaSet
from kheo.organisations.models import Seat

GRADES = (
    GradeLine(name="Tốt", minimum=Decimal(80)),
    GradeLine(name="Đạt", minimum=Decimal(50)),
    GradeLine(name="Chưa đạt", minimum=Decimal(0), may_be_recognised=False),
)
ALL = tuple(Side)
ABOVE = (Side.SUPERIOR, Side.COUNCIL)
# text, kind, points, who scores, evidence needed
LINES = (
    ("Hiệu quả", CriterionKind.POINTS, "60", ALL, "Báo cáo kết quả"),
    ("Dân đồng tình", CriterionKind.YES_NO, "30", ALL, ""),
    ("Cấp trên đánh giá", CriterionKind.POINTS, "10", ABOVE, ""),
    ("Được nhân rộng", CriterionKind.BONUS, "8", ALL, ""),
    ("Báo cáo chậm", CriterionKind.DEDUCTION, "5", ABOVE, ""),
    ("Huy động trái quy định", CriterionKind.DISQUALIFYING, "0", ABOVE, ""),
)


def shipped(code: str) -> CriteriaSet:
    """One of the examples that every database has."""
    return CriteriaSet.objects.get(code=code, is_shipped=True)


def make_draft_set(by: Seat, *, subject=Subject.MODEL, at=START, lines=LINES, **terms):
    """A complete draft: 90 points of the unit, 10 of the superior, bonus up to 5."""
    wanted = {"name": "Bộ tiêu chí thử", "subject": subject, "bonus_cap": Decimal(5)} | terms
    if subject == Subject.TITLE:
        wanted.setdefault("title", "Đơn vị “Dân vận khéo”")
    made = create_criteria_set(terms=SetTerms(**wanted), by=by, at=at)
    rows = [add_criterion(criteria_set=made, by=by, at=at) for _line in lines]
    made.refresh_from_db()
    typed = [
        CriterionLine(
            pk=row.pk,
            number=str(number),
            text=text,
            kind=kind,
            points=Decimal(points),
            scored_by=sides,
            evidence_needed=evidence,
        )
        for number, (row, (text, kind, points, sides, evidence)) in enumerate(
            zip(rows, lines, strict=True), start=1
        )
    ]
    made = save_criteria(criteria_set=made, lines=typed, seen_version=made.version, by=by, at=at)
    return save_grades(criteria_set=made, grades=GRADES, seen_version=made.version, by=by, at=at)


def make_set(by: Seat, **changes) -> CriteriaSet:
    """The same set in force."""
    made = make_draft_set(by, **changes)
    return put_criteria_in_force(criteria_set=made, seen_version=made.version, by=by, at=START)
