"""Deeds done to many registrations at once."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import BatchDeed
from kheo.exemplars.models.registrations import Registration
from kheo.organisations.models import Seat


class Batch(models.Model):
    """One deed done to many registrations at once, so that it can be looked at and undone."""

    deed = models.CharField(_("deed"), max_length=20, choices=BatchDeed)
    parameters = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    undone_at = models.DateTimeField(_("undone at"), null=True)

    class Meta:
        verbose_name = _("deed on many registrations")
        verbose_name_plural = _("deeds on many registrations")
        indexes = [models.Index(fields=["seat", "-at"], name="batch_of_seat")]

    def __str__(self) -> str:
        return f"{self.get_deed_display()} – {self.at:%d/%m/%Y %H:%M}"


class BatchItem(models.Model):
    """What a batch changed in one registration, and the version it left behind."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    # a draft that a batch made can be thrown away since
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, related_name="batch_items"
    )
    name = models.CharField(_("name"), max_length=300, blank=True)
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("registration in a batch")
        verbose_name_plural = _("registrations in a batch")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
