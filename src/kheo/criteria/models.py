"""Criteria sets in their versions, their criteria as a tree, and their grades."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.criteria.enums import COUNTED, CriterionKind, SetState, Side, Subject
from kheo.directives.models import Document
from kheo.organisations.models import BytewiseCharField, Organisation, Seat


def all_sides() -> list[str]:
    """Return every side: who scores a criterion unless something else is said."""
    return [str(side) for side in Side]


class CriteriaSet(models.Model):
    """One version of a set of criteria; all versions of a set share ``code`` and issuer.

    A shipped example has no issuer. ``edition`` is the number of the version that people read,
    ``version`` the one by which two windows are told apart.
    """

    code = models.SlugField(_("code"), max_length=60)
    edition = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=300)
    subject = models.CharField(_("judges"), max_length=10, choices=Subject)
    # of a set for unit titles: "Cơ quan Dân vận khéo"
    title = models.CharField(pgettext_lazy("unit", "title"), max_length=200, blank=True)
    issuer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="criteria_sets",
        verbose_name=_("issued by"),
    )
    issuer_path = BytewiseCharField(max_length=200, blank=True, editable=False)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="criteria_sets",
        verbose_name=_("document"),
    )
    period_text = models.CharField(_("when it is scored"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SetState, default=SetState.DRAFT)
    total = models.DecimalField(
        _("total points"), max_digits=7, decimal_places=2, default=Decimal(100)
    )
    # none: every bonus point counts
    bonus_cap = models.DecimalField(
        _("bonus points at most"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    is_shipped = models.BooleanField(_("example"), default=False)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )
    created_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")
        ordering: ClassVar = ["name", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "issuer", "edition"],
                name="criteria_set_once",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["issuer_path", "state"], name="criteria_set_issuer")]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """A criterion of a set; one that has others below it is a heading and is not scored itself.

    Points are those that can be reached, added or taken off at most.
    """

    set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    # as the paper writes it: "I", "1", "1.2", "a"
    number = models.CharField(_("number"), max_length=20, blank=True)
    text = models.TextField(_("criterion"))
    kind = models.CharField(
        _("kind"), max_length=14, choices=CriterionKind, default=CriterionKind.POINTS
    )
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2, default=Decimal(0))
    scored_by = models.JSONField(_("scored by"), default=all_sides)
    evidence_needed = models.CharField(_("evidence needed"), max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering: ClassVar = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=0), name="criterion_points_positive")
        ]
        indexes = [models.Index(fields=["set", "order"], name="criterion_of_set")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}" if self.number else self.text

    @property
    def is_counted(self) -> bool:
        """Tell whether its points are part of the total of the set."""
        return self.kind in COUNTED


class GradeBand(models.Model):
    """A grade of a set and the points from which it is given: "Tốt" from 80."""

    set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="grades")
    name = models.CharField(_("grade"), max_length=100)
    minimum = models.DecimalField(_("from points"), max_digits=7, decimal_places=2)
    may_be_recognised = models.BooleanField(_("may be recognised"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        ordering: ClassVar = ["-minimum"]
        constraints = [
            models.UniqueConstraint(fields=["set", "minimum"], name="grade_once_per_minimum")
        ]

    def __str__(self) -> str:
        return self.name
