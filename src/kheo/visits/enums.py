"""Closed lists of the room: parts in a team, states of visits, what is found, what followed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TeamPart(TextChoices):
    """What a person is in a survey team."""

    HEAD = "head", _("head of the team")
    DEPUTY = "deputy", _("deputy head of the team")
    SECRETARY = "secretary", _("secretary of the team")
    MEMBER = "member", pgettext_lazy("survey team", "member")


class VisitState(TextChoices):
    """How far a visit has come; units see it once it was announced."""

    PLANNED = "planned", pgettext_lazy("visit", "being prepared")
    ANNOUNCED = "announced", _("in the schedule")
    CONCLUDED = "concluded", _("concluded")
    CANCELLED = "cancelled", pgettext_lazy("visit", "cancelled")


class VisitDeed(TextChoices):
    """What can be done to a visit; each is an arrow in ``rules.VISIT_ARROWS``."""

    CHANGE = "change", _("change")
    ANNOUNCE = "announce", _("announce")
    FILL = "fill", _("fill in the sheets")
    CONCLUDE = "conclude", _("conclude")
    REOPEN = "reopen", _("open again")
    CANCEL = "cancel", pgettext_lazy("visit", "cancel")
    REMARK = "remark", _("add a remark")


class Side(TextChoices):
    """On whose side somebody takes part in a visit."""

    TEAM = "team", _("survey team")
    UNIT = "unit", _("visited unit")
    GUEST = "guest", _("others present")


class Found(TextChoices):
    """What the team finds on a criterion."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    UNMET = "unmet", pgettext_lazy("survey visit", "not met")


class Outcome(TextChoices):
    """What became of an entry that a device sent."""

    TAKEN = "taken", _("taken over")
    CONFLICT = "conflict", _("waits for a choice")
    CHOSEN = "chosen", _("chosen")
    DROPPED = "dropped", _("not chosen")


class AdviceState(TextChoices):
    """How far a recommendation was followed."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    DONE = "done", pgettext_lazy("recommendation", "done")


class AdviceDeed(TextChoices):
    """What can be done to a recommendation; each is an arrow in ``rules.ADVICE_ARROWS``."""

    ANSWER = "answer", pgettext_lazy("recommendation", "answer")
    ACCEPT = "accept", pgettext_lazy("recommendation", "confirm as done")
    RETURN = "return", pgettext_lazy("recommendation", "give back")
