"""Closed lists of the room: states of a list, what goes up or stops, the answer from above."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListState(TextChoices):
    """How far a list of nominations has come."""

    DRAFT = "draft", pgettext_lazy("nomination list", "being drawn up")
    SENT = "sent", pgettext_lazy("nomination list", "sent up")
    RETURNED = "returned", pgettext_lazy("nomination list", "sent back")
    ANSWERED = "answered", pgettext_lazy("nomination list", "answered")


class Standing(TextChoices):
    """Whether the level puts a model forward or lets it stop here."""

    NOMINATED = "nominated", _("put forward")
    STOPPED = "stopped", _("stops here")


class Answer(TextChoices):
    """What the level above says of a model that was put forward."""

    WAITING = "waiting", pgettext_lazy("nomination", "not answered yet")
    ACCEPTED = "accepted", pgettext_lazy("nomination", "taken")
    RETURNED = "returned", pgettext_lazy("nomination", "sent back")
    KEPT = "kept", pgettext_lazy("nomination", "kept at the lower level")


class ListDeed(TextChoices):
    """What can be done to a list; each is a row of ``rules.TRANSITIONS``."""

    RANK = "rank", _("rank the models")
    SEND = "send", _("send the list up")
    TAKE_BACK = "take-back", _("take the list back")
    ANSWER = "answer", _("answer the list")
    SEND_BACK = "send-back", _("send the list back")


# a list in one of these can still be changed by the body that nominates
OPEN_STATES = (ListState.DRAFT, ListState.RETURNED)
# answers that stand when a list was sent back: these models are settled
SETTLED = (Answer.ACCEPTED, Answer.KEPT)
