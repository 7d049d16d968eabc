"""Closed lists of the room: what a set judges, its state, kinds of criteria, who scores."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Subject(TextChoices):
    """What a set judges: models, or whole units that apply for a title."""

    MODEL = "model", _("models and exemplars")
    TITLE = "title", _("unit titles")


class SetState(TextChoices):
    """A set is edited only as a draft; what is in force changes by a new version."""

    DRAFT = "draft", _("being drawn up")
    IN_FORCE = "in_force", _("in force")
    RETIRED = "retired", _("no longer in force")


class CriterionKind(TextChoices):
    """How a criterion counts."""

    POINTS = "points", _("points")
    YES_NO = "yes_no", _("met or not met")
    BONUS = "bonus", _("bonus points")
    DEDUCTION = "deduction", _("points taken off")
    DISQUALIFYING = "disqualifying", _("disqualifying condition")


class Side(TextChoices):
    """Who scores: the unit itself, the level above, the council."""

    SELF = "self", _("the unit itself")
    SUPERIOR = "superior", _("the superior")
    COUNCIL = "council", _("the council")


# kinds whose points make up the total of the set
COUNTED = (CriterionKind.POINTS, CriterionKind.YES_NO)
