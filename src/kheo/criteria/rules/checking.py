"""What a set lacks before it can be put in force."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from kheo.criteria.enums import COUNTED, CriterionKind, Side, Subject
from kheo.criteria.models import CriteriaSet, Criterion, GradeBand
from kheo.criteria.rules.totals import name_of, said
from kheo.criteria.rules.tree import Node, counted_points


def faults_of(
    criteria_set: CriteriaSet, nodes: Sequence[Node], grades: Iterable[GradeBand]
) -> list[str]:
    """Return in words what keeps a set from being put in force; an empty list when it is ready."""
    leaves = [node.criterion for node in nodes if not node.is_heading]
    faults = [fault for leaf in leaves for fault in _faults_of_one(leaf)]
    faults += [
        _("A heading has no text.") for node in nodes if node.is_heading and not node.criterion.text
    ]
    if not any(leaf.kind in COUNTED for leaf in leaves):
        faults.append(_("There is no criterion yet that gives points."))
    elif (found := counted_points(leaves)) != criteria_set.total:
        words = _("The points of the criteria come to %(sum)s, the total of the set is %(total)s.")
        faults.append(words % {"sum": said(found), "total": said(criteria_set.total)})
    if criteria_set.subject == Subject.TITLE and not criteria_set.title:
        faults.append(_("Name the unit title that is judged."))
    return faults + _faults_of_grades(criteria_set, leaves, list(grades))


def _faults_of_one(leaf: Criterion) -> list[str]:
    if not leaf.text:
        return [_("A criterion has no text.")]
    names = {"criterion": name_of(leaf)}
    faults = []
    if leaf.kind != CriterionKind.DISQUALIFYING and leaf.points <= 0:
        faults.append(_("“%(criterion)s” has no points.") % names)
    if not set(leaf.scored_by) & set(Side.values):
        faults.append(_("“%(criterion)s” is scored by nobody.") % names)
    return faults


def _faults_of_grades(
    criteria_set: CriteriaSet, leaves: Iterable[Criterion], grades: Sequence[GradeBand]
) -> list[str]:
    if not grades:
        return [_("There is no grade yet.")]
    bonus = sum((one.points for one in leaves if one.kind == CriterionKind.BONUS), Decimal(0))
    if criteria_set.bonus_cap is not None:
        bonus = min(bonus, criteria_set.bonus_cap)
    most = criteria_set.total + bonus
    words = _("Nobody can reach the grade “%(grade)s”: it begins above %(most)s points.")
    return [
        words % {"grade": grade.name, "most": said(most)}
        for grade in grades
        if grade.minimum > most
    ]
