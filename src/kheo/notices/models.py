"""Messages in the outbox, notices of people, and the digests that carried them by mail."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.notices.enums import MessageState
from kheo.organisations.models import Organisation, Seat


class Message(models.Model):
    """A message from an organisation to chosen units, read and changed before it is sent."""

    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="messages_sent")
    prepared_by = models.ForeignKey(Seat, models.PROTECT, related_name="messages_prepared")
    subject = models.CharField(_("subject line"), max_length=300)
    body = models.TextField(_("text"))
    link = models.CharField(_("link"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=MessageState, default=MessageState.DRAFT
    )
    units = models.ManyToManyField(Organisation, related_name="messages_received")
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar = ["-created_at"]
        indexes = [models.Index(fields=["sender", "-created_at"], name="message_outbox")]

    def __str__(self) -> str:
        return self.subject


class Digest(models.Model):
    """The one mail a person gets on a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="digests")
    day = models.DateField(_("day"))
    # a worker that claims it is the only one to mail it; a failure gives the claim back
    claimed_at = models.DateTimeField(_("claimed at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("daily digest")
        verbose_name_plural = _("daily digests")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]
        indexes = [models.Index(fields=["day"], name="digest_of_day")]

    def __str__(self) -> str:
        return f"{self.user} {self.day:%d/%m/%Y}"


class Notice(models.Model):
    """Something one person is told."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="notices")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="notices")
    subject = models.CharField(_("subject line"), max_length=300)
    body = models.TextField(_("text"), blank=True)
    link = models.CharField(_("link"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="notices")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar = ["-created_at"]
        indexes = [
            models.Index(fields=["user", "read_at", "-created_at"], name="notice_of_user"),
            models.Index(
                fields=["user", "created_at"],
                condition=models.Q(digest__isnull=True),
                name="notice_not_mailed",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
