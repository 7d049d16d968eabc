"""Closed lists of the room: how far a message has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    """A message lies in the outbox until somebody has read it and sends it."""

    DRAFT = "draft", _("waiting in the outbox")
    SENT = "sent", _("sent")
    CANCELLED = "cancelled", _("cancelled")
