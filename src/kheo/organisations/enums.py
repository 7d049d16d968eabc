"""Closed lists of the room: roles, lines, events."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a seat may do (design: authority belongs to the post)."""

    CLERK = "clerk", _("clerk")
    HEAD = "head", _("head of the unit")
    OFFICER = "officer", _("movement officer")
    COUNCIL = "council", _("council member")
    LEADER = "leader", _("leader")
    INSPECTOR = "inspector", _("inspector")
    ADMINISTRATOR = "administrator", _("administrator")


class Line(TextChoices):
    """A line of the political system on which organisations stand one below the other."""

    PARTY = "party", _("party")
    GOVERNMENT = "government", _("government")
    FRONT = "front", _("Front and mass organisations")
    ARMED_FORCES = "armed_forces", _("armed forces")


class EventKind(TextChoices):
    """What can happen to organisations in time."""

    ESTABLISH = "establish", _("establishment")
    RENAME = "rename", _("renaming")
    RETYPE = "retype", _("change of kind or level")
    MOVE = "move", _("change of superior")
    MERGE = "merge", _("merger")
    SPLIT = "split", _("division")
    DISSOLVE = "dissolve", _("dissolution")
    ABOLISH_LEVEL = "abolish_level", _("abolition of a level")
