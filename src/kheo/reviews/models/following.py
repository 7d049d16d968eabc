"""What follows from a review: petitions and their answers, lessons, the plan of the next period."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.organisations.models import BytewiseCharField, Organisation, Seat
from kheo.reviews.enums import LessonKind, PetitionState
from kheo.reviews.models.reports import Report
from kheo.reviews.models.reviews import OutlineHeading


class Petition(models.Model):
    """Something a body asks of a level above it (S0, V; S3, IV), and what that level answered."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="petitions")
    heading = models.ForeignKey(OutlineHeading, models.PROTECT, null=True, related_name="+")
    # the scope of the body that asks
    path = BytewiseCharField(max_length=200, editable=False)
    addressee = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="petitions",
        verbose_name=pgettext_lazy("petition", "addressed to"),
    )
    text = models.TextField(_("petition"))
    state = models.CharField(
        _("state"), max_length=10, choices=PetitionState, default=PetitionState.WAITING
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True)
    # the same petition in the report of the level that passed it upward
    passed_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="passed_from")
    made_at = models.DateTimeField(_("made at"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        ordering: ClassVar = ["pk"]
        indexes = [
            models.Index(fields=["addressee", "state"], name="petition_of_addressee"),
            models.Index(fields=["path"], name="petition_in_area"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=PetitionState.ANSWERED) | ~Q(answer=""),
                name="petition_answered_in_words",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Lesson(models.Model):
    """A limit, cause or lesson that a report names; the next plan starts from it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="lessons")
    heading = models.ForeignKey(OutlineHeading, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=LessonKind)
    text = models.TextField(_("text"))
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("lesson of a report")
        verbose_name_plural = _("lessons of reports")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text


class PlanPart(models.Model):
    """A part of the plan for the next period that a body draws out of its report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="plan_parts")
    title = models.CharField(_("title"), max_length=500)
    body = models.TextField(_("text"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("part of a plan")
        verbose_name_plural = _("parts of plans")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.title
