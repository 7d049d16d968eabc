"""Closed lists of the room: how far an import and its files are, and what becomes of a row."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IntakeState(TextChoices):
    """An import is read, waits for a person, and is saved or abandoned.

    A long one is saved in the background, so that nobody waits for an answer of the page.
    """

    READING = "reading", _("being read")
    WAITING = "waiting", _("waiting for you")
    SAVING = "saving", _("being saved")
    SAVED = "saved", _("saved")
    ABANDONED = "abandoned", _("abandoned")


class FileState(TextChoices):
    """How far one file is."""

    WAITING = "waiting", _("in the queue")
    READ = "read", _("read")
    REFUSED = "refused", _("cannot be read")
    TWICE = "twice", _("taken before")


class Decision(TextChoices):
    """Whether a row is taken."""

    TAKE = "take", _("take")
    LEAVE = "leave", _("leave out")


class Link(TextChoices):
    """What a row is to what the system knows already."""

    NEW = "new", _("something new")
    CONTINUES = "continues", _("continues a model of an earlier year")
    UPDATES = "updates", _("corrects the draft that is there")
    REPLICATES = "replicates", _("replicates another unit's model")
