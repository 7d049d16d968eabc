"""One row for every change, chained per record, never edited."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """Who did what to which record, from which seat, when, why, before and after."""

    at = models.DateTimeField(_("at"))
    verb = models.CharField(_("deed"), max_length=60)
    actor_user_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("person"), max_length=200, blank=True)
    seat_id = models.BigIntegerField(null=True)
    seat_label = models.CharField(_("seat"), max_length=500, blank=True)
    record_type = models.CharField(_("kind of record"), max_length=60)
    record_id = models.BigIntegerField()
    record_label = models.CharField(_("record"), max_length=500, blank=True)
    # path of the organisation the record belongs to: who may read this entry
    scope = models.CharField(max_length=200, blank=True)
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("reason"), blank=True)
    sequence = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "record_id", "sequence"], name="entry_one_per_step"
            )
        ]
        indexes = [
            models.Index(fields=["-at"], name="entry_at"),
            models.Index(fields=["verb", "-at"], name="entry_verb"),
            models.Index(fields=["actor_user_id", "-at"], name="entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.record_label}"
