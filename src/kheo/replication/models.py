"""How a model is done, who takes it over, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.exemplars.models import Exemplar, Registration
from kheo.organisations.models import BytewiseCharField, Level, Organisation, Seat
from kheo.replication.enums import STANDING, GuideState, ReplicationState


class Guide(models.Model):
    """The how-to sheet of a model, written by its unit and published by an officer above."""

    exemplar = models.OneToOneField(Exemplar, models.PROTECT, related_name="guide")
    problem = models.TextField(_("problem it solves"), blank=True)
    steps = models.TextField(_("steps"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    cost = models.TextField(_("cost and resources"), blank=True)
    people = models.TextField(_("who carries it out"), blank=True)
    pitfalls = models.TextField(_("what to watch for"), blank=True)
    contact = models.CharField(_("contact for experience"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=GuideState, default=GuideState.DRAFT
    )
    written_at = models.DateTimeField(_("written at"))
    published_at = models.DateTimeField(_("published at"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("guide to a model")
        verbose_name_plural = _("guides to models")

    def __str__(self) -> str:
        return str(self.exemplar)


class GuideFile(models.Model):
    """A file that belongs to a guide: a form, a picture, a regulation of the village."""

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="guides/%Y/%m", max_length=300)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    checksum = models.CharField(_("checksum"), max_length=64)

    class Meta:
        verbose_name = _("file of a guide")
        verbose_name_plural = _("files of guides")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class Replication(models.Model):
    """One unit takes a model of another one over; ``path`` is the unit's as it was then."""

    origin = models.ForeignKey(
        Exemplar, models.PROTECT, related_name="replications", verbose_name=_("origin")
    )
    unit = models.ForeignKey(
        Organisation, models.PROTECT, related_name="replications", verbose_name=_("unit")
    )
    path = BytewiseCharField(max_length=200, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ReplicationState, default=ReplicationState.ASKED
    )
    mentor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mentored_replications",
        verbose_name=_("mentor unit"),
    )
    adaptation = models.TextField(_("what is done differently"), blank=True)
    intended_level = models.ForeignKey(
        Level,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("level of replication"),
    )
    registration = models.ForeignKey(
        Registration, models.PROTECT, null=True, blank=True, related_name="replications"
    )
    answer = models.TextField(pgettext_lazy("replication", "answer"), blank=True)
    outcome = models.TextField(pgettext_lazy("replication", "outcome"), blank=True)
    begun_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    answered_at = models.DateTimeField(pgettext_lazy("replication", "answered at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("replication")
        verbose_name_plural = _("replications")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "unit"],
                condition=Q(state__in=STANDING),
                name="replication_once",
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(registration__isnull=False),
                name="replication_of_registration",
            ),
        ]
        indexes = [
            models.Index(fields=["origin", "state"], name="replication_origin"),
            models.Index(fields=["path", "state"], name="replication_path"),
            models.Index(fields=["unit", "-created_at"], name="replication_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.origin}"
