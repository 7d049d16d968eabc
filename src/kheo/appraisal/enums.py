"""Closed lists of the room: how far a file has come, what is done to it, how a title ends."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileState(TextChoices):
    """How far an appraisal file has come."""

    SELF_SCORING = "self_scoring", _("scored by the unit itself")
    SENT = "sent", _("sent to the superior")
    RETURNED = "returned", _("returned for correction")
    SUPERIOR_SCORED = "superior_scored", _("scored by the superior")
    BEFORE_COUNCIL = "before_council", _("before the council")
    CLOSED = "closed", _("appraisal ended")
    # a unit no longer wants the title; the file of a registration is never withdrawn
    WITHDRAWN = "withdrawn", _("entry withdrawn")


class FileDeed(TextChoices):
    """What can be done to a file; each is an arrow in ``rules.transitions``."""

    SCORE = "score", _("score it oneself")
    SEND = "send", _("send to the superior")
    RETURN = "return", _("return for correction")
    SUPERIOR_SCORE = "superior-score", _("score as the superior")
    PASS = "pass", _("pass to the council")
    TAKE_BACK = "take-back", _("take back from the council")
    CLOSE = "close", _("enter the council's result")
    WITHDRAW = "withdraw", _("withdraw the entry")


class TitleState(TextChoices):
    """What came of a unit's entry for a title."""

    REGISTERED = "registered", _("entered")
    APPRAISED = "appraised", _("result is known")
    RECOGNISED = "recognised", _("title given")
    NOT_RECOGNISED = "not_recognised", _("title not given")
    WITHDRAWN = "withdrawn", _("entry withdrawn")
