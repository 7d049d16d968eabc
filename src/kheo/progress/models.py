"""The course of accepted models: milestones, updates with files, and results by indicator."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.models import Registration
from kheo.lib.text.numbers import format_number
from kheo.organisations.models import BytewiseCharField, Organisation, Seat
from kheo.progress.enums import Adding, CourseState, IndicatorGroup, UpdateKind

# land in m² may be counted in ha: a factor of 0,0001 needs its places
DIGITS = 24
PLACES = 6


class Course(models.Model):
    """How an accepted registration has gone since; made with the first deed on it.

    ``path`` and ``year`` repeat the registration's. ``merged_with`` is the model that carries on
    what this one was; figures of both count once.
    """

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="course")
    state = models.CharField(
        _("state"), max_length=12, choices=CourseState, default=CourseState.UNDERWAY
    )
    path = BytewiseCharField(max_length=200, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    last_news_at = models.DateTimeField(_("last news at"), null=True)
    asked_at = models.DateTimeField(_("news asked for at"), null=True)
    reminded_on = models.DateField(_("last reminded on"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    merged_with = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        related_name="courses_taken_in",
        verbose_name=_("merged with"),
    )
    # when it left "under way", and who said so
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("course of a model")
        verbose_name_plural = _("courses of models")
        indexes = [
            models.Index(fields=["year", "state", "path"], name="course_by_state"),
            models.Index(fields=["year", "state", "last_news_at"], name="course_silent"),
        ]

    def __str__(self) -> str:
        return str(self.registration)


class Milestone(models.Model):
    """A step that a model is to reach by a day."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=300)
    due_on = models.DateField(_("to be reached by"))
    done_on = models.DateField(_("reached on"), null=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering: ClassVar = ["due_on", "order", "pk"]
        indexes = [models.Index(fields=["registration", "due_on"], name="milestone_of_model")]

    def __str__(self) -> str:
        return self.title

    def is_late(self, today: date) -> bool:
        """Tell whether the day has passed and the step is not reached."""
        return self.done_on is None and self.due_on < today


class Update(models.Model):
    """A line in the course of a model: what was done, or what somebody decided about it."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="updates")
    kind = models.CharField(_("kind"), max_length=12, choices=UpdateKind)
    text = models.TextField(_("text"), blank=True)
    happened_on = models.DateField(_("day"))
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("update on a model")
        verbose_name_plural = _("updates on models")
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["registration", "-made_at"], name="update_of_model")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"


class UpdateFile(models.Model):
    """A photo or another file that shows what an update says."""

    update = models.ForeignKey(Update, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="progress/%Y/%m", max_length=300)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    checksum = models.CharField(_("checksum"), max_length=64)

    class Meta:
        verbose_name = _("file of an update")
        verbose_name_plural = _("files of updates")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        """Tell whether it can be shown as a small picture."""
        return self.media_type.startswith("image/")


class Indicator(models.Model):
    """Something results are counted by, with its units and the rule of adding up.

    ``unit`` is the base; ``units`` says how many of it one of each unit is:
    {"m²": "1", "ha": "10000"}. Without an owner it was shipped and belongs to everybody.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    group = models.CharField(_("group"), max_length=12, choices=IndicatorGroup)
    sub_kind = models.CharField(_("sub-kind"), max_length=100, blank=True)
    unit = models.CharField(_("unit of measure"), max_length=30)
    units = models.JSONField(_("conversions"), default=dict)
    adding = models.CharField(_("rule of adding up"), max_length=10, choices=Adding)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    is_shipped = models.BooleanField(_("shipped"), default=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="indicators")
    owner_path = BytewiseCharField(max_length=200, blank=True, editable=False)
    retired_at = models.DateTimeField(_("retired at"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering: ClassVar = ["order", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.sub_kind})" if self.sub_kind else self.name

    def factor(self, unit: str) -> Decimal:
        """Return how many of the base unit one of this unit is.

        :raises KeyError: when the indicator is not counted in it.
        """
        return Decimal(str(self.units[unit]))


class Result(models.Model):
    """What a model planned and achieved of one indicator, both in the base unit.

    ``achieved`` is made of the figures that stand, by the indicator's rule; ``unit`` is how the
    unit writes it. ``path`` and ``year`` repeat the registration's.
    """

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="results")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="results")
    planned = models.DecimalField(_("planned"), max_digits=DIGITS, decimal_places=PLACES, null=True)
    achieved = models.DecimalField(
        _("achieved"), max_digits=DIGITS, decimal_places=PLACES, null=True
    )
    unit = models.CharField(_("unit of measure"), max_length=30)
    as_of = models.DateField(_("counted on"), null=True)
    path = BytewiseCharField(max_length=200, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering: ClassVar = ["indicator__order", "indicator__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "indicator"], name="result_once_per_indicator"
            )
        ]
        indexes = [
            models.Index(fields=["year", "path"], name="result_by_unit"),
            models.Index(fields=["indicator", "year", "path"], name="result_by_indicator"),
        ]

    def __str__(self) -> str:
        return str(self.indicator)


class Figure(models.Model):
    """One figure as an update reports it; a wrong one is struck out and stays for the history."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="figures")
    update = models.ForeignKey(Update, models.PROTECT, related_name="figures")
    # as typed, in the unit it was typed in, and in the base unit
    amount = models.DecimalField(_("amount"), max_digits=DIGITS, decimal_places=PLACES)
    unit = models.CharField(_("unit of measure"), max_length=30)
    base_amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    as_of = models.DateField(_("counted on"))
    struck_at = models.DateTimeField(_("struck out at"), null=True)
    struck_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    struck_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("figure of an update")
        verbose_name_plural = _("figures of updates")
        ordering: ClassVar = ["as_of", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="figure_not_negative")
        ]

    def __str__(self) -> str:
        return f"{format_number(self.amount)} {self.unit}"
