"""Closed lists of the room: nature, continuity, states and deeds of registrations."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Nature(TextChoices):
    """A way of working (mô hình), or an exemplary collective or person (điển hình)."""

    MODEL = "model", _("model")
    EXEMPLARY = "exemplary", _("exemplary case")


class Continuity(TextChoices):
    """Newly built, kept up from earlier years, or replicated from another."""

    NEW = "new", _("newly built")
    KEPT = "kept", _("kept up")
    REPLICATED = "replicated", _("replicated")


class State(TextChoices):
    """How far a registration has come."""

    DRAFT = "draft", _("draft")
    SIGNED_OFF = "signed_off", _("signed off")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    # an invitation is withdrawn in other words
    WITHDRAWN = "withdrawn", pgettext_lazy("registration", "withdrawn")


class Stage(IntegerChoices):
    """What a registration came to after it was accepted; each is one bit of ``stages``."""

    NOMINATED = 1, _("nominated")
    CARRIED_OUT = 2, _("carried out")
    APPRAISED = 4, _("appraised")
    RECOGNISED = 8, _("recognised")
    PRAISED = 16, _("praised")
    COMMENDED = 32, _("commended")
    REPLICATED = 64, _("replicated elsewhere")


class Deed(TextChoices):
    """What can be done to a registration; each is an arrow in ``rules.TRANSITIONS``."""

    SIGN_OFF = "sign-off", _("sign off")
    REOPEN_DRAFT = "reopen-draft", _("take back to draft")
    SUBMIT = "submit", _("submit")
    RETURN = "return", _("return for correction")
    ACCEPT = "accept", _("accept")
    DECLINE = "decline", _("decline")
    WITHDRAW = "withdraw", _("withdraw")
    AMEND = "amend", _("amend")
    RECONSIDER = "reconsider", _("reconsider")


class BatchDeed(TextChoices):
    """What can be done to many registrations at once."""

    ACCEPT = "accept", _("accept")
    RETURN = "return", _("return for correction")
    DECLINE = "decline", _("decline")
    ASSIGN = "assign", _("assign")
    CHANGE_FIELD = "change-field", _("change the field")
    COPY_FORWARD = "copy-forward", _("continue in a round")


class Likeness(TextChoices):
    """What two registrations that are alike are to each other."""

    SAME = "same", _("one and the same model")
    CONTINUES = "continues", _("continues the earlier one")
    REPLICA = "replica", _("replicates the other one")
    DIFFERENT = "different", _("different models")
