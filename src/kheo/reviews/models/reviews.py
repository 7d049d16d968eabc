"""A review: what is asked, by which outline, until when, with which annexes."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.directives.models import Document
from kheo.organisations.models import BytewiseCharField, Level, Organisation
from kheo.reviews.enums import HeadingPurpose, ReviewKind, ReviewState
from kheo.rounds.enums import Field


class Review(models.Model):
    """A look back upon a period of the movement, asked of the units below an organiser."""

    organiser = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reviews", verbose_name=_("organiser")
    )
    organiser_path = BytewiseCharField(max_length=200, editable=False)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("governing document"),
    )
    kind = models.CharField(_("kind of review"), max_length=10, choices=ReviewKind)
    title = models.CharField(_("title"), max_length=300)
    period_from = models.DateField(_("period covered, from"), null=True, blank=True)
    period_to = models.DateField(_("period covered, to"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState, default=ReviewState.DRAFT
    )
    created_at = models.DateTimeField(_("created at"))
    opened_at = models.DateTimeField(_("asked for at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["organiser_path", "-created_at"], name="review_organiser")]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_to__gte=F("period_from")),
                name="review_period_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title


class OutlineHeading(models.Model):
    """A heading of the outline; its number follows from its place (I, 1, 1.1, 1.1.1 as in S0)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="headings")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    number = models.CharField(_("number"), max_length=30)
    title = models.CharField(_("heading"), max_length=1000)
    guidance = models.TextField(_("guidance"), blank=True)
    purpose = models.CharField(
        _("what it asks for"), max_length=10, choices=HeadingPurpose, blank=True
    )
    field = models.CharField(_("field"), max_length=20, choices=Field, blank=True)
    # the place in the whole outline, read from top to bottom
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("heading of an outline")
        verbose_name_plural = _("headings of an outline")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ReviewDue(models.Model):
    """Until when whom is to report; S0 has two, one for the units and one for the consolidation."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="dues")
    audience = models.CharField(_("who reports"), max_length=1000)
    level = models.ForeignKey(
        Level, models.PROTECT, null=True, blank=True, verbose_name=_("level"), related_name="+"
    )
    due_on = models.DateField(_("deadline"))

    class Meta:
        verbose_name = _("due date of a review")
        verbose_name_plural = _("due dates of a review")
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.due_on:%d/%m/%Y}: {self.audience}"


class TableDesign(models.Model):
    """A table that somebody composed: rows by columns over a filter, kept to be attached again."""

    # nobody's: shipped with the system
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=300)
    # which cut makes the rows, which the columns (or "steps", "indicators"), and "only" some values
    spec = models.JSONField(_("description of the table"), default=dict)
    created_at = models.DateTimeField(_("created at"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("composed table")
        verbose_name_plural = _("composed tables")
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class ReviewAnnex(models.Model):
    """A table to be attached: in an official layout, as composed by somebody, or none yet."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="annexes")
    title = models.CharField(_("title"), max_length=500)
    layout_code = models.CharField(_("form"), max_length=10, blank=True)
    design = models.ForeignKey(
        TableDesign, models.PROTECT, null=True, related_name="annexes", verbose_name=_("table")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("annex of a review")
        verbose_name_plural = _("annexes of a review")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.title
